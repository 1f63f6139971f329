"""A photo is encoded once, within limits, and what is kept is what was made."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from portraits import drawn, portrait, saved

from cvforge.errors import ProfileError
from cvforge.photo import encoding, store
from cvforge.photo.store import LIMITS, PhotoStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cvforge.engine.sandbox import Limits
    from cvforge.profile.load import LoadedProfile

    Load = Callable[..., LoadedProfile]


@pytest.fixture
def photos(tmp_path: Path) -> PhotoStore:
    return PhotoStore(tmp_path / "photos")


@pytest.fixture
def encodings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note what is encoded, and do it here."""
    sizes: list[int] = []

    def noted(content: bytes) -> bytes:
        sizes.append(len(content))
        return encoding.encoded(content)

    monkeypatch.setattr(store, "encoded", noted)
    return sizes


def test_a_variant_gets_its_photo_from_a_process_of_its_own(load: Load, photos: PhotoStore) -> None:
    made = photos.photo(load(), "full")
    assert made is not None
    assert made.jpeg == encoding.encoded(portrait())
    assert made.place is not None
    assert (made.place.line, made.place.text[made.place.column - 1 :][:8]) == (2, "portrait")
    assert "SECRET" not in repr(made)


def test_it_is_encoded_once(load: Load, photos: PhotoStore, encodings: list[int]) -> None:
    first, second = (photos.photo(load(), "full") for _ in range(2))
    assert first == second
    assert len(encodings) == 1
    (load().path.parent / "portrait.jpg").write_bytes(saved(drawn()))
    assert photos.photo(load(), "full") != first
    assert len(encodings) == 2


def test_where_it_is_not_shown_nothing_is_read(
    load: Load, photos: PhotoStore, encodings: list[int]
) -> None:
    (load().path.parent / "portrait.jpg").unlink()
    assert photos.photo(load(), "bare") is None
    assert encodings == []
    with pytest.raises(ProfileError, match="there is no file"):
        photos.photo(load(), "full")
    with pytest.raises(ProfileError, match="there is no file"):
        photos.check(load())


@pytest.mark.parametrize("damage", [b"", b"x" * 100, b"x" * (5 * 1024 * 1024)])
def test_what_is_kept_and_broken_is_made_anew(
    load: Load, photos: PhotoStore, encodings: list[int], damage: bytes
) -> None:
    first = photos.photo(load(), "full")
    (kept,) = photos.folder.iterdir()
    kept.write_bytes(damage)
    assert photos.photo(load(), "full") == first
    assert len(encodings) == 2


def test_where_nothing_can_be_kept_it_is_made_all_the_same(
    load: Load, tmp_path: Path, encodings: list[int]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    unkept = PhotoStore(tmp_path / "file" / "photos")
    assert unkept.photo(load(), "full") == unkept.photo(load(), "full")
    assert len(encodings) == 2


def test_the_photos_used_last_are_kept(
    load: Load, photos: PhotoStore, encodings: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MAX_FILES", 2)
    names = []
    for size in (20, 30, 40, 20):
        (load().path.parent / "portrait.jpg").write_bytes(saved(drawn((size, size))))
        photos.photo(load(), "full")
        for age, path in enumerate(sorted(photos.folder.iterdir(), key=_time)):
            os.utime(path, ns=(age, age))  # one after the other, however coarse the clock
        names.append({path.name for path in photos.folder.iterdir()})
    assert [len(each) for each in names] == [1, 2, 2, 2]
    assert len(encodings) == 4


def _time(path: Path) -> int:
    return path.stat().st_mtime_ns


def test_what_cannot_be_decoded_is_an_error_at_its_place(load: Load, photos: PhotoStore) -> None:
    (load().path.parent / "portrait.jpg").write_bytes(b"<svg/>")
    with pytest.raises(ProfileError) as caught:
        photos.photo(load(), "full")
    (found,) = caught.value.diagnostics
    assert found.code == "bad-photo"
    assert found.message == '"portrait.jpg" is no JPEG, PNG or WebP image'
    assert found.place is not None
    assert found.hint is not None
    assert list(photos.folder.parent.glob("photos/*")) == []


LARGE = saved(Image.effect_noise((6000, 6000), 90), "PNG", compress_level=1)


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (replace(LIMITS, wall_seconds=0.05), "takes more than 0.05 s to decode"),
        (replace(LIMITS, memory_kib=64 * 1024), "is broken, or takes too much to decode"),
        (replace(LIMITS, file_kib=1), "is broken, or takes too much to decode"),
    ],
)
def test_a_decoder_that_takes_too_much_is_ended(limits: Limits, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        store.encoded(LARGE, limits=limits)
    assert len(store.encoded(LARGE)) > 1000
