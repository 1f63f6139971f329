"""PDFs written by hand, with whatever fault a test needs (ISO 32000-1:2008)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEADING = 20
A4 = (595.28, 841.89)
LETTER = (612, 792)
INFO = {"Title": "Ada Quill – Curriculum Vitae", "Author": "Ada Quill", "Producer": "a hand"}
CATALOG, TREE, FONT, IMAGE = 1, 2, 3, 4
SPACE, FIRST_CODE, LAST_CODE = 32, 33, 255
ONE_PIXEL = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
    b" /BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream"
)


@dataclass(frozen=True)
class Drawing:
    """A PDF in one font: its pages as lines of text, and all that is said around them.

    ``unicode`` says for characters of the text what the font's map makes of them; None leaves a
    character out of the map. ``images`` are the pages (from 1) that an image covers; ``links`` are
    URIs, all on the first page.
    """

    pages: Sequence[Sequence[str]]
    info: Mapping[str, str] = field(default_factory=lambda: INFO)
    language: str | None = "en"
    bookmarks: Sequence[str] = ()
    links: Sequence[str] = ()
    images: frozenset[int] = frozenset()
    unicode: Mapping[str, str | None] = field(default_factory=dict)
    is_mapped: bool = True
    is_embedded: bool = True
    font_kind: str = "TrueType"
    size: tuple[float, float] = A4

    def pdf(self) -> bytes:
        """Return the PDF."""
        return _Body(self).file()


class _Body:
    """The numbered objects of one PDF; the first few have numbers of their own."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        letters = sorted({c for page in drawing.pages for line in page for c in line} - {" "})
        self._codes = {" ": SPACE} | {c: code for code, c in enumerate(letters, FIRST_CODE)}
        assert len(letters) <= LAST_CODE - FIRST_CODE
        self._objects: dict[int, bytes] = {}

    def file(self) -> bytes:
        self._objects |= dict.fromkeys((CATALOG, TREE, FONT), b"") | {IMAGE: ONE_PIXEL}
        self._objects[FONT] = self._font()
        pages = [self._page(number) for number in range(1, len(self._drawing.pages) + 1)]
        kids = " ".join(f"{page} 0 R" for page in pages)
        self._objects[TREE] = f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()
        self._objects[CATALOG] = self._catalog(pages)
        entries = " ".join(f"/{key} {_string(value)}" for key, value in self._drawing.info.items())
        info = self._add(f"<< {entries} >>")
        return _file(self._objects, f"/Root {CATALOG} 0 R /Info {info} 0 R")

    def _add(self, content: str | bytes) -> int:
        number = max(self._objects) + 1
        self._objects[number] = content.encode() if isinstance(content, str) else content
        return number

    def _page(self, number: int) -> int:
        width, height = self._drawing.size
        lines = self._drawing.pages[number - 1]
        shown = "".join(f"<{self._coded(line)}> Tj 0 -{LEADING} Td\n" for line in lines)
        picture = f"q {width} 0 0 {height} 0 0 cm /I Do Q\n"
        around = picture if number in self._drawing.images else ""
        content = self._add(_stream(f"{around}BT /F 9 Tf 40 {height - 60} Td {shown}ET"))
        links = [] if number > 1 else [self._add(_link(uri)) for uri in self._drawing.links]
        return self._add(
            f"<< /Type /Page /Parent {TREE} 0 R /MediaBox [0 0 {width} {height}]"
            f" /Contents {content} 0 R /Annots [{' '.join(f'{link} 0 R' for link in links)}]"
            f" /Resources << /Font << /F {FONT} 0 R >> /XObject << /I {IMAGE} 0 R >> >> >>"
        )

    def _coded(self, line: str) -> str:
        return bytes(self._codes[letter] for letter in line).hex()

    def _font(self) -> bytes:
        described = "/Type /FontDescriptor /FontName /Hand /Flags 32 /FontBBox [0 0 500 700]"
        if self._drawing.is_embedded:
            described += f" /FontFile2 {self._add(_stream('no font at all'))} 0 R"
        descriptor = self._add(f"<< {described} /ItalicAngle 0 /Ascent 700 /Descent 0 >>")
        mapped = f"/ToUnicode {self._add(self._map())} 0 R" if self._drawing.is_mapped else ""
        outlines = "/FontBBox [0 0 500 700] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << >>"
        is_drawn = self._drawing.font_kind == "Type3"
        return (
            f"<< /Type /Font /Subtype /{self._drawing.font_kind} /BaseFont /Hand"
            f" /FirstChar {SPACE} /LastChar {LAST_CODE}"
            f" /Widths [{'500 ' * (LAST_CODE - SPACE + 1)}] /FontDescriptor {descriptor} 0 R"
            f" /Encoding << /Type /Encoding /Differences [] >> {mapped}"
            f" {outlines if is_drawn else ''} >>"
        ).encode()

    def _map(self) -> bytes:
        read_as = {letter: self._drawing.unicode.get(letter, letter) for letter in self._codes}
        pairs = [
            f"<{self._codes[letter]:02x}> <{text.encode('utf-16-be').hex()}>\n"
            for letter, text in read_as.items()
            if text is not None
        ]
        blocks = (pairs[start : start + 100] for start in range(0, len(pairs), 100))
        listed = "".join(
            f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks
        )
        return _stream(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            "1 begincodespacerange <00> <ff> endcodespacerange\n"
            f"{listed}endcmap end end\n"
        )

    def _catalog(self, pages: Sequence[int]) -> bytes:
        said = "" if self._drawing.language is None else f"/Lang ({self._drawing.language})"
        if self._drawing.bookmarks:
            said += f" /Outlines {self._outlines(pages[0])} 0 R"
        return f"<< /Type /Catalog /Pages {TREE} 0 R {said} >>".encode()

    def _outlines(self, page: int) -> int:
        titles = self._drawing.bookmarks
        root = self._add("")
        for title in titles:
            number = max(self._objects) + 1
            after = f"/Next {number + 1} 0 R" if number < root + len(titles) else ""
            self._add(
                f"<< /Title {_string(title)} /Parent {root} 0 R /Dest [{page} 0 R /Fit] {after} >>"
            )
        ends = f"/First {root + 1} 0 R /Last {root + len(titles)} 0 R"
        self._objects[root] = f"<< /Type /Outlines {ends} /Count {len(titles)} >>".encode()
        return root


def _string(text: str) -> str:
    return f"<feff{text.encode('utf-16-be').hex()}>"


def _link(uri: str) -> str:
    action = f"<< /Type /Action /S /URI /URI <{uri.encode().hex()}> >>"
    return f"<< /Type /Annot /Subtype /Link /Rect [40 700 90 720] /A {action} >>"


def _stream(content: str) -> bytes:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream".encode("ascii")


def _file(objects: Mapping[int, bytes], trailer: str) -> bytes:
    body = b"%PDF-1.7\n"
    offsets = []
    for number, content in sorted(objects.items()):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} {trailer} >>\n"
    return body + f"{end}startxref\n{len(body)}\n%%EOF\n".encode("ascii")
