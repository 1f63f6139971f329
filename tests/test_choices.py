"""Tests of what is doubtful about the choices of publications sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.reading.reader import read_bibliography
from cvforge.choices import check_choices, chosen_keys
from cvforge.errors import ProfileError
from cvforge.profile.load import load_profile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cvforge.diagnostics import Diagnostic

    Find = Callable[[str], list[Diagnostic]]

BIB = b"""\
@article{kern, author = {Ada Quill}, title = {On kerning}, year = 2021, journal = {Letters},
  keywords = {type, space}, tags = {teaching}}
@misc{ink, author = {A. Quill and Alf Quill}, title = {On ink}, year = 2019}
@misc{doubt, author = {A. Quill and A. Quill}, title = {On doubt}, year = 2018}
"""
PROFILE = """\
person: {name: Ada Quill}
bibliography: ada.bib
sections:
  - id: papers
    title: Papers
    kind: publications
"""


@pytest.fixture
def find(tmp_path: Path) -> Find:
    """Return the findings about a section's further lines."""

    def find(lines: str) -> list[Diagnostic]:
        path = tmp_path / "ada.yaml"
        path.write_text(PROFILE + lines, encoding="utf-8")
        library = read_bibliography([("ada.bib", BIB)]).references
        try:
            return list(check_choices(load_profile(path), library))
        except ProfileError as error:
            return list(error.diagnostics)

    return find


@pytest.mark.parametrize(
    ("lines", "message", "hint"),
    [
        ("    choose: {keywords: typ}\n", 'the keyword "typ"', 'did you mean "type"?'),
        ("    choose: {tags: [teching]}\n", 'the tag "teching"', 'did you mean "teaching"?'),
        ("    choose: {types: artcle}\n", 'the type "artcle"', 'did you mean "article"?'),
    ],
)
def test_a_value_that_no_entry_has_is_an_error(
    find: Find, lines: str, message: str, hint: str
) -> None:
    (finding,) = find(lines)
    assert (finding.code, finding.severity) == ("unknown-choice", "error")
    assert finding.message == f"no entry of this list has {message}"
    assert finding.hint == hint
    assert finding.place is not None
    assert finding.place.line == 7


def test_a_tag_that_the_profile_gives_is_known(find: Find) -> None:
    lines = "    choose: {tags: mine}\n    entries: [{key: kern, tags: [mine]}]\n"
    assert find(lines) == []


@pytest.mark.parametrize("condition", ["types: patent", "years: 1990", "position: last"])
def test_a_section_of_which_nothing_is_left_is_a_warning(find: Find, condition: str) -> None:
    (finding,) = find(f"    choose: {{{condition}}}\n")
    assert (finding.code, finding.severity) == ("empty-choice", "warning")


def test_an_author_who_may_be_the_person_is_a_warning(find: Find) -> None:
    (finding,) = find("")
    assert finding.severity == "warning"
    assert finding.place is not None
    assert finding.place.line == 4
    assert find("    choose: {years: 2019-}\n") == []


def test_the_keys_are_those_of_all_sections(tmp_path: Path) -> None:
    path = tmp_path / "ada.yaml"
    second = "  - {id: more, title: More, kind: publications, entries: [ink]}\n"
    path.write_text(f"{PROFILE}    choose: {{types: article}}\n{second}", encoding="utf-8")
    library = read_bibliography([("ada.bib", BIB)]).references
    assert chosen_keys(load_profile(path), library) == {"kern", "ink"}
