"""What a finished PDF holds: its pages and their text."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def page_count(pdf: bytes) -> int:
    """Return the number of pages.

    Raises:
        ValueError: when this is no PDF that can be opened.
    """
    with _opened(pdf) as document:
        return len(document)


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """Return the text of every page, as a machine extracts it.

    Raises:
        ValueError: when this is no PDF that can be opened.
    """
    with _opened(pdf) as document:
        return tuple(_text(page) for page in document)


def _text(page: Any) -> str:
    with closing(page), closing(page.get_textpage()) as text_page:
        return str(text_page.get_text_bounded())


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415  a shared library, slow to load

    try:
        document: Any = PdfDocument(pdf)  # type: ignore[no-untyped-call]  # pypdfium2 is untyped
    except PdfiumError as error:
        raise ValueError(str(error)) from None
    with closing(document):
        yield document
