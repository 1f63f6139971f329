"""From a file's bytes to its text: UTF-8, and what older programs and other systems write."""

from __future__ import annotations

import codecs

from cvforge.frozen import dataclass
from cvforge.patterns import pattern

UTF_8 = "UTF-8"

_UTF_16_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# A sequence of UTF-8 among bytes that are none: a UTF-8 file with bytes of another one in it.
_SEQUENCE = pattern(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_FOREIGN = pattern(rb"[\x80-\xff]{4}")  # a word of another script; Latin ones have ASCII between
_WINDOWS = pattern(rb"[\x80-\x9f]")  # control characters in Latin-1, quotes and dashes here
_UNDEFINED = pattern(rb"[\x81\x8d\x8f\x90\x9d]")
_SAMPLE, _FEW = 4096, 3


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the encoding's name for people; a byte that is no text became U+DC80 to U+DCFF.

    Source: Python's "surrogateescape" (PEP 383).
    """

    text: str
    encoding: str


def decoded(content: bytes) -> Decoded:
    """Return the text of ``content``.

    A mark at its beginning decides. Without one, zeros at every other place are UTF-16's; what is
    no UTF-8 is Windows-1252 where Latin-1 has control characters, else Latin-1. Where words of
    another script or sequences of UTF-8 speak against both, it is UTF-8 with broken places.
    """
    wide = _utf_16(content)
    if wide is not None:
        text = content.decode(wide, "replace").replace("\ufffd", "\udcff")
        return Decoded(text.removeprefix("\ufeff"), "UTF-16")
    try:
        return Decoded(content.decode("utf-8-sig"), UTF_8)
    except UnicodeDecodeError:
        pass
    if _is_latin(content):
        name = "Windows-1252" if _WINDOWS.search(content) else "Latin-1"
        return Decoded(content.decode("cp1252"), name)
    return Decoded(content.decode("utf-8-sig", "surrogateescape"), UTF_8)


def _utf_16(content: bytes) -> str | None:
    for mark, codec in _UTF_16_MARKS.items():
        if content.startswith(mark):
            return codec
    sample = content[:_SAMPLE]
    zeros = (sample[0::2].count(0), sample[1::2].count(0))
    few, many = sorted(zeros)
    is_ascii = few == 0 < many == len(sample) / 2  # a whole side of zeros, however short
    if is_ascii or (many > max(_FEW, len(sample) // 4) and many > few * 4):  # half of a side is
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    return None


def _is_latin(content: bytes) -> bool:
    against = (_SEQUENCE, _FOREIGN, _UNDEFINED)
    marked = content.startswith(codecs.BOM_UTF8)
    return not marked and not any(each.search(content) for each in against)
