"""Field values: braces, quotes, numbers, `@string` names and `#`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.reader import read_bibliography
from cvforge.bibliography.values import MAX_VALUE, MONTHS
from cvforge.inline import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reader import Reference
    from cvforge.diagnostics import Diagnostic

    Read = Callable[[str], dict[str, Reference]]
    Refuse = Callable[[str], tuple[Diagnostic, ...]]

STRINGS = '@string{jir = "Journal of " # {Invented Results}}\n@STRING(Vol = 7)\n'


def entry(fields: str) -> str:
    return f"@misc{{a, title = {{T}}, author = {{Ada Quill}}, {fields}}}"


def found(findings: tuple[Diagnostic, ...]) -> list[tuple[str, int, int]]:
    return [(f.code, f.place.line, f.place.column) for f in findings if f.place is not None]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{plain}", "plain"),
        ('"plain"', "plain"),
        ("2024", "2024"),
        ("{A {B} C}", "A B C"),
        ('"A {B} C"', "A B C"),
        ('"say {"}hello{"}"', 'say "hello"'),
        ('{say "hello"}', 'say "hello"'),
        ("jir", "Journal of Invented Results"),
        ("JIR", "Journal of Invented Results"),
        ('jir # ", volume " # vol', "Journal of Invented Results, volume 7"),
        ("{one} # {, } # 2", "one, 2"),
        ("{a, b = c}", "a, b = c"),
        ("{over\n   two lines}", "over two lines"),
    ],
)
def test_every_form_of_a_value_is_read(read: Read, value: str, expected: str) -> None:
    reference = read(STRINGS + entry(f"note = {value}"))["a"]
    assert plain(reference.fields["note"]) == expected


@pytest.mark.parametrize("month", sorted(MONTHS))
def test_months_are_known_without_definition(read: Read, month: str) -> None:
    reference = read(entry(f"month = {month.upper()}"))["a"]
    assert plain(reference.fields["month"]) == MONTHS[month]


def test_a_string_may_redefine_a_month(read: Read) -> None:
    reference = read("@string{jan = {Januar}}" + entry("month = jan"))["a"]
    assert plain(reference.fields["month"]) == "Januar"


def test_strings_hold_in_the_files_that_follow() -> None:
    files = [("one.bib", STRINGS.encode()), ("two.bib", entry("note = jir").encode())]
    assert plain(read_bibliography(files)["a"].fields["note"]) == "Journal of Invented Results"


def test_a_blank_value_counts_as_not_given(read: Read) -> None:
    reference = read(entry('doi = {}, url = "", note = { { } }'))["a"]
    assert not reference.raw
    assert not reference.fields


def test_an_unknown_string_is_refused_with_the_nearest_name(refuse: Refuse) -> None:
    (finding,) = refuse(STRINGS + entry("note = jirr"))
    assert found((finding,)) == [("unknown-string", 3, 50)]
    assert finding.hint is not None
    assert 'did you mean "jir"?' in finding.hint


def test_a_string_is_known_only_after_its_definition(refuse: Refuse) -> None:
    assert found(refuse(entry("note = x") + "\n@string{x = {y}}")) == [("unknown-string", 1, 50)]


def test_a_string_defined_twice_is_refused(refuse: Refuse) -> None:
    findings = refuse("@string{x = {y}}\n@string{X = {z}}")
    assert found(findings) == [("duplicate-string", 2, 9)]


def test_a_faulty_string_is_reported_once(refuse: Refuse) -> None:
    findings = refuse("@string{x = nothing}\n" + entry("note = x"))
    assert found(findings) == [("unknown-string", 1, 13)]


def test_a_finding_in_a_string_is_placed_in_its_definition(refuse: Refuse) -> None:
    findings = refuse("@string{x = {\\nonsense}}\n" + entry("note = {see } # x"))
    assert found(findings) == [("unknown-macro", 1, 14)]


@pytest.mark.parametrize(
    ("value", "column"), [("{a} {b}", 54), ("{a} #", 55), ("# {a}", 50), ("{a} # , x={b}", 56)]
)
def test_pieces_are_joined_by_a_number_sign_alone(refuse: Refuse, value: str, column: int) -> None:
    assert found(refuse(entry(f"note = {value}"))) == [("bib-syntax", 1, column)]


def test_strings_that_multiply_are_refused_and_not_written_out(refuse: Refuse) -> None:
    bomb = "@string{s0 = {ten letters}}\n" + "".join(
        f"@string{{s{n + 1} = {' # '.join([f's{n}'] * 20)}}}\n" for n in range(40)
    )
    (finding,) = refuse(bomb + entry("note = s40"))
    assert finding.code == "value-too-long"


def test_a_value_beyond_the_limit_is_refused(read: Read, refuse: Refuse) -> None:
    assert read(entry(f"note = {{{'x' * MAX_VALUE}}}"))
    assert found(refuse(entry(f"note = {{{'x' * (MAX_VALUE + 1)}}}"))) == [("value-too-long", 1, 43)]
