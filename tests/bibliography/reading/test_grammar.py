"""The grammar of .bib files: every entry is read, or the reason is told at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvforge.bibliography.reading.grammar import MAX_ENTRIES, MAX_FIELDS
from cvforge.bibliography.reading.reader import read_bibliography
from cvforge.diagnostics import Severity
from cvforge.errors import BibliographyError
from cvforge.inline import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reference import Reference
    from cvforge.diagnostics import Diagnostic

    Read = Callable[[str], dict[str, Reference]]
    Refuse = Callable[[str], Diagnostic]

ENTRY = "@misc{{{key}, title = {{A title}}, author = {{Ada Quill}}}}"


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title={T}, author={Ada Quill}}",
        "@MISC{a, TITLE={T}, Author={Ada Quill},}",
        '@misc(a, title="T", author="Ada Quill")',
        "@ misc {a, title={T}, author={Ada Quill}}",
        "@misc\n{a, title={T}, author={Ada Quill}}",
        "@\nmisc\n(a, title={T}, author={Ada Quill})",
        "@string{x={T}} before @ misc {a, title=x, author={Ada Quill}}",
        "@ string {x = {T}}\n@ comment {y}\n@misc{a, title=x, author={Ada Quill}}",
        "@comment a word or two\n@misc{a, title={T}, author={Ada Quill}}",
        "@comment\n@misc{a, title={T}, author={Ada Quill}}",
        "  @misc  {  a  ,\n\n title\n =\n {T}\n , author = {Ada Quill} , }",
        "before @misc{a, title={T}, author={Ada Quill}} after",
        "@misc{a, title={T}, author={Ada Quill}}@misc{b, title={U}, author={Bo Rune}}",
        '@comment{meta: x}\n@preamble{"\\input{x}"}\n@misc{a, title={T}, author={Ada Quill}}',
        "\ufeff@misc{a, title={T}, author={Ada Quill}}",
    ],
)
def test_every_layout_of_an_entry_is_read(read: Read, text: str) -> None:
    reference = read(text)["a"]
    assert (reference.kind, plain(reference.title)) == ("misc", "T")
    assert [name.printed for name in reference.authors] == ["Ada Quill"]


def test_entries_keep_the_order_of_the_file(read: Read) -> None:
    keys = ["c", "a", "b"]
    assert list(read("\n".join(ENTRY.format(key=key) for key in keys))) == keys


def test_an_entry_knows_its_place(read: Read) -> None:
    place = read("\n  " + ENTRY.format(key="quill2024"))["quill2024"].place
    assert (place.file, place.line, place.column, place.length) == ("ada.bib", 2, 9, 9)


def test_nothing_of_a_preamble_or_a_comment_is_shown(read: Read) -> None:
    text = '@preamble{"\\def\\x{y}"} @comment{z} % w\n' + ENTRY.format(key="a")
    (reference,) = read(text).values()
    assert plain(reference.title) == "A title"
    assert not reference.fields


@pytest.mark.parametrize("text", ["", "\n\n", "% nothing yet", "@comment{nothing}"])
def test_a_file_without_entries_is_an_empty_bibliography(read: Read, text: str) -> None:
    assert read(text) == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("‸@misc{a,\n  title = {T},\n  author = {Ada Quill}\n", "bib-syntax"),
        ('‸@misc{a, title = "T, author = {Ada Quill}}', "bib-syntax"),
        ("‸@misc{a, title={T}\n@misc{b, title={U}, author={Bo Rune}}", "bib-syntax"),
        ("@misc{‸a title={T}, author={Ada Quill}}", "bib-syntax"),
        ("@misc{‸a\n  title = {T},\n  author = {Ada Quill}}", "bib-syntax"),
        ("@misc{‸title = {T}, author={Ada Quill}}", "entry-key"),
        ("‸@{a, title={T}, author={Ada Quill}}", "entry-kind"),
        ("‸@2misc{a, title={T}, author={Ada Quill}}", "entry-kind"),
        ("@misc{a, title ‸{T}, author={Ada Quill}}", "bib-syntax"),
        ("@misc{a, title={T}, author‸}", "bib-syntax"),
        ("@misc(a, title={T}, author‸)", "bib-syntax"),
        ("@misc{a, title={T}\n ‸author={Ada Quill}}", "bib-syntax"),
        ("@misc{a, title={T} ‸junk, author={Ada Quill}}", "bib-syntax"),
        ("@misc{a, title=‸, author={Ada Quill}}", "bib-syntax"),
        ("lost ‸@ misc {a b, title={T}, author={Ada Quill}}", "bib-syntax"),
        ("‸@misc a, title={T}", "bib-syntax"),
        ("@misc{a, author={Ada Quill}, title={T}}, year=2024‸}", "bib-syntax"),
        ("@comment{\n‸@misc{a, title={T}, author={Ada Quill}}\n}", "bib-syntax"),
        ("@comment{see ‸@misc{a, title={T}, author={Ada Quill}}}", "bib-syntax"),
        ("‸@comment{ see", "bib-syntax"),
        ("@misc{‸, title={T}, author={Ada Quill}}", "entry-key"),
        ("@misc{‸a b, title={T}, author={Ada Quill}}", "entry-key"),
        ("@misc{a, title={T}, author={Ada Quill}, ‸Title={U}}", "duplicate-field"),
        ("@misc{a, title={T}, ‸title={U}, author={Ada Quill}}", "duplicate-field"),
        ("@misc{a,\n‸% title={T},\nauthor={Ada Quill}}", "field-name"),
        ("@string{‸2x = {y}}", "string-name"),
        ("@string{x‸}", "bib-syntax"),
    ],
)
def test_what_is_no_bibtex_is_refused_at_its_place(refuse: Refuse, text: str, code: str) -> None:
    assert refuse(text).code == code


def test_a_value_is_read_as_it_is_typed(read: Read) -> None:
    value = "a @ b {c, d} x"
    title = read(f"@misc{{a, title={{{value}}}, author={{Ada Quill}}}}")["a"].title
    assert plain(title) == value.replace("{", "").replace("}", "")


def test_an_early_end_is_told_with_what_it_costs() -> None:
    text = "@misc{a, title={T}}, author={Ada Quill}}"
    with pytest.raises(BibliographyError) as refused:
        read_bibliography([("ada.bib", text.encode())])
    codes = {finding.code for finding in refused.value.diagnostics}
    assert codes == {"bib-syntax", "missing-author"}
    severities = [finding.severity for finding in refused.value.diagnostics]
    assert sorted(severities) == [Severity.ERROR, Severity.WARNING]


def test_every_broken_entry_is_reported() -> None:
    text = "@misc{a, title}\n" + ENTRY.format(key="b") + "\n@misc{c, title={T} x}\n@misc{d"
    with pytest.raises(BibliographyError) as refused:
        read_bibliography([("ada.bib", text.encode())])
    lines = [finding.place.line for finding in refused.value.diagnostics if finding.place]
    assert lines == [1, 3, 4]


def test_an_entry_that_was_read_as_a_part_of_another_is_reported_too() -> None:
    text = "@misc{a, title={T, note={ @misc{b, title={U}, author={Bo Rune}}\n"
    with pytest.raises(BibliographyError) as refused:
        read_bibliography([("ada.bib", text.encode())])
    columns = [finding.place.column for finding in refused.value.diagnostics if finding.place]
    assert columns == [1, text.index("@misc{b") + 1]


def test_comments_hold_what_is_no_entry(read: Read) -> None:
    text = "@comment{jabref-meta: grouping {a@b (c)} @ {}}\n@Comment{}" + ENTRY.format(key="a")
    place = read("\n" + text)["a"].place
    assert (place.line, place.column) == (3, 17)


def test_a_key_may_stand_only_once(refuse: Refuse) -> None:
    finding = refuse(ENTRY.format(key="a") + "\n@book{‸a, title={U}, author={Bo Rune}}")
    assert finding.code == "duplicate-key"
    assert "ada.bib, line 1" in (finding.hint or "")


def test_a_key_may_stand_only_once_in_all_files() -> None:
    content = ENTRY.format(key="a").encode()
    with pytest.raises(BibliographyError) as refused:
        read_bibliography([("one.bib", content), ("two.bib", content)])
    (finding,) = refused.value.diagnostics
    assert finding.place is not None
    assert (finding.code, finding.place.file) == ("duplicate-key", "two.bib")


def test_more_entries_than_allowed_are_refused(refuse: Refuse) -> None:
    allowed = "\n".join(ENTRY.format(key=number) for number in range(MAX_ENTRIES))
    assert refuse(f"{allowed}\n‸@misc{{one-more}}").code == "too-many-entries"


def test_more_fields_than_allowed_are_refused(refuse: Refuse) -> None:
    allowed = ",".join(f"f{number} = 1" for number in range(MAX_FIELDS))
    assert refuse(f"@misc{{a, {allowed}, ‸one = 1, more = 1}}").code == "too-many-fields"


KEYS = st.lists(st.from_regex(r"[A-Za-z][A-Za-z0-9:_-]{0,8}", fullmatch=True), unique=True)
LAYOUT = st.sampled_from(["", " ", "\n", "\r\n", "\n\n% a note\n"])


@given(KEYS, LAYOUT, LAYOUT)
def test_no_entry_is_lost(read: Read, keys: list[str], before: str, after: str) -> None:
    entries = [before + ENTRY.format(key=key) + after for key in keys]
    assert list(read("".join(entries))) == keys


FRAGMENTS = st.sampled_from(
    [
        *(
            "@misc{",
            "@misc(",
            "@string{",
            "@comment{",
            "{",
            "}",
            "(",
            ")",
            '"',
            ",",
            "=",
            "#",
            "\n",
        ),
        *(" ", "\\", "key", "title={", "author={", "A B and C", " and ", "others", "$", "--", "%"),
        *("crossref={key}", "\\'", "\\v", "\\url{", "doi={10.1000/1}", "url={x}", "eprint=", "é"),
        "author+an={1=equal}",
    ]
)


@given(st.lists(FRAGMENTS, max_size=30))
def test_any_text_is_read_or_refused_with_places_and_hints(fragments: list[str]) -> None:
    text = "@misc{key, title={T}, author={A B}, " + "".join(fragments)
    findings: tuple[Diagnostic, ...] = ()
    try:
        read_bibliography([("ada.bib", text.encode())])
    except BibliographyError as error:
        findings = error.diagnostics
    for finding in findings:
        assert finding.place is not None
        assert finding.hint
        assert 1 <= finding.place.column <= len(finding.place.text) + 1
