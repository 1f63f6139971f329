"""Several characters that are one picture, or another form of one: which of them ask for it."""

from __future__ import annotations

from cvforge.fonts.scripts import is_sign

JOINER, KEYCAP = "\u200d", "\u20e3"
_ON_KEYS = frozenset("0123456789#*")


def joining(cluster: str) -> str:
    """Return the characters that make one picture of a cluster, each once; "" for other clusters.

    A joiner of emoji, the colour of a skin, the cap of a key, the second letter of a flag, tags.
    In scripts a joiner shapes letters, and a colour after a letter stands for itself.

    Source: UTS #51, 2.8 to 2.10 and ED-14 to ED-16.
    """
    if cluster[0] in _ON_KEYS:
        return KEYCAP if KEYCAP in cluster else ""
    if not is_sign(cluster[0]):
        return ""
    return "".join(dict.fromkeys(filter(_is_joining, cluster[1:])))


def is_flag(cluster: str) -> bool:
    """Say whether a cluster begins with a letter of a flag."""
    return "\U0001f1e6" <= cluster[0] <= "\U0001f1ff"


def forms(cluster: str) -> str:
    """Return the selectors of a cluster that ask for another form than a machine can read.

    Readers of PDFs know characters, and the glyph of a form has none of its own: what they give
    is the character without its selector, or another. The selectors of text and emoji (15 and 16)
    are not among them, for they change no more than the colour.
    """
    return "".join(filter(_is_form, cluster))


def is_composed(cluster: str) -> bool:
    """Say whether a font that has all characters of a cluster may still not print it."""
    return forms(cluster) != "" or joining(cluster) != ""


def _is_joining(character: str) -> bool:
    return (
        character == JOINER
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U0001f1e6" <= character <= "\U0001f1ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )


def _is_form(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0d" or "\U000e0100" <= character <= "\U000e01ef"
