"""Follows pdfminer over the pages and notes which codes of which font are shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar
from pdfminer.pdffont import PDFFont, PDFType3Font
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import literal_name
from pdfminer.utils import decode_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pdfminer.utils import Matrix

_FILES = ("FontFile", "FontFile2", "FontFile3")
CODE = 3  # among what pdfminer says of a glyph after its font


@dataclass(slots=True)
class FontUse:
    """A font, its dictionary in the PDF, and the codes by which its glyphs were shown."""

    font: PDFFont
    spec: Mapping[str, object]
    codes: set[int] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Its name, without the prefix of a subset."""
        return str(literal_name(resolve1(self.spec.get("BaseFont", "")))).rpartition("+")[2]

    @property
    def kind(self) -> str:
        """Its kind, such as "Type0"."""
        return str(literal_name(resolve1(self.spec.get("Subtype", ""))))

    @property
    def is_embedded(self) -> bool:
        """Whether its glyphs are in the PDF."""
        is_drawn = isinstance(self.font, PDFType3Font)
        return is_drawn or any(name in self.font.descriptor for name in _FILES)

    @property
    def is_mapped(self) -> bool:
        """Whether it has a ToUnicode map."""
        return "ToUnicode" in self.spec


@dataclass(slots=True)
class _Span:
    """Glyphs from an index on, what they spell, and how many of them stand for nothing alone."""

    begin: int = 0
    text: str = ""
    lacking: int = 0


class Resources(PDFResourceManager):
    """Fonts with the dictionaries that they were made from."""

    def __init__(self) -> None:
        super().__init__()
        self.specs: dict[int, Mapping[str, object]] = {}

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """Return the font of a dictionary; the outer dictionary of a composite font counts."""
        font = super().get_font(objid, spec)
        self.specs[id(font)] = spec
        return font


class Recorder(PDFPageAggregator):
    """Lays nothing out: characters stay in the order in which they were drawn.

    Where glyphs stand for no character by themselves, what a PDF says that they spell together
    (ActualText) stands for all of them; its readers take that in any case.

    Source: ISO 32000-1:2008, 14.9.4.
    """

    def __init__(self, resources: Resources) -> None:
        super().__init__(resources)
        self._specs = resources.specs
        self._uses: dict[int, FontUse] = {}
        self._spans: list[_Span] = []

    def uses(self) -> Iterator[FontUse]:
        """Yield the fonts in the order of their first character."""
        return iter(self._uses.values())

    def render_char(self, matrix: Matrix, font: PDFFont, *shown: Any, **named: Any) -> float:
        """Note the font and the code, and go on."""
        use = self._uses.setdefault(id(font), FontUse(font, self._specs.get(id(font), {})))
        before = self._spelling.lacking
        width = super().render_char(matrix, font, *shown, **named)
        if before == self._spelling.lacking or not self._spelling.text:
            use.codes.add(shown[CODE])
        return width

    def handle_undefined_char(self, font: PDFFont, cid: int) -> str:
        """Note that a glyph needs what is spelled around it."""
        self._spelling.lacking += 1
        return super().handle_undefined_char(font, cid)

    def begin_tag(self, _: object, props: object = None) -> None:
        """Note what the glyphs that follow spell, if that is said."""
        said = resolve1(props.get("ActualText")) if isinstance(props, dict) else None
        text = decode_text(said) if isinstance(said, bytes) else ""
        self._spans.append(_Span(len(self.cur_item), text))

    def end_tag(self) -> None:
        """Let the first glyph stand for all, where it takes that."""
        if not self._spans:
            return
        span = self._spans.pop()
        glyphs = [each for each in [*self.cur_item][span.begin :] if isinstance(each, LTChar)]
        if span.lacking and span.text:
            for glyph in glyphs:
                glyph._text = ""  # noqa: SLF001  it has no other place for that
            glyphs[0]._text = span.text  # noqa: SLF001  the same

    @property
    def _spelling(self) -> _Span:
        return self._spans[-1] if self._spans else _Span()
