"""The line of the authors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.house.authors import authors, people
from cvforge.bibliography.house.setting import AuthorLimit, Setting
from cvforge.bibliography.names import Name
from cvforge.bibliography.owner import Owner
from cvforge.bibliography.reference import Names
from cvforge.inline import Owner as OwnerSpan
from cvforge.inline import Text, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reference import Reference

    Read = Callable[[str], dict[str, Reference]]

ADA = Owner(("Ada Quill",))


def line_of(read: Read, fields: str, kind: str = "misc", setting: Setting | None = None) -> str:
    reference = read(f"@{kind}{{a, title={{T}}, {fields}}}")["a"]
    return plain(authors(reference, ADA, setting=setting or Setting())[0])


def crowd(count: int, owner: int | None) -> str:
    """Return authors N1 to N``count``; the one at ``owner``, from 1, is the owner."""
    names = ("Ada Quill" if at == owner else f"Bo N{at}" for at in range(1, count + 1))
    return " and ".join(names)


def test_owner_and_marks_stand_in_the_line(read: Read) -> None:
    reference = read(
        """@misc{a, title={T}, author={Rune, Bo and Quill, Ada and {Rune Team} and others},
        author+an={1=student; 2=corresponding, equal; 3=highlight}}"""
    )["a"]
    line, marks = authors(reference, ADA, setting=Setting())
    ada = OwnerSpan((Text("Ada Quill"),))
    assert line == (Text("Bo Rune‡, "), ada, Text("*†, Rune Team et al."))
    assert marks == {"*", "†", "‡"}


@pytest.mark.parametrize(
    ("count", "owner", "expected"),
    [
        (5, 4, "Bo N1, Bo N2, Bo N3, Ada Quill, Bo N5"),
        (94, 17, "Bo N1, Bo N2, Bo N3, …, Ada Quill (17th of 94), …, Bo N94"),
        (94, 1, "Ada Quill (1st of 94), Bo N2, Bo N3, …, Bo N94"),
        (94, 4, "Bo N1, Bo N2, Bo N3, Ada Quill (4th of 94), …, Bo N94"),
        (94, 5, "Bo N1, Bo N2, Bo N3, Bo N4, Ada Quill (5th of 94), …, Bo N94"),
        (94, 92, "Bo N1, Bo N2, Bo N3, …, Ada Quill (92nd of 94), Bo N93, Bo N94"),
        (94, 94, "Bo N1, Bo N2, Bo N3, …, Ada Quill (94th of 94)"),
        (94, None, "Bo N1, Bo N2, Bo N3, …, Bo N94 (94 authors)"),
        (6, None, "Bo N1, Bo N2, Bo N3, …, Bo N6 (6 authors)"),
    ],
)  # fmt: skip
def test_a_long_list_is_shortened_around_the_owner(
    read: Read, count: int, owner: int | None, expected: str
) -> None:
    setting = Setting(authors=AuthorLimit(5))
    assert line_of(read, f"author={{{crowd(count, owner)}}}", setting=setting) == expected


@pytest.mark.parametrize(
    ("limit", "count", "expected"),
    [
        (AuthorLimit(4), 5, "Bo N1, Bo N2, Bo N3, Bo N4, Bo N5"),
        (AuthorLimit(3, first=1, last=0), 5, "Bo N1, … (5 authors)"),
        (AuthorLimit(3, first=0, last=1), 5, "…, Bo N5 (5 authors)"),
        (AuthorLimit(3, first=0, last=0), 5, "… (5 authors)"),
        (AuthorLimit(3, first=4, last=3), 5, "Bo N1, Bo N2, Bo N3, Bo N4, Bo N5"),
    ],
)
def test_no_gap_hides_one_author_alone(
    read: Read, limit: AuthorLimit, count: int, expected: str
) -> None:
    setting = Setting(authors=limit)
    assert line_of(read, f"author={{{crowd(count, None)}}}", setting=setting) == expected


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        (5, "Bo N1, Bo N2, Bo N3, Bo N4, Ada Quill (5th of 9+) et al."),
        (None, "Bo N1, Bo N2, Bo N3 et al. (9+ authors)"),
    ],
)
def test_of_a_list_that_the_file_cuts_neither_end_nor_length_is_told(
    read: Read, owner: int | None, expected: str
) -> None:
    setting = Setting(authors=AuthorLimit(5))
    fields = f"author={{{crowd(9, owner)} and others}}"
    assert line_of(read, fields, setting=setting) == expected


def test_marks_of_hidden_authors_are_not_explained(read: Read) -> None:
    text = f"@misc{{a, title={{T}}, author={{{crowd(20, 2)}}}, author+an={{1=equal; 9=student}}}}"
    setting = Setting(authors=AuthorLimit(5))
    assert authors(read(text)["a"], ADA, setting=setting)[1] == {"*"}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "(17. von 94)"),
        ("fr", "(17e sur 94)"),
        ("zh-Hans", "(第17/94位)"),
        ("xx", "(17th of 94)"),
    ],
)
def test_the_position_is_told_in_the_language_of_the_list(
    read: Read, language: str, expected: str
) -> None:
    setting = Setting(authors=AuthorLimit(5), language=language)
    assert expected in line_of(read, f"author={{{crowd(94, 17)}}}", setting=setting)


@pytest.mark.parametrize(
    ("fields", "language", "expected"),
    [
        ("editor={Ada Quill}", "en", "Ada Quill (ed.)"),
        ("editor={Ada Quill and Bo Rune}", "en", "Ada Quill, Bo Rune (eds.)"),
        ("editor={Ada Quill and others}", "en", "Ada Quill et al. (eds.)"),
        ("editor={{Rune Team}}", "en", "Rune Team (ed.)"),
        ("editor={Ada Quill and Bo Rune}", "de", "Ada Quill, Bo Rune (Hrsg.)"),
        ("editor={Ada Quill}, editortype={compiler}", "en", "Ada Quill (compiler)"),
        ("author={Bo Rune}, editor={Ada Quill}", "en", "Bo Rune"),
    ],
)
def test_those_who_edited_a_work_are_said_to_have(
    read: Read, fields: str, language: str, expected: str
) -> None:
    assert line_of(read, fields, "book", Setting(language=language)) == expected


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("manual", "organization={The {\\'E}cole Team}", "The École Team"),
        ("report", "institution={Institute}", "Institute"),
        ("software", "institution={Institute}, organization={Guild}", "Guild"),
        ("patent", "holder={{Rune Inc.} and Ada Quill}", "Rune Inc., Ada Quill"),
        ("misc", "organization={Guild}, author={Bo Rune}", "Bo Rune"),
        ("article", "organization={Guild}, author={Bo Rune}", "Bo Rune"),
    ],
)  # fmt: skip
def test_a_body_stands_where_no_person_is_named(
    read: Read, kind: str, fields: str, expected: str
) -> None:
    assert line_of(read, fields, kind) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Rune"], "Rune"),
        (["Rune", "Quill"], "Rune & Quill"),
        (["Rune", "Quill", "Kern"], "Rune, Quill & Kern"),
    ],
)
def test_people_inside_of_a_line(names: list[str], expected: str) -> None:
    listed = tuple(Name("", "", name, "") for name in names)
    assert plain(people(Names(listed), Owner(()))) == expected
    cut = expected.replace(" &", ",") + " et al."
    assert plain(people(Names(listed, others=True), Owner(()))) == cut
