"""Text made safe for TeX, by context: running text, a PDF string; the only place that escapes."""

from __future__ import annotations

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

# A URL may break after these; see the RFC for why no hyphen may be added.
_BREAK_AFTER = frozenset("/?&=#.-_:;,+@")


def text(characters: str) -> str:
    """Return ``characters`` as TeX source that prints exactly them."""
    return characters.translate(_TEXT)


def breakable(characters: str) -> str:
    """Return text that may also break after the punctuation of a URL.

    Source: RFC 3986, appendix C.
    """
    pieces = []
    for index, character in enumerate(characters):
        pieces.append(text(character))
        if character in _BREAK_AFTER and index + 1 < len(characters):
            pieces.append(r"\CvBreak{}")
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
