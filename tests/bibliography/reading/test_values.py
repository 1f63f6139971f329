"""Field values: braces, quotes, numbers, `@string` names and `#`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.reading.reader import read_bibliography
from cvforge.bibliography.reading.values import MAX_VALUE, MONTHS
from cvforge.errors import BibliographyError
from cvforge.inline import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reference import Reference
    from cvforge.diagnostics import Diagnostic

    Read = Callable[[str], dict[str, Reference]]
    Refuse = Callable[[str], Diagnostic]

STRINGS = '@string{jir = "Journal of " # {Invented Results}}\n@STRING(Vol = 7)\n'


def entry(fields: str) -> str:
    return f"@misc{{a, title = {{T}}, author = {{Ada Quill}}, {fields}}}"


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
    reference = read_bibliography(files).references["a"]
    assert plain(reference.fields["note"]) == "Journal of Invented Results"


def test_a_blank_value_counts_as_not_given(read: Read) -> None:
    reference = read(entry('doi = {}, url = "", note = { { } }'))["a"]
    assert not reference.raw
    assert not reference.fields


def test_an_unknown_string_is_refused_with_the_nearest_name(refuse: Refuse) -> None:
    finding = refuse(STRINGS + entry("note = ‸jirr"))
    assert finding.code == "unknown-string"
    assert 'did you mean "jir"?' in (finding.hint or "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (entry("note = ‸x") + "\n@string{x = {y}}", "unknown-string"),
        ("@string{x = {y}}\n@string{‸X = {z}}", "duplicate-string"),
        ("@string{x = {a} # ‸x}", "unknown-string"),
        ("@string{x = ‸y}\n@misc{a, title = x, author = {Ada Quill}}", "unknown-string"),
        ("@string{x = ‸nothing}\n" + entry("note = x"), "unknown-string"),
        ("@string{x = {‸\\nonsense}}\n" + entry("note = {see } # x"), "unknown-macro"),
        (entry("note = {a} ‸{b}"), "bib-syntax"),
        (entry("note = {a} #‸, year = 2024"), "bib-syntax"),
        (entry("note = ‸# {a}"), "bib-syntax"),
        (entry("note = ‸12--15"), "unknown-string"),
    ],
)
def test_what_is_no_value_is_refused_at_its_place(refuse: Refuse, text: str, code: str) -> None:
    assert refuse(text).code == code


def test_a_missing_comma_is_told(refuse: Refuse) -> None:
    finding = refuse("@misc{a, title = {T}\n  ‸author = {Ada Quill}}")
    assert "a comma is missing before author =" in finding.message


def test_strings_that_multiply_are_refused_and_not_written_out(refuse: Refuse) -> None:
    doublings = ["@string{s0 = {1234567890}}"]
    doublings += [f"@string{{s{n + 1} = s{n} # s{n}}}" for n in range(13)]
    doublings += ["@string{‸s14 = s13 # s13}"]
    doublings += [f"@string{{s{n + 1} = s{n} # s{n}}}" for n in range(14, 80)]
    assert refuse("\n".join(doublings)).code == "value-too-long"


def test_a_value_beyond_the_limit_is_refused(read: Read, refuse: Refuse) -> None:
    assert read(entry(f"keywords = {{{'x' * MAX_VALUE}}}"))
    assert refuse(entry(f"‸keywords = {{{'x' * (MAX_VALUE + 1)}}}")).code == "value-too-long"


def test_all_values_together_have_a_limit(read: Read) -> None:
    string = f"@string{{x = {{{'x' * MAX_VALUE}}}}}"
    entries = [f"@misc{{a{n}, title = x, author = {{Ada Quill}}}}" for n in range(100)]
    with pytest.raises(BibliographyError) as refused:
        read("\n".join([string, *entries]))
    assert {finding.code for finding in refused.value.diagnostics} == {"value-too-long"}
