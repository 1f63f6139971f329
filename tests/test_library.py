"""The bibliography of a profile: found, read, and held against the profile's keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.errors import BibliographyError, ProfileError
from cvforge.library import (
    MAX_BYTES,
    bibliography_paths,
    check_publications,
    read_library,
    shown_publications,
)
from cvforge.profile.load import LoadedProfile, load_profile

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = """\
person: {name: Ada Quill}
bibliography: [a.bib, more/b.bib]
sections:
  - id: papers
    title: Papers
    kind: publications
    entries: [one, {priority: 9, key: two}]
"""


def bib(key: str) -> str:
    return (
        f"@article{{{key},\n  title = {{T}},\n  author = {{Quill, Ada}},\n"
        "  journal = {J},\n  year = {2021},\n}\n"
    )


def loaded(folder: Path, profile: str = PROFILE) -> LoadedProfile:
    (folder / "more").mkdir(exist_ok=True)
    (folder / "a.bib").write_text(bib("one"))
    (folder / "more" / "b.bib").write_text(bib("two") + bib("three"))
    (folder / "ada.yaml").write_text(profile)
    return load_profile(folder / "ada.yaml")


def test_files_are_found_beside_and_below_the_profile(tmp_path: Path) -> None:
    assert bibliography_paths(loaded(tmp_path)) == (
        tmp_path / "a.bib",
        tmp_path / "more" / "b.bib",
    )


def test_entries_of_all_files_are_read_in_order(tmp_path: Path) -> None:
    assert list(read_library(loaded(tmp_path))) == ["one", "two", "three"]


def test_a_profile_without_bibliography_has_an_empty_library(tmp_path: Path) -> None:
    profile = "person: {name: Ada}\nsections: [{id: a, title: A, kind: bullets, bullets: [x]}]\n"
    assert read_library(loaded(tmp_path, profile)) == {}


def test_known_keys_pass_and_are_counted(tmp_path: Path) -> None:
    profile = loaded(tmp_path)
    library = read_library(profile)
    check_publications(profile, library)
    assert shown_publications(profile, library) == {"one", "two"}


def test_a_section_without_entries_shows_every_publication(tmp_path: Path) -> None:
    profile = loaded(tmp_path, PROFILE.replace("    entries: [one, {priority: 9, key: two}]\n", ""))
    library = read_library(profile)
    check_publications(profile, library)
    assert shown_publications(profile, library) == {"one", "two", "three"}


def test_an_unknown_key_is_found_where_it_is_written(tmp_path: Path) -> None:
    profile = loaded(tmp_path, PROFILE.replace("key: two", "key: twoo"))
    with pytest.raises(ProfileError) as raised:
        check_publications(profile, read_library(profile))
    (finding,) = raised.value.diagnostics
    assert finding.place is not None
    assert (finding.place.line, finding.place.column) == (7, 39)
    assert finding.hint == 'did you mean "two"?'


def test_a_key_twice_in_a_section_is_refused(tmp_path: Path) -> None:
    profile = loaded(tmp_path, PROFILE.replace("key: two", "key: one"))
    with pytest.raises(ProfileError, match="listed twice"):
        check_publications(profile, read_library(profile))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("/etc/passwd", "bibliography-path"),
        ("/tmp/a.bib", "bibliography-path"),  # noqa: S108  it is refused
        ("../a.bib", "bibliography-path"),
        ("more/../../a.bib", "bibliography-path"),
        ("..\\\\a.bib", "bibliography-path"),
        ("ada.yaml", "bibliography-path"),
        (".env", "bibliography-path"),
        ("nothing.bib", "no-file"),
        ("folder.bib", "unreadable-file"),
    ],
)
def test_what_a_profile_must_not_or_cannot_read_is_refused(
    tmp_path: Path, *, name: str, code: str
) -> None:
    (tmp_path / "folder.bib").mkdir()
    with pytest.raises(BibliographyError) as raised:
        read_library(loaded(tmp_path, PROFILE.replace("a.bib", f'"{name}"', 1)))
    assert [d.code for d in raised.value.diagnostics] == [code]


def test_all_missing_files_are_reported_together(tmp_path: Path) -> None:
    profile = loaded(tmp_path, PROFILE.replace("a.bib, more", "c.bib, less"))
    with pytest.raises(BibliographyError) as raised:
        read_library(profile)
    assert [d.code for d in raised.value.diagnostics] == ["no-file", "no-file"]


def test_a_file_too_large_is_refused(tmp_path: Path) -> None:
    profile = loaded(tmp_path)
    (tmp_path / "a.bib").write_text("%" * (MAX_BYTES + 1))
    with pytest.raises(BibliographyError) as raised:
        read_library(profile)
    assert raised.value.diagnostics[0].code == "too-large"
