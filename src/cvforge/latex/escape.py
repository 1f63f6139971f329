"""Text made safe for TeX, by context: running text, a PDF string; the only place that escapes."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from cvforge.latex.fonts import is_ideographic
from cvforge.patterns import pattern

_TEXT = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "\u00a0": "~",
        "\u00ad": r"\-",
        "\u200b": r"\CvBreak{}",
        "\n": " ",
        "\r": " ",
        "\t": " ",
    }
)

# No line begins with a closing mark, a small kana or a mark that goes on; none ends with an
# opening mark. Source: W3C, Requirements for Japanese Text Layout, 3.1.7 and 3.1.8.
_CLOSING = frozenset(
    "，。、；：！？．）》〉」』】〕〗〙〛｝］〟’”・‥…—～"  # noqa: RUF001  these are meant
    "ーゝゞ々ヽヾ〻ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
)
_OPENING = frozenset("（《〈「『【〔〖〘〚｛［〝‘“")  # noqa: RUF001  the same
# Latin signs that no line begins with, and that none ends with.
_CLOSING_LATIN = frozenset(",.;:!?)]}%/\u2019\u201d\u00b0")
_OPENING_LATIN = frozenset("([{$#/\u20ac\u00a3\u2018\u201c")
_HANGUL = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF))
# Scripts without spaces between words, by their blocks, and the language whose words XeTeX knows.
_UNSPACED = (
    ((0x0E00, 0x0E7F), "th"),
    ((0x0E80, 0x0EFF), "lo"),
    ((0x1000, 0x109F), "my"),
    ((0x1780, 0x17FF), "km"),
)

# A URL may break after these; see the RFC for why no hyphen may be added.
_BREAK_AFTER = frozenset("/?&=#.-_:;,+@")
LONG = 40
_LONG_WORD = pattern(rf"\S{{{LONG}}}")

# Between these the faces would set one glyph that is read as another character. Before what is
# high at the left, Libertine sets "ff" as one without a character.
_HIGH = r")?TVWY\]|}¦ª²³¶¹Ýàãäèëìïòõöùüÿāăēĕěĩīĭĳōūŭ‘’“”⁇⁈"  # noqa: RUF001  these are meant
_APART = pattern(
    r"(?<=[!?])(?=[!?])|(?<=\.)(?=\.)|(?<=°)(?=[CF])|(?<=\d)(?=\u2044)|(?<=\u2044)(?=\d)"
    rf"|(?<=f)(?=f[{_HIGH}])"
)
# What all of that has; few texts do, and this is found in a tenth of the time.
_MAY_BE_APART = pattern(r"[!?]{2}|\.\.|ff|[°\u2044]")


def text(characters: str) -> str:
    """Return ``characters`` as TeX source that prints exactly them.

    A word that is too long to be one, such as a URL, may break after its punctuation.
    """
    if not _LONG_WORD.search(characters):
        return _escaped(characters)
    return "".join(
        breakable(part) if len(part) >= LONG else _escaped(part)
        for part in re.split(r"(\s+)", characters)
    )


def breakable(characters: str) -> str:
    """Return text that may also break after the punctuation of a URL, with nothing added.

    Where there is none for long, as in a hash, it may break anywhere.

    Source: RFC 3986, appendix C.
    """
    pieces = []
    since = 0
    apart = {found.start() for found in _APART.finditer(characters)}
    for index, character in enumerate(characters):
        if index in apart:
            pieces.append(r"\CvApart{}")
        pieces.append(character.translate(_TEXT))
        since = 0 if character in _BREAK_AFTER or character.isspace() else since + 1
        following = characters[index + 1 : index + 2]
        is_kept = following == "" or is_attached(following)
        if not is_kept and (character in _BREAK_AFTER or since >= LONG):
            pieces.append(r"\CvBreak{}")
    return "".join(pieces)


def unbroken(characters: str) -> str:
    """Return text whose words an engine finds by itself, however long it is."""
    return _escaped(characters)


def _escaped(characters: str) -> str:
    if not _MAY_BE_APART.search(characters):
        return characters.translate(_TEXT)
    return r"\CvApart{}".join(part.translate(_TEXT) for part in _APART.split(characters))


def ideographs(characters: str) -> str:
    """Return text with Han characters, which may break between any two but for punctuation.

    Korean breaks between words alone. Marks and selectors stay with what they follow. What is too
    long to be a word may break anywhere.

    Source: W3C, Requirements for Chinese Text Layout, 3.1.3; for Hangul, 3.2.
    """
    pieces: list[str] = []
    since = 0
    for index, character in enumerate(characters):
        since = 0 if character.isspace() else since + 1
        if index > 0 and _may_part(characters[index - 1], character):
            pieces.append(r"\CvBetween{}")
            since = 0
        elif since > LONG and not is_attached(character):
            pieces.append(r"\CvBreak{}")
        pieces.append(text(character))
    return "".join(pieces)


def _may_part(before: str, after: str) -> bool:
    is_kept = before in _OPENING or after in _CLOSING or is_attached(after)
    is_hangul = _is_hangul(before) or _is_hangul(after)
    return not (is_kept or is_hangul or before.isspace() or after.isspace())


def between(before: str, after: str) -> str:
    """Return what stands between two characters of different scripts where a line may end.

    That is between Han or kana and Latin letters, but for what belongs to the one or the other.

    Source: W3C, Requirements for Japanese Text Layout, 3.2.6 and appendix C.
    """
    if not (is_ideographic(before) or is_ideographic(after)):
        return ""
    is_kept = before.isdigit() or before in _OPENING_LATIN or after in _CLOSING_LATIN
    return "" if is_kept or not _may_part(before, after) else r"\CvBetween{}"


def is_attached(character: str) -> bool:
    """Say whether a mark, joiner or selector belongs to what is before it."""
    return unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"}


def _is_hangul(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _HANGUL)


def unspaced_language(characters: str) -> str | None:
    """Return the language of a script without spaces between words, None for other text."""
    code = ord(characters[0])
    return next((tag for (first, last), tag in _UNSPACED if first <= code <= last), None)


def pdf_string(characters: str) -> str:
    """Return the hexadecimal digits of a PDF text string (UTF-16BE with its mark).

    Source: ISO 32000-1:2008, 7.9.2.2.
    """
    return ("\ufeff" + characters).encode("utf-16-be").hex().upper()


def pdf_uri(target: str) -> str:
    """Return the hexadecimal digits of a URI, percent-encoded where it is not ASCII.

    Source: ISO 32000-1:2008, 12.6.4.7; RFC 3986, 2.1.
    """
    encoded = quote(target, safe="!#$%&'()*+,/:;=?@[]~-._")
    return encoded.encode("ascii").hex().upper()


def comment(characters: str) -> str:
    """Return ``characters`` as one line that may stand after a ``%``."""
    if characters.isprintable():
        return characters
    return "".join(c if c.isprintable() else "?" for c in characters)
