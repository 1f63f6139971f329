"""From a telephone number as people write it to the URL that dials it."""

from __future__ import annotations

import re
import unicodedata

from cvforge.patterns import pattern

# "0" in parentheses after a country's code is dialled inside of that country alone.
_TRUNK = pattern(r"(\+[\s\d()./-]*?)\(\s*0\s*\)")
_EXTENSION = pattern(
    r"(?:;\s*ext\s*=|[\s,;/-]*(?:\b(?:extension|extn?|durchwahl|poste|interno|anexo)\b"
    r"|(?<![^\W\d_])x|内線|分机|转)[\s.:]*|[\s,;]*#\s*)(\d{1,7})[\s)]*$",
    re.IGNORECASE,
)


def telephone_url(written: str) -> str | None:
    """Return the ``tel:`` URL of a number, None where there is no digit in it.

    The plus of an international number stays, its national "(0)" goes, and an extension is named.

    Source: RFC 3966, 3 and 5.3; ITU-T E.123, 7.
    """
    text = "".join(map(_plain, unicodedata.normalize("NFKC", written)))
    extension = _EXTENSION.search(text)
    number = text if extension is None else text[: extension.start()]
    signs = "".join(c for c in _TRUNK.sub(r"\1", number) if c in "+0123456789")
    digits = signs.replace("+", "")
    if not digits:
        return None
    plus = "+" if signs.startswith("+") else ""
    return f"tel:{plus}{digits}" + ("" if extension is None else f";ext={extension[1]}")


def _plain(character: str) -> str:
    """Return a digit of any script as one of ASCII, all else as it is."""
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)
