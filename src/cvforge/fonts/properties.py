"""Unicode's tables of scripts, as fontTools has them; loaded when the first character is asked."""

from __future__ import annotations


def script(character: str) -> str:
    """Return the script of a character by ISO 15924; "Zyyy" is common, "Zinh" inherited."""
    from fontTools import unicodedata  # noqa: PLC0415  texts in Latin letters do not pay

    return str(unicodedata.script(character))  # type: ignore[no-untyped-call]  # it has no types


def script_extension(character: str) -> frozenset[str]:
    """Return the scripts that use a character."""
    from fontTools import unicodedata  # noqa: PLC0415  the same

    return frozenset(unicodedata.script_extension(character))  # type: ignore[no-untyped-call]  # the same


def script_name(code: str) -> str:
    """Return the English name of a script, its code where it has none."""
    from fontTools import unicodedata  # noqa: PLC0415  the same

    name = unicodedata.script_name(code, default=code)  # type: ignore[no-untyped-call]  # the same
    return str(name).replace("_", " ")
