"""How a finding looks: lines, JSON, annotations."""

from __future__ import annotations

import pytest

from cvforge.diagnostics import Diagnostic, Place, Severity
from cvforge.rendering import COLUMNS, as_annotation, as_json, as_lines, visible


def at(text: str, column: int, length: int = 1, line: int = 42) -> Diagnostic:
    return Diagnostic("code", "message", Place("ada.yaml", line, column, length, text))


def test_a_finding_is_shown_as_in_the_style_page() -> None:
    diagnostic = Diagnostic(
        "period-order",
        "ends 2019-01, before it starts 2020-01",
        Place("profiles/ada.yaml", 42, 10, 7, "    end: 2019-01"),
        'leave "end" out for a current role',
    )
    assert as_lines(diagnostic) == [
        "error: ends 2019-01, before it starts 2020-01",
        "  --> profiles/ada.yaml:42:10",
        "   |",
        "42 |     end: 2019-01",
        "   |          ^^^^^^^",
        'hint: leave "end" out for a current role',
    ]


def test_a_finding_without_place_and_hint_is_its_message() -> None:
    assert as_lines(Diagnostic("code", "message", severity=Severity.WARNING)) == [
        "warning: message"
    ]


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_line_is_not_shown(text: str) -> None:
    assert as_lines(at(text, 1)) == ["error: message", "  --> ada.yaml:42:1"]


@pytest.mark.parametrize(
    ("text", "column", "length", "line", "carets"),
    [
        ("名前: x", 5, 1, "名前: x", "      ^"),
        ("名前: x", 1, 2, "名前: x", "^^^^"),
        ("\tname: x", 2, 4, "    name: x", "    ^^^^"),
        ("\tname: x", 1, 1, "    name: x", "^^^^"),
        ("cafe\u0301: x", 7, 1, "cafe\u0301: x", "     ^"),
        ("a\x07b", 3, 1, "aU+0007b", "       ^"),
        ("a\x1b[31mb", 2, 1, "aU+001B[31mb", " ^^^^^^"),
        ("a\u202eb", 2, 1, "aU+202Eb", " ^^^^^^"),
        ("name:", 6, 1, "name:", "     ^"),
        ("name:", 99, 5, "name:", "     ^"),
        ("name: x   ", 7, 99, "name: x", "      ^"),
    ],
)
def test_the_carets_stand_below_what_is_meant(
    text: str, *, column: int, length: int, line: str, carets: str
) -> None:
    shown = as_lines(at(text, column, length))
    assert shown[3:] == [f"42 | {line}", f"   | {carets}"]


@pytest.mark.parametrize("column", [1, 2, 50, 95, 96, 97, 200, 999, 1000])
@pytest.mark.parametrize("filler", ["x", "字", "\t"])
def test_a_long_line_is_clipped_around_the_place(column: int, filler: str) -> None:
    text = filler * (column - 1) + "HERE" + filler * 1000 + "."
    line, carets = as_lines(at(text, column, 4))[3:]
    width = sum(2 if character == "字" else 1 for character in line)
    assert COLUMNS - 9 <= width <= COLUMNS
    before = line[: line.index("HERE")]
    indent = sum(2 if character == "字" else 1 for character in before)
    assert carets == "   | " + " " * (indent - 5) + "^^^^"
    assert line.endswith("…")
    assert ("…" in before) == (len(before) - 5 < (column - 1) * (4 if filler == "\t" else 1))


def test_a_stretch_longer_than_the_line_is_underlined_as_far_as_it_is_shown() -> None:
    line, carets = as_lines(at("x" * 500, 10, 400))[3:]
    assert len(line) == COLUMNS
    assert carets.endswith("^")
    assert len(carets) < COLUMNS


def test_a_line_of_a_million_characters_is_no_burden() -> None:
    line, _ = as_lines(at("x" * 1_000_000, 500_000, 3))[3:]
    assert len(line) == COLUMNS


def test_messages_and_file_names_cannot_speak_to_the_terminal() -> None:
    place = Place("a\x1b[2J.yaml", 1, 1, 1, "x")
    lines = as_lines(Diagnostic("code", "a\nb\x1b[2J", place, "c\rd"))
    assert lines[0] == "error: a bU+001B[2J"
    assert lines[1] == " --> aU+001B[2J.yaml:1:1"
    assert lines[-1] == "hint: cU+000Dd"


def test_markup_of_other_programs_is_text() -> None:
    assert visible("[/etc] [bold]x[/bold] 100%") == "[/etc] [bold]x[/bold] 100%"


def test_the_json_form_has_every_part() -> None:
    diagnostic = Diagnostic("code", "message", Place("ada.yaml", 2, 3, 4, "text"), "hint")
    assert as_json(diagnostic) == {
        "severity": "error",
        "code": "code",
        "message": "message",
        "hint": "hint",
        "file": "ada.yaml",
        "line": 2,
        "column": 3,
        "length": 4,
    }


def test_the_json_form_of_a_finding_without_place_has_nulls() -> None:
    form = as_json(Diagnostic("code", "message"))
    assert [form[key] for key in ("hint", "file", "line", "column", "length")] == [None] * 5


def test_an_annotation_escapes_what_its_syntax_uses() -> None:
    diagnostic = Diagnostic("code", "100%: a,\nb", Place("a,b:c%.yaml", 2, 3), "d")
    assert as_annotation(diagnostic) == (
        "::error file=a%2Cb%3Ac%25.yaml,line=2,col=3,title=cvforge%3A code"
        "::100%25: a,%0Ab%0Ahint: d"
    )


def test_an_annotation_without_place_names_no_file() -> None:
    warning = Diagnostic("code", "message", severity=Severity.WARNING)
    assert as_annotation(warning) == "::warning title=cvforge%3A code::message"
