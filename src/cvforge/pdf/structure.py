"""What a finished PDF says of itself, by pdfminer: fonts, texts, links, bookmarks, metadata."""

from __future__ import annotations

import logging
import struct
import zlib
from dataclasses import field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pdfminer.layout import LAParams, LTChar, LTContainer, LTImage, LTPage
from pdfminer.pdfdocument import PDFDocument, PDFNoOutlines
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import literal_name
from pdfminer.utils import decode_text

from cvforge.frozen import dataclass
from cvforge.pdf.recorder import Recorder, Resources
from cvforge.pdf.rows import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cvforge.pdf.recorder import FontUse

# All that pdfminer is known to end with on a file that is broken.
BROKEN = (
    PSException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
# Everything on one level stands on one line, however far apart.
_LINES = LAParams(char_margin=1000)
EDGE = 1.0


@dataclass(frozen=True, slots=True)
class Font:
    """A font that shows text.

    ``unmapped`` are the codes that were used without being in its ToUnicode map; ``characters``
    are what the others stand for.
    """

    name: str
    kind: str
    is_embedded: bool
    is_mapped: bool
    unmapped: tuple[int, ...] = ()
    characters: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page; lengths in bp.

    ``text`` is in the order in which it was drawn, line by line; ``outside`` is what of it lies
    off the page. ``images`` is the share of the page that images cover, 0 to 1; ``image_count`` is
    how many there are. ``links`` are URIs; an action of another kind is there as its name, such as
    "Launch". ``rows`` are what the glyphs of each row stand for, from left to right.
    """

    width: float
    height: float
    text: str
    outside: str = ""
    images: float = 0
    links: tuple[str, ...] = ()
    image_count: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Structure:
    """A PDF: ``info`` is its document information, ``bookmarks`` the titles of its outline."""

    sheets: tuple[Sheet, ...]
    fonts: tuple[Font, ...] = ()
    info: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    bookmarks: tuple[str, ...] = ()


def read_structure(pdf: bytes) -> Structure:
    """Read a whole PDF.

    Raises:
        ValueError: when it cannot be read.
    """
    logging.getLogger("pdfminer").addHandler(logging.NullHandler())  # its warnings are no user's
    try:
        return _structure(PDFDocument(PDFParser(BytesIO(pdf))))
    except BROKEN as error:
        raise ValueError(str(error) or type(error).__name__) from None


def _structure(document: PDFDocument) -> Structure:
    resources = Resources()
    recorder = Recorder(resources)
    interpreter = PDFPageInterpreter(resources, recorder)
    sheets = []
    for page in PDFPage.create_pages(document):
        interpreter.process_page(page)
        sheets.append(_sheet(recorder.get_result(), tuple(_links(page))))
    return Structure(
        tuple(sheets),
        tuple(_font(use) for use in recorder.uses()),
        {key: _string(value) for info in document.info for key, value in info.items()},
        _string(document.catalog.get("Lang")),
        tuple(_bookmarks(document)),
    )


def _sheet(page: LTPage, links: tuple[str, ...]) -> Sheet:
    area = page.width * page.height
    images = list(_within(page, LTImage))
    covered = sum(image.width * image.height for image in images)
    characters = list(_within(page, LTChar))
    outside = [c.get_text() for c in characters if _is_outside(c, page)]
    return Sheet(
        page.width,
        page.height,
        "\n".join(_lines(page, characters)),
        "".join(outside).strip(),
        min(covered / area, 1) if area else 0,
        links,
        len(images),
        rows(characters),
    )


def _within(container: LTContainer[Any], kind: type[Any]) -> Iterator[Any]:
    for item in container:
        if isinstance(item, kind):
            yield item
        elif isinstance(item, LTContainer):
            yield from _within(item, kind)


def _is_outside(character: LTChar, page: LTPage) -> bool:
    return (
        character.x0 < page.x0 - EDGE
        or character.x1 > page.x1 + EDGE
        or character.y0 < page.y0 - EDGE
        or character.y1 > page.y1 + EDGE
    )


def _lines(page: LTPage, characters: list[LTChar]) -> Iterator[str]:
    if characters:
        for line in page.group_objects(_LINES, characters):
            yield line.get_text()


def _links(page: PDFPage) -> Iterator[str]:
    for annotation in resolve1(page.annots) or ():
        found = resolve1(annotation)
        action = resolve1(found.get("A"))
        if not isinstance(action, dict):
            continue
        kind = literal_name(resolve1(action.get("S")))
        if kind == "URI":
            yield _string(action.get("URI"))
        elif kind != "GoTo":
            yield kind


def _font(use: FontUse) -> Font:
    characters, unmapped = [], []
    unicode_map = getattr(use.font, "unicode_map", None)
    for code in sorted(use.codes):
        try:
            characters.append(use.font.to_unichr(code))
            if use.is_mapped and unicode_map is not None:
                unicode_map.get_unichr(code)
        except (KeyError, PDFUnicodeNotDefined):
            unmapped.append(code)
    return Font(
        use.name, use.kind, use.is_embedded, use.is_mapped, tuple(unmapped), "".join(characters)
    )


def _bookmarks(document: PDFDocument) -> Iterator[str]:
    try:
        yield from (title for _, title, *_ in document.get_outlines())
    except PDFNoOutlines:
        return


def _string(value: object) -> str:
    found = resolve1(value)
    if isinstance(found, bytes):
        return decode_text(found)
    return "" if found is None else str(found)
