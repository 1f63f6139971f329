"""The bibliography of a profile: found, read, and held against the profile's keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.diagnostics import Severity
from cvforge.errors import BibliographyError, ProfileError
from cvforge.library import (
    MAX_BYTES,
    bibliography_paths,
    check_publications,
    read_library,
    resolved,
    wanted,
)
from cvforge.profile.load import LoadedProfile, load_profile
from cvforge.profile.model import PublicationsSection

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
    assert list(read_library(loaded(tmp_path)).references) == ["one", "two"]


def test_a_profile_without_bibliography_has_an_empty_library(tmp_path: Path) -> None:
    profile = "person: {name: Ada}\nsections: [{id: a, title: A, kind: bullets, bullets: [x]}]\n"
    assert read_library(loaded(tmp_path, profile)).references == {}


def test_known_keys_pass(tmp_path: Path) -> None:
    profile = loaded(tmp_path)
    assert check_publications(profile, read_library(profile)) == ()


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


def test_only_listed_entries_are_read(tmp_path: Path) -> None:
    profile = loaded(tmp_path)
    (tmp_path / "more" / "b.bib").write_text(bib("two") + "@misc{three, title={\\nonsense}}")
    assert wanted(profile) == (frozenset({"one", "two"}), ())
    assert list(read_library(profile).references) == ["one", "two"]


@pytest.mark.parametrize(
    "sections",
    [
        "[{id: a, title: A, kind: bullets, bullets: [x]}]",
        "[{id: a, title: A, kind: publications}]",
        "[{id: a, title: A, kind: publications, entries: [one]}, {id: b, title: B, kind: KIND}]",
        "[{id: a, title: A, kind: publications, choose: {position: first, venues: J}}]",
    ],
)
def test_where_any_entry_may_be_shown_all_are_read(tmp_path: Path, sections: str) -> None:
    start = PROFILE.partition("sections:")[0]
    profile = loaded(tmp_path, f"{start}sections: {sections.replace('KIND', 'publications')}")
    assert wanted(profile) == (None, ())
    assert list(read_library(profile).references) == ["one", "two", "three"]


CHOOSE = "entries: [one, {priority: 9, key: two}]"


@pytest.mark.parametrize(
    ("choose", "found"),
    [
        ("{years: 2021}", ["one", "three"]),
        ("{years: 2022-, venues: J, position: first}", ["two"]),
        ("{types: article, keywords: type}", ["three"]),
        ("{tags: [x, y]}", ["one", "two"]),
        ("{selected: true}", ["two"]),
        ("{keywords: typo}", ["one", "two", "three"]),  # nothing has it: all is read to say so
        ("{years: 1990}", ["one", "two", "three"]),
    ],
)
def test_only_what_may_be_chosen_is_read(tmp_path: Path, choose: str, found: list[str]) -> None:
    profile = loaded(tmp_path, PROFILE.replace(CHOOSE, f"choose: {choose}"))
    (tmp_path / "a.bib").write_text(bib("one").replace("year", "tags = {y},\n  year"))
    two = bib("two").replace("2021}", "2022}, tags = {x}, selected = {true}")
    three = bib("three").replace("year", "keywords = {type, graphs}, year")
    (tmp_path / "more" / "b.bib").write_text(two + three)
    keys, choices = wanted(profile)
    assert keys == frozenset()
    assert len(choices) == 1
    assert list(read_library(profile).references) == found


def test_one_section_lists_and_another_chooses(tmp_path: Path) -> None:
    more = "  - {id: more, title: More, kind: publications, choose: {years: 2022}}\n"
    profile = loaded(tmp_path, PROFILE.replace(CHOOSE, "entries: [one]") + more)
    (tmp_path / "more" / "b.bib").write_text(bib("two").replace("2021", "2022") + bib("three"))
    assert list(read_library(profile).references) == ["one", "two"]


@pytest.mark.parametrize(("shown", "told"), [("true", ["abstract"]), ("false", [])])
def test_an_abstract_that_is_not_understood_is_told_of_where_one_is_shown(
    tmp_path: Path, shown: str, told: list[str]
) -> None:
    variants = f"variants: {{full: {{publications: {{abstracts: {shown}}}}}}}\n"
    profile = loaded(tmp_path, PROFILE + variants)
    (tmp_path / "a.bib").write_text(bib("one").replace("year", "abstract = {\\alpha}, year"))
    assert [finding.code for finding in read_library(profile).findings] == told


def test_what_was_left_out_is_told_and_not_shown(tmp_path: Path) -> None:
    profile = loaded(tmp_path)
    (tmp_path / "a.bib").write_text("@misc{one, title={\\nonsense}}")
    read = read_library(profile, lenient=True)
    (warning,) = check_publications(profile, read)
    assert (warning.code, warning.severity) == ("publication-left-out", Severity.WARNING)
    assert warning.place is not None
    assert warning.place.line == 7
    assert listed(resolved(profile, read)) == ["two"]


def test_an_alias_stands_for_its_entry(tmp_path: Path) -> None:
    profile = loaded(tmp_path)
    (tmp_path / "a.bib").write_text(
        bib("eins").replace("{\n", "{\n").replace("year", "ids={one}, year")
    )
    read = read_library(profile)
    assert check_publications(profile, read) == ()
    assert listed(resolved(profile, read)) == ["eins", "two"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (bib("two").replace("year", "ids={one}, year"), "repeated-publication"),
        (bib("two") + "@xdata{one, note={N}}", "unknown-publication"),
    ],
)
def test_one_entry_under_two_keys_and_a_container_are_refused(
    tmp_path: Path, text: str, code: str
) -> None:
    profile = loaded(tmp_path)
    (tmp_path / "a.bib").write_text("")
    (tmp_path / "more" / "b.bib").write_text(text)
    with pytest.raises(ProfileError) as raised:
        check_publications(profile, read_library(profile))
    assert [finding.code for finding in raised.value.diagnostics] == [code]


def listed(profile: LoadedProfile) -> list[str]:
    (section,) = profile.profile.sections
    assert isinstance(section, PublicationsSection)
    return [entry.key for entry in section.entries or ()]
