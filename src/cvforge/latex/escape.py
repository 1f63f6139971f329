"""Text made safe for TeX, by context: running text, a PDF string; the only place that escapes."""

from __future__ import annotations

import re
from urllib.parse import quote

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
        "\n": " ",
        "\r": " ",
        "\t": " ",
    }
)

# No line begins with a closing mark, none ends with an opening one.
_CLOSING = frozenset("，。、；：！？）》〉」』】〕")  # noqa: RUF001  these are meant
_OPENING = frozenset("（《〈「『【〔")  # noqa: RUF001  the same

# A URL may break after these; see the RFC for why no hyphen may be added.
_BREAK_AFTER = frozenset("/?&=#.-_:;,+@")
LONG = 40
_LONG_WORD = re.compile(rf"\S{{{LONG}}}")

# Between these the faces would set one glyph that is read as another character.
_APART = re.compile(
    r"(?<=[!?])(?=[!?])|(?<=\.)(?=\.)|(?<=°)(?=[CF])|(?<=\d)(?=\u2044)|(?<=\u2044)(?=\d)"
)


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
    for index, character in enumerate(characters):
        pieces.append(_escaped(character))
        since = 0 if character in _BREAK_AFTER or character.isspace() else since + 1
        is_last = index + 1 == len(characters)
        if not is_last and (character in _BREAK_AFTER or since >= LONG):
            pieces.append(r"\CvBreak{}")
    return "".join(pieces)


def _escaped(characters: str) -> str:
    return r"\CvApart{}".join(part.translate(_TEXT) for part in _APART.split(characters))


def ideographs(characters: str) -> str:
    """Return text of Han characters, which may break between any two but for punctuation.

    Source: W3C, Requirements for Chinese Text Layout, 3.1.3.
    """
    pieces: list[str] = []
    for index, character in enumerate(characters):
        if index > 0 and characters[index - 1] not in _OPENING and character not in _CLOSING:
            pieces.append(r"\CvBetween{}")
        pieces.append(text(character))
    return "".join(pieces)


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
    return "".join(c if c.isprintable() else "?" for c in characters)
