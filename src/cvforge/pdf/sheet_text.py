"""The text of a page by PDFium, character by character: all of it that lies on the sheet.

PDFium has two quick ways. One gives all characters, on the sheet or not. The other gives those on
the sheet, and works out the ends of lines anew: where one follows another at the same height, both
words become one. Both lose characters beyond U+FFFF in lines that run leftward, because they change
the places of their two halves. This way is slower, and loses none of that.
"""

from __future__ import annotations

from ctypes import c_double
from typing import TYPE_CHECKING, Any

from cvforge.frozen import dataclass
from cvforge.patterns import pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    Box = tuple[float, float, float, float]

_PAIRS = pattern("([\\ud800-\\udbff][\\udc00-\\udfff])|([\\udc00-\\udfff])([\\ud800-\\udbff])")
APART = 0.12  # of the height of a font: two letters that are further apart are of two words
LEVEL = 0.05  # bp, between the base lines of letters that stand on one
NEXT_LINE = 0.8  # of the height of a font: what is so much lower is of another line


@dataclass(frozen=True, slots=True)
class _Letter:
    """What PDFium took from the page; lengths in bp.

    ``box`` is what is black of it (left, bottom, right, top), ``space`` what its font gives it.
    """

    character: str
    box: Box
    space: Box
    base: float

    @property
    def height(self) -> float:
        """The height of its font."""
        return self.space[3] - self.space[1]


def text_on_sheet(page: Any, text_page: Any) -> str:
    """Return the text of a page without the characters whose boxes lie off its sheet."""
    sheet = page.get_bbox()
    line = _Line()
    between = ""
    for letter in _letters(text_page):
        if isinstance(letter, str):
            between += letter
        elif _overlap(letter.box, sheet):
            line.add(letter, between)
            between = ""
        else:
            between = between or " "  # nothing is joined over what is left out
    return _paired("".join(line.made))


def _paired(text: str) -> str:
    """Return a text with one character for two surrogates, which PDFium turns around in lines."""
    pairs = _PAIRS.sub(_pair, text)
    return pairs.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def _pair(found: re.Match[str]) -> str:
    return found[1] or found[3] + found[2]


def _letters(text_page: Any) -> Iterator[_Letter | str]:
    """Yield the characters of the page, and as they are those that PDFium puts between them."""
    import pypdfium2  # noqa: PLC0415  a shared library, slow to load

    raw: Any = pypdfium2.raw
    x, base = c_double(), c_double()
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if raw.FPDFText_IsGenerated(text_page, index) == 1 or code == ord(" "):
            yield chr(code)
        elif code:
            raw.FPDFText_GetCharOrigin(text_page, index, x, base)
            space = text_page.get_charbox(index, loose=True)
            yield _Letter(chr(code), text_page.get_charbox(index), space, base.value)


def _overlap(one: Box, other: Box) -> bool:
    return all(max(one[n], other[n]) <= min(one[n + 2], other[n + 2]) for n in (0, 1))


class _Line:
    """Puts letters together, and judges what PDFium puts between them.

    It ends lines after what is raised or stands alone, and sometimes ends none.
    """

    def __init__(self) -> None:
        self.made: list[str] = []
        self._last: _Letter | None = None
        self._base = 0.0

    def add(self, letter: _Letter, between: str) -> None:
        """Add a letter, and ``between`` before it as it should be."""
        if self._last is not None:
            between = self._judged(self._last, letter, between)
        if self._last is None or "\n" in between:
            self._base = letter.base
        self.made += [between, letter.character]
        self._last = letter

    def _judged(self, last: _Letter, letter: _Letter, between: str) -> str:
        height = max(last.height, letter.height)
        gap = letter.space[0] - last.space[2]
        if "\n" in between:
            is_level = abs(letter.base - self._base) < LEVEL or abs(letter.base - last.base) < LEVEL
            if not is_level or gap < -height:
                return between
            return " " if gap > APART * height else ""
        is_lower = last.base - letter.base > NEXT_LINE * height
        return "\n" if is_lower and gap < 0 else between
