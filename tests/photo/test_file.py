"""A photo is a regular file of bounded size below the profile's folder; variants may hide it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from portraits import portrait

from cvforge.errors import ProfileError
from cvforge.photo.file import MAX_BYTES, is_shown, photo_path, read_photo
from cvforge.profile.load import load_profile
from cvforge.reads import listening

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.diagnostics import Diagnostic
    from cvforge.profile.load import LoadedProfile

    Load = Callable[..., LoadedProfile]


def refusal(loaded: LoadedProfile) -> Diagnostic:
    with pytest.raises(ProfileError) as caught:
        read_photo(loaded)
    (found,) = caught.value.diagnostics
    assert found.place is not None
    return found


def test_it_is_read_beside_the_profile_and_below(load: Load) -> None:
    assert read_photo(load()) == portrait()
    folder = load().path.parent
    (folder / "images").mkdir()
    (folder / "images/me.JPG").write_bytes(b"below")
    assert read_photo(load("person.photo=images/me.JPG")) == b"below"
    (folder / "linked.png").symlink_to("images/me.JPG")
    assert read_photo(load("person.photo=linked.png")) == b"below"


def test_the_private_overlay_may_bring_it(load: Load) -> None:
    public = load().path
    public.write_text(public.read_text("utf-8").replace(", photo: portrait.jpg", ""), "utf-8")
    assert not is_shown(load(), "full")
    overlay = public.with_name("ada.private.yaml")
    overlay.write_text("person: {photo: portrait.jpg}\n", "utf-8")
    assert is_shown(load(), "full")
    place = refusal(load_profile(public, overlay=overlay, settings=["person.photo=no.jpg"])).place
    assert place is not None
    assert place.file == "--set"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ((), {"full": True, "bare": False}),
        (("design.photo=false",), {"full": False, "bare": False}),
        (("design.photo=false", "variants.bare.design.photo=true"), {"full": False, "bare": True}),
    ],
)
def test_a_variant_shows_it_unless_its_design_says_no(
    load: Load, settings: tuple[str, ...], expected: dict[str, bool]
) -> None:
    loaded = load(*settings)
    assert {name: is_shown(loaded, name) for name in expected} == expected


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "/etc/x.jpg",
        "../portrait.jpg",
        "images/../../portrait.jpg",
        "..\\portrait.jpg",
        "C:\\portrait.jpg",
        "C:portrait.jpg",
        "https://example.org/portrait.jpg",
        "file:portrait.jpg",
    ],
)
def test_what_is_elsewhere_is_refused_by_its_name(load: Load, name: str) -> None:
    found = refusal(load(f"person.photo={name}"))
    assert found.message == f'"{name}" is outside the folder of the profile'


@pytest.mark.parametrize("name", ["portrait", "portrait.svg", "portrait.pdf", "jpg", ".jpg"])
def test_what_is_not_named_like_an_image_is_refused(load: Load, name: str) -> None:
    with pytest.raises(ProfileError, match="is no JPEG, PNG or WebP image"):
        photo_path(load(f"person.photo={name}"))


@pytest.mark.parametrize("target", ["/etc/passwd", "../outside.jpg", "/dev/zero"])
def test_a_link_that_leads_out_is_refused(load: Load, tmp_path: Path, target: str) -> None:
    (tmp_path / "outside.jpg").write_bytes(portrait())
    (load().path.parent / "linked.jpg").symlink_to(target)
    assert "outside the folder" in refusal(load("person.photo=linked.jpg")).message


def test_a_folder_that_is_linked_out_is_refused(load: Load, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/x.jpg").write_bytes(portrait())
    (load().path.parent / "images").symlink_to(tmp_path / "elsewhere")
    assert "outside the folder" in refusal(load("person.photo=images/x.jpg")).message


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (Path.exists, 'there is no file "'),
        (lambda path: path.mkdir(), "it is a folder"),
        (os.mkfifo, "it is no regular file"),
        (lambda path: path.symlink_to(path.name), "cannot be read"),
        (lambda path: path.symlink_to("gone.jpg"), 'it links to "gone.jpg", which is not'),
        (lambda path: path.write_bytes(bytes(MAX_BYTES + 1)), "has more than the 10,485,760 bytes"),
    ],
)
def test_what_is_no_file_of_its_size_is_refused(
    load: Load, make: Callable[[Path], object], reason: str
) -> None:
    loaded = load("person.photo=me.jpg")
    make(loaded.path.parent / "me.jpg")
    assert reason in refusal(loaded).message


def test_who_listens_is_told_what_was_read(load: Load) -> None:
    read: dict[str, bytes | None] = {}
    with listening(lambda path, content: read.update({path.name: content})):
        loaded = load()
        read_photo(loaded)
        refusal(load("person.photo=gone.jpg"))
    assert read["portrait.jpg"] == portrait()
    assert read["gone.jpg"] is None


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=600) | st.from_regex(r"[./~a-z]{1,12}\.(jpg|png)", fullmatch=True))
def test_whatever_its_name_is_nothing_but_a_file_below_is_read(load: Load, name: str) -> None:
    tried: list[Path] = []
    folder = load().path.parent
    with listening(lambda path, _: tried.append(path)), suppress(ProfileError):
        read_photo(load(f"person.photo={name}"))
    assert folder / "ada.yaml" in tried
    assert [path for path in tried if not path.resolve().is_relative_to(folder)] == []
