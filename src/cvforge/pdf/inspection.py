"""What a finished PDF holds: its pages and their text."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

# ISO 32000-1:2008, 7.5.5: the place of the table of objects, at the end of every PDF.
_END = pattern(rb"startxref\s+(\d{1,18})\s+%%EOF\s*\Z")
_OBJECTS = pattern(rb"xref\s|\d+ \d+ obj")


def page_count(pdf: bytes) -> int:
    """Return the number of pages.

    Raises:
        ValueError: when this is no PDF that can be opened.
    """
    if not is_whole(pdf):
        raise ValueError("the end of the PDF is missing")
    with _opened(pdf) as document:
        return len(document)


def is_whole(pdf: bytes) -> bool:
    """Say whether nothing is cut off or left out: the last line leads to where the objects are."""
    end = _END.search(pdf, max(0, len(pdf) - 64))
    return end is not None and _OBJECTS.match(pdf, int(end[1])) is not None


def page_texts(pdf: bytes, *, exactly: bool = False) -> tuple[str, ...]:
    """Return the text of every page, as a machine extracts it; nothing that lies off the sheet.

    The quick way loses spaces where PDFium takes letters of one line for several lines.

    Raises:
        ValueError: when this is no PDF that can be opened.
    """
    with _opened(pdf) as document:
        return tuple(_text(page, exactly=exactly) for page in document)


def _text(page: Any, *, exactly: bool) -> str:
    with closing(page), closing(page.get_textpage()) as text_page:
        if not exactly:
            return str(text_page.get_text_bounded())
        from cvforge.pdf.sheet_text import text_on_sheet  # noqa: PLC0415  few builds need it

        return text_on_sheet(page, text_page)


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415  a shared library, slow to load

    try:
        document: Any = PdfDocument(pdf)  # type: ignore[no-untyped-call]  # pypdfium2 is untyped
    except PdfiumError as error:
        raise ValueError(str(error)) from None
    with closing(document):
        yield document
