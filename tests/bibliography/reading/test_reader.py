"""References as a whole: complete, with decoded and verbatim fields apart."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.reading.reader import read_bibliography
from cvforge.bibliography.reading.source import MAX_BYTES
from cvforge.diagnostics import Severity
from cvforge.errors import BibliographyError
from cvforge.inline import Math, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reference import Reference
    from cvforge.diagnostics import Diagnostic

    Read = Callable[[str], dict[str, Reference]]
    Refuse = Callable[[str], Diagnostic]


def test_fields_are_decoded_and_verbatim_fields_are_not(read: Read) -> None:
    reference = read(
        r"""@article{a, title = {On $x^2$}, author = {Ada Quill}, Note = {R{\"u}hle--1},
        URL = {https://x.org/a--b\_c}, doi = {10.1000/a--b}, file = {:C\:\\x.pdf:PDF},
        mendeley-tags = {a\b}, eprint = {2401.01234}, ArchivePrefix = {arXiv}}"""
    )["a"]
    assert reference.title == (Text("On "), Math("x^2"))
    assert reference.fields == {"note": (Text("Rühle–1"),)}
    assert reference.raw["url"] == "https://x.org/a--b_c"
    assert reference.raw["doi"] == "10.1000/a--b"
    assert set(reference.raw) == {
        "url", "doi", "file", "mendeley-tags", "eprint", "archiveprefix",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("@misc{‸a, author={Ada Quill}}", "missing-title"),
        ("@misc{‸a, author={Ada Quill}, title={}}", "missing-title"),
        (r"@misc{‸a, author={Ada Quill}, title={\relax}}", "missing-title"),
        ("@misc{a, title={T}, author={Ada Quill}, url={‸javascript:x}}", "link-scheme"),
        ("@misc{a, title={T}, author={A B}, url={‸www.x.org}, doi={10.1000/1}}", "link-scheme"),
        ("@misc{a, title={T}, author={A B}, code={‸github/ada}}", "link-scheme"),
        ("@misc{a, title={T}, author={A B}, slides={‸slides.pdf}}", "link-scheme"),
        ("@misc{a, title={T}, author={A B}, dataset={‸www.x.org}}", "link-scheme"),
        ("@misc{a, title={T}, author={A B}, note={‸xdata=b-note}}", "xdata"),
        ("@misc{a, title={T}, author={Ada Quill}, doi={‸182}}", "doi"),
        ("@misc{a, title={T}, author={Ada Quill}, eprint={‸x}, eprinttype={arxiv}}", "eprint"),
        ("@misc{a, title={T‸$\\input{x}$}, author={Ada Quill}}", "math"),
    ],
)  # fmt: skip
def test_an_entry_that_cannot_be_shown_is_refused(refuse: Refuse, text: str, code: str) -> None:
    assert refuse(text).code == code


def test_fields_that_lead_to_more_are_addresses_and_files_are_not(read: Read) -> None:
    reference = read(
        r"""@misc{a, title={T}, author={A B}, code={https://x.org/a--b\_c}, video={http://x.org},
        dataset={https://x.org/d}, pdf={papers/a.pdf}, file={a.pdf}, keywords={a, b\_c},
        tags={x}, selected={true}}
        @misc{b, title={T}, author={A B}, dataset={The {ABC} corpus}}"""
    )
    assert reference["a"].raw == {
        "code": "https://x.org/a--b_c", "video": "http://x.org", "dataset": "https://x.org/d",
        "pdf": "papers/a.pdf", "file": "a.pdf", "keywords": "a, b_c", "tags": "x",
        "selected": "true",
    }  # fmt: skip
    assert not reference["a"].fields
    assert reference["b"].fields["dataset"] == (Text("The ABC corpus"),)


def codes(text: str, *, lenient: bool = False) -> list[tuple[str, str]]:
    found = read_bibliography([("ada.bib", text.encode())], lenient=lenient).findings
    return [(finding.severity.value, finding.code) for finding in found]


@pytest.mark.parametrize(
    "text",
    [
        "@article{a, title={T}}",
        "@article{a, title={T}, author={}}",
        "@article{a, title={T}, editor={Ada Quill}}",
        "@inproceedings{a, title={T}, organization={ACM}}",
        "@misc{a, title={T}, year=2024}",
        "@patent{a, title={T}, publisher={P}}",
    ],
)
def test_what_nobody_made_is_a_warning(text: str) -> None:
    assert codes(text) == [("warning", "missing-author")]


@pytest.mark.parametrize(
    "text",
    [
        "@manual{a, title={T}, organization={Team Quill}}",
        "@report{a, title={T}, institution={Team Quill}}",
        "@dataset{a, title={T}, publisher={Press of Nowhere}}",
        "@online{a, title={T}, organization={Team Quill}}",
        "@patent{a, title={T}, holder={{Team Quill}}}",
        "@book{a, title={T}, editor={Ada Quill}}",
        "@article{a, title={T}, author={Ada Quill}}",
    ],
)
def test_a_body_may_have_made_it(text: str) -> None:
    assert codes(text) == []


def test_a_bare_key_lacks_both_title_and_author(read: Read) -> None:
    with pytest.raises(BibliographyError) as refused:
        read("@misc{quill2024}")
    assert [(finding.code, finding.severity) for finding in refused.value.diagnostics] == [
        ("missing-title", Severity.ERROR),
        ("missing-author", Severity.WARNING),
    ]
    assert all("quill2024" in finding.message for finding in refused.value.diagnostics)


def test_the_findings_of_all_files_are_reported_together() -> None:
    files = [("one.bib", b"@misc{a"), ("two.bib", b"\x00"), ("three.bib", b"@misc{b, author={A}}")]
    with pytest.raises(BibliographyError) as refused:
        read_bibliography(files)
    assert [(f.place.file, f.code) for f in refused.value.diagnostics if f.place] == [
        ("one.bib", "bib-syntax"),
        ("three.bib", "missing-title"),
        ("two.bib", "control-character"),
    ]


GOOD = "@misc{good, title={T}, author={Ada Quill}}\n"


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("@misc{a, title={T}\n", {"a"}),
        ("@misc{a b, title={T}}\n", {"a b"}),
        ("@misc{a, title={\\nonsense}, author={A B}}\n", {"a"}),
        ("@misc{a, author={A B}}\n", {"a"}),
        ("@misc{a, title={T}, title={U}, author={A B}}\n", {"a"}),
        ("@misc{a, title={T\x01}, author={A B}}\n", {"a"}),
        ("@misc{good, title={U}, author={A B}}\n", set()),
        ("@string{x = y}\n@misc{a, title=x, author={A B}}\n", {"a"}),
        ("@misc{a, title={T}, author={A B}, crossref={nowhere}}\n", {"a"}),
        ("@misc{a, title={T}, author={A B}, crossref={b}}\n@book{b, title={\\x}}\n", {"a", "b"}),
        ("@misc{a, title={T}, author={A B}, crossref={b}}\n@book{b, title={\n", {"a", "b"}),
        ("@misc{a, title={T}, author={A B}, xdata={b}}\n@xdata{b, note={\\x}}\n", {"a", "b"}),
        ("@set{a, entryset={b}}\n@misc{b, title={\\x}, author={A B}}\n", {"a", "b"}),
        ("@comment{@misc{a, title={T}}}\n", {"a"}),
        ("@misc a, title={T}\n", set()),
        ("@{a, title={T}}\n", {"a"}),
        ("@misc{a title={T}}\n", {"a"}),
    ],
)
def test_leniency_leaves_out_what_cannot_be_read_and_says_so(text: str, left_out: set[str]) -> None:
    read = read_bibliography([("ada.bib", (GOOD + text).encode())], lenient=True)
    assert list(read.references) == ["good"]
    assert read.left_out == left_out
    assert {finding.severity for finding in read.findings} == {Severity.WARNING}
    for key in left_out:
        told = [f for f in read.findings if f'the entry "{key}" is left out' in f.message]
        assert told
        assert all(finding.place and finding.hint for finding in told)
    with pytest.raises(BibliographyError):
        read_bibliography([("ada.bib", (GOOD + text).encode())])


@pytest.mark.parametrize(
    "field", ["x_custom", "annote", "annotation", "owner", "timestamp", "usera", "date-added"]
)
def test_what_nobody_shows_spoils_no_entry(read: Read, field: str) -> None:
    made = read(f"@misc{{a, title={{T}}, author={{A B}}, {field}={{\\nonsense $}}}}")["a"]
    assert not made.fields
    assert read(f"@misc{{a, title={{T}}, author={{A B}}, {field}={{b}}}}")["a"].fields == {
        field: (Text("b"),)
    }


def test_an_abstract_that_is_not_understood_is_left_out() -> None:
    text = "@misc{a, title={T}, author={A B}, abstract={On \\alpha and \\beta}}"
    read = read_bibliography([("ada.bib", text.encode())])
    assert "abstract" not in read.references["a"].fields
    (warning,) = read.findings
    assert (warning.code, warning.severity) == ("abstract", Severity.WARNING)
    assert "\\alpha" in warning.message


def test_leniency_does_not_pass_over_a_whole_file() -> None:
    with pytest.raises(BibliographyError, match="bytes"):
        read_bibliography([("ada.bib", b"%" * (MAX_BYTES + 1))], lenient=True)


SERIES = """@string{jir = {Journal}} @comment{ all }
@misc{one, title={T}, author={A B}, journal=jir}
@misc{two, title={\\nonsense}, author={A B}, ids={second, zwei}}
@inproceedings{three, title={T}, author={A B}, crossref={four}, xdata={five}}
@proceedings{four, title={P}, crossref={six}}
@xdata{five, note={N}}
@mvproceedings(six, title={M})
@set{seven, entryset={one, three}}
"""


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (["one"], ["one"]),
        (["three"], ["three", "four", "five", "six"]),
        (["seven"], ["one", "three", "four", "five", "six", "seven"]),
        ([], []),
        (["nowhere"], []),
    ],
)
def test_only_what_is_wanted_is_read(wanted: list[str], found: list[str]) -> None:
    whole = read_bibliography([("ada.bib", SERIES.encode())], lenient=True)
    read = read_bibliography([("ada.bib", SERIES.encode())], wanted=wanted)
    assert list(read.references) == found
    assert all(read.references[key].fields == whole.references[key].fields for key in found)
    assert set(read.known) == {*whole.references, "two"}


@pytest.mark.parametrize("key", ["two", "second", "zwei"])
def test_an_alias_is_wanted_as_its_entry_is(key: str) -> None:
    with pytest.raises(BibliographyError, match="nonsense"):
        read_bibliography([("ada.bib", SERIES.encode())], wanted=[key])


def test_a_key_made_of_strings_is_found_among_the_wanted() -> None:
    text = SERIES + '@string{f = "fo"} @misc{eight, title={T}, author={A B}, crossref = f # "ur"}'
    text = text.replace("\\nonsense", "U")
    read = read_bibliography([("ada.bib", text.encode())], wanted=["eight"])
    assert "four" in read.references
    assert read.references["eight"].fields["booktitle"] == (Text("P"),)


@pytest.mark.parametrize(
    "text",
    [
        "@misc{b, title={T}\n@misc{c, title={T}, author={A B}}\n",
        "@misc{b, title={T}, note={a {b}}\n@misc{c, title={T}, author={A B}}\n",
        '@misc{b, title="T, author={A B}}\n@misc{c, title={T}, author={A B}}\n',
        "@misc{b, title={T} author={A B}}\n",
        "@misc{b, title={T}}, author={A B}}\n",
        "@misc{b, title={T}}\n@misc{b, title={U}}\n",
        "@misc{b c, title={T}}\n",
        "@misc{b, title={\n@misc{c}}, author={A B}}\n",
    ],
)
def test_what_is_not_wanted_is_checked_for_its_grammar(text: str) -> None:
    with pytest.raises(BibliographyError) as whole:
        read_bibliography([("ada.bib", (text + GOOD).encode())])
    with pytest.raises(BibliographyError) as part:
        read_bibliography([("ada.bib", (text + GOOD).encode())], wanted=["good"])
    syntax = {"bib-syntax", "duplicate-key", "entry-key"}
    assert [f for f in part.value.diagnostics if f.code in syntax] == [
        f for f in whole.value.diagnostics if f.code in syntax
    ]


def test_places_are_those_of_the_whole_file() -> None:
    text = "\n".join(f"% note\n@misc{{k{n}, title={{T}}, author={{A B}}}} junk" for n in range(9))
    read = read_bibliography([("ada.bib", text.encode())], wanted=["k3", "k7"])
    assert [each.place.line for each in read.references.values()] == [8, 16]


def test_findings_without_end_stop_the_reading() -> None:
    with pytest.raises(BibliographyError) as refused:
        read_bibliography([("ada.bib", b"@misc{\n" * 5000)])
    assert len(refused.value.diagnostics) == 1000


def test_nothing_is_printed_about_broken_files() -> None:
    program = (
        "from cvforge.bibliography.reading.reader import read_bibliography\n"
        "from cvforge.errors import BibliographyError\n"
        "try: read_bibliography([('a', b'@misc{a')])\n"
        "except BibliographyError: print('refused')\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert (ran.stdout, ran.stderr) == ("refused\n", "")


def test_importing_the_stage_does_not_import_the_parsers() -> None:
    program = (
        "import sys\n"
        "import cvforge.bibliography.reading.reader, cvforge.bibliography.house.style\n"
        "print(sorted({'bibtexparser', 'pylatexenc'} & set(sys.modules)))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"
