"""The nasty strings of `nasty/strings.txt`, and how they are written into a profile."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = Path(__file__).parent / "nasty" / "strings.txt"
_LINE = re.compile(r'(".*")(?: \* (\d+))?')
_KEYS = re.compile("(?=.*[!-~])[ -~]*")
_ONLY_ESCAPED = re.compile("[\x00-\x1f]")


@dataclass(frozen=True)
class Nasty:
    """One string, and what must become of it: accepted, refused (with a code), or either."""

    text: str
    group: str
    fate: str
    code: str = ""

    @property
    def must_print(self) -> bool:
        """Whether it may not be refused: all that the keys of a keyboard type is text."""
        return self.fate == "accepted" or _KEYS.fullmatch(self.text) is not None


@cache
def corpus() -> tuple[Nasty, ...]:
    """Return all strings, in the order of the file."""
    return tuple(_read(FILE.read_text("utf-8").splitlines()))


def _read(lines: list[str]) -> Iterator[Nasty]:
    group, fate, code = "", "", ""
    for line in lines:
        if line.startswith("== "):
            group, _, what = line.removeprefix("== ").partition(" | ")
            fate, _, code = what.partition(" ")
            assert fate in {"accepted", "refused", "either"}, line
        elif line and not line.startswith("#"):
            found = _LINE.fullmatch(line)
            assert found is not None, line
            yield Nasty(json.loads(found[1]) * int(found[2] or 1), group, fate, code)


def quoted(text: str) -> str:
    """Return a text as a scalar of YAML on one line, as a person would have to write it."""
    if _ONLY_ESCAPED.search(text):
        return json.dumps(text, ensure_ascii=False)
    return "'" + text.replace("'", "''") + "'"


def escaped(text: str) -> str:
    """Return Markdown that means nothing but these characters.

    Source: CommonMark 0.31, 2.4 (any ASCII punctuation may be escaped).
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def as_code(text: str) -> str:
    """Return a code span of these characters (CommonMark 0.31, 6.1)."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}"
