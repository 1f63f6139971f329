"""The lines of a ``.tex``: empty comments left out, long lines broken where TeX sees no break."""

from __future__ import annotations

from cvforge.patterns import pattern

# TeX reads a line as a whole, of at most ``buf_size`` characters: 200,000 in TeX Live's settings.
# LuaTeX counts bytes.
LONGEST = 10_000
# A "%" at the end of a line takes that end away, and the next line's leading spaces with it. So it
# may stand after a group, an argument or a space, and inside of a hexadecimal string.
_BREAK = pattern(r"(?<=\})(?=[^\s%])|(?<=[^\\] )(?=[^\s%])|(?<=[0-9A-F]{64})(?=[0-9A-F]{64})")

_COMMENT = pattern(r"(?<!\\)%.")


def in_lines(source: str) -> str:
    """Return finished TeX source as the lines of a file."""
    lines = [line for line in source.split("\n") if line != "%"]
    if len(max(lines, key=len)) > LONGEST:
        lines = [_short(line) for line in lines]
    return "\n".join([*lines, ""])


def _short(line: str) -> str:
    """Return a line, in several where it is long and may be broken; it means the same to TeX."""
    if len(line) <= LONGEST or _COMMENT.search(line):
        return line
    pieces, start, last = [], 0, 0
    for at in (*(found.start() for found in _BREAK.finditer(line)), len(line)):
        if at - start > LONGEST and last > start:
            pieces.append(line[start:last])
            start = last
        last = at
    return "%\n".join([*pieces, line[start:]])
