"""Every check of one PDF: what it found, and one line about what is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.check import document
from cvforge.check.characters import character_findings
from cvforge.check.contacts import Reading, date_findings, read, reading_findings
from cvforge.check.expected import Expected, expect
from cvforge.check.extracted import joined, normal_lines
from cvforge.check.text import PDFIUM, PDFMINER, disagreement, order_findings, text_findings
from cvforge.check.visual import turned
from cvforge.frozen import dataclass
from cvforge.latex.bidi import is_leftward_language
from cvforge.pdf.inspection import page_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cvforge.cv import Cv
    from cvforge.diagnostics import Diagnostic
    from cvforge.pdf.structure import Structure

    Pages = Mapping[str, Sequence[str]]

PAPERS = {(595, 842): "A4", (612, 792): "US letter"}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; ``summary`` is what there is to say when nothing was found."""

    name: str
    summary: str
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All checks of a PDF of ``size`` bytes, and what a machine reads in it."""

    checks: tuple[Check, ...]
    reading: Reading
    pages: int
    size: int

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What was found, check by check."""
        return tuple(finding for check in self.checks for finding in check.findings)


def check(pdf: bytes, cv: Cv | None = None) -> Report:
    """Look a PDF over by two readers; with the CV that it was made of, compare it with that.

    Raises:
        ValueError: when this is no PDF that both can read.
    """
    from cvforge.pdf.structure import read_structure  # noqa: PLC0415  pdfminer, slow to load

    expected = None if cv is None else expect(cv)
    texts = page_texts(pdf, exactly=True)
    structure = read_structure(pdf)
    pages: Pages = {PDFIUM: texts, PDFMINER: tuple(sheet.text for sheet in structure.sheets)}
    reading = _reading(texts, expected, language=structure.language)
    checks = [_text(pages, expected, structure), _characters(pages, expected)]
    checks += _document(structure, pdf, expected)
    if expected is not None:
        seen = _reading(pages[PDFMINER], expected, language=structure.language, is_seen=True)
        found = [*reading_findings(reading, expected), *date_findings(seen, expected)]
        summary = "name, contacts, headings and dates are found"
        checks.append(_check("reading", summary, dict.fromkeys(found)))
    return Report(tuple(checks), reading, len(structure.sheets), len(pdf))


def _text(pages: Pages, expected: Expected | None, structure: Structure) -> Check:
    by = " and ".join(pages)
    if expected is None:
        return Check("text", f"{by} read the same words", tuple(disagreement(pages)))
    found = tuple(text_findings(expected, pages))
    if not found:  # an order can be judged where all is there
        rows = [row for sheet in structure.sheets for row in sheet.rows]
        found = tuple(order_findings(expected, rows))
    return Check("text", f"{len(expected.leaves)} texts, in order, by {by}", found)


def _characters(pages: Pages, expected: Expected | None) -> Check:
    typed = "" if expected is None else expected.typed
    return _check(
        "characters",
        "none is a ligature, private or replaced",
        character_findings(pages, typed),
    )


def _document(structure: Structure, pdf: bytes, expected: Expected | None) -> Iterator[Check]:
    fonts, sheets = structure.fonts, structure.sheets
    links = {link for sheet in sheets for link in sheet.links}
    yield _check(
        "fonts",
        f"{len(fonts)}, embedded and with Unicode maps",
        document.font_findings(fonts),
    )
    yield _check(
        "metadata",
        f"title, author, language {structure.language}",
        document.metadata_findings(structure, pdf, expected),
    )
    if expected is not None:
        yield _check(
            "bookmarks",
            f"{len(structure.bookmarks)}, one a section",
            document.bookmark_findings(structure, expected),
        )
    leads = "" if expected is None else ", each where it should lead"
    yield _check("links", f"{len(links)}{leads}", document.link_findings(structure, expected))
    yield _check("pages", _pages(structure), document.page_findings(structure))
    if expected is not None:
        images = "the photo alone" if expected.photos else "none"
        yield _check("images", images, document.image_findings(structure, expected))
    yield _check("size", f"{len(pdf) / 1000:.0f} kB", document.size_findings(structure, len(pdf)))


def _check(name: str, summary: str, findings: Iterable[Diagnostic]) -> Check:
    return Check(name, summary, tuple(findings))


def _pages(structure: Structure) -> str:
    sheets = structure.sheets
    count = "1 page" if len(sheets) == 1 else f"{len(sheets)} pages"
    sizes = {(round(sheet.width), round(sheet.height)) for sheet in sheets}
    names = [PAPERS.get(size, f"{size[0]} x {size[1]} bp") for size in sorted(sizes)]
    return f"{count} of {' and '.join(names)}, all of text"


def _reading(
    pages: Sequence[str], expected: Expected | None, *, language: str, is_seen: bool = False
) -> Reading:
    """Read the pages; ``is_seen`` says that their lines are as they are seen from left to right."""
    if expected is None:
        lines = "\n".join(normal_lines(page) for page in pages).split("\n")
        return read(lines, language=language)
    lines = joined(pages, name=expected.name, foot=expected.foot).text.split("\n")
    if is_seen and is_leftward_language(expected.language):
        lines = [turned(line) for line in lines]
    return read(lines, expected.headings, language=expected.language)
