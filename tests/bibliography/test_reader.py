"""References as a whole: complete, with decoded and verbatim fields apart."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.reader import read_bibliography
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
        ("@misc{‸a, title={T}}", "missing-author"),
        ("@misc{‸a, title={T}, author={}}", "missing-author"),
        ("@misc{a, title={T}, author={Ada Quill}, url={‸javascript:x}}", "link-scheme"),
        ("@misc{a, title={T}, author={A B}, url={‸www.x.org}, doi={10.1000/1}}", "link-scheme"),
        ("@misc{a, title={T}, author={Ada Quill}, doi={‸182}}", "doi"),
        ("@misc{a, title={T}, author={Ada Quill}, eprint={‸x}, eprinttype={arxiv}}", "eprint"),
        ("@misc{a, title={T‸$\\input{x}$}, author={Ada Quill}}", "math"),
    ],
)  # fmt: skip
def test_an_entry_that_cannot_be_shown_is_refused(refuse: Refuse, text: str, code: str) -> None:
    assert refuse(text).code == code


def test_a_bare_key_lacks_both_title_and_author(read: Read) -> None:
    with pytest.raises(BibliographyError) as refused:
        read("@misc{quill2024}")
    assert [finding.code for finding in refused.value.diagnostics] == [
        "missing-title",
        "missing-author",
    ]
    assert all("quill2024" in finding.message for finding in refused.value.diagnostics)


def test_the_findings_of_all_files_are_reported_together() -> None:
    files = [("one.bib", b"@misc{a"), ("two.bib", b"\xff"), ("three.bib", b"@misc{b, title={T}}")]
    with pytest.raises(BibliographyError) as refused:
        read_bibliography(files)
    assert [(f.place.file, f.code) for f in refused.value.diagnostics if f.place] == [
        ("one.bib", "bib-syntax"),
        ("three.bib", "missing-author"),
        ("two.bib", "not-utf-8"),
    ]


def test_findings_without_end_stop_the_reading() -> None:
    with pytest.raises(BibliographyError) as refused:
        read_bibliography([("ada.bib", b"@misc{\n" * 5000)])
    assert len(refused.value.diagnostics) == 1000


def test_nothing_is_printed_about_broken_files() -> None:
    program = (
        "from cvforge.bibliography.reader import read_bibliography\n"
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
        "import cvforge.bibliography.reader, cvforge.bibliography.style\n"
        "print(sorted({'bibtexparser', 'pylatexenc'} & set(sys.modules)))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"
