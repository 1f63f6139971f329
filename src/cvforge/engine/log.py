"""Reads a TeX log: errors, lost characters, overfull lines, and what the core macros report."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from cvforge.engine.base import LogFinding, Page
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_ERROR = pattern(r"^! (?P<message>.*)$")
_STOPPED = pattern(r"^! +(?:==> )?(?P<message>Emergency stop|Fatal error)")
_CONSEQUENCES = ("stopped", "no-pages")
_LINE = pattern(r"^l\.(?P<line>\d{1,9}) ?(?P<rest>.*)$", re.ASCII)
_MISSING = pattern(r"Missing character: There is no (?P<what>.+?) in font")
_PACKAGE = pattern(r"LaTeX Error: File `(?P<file>[\w.-]+\.(?:sty|cls|def|fd))' not found")
_FONT = pattern(
    r"Font \S*?=(?P<font>.+?)(?: at \S+| scaled \S+)? not load(?:able|ed): Metric"
    r"|The font \"(?P<family>[^\"]+)\" cannot be found"
)
_OVERFULL = pattern(
    r"^Overfull \\(?P<box>[hv])box \((?P<excess>\d{1,9}(?:\.\d{1,9})?)pt too (?:wide|high)\)"
    r".*?(?:at lines? (?P<line>\d{1,9})|$)",
    re.ASCII,
)
_PAGE = pattern(
    r"^cvforge-page: (\d{1,9})" + r" (-?\d{1,9}(?:\.\d{1,9})?)pt" * 3, re.MULTILINE | re.ASCII
)
_RERUN = pattern(r"^cvforge-rerun: (.*)$", re.MULTILINE)
QUESTION = "cvforge-ready"
DONE = "cvforge-done"
CLOSED = "Transcript written on "  # the last that TeX says; all of its files are closed
_QUESTION = pattern(rf"^{QUESTION}$", re.MULTILINE)
UNEXPECTED = "this is the template's fault, not the profile's; --debug keeps what TeX says of it"
MILLIMETRES_PER_POINT = 25.4 / 72.27


def findings(log: str) -> Iterator[LogFinding]:
    """Yield every complaint of the engine, in its order; what follows from an error is left out."""
    has_error = False
    *asked, last = _QUESTION.split(log)
    complaints = _complaints("".join(asked or [last]).splitlines())
    if asked:
        # Before the last question blocks are set once a density: only errors matter there.
        after = (replace(f, is_answer=True) for f in _complaints(last.splitlines()))
        complaints = chain((f for f in complaints if f.is_error), after)
    for finding in complaints:
        if finding.code not in _CONSEQUENCES or not has_error:
            yield finding
        has_error = has_error or finding.is_error


def _complaints(lines: list[str]) -> Iterator[LogFinding]:
    for index, text in enumerate(lines):
        if match := _STOPPED.match(text):
            yield LogFinding("stopped", match["message"], _line_after(lines, index))
        elif match := _ERROR.match(text):
            yield _error(match["message"], _line_after(lines, index))
        elif text.startswith("No pages of output"):
            yield LogFinding("no-pages", "the document has no pages")
        elif text.startswith("Missing character:"):
            yield _error(text, None)
        elif match := _OVERFULL.match(text):
            yield _overfull(match)


def pages(log: str) -> tuple[Page, ...]:
    """Return what the core macros report about pages: those that were broken, and the last one."""
    return tuple(
        Page(int(number), float(used), float(height), float(stretch))
        for number, used, height, stretch in _PAGE.findall(log)
    )


def rerun_reason(log: str) -> str | None:
    """Return why another pass is needed, or None when none is."""
    match = _RERUN.search(log)
    return None if match is None else match[1]


def _error(message: str, line: int | None) -> LogFinding:
    if match := _MISSING.search(message):
        return LogFinding("missing-glyph", f"no glyph for {match['what']}", line)
    if match := _PACKAGE.search(message):
        named = f'TeX has no file "{match["file"]}", which the template needs'
        name = match["file"].rpartition(".")[0]
        way = f'install the package that brings it, such as by "tlmgr install {name}"'
        return LogFinding("missing-package", named, line, hint=way)
    if match := _FONT.search(message):
        font = (match["font"] or match["family"]).strip('"').partition(":")[0].strip("[]")
        way = "install it, where TeX or the system keeps fonts"
        return LogFinding("missing-font", f'there is no font "{font}" here', line, hint=way)
    if message.startswith("Dimension too large"):
        named = "a text is too long to stand on one line here"
        return LogFinding("too-long", named, line, hint="put it into a bullet or a paragraph")
    return LogFinding("tex", message.rstrip("."), line, hint=UNEXPECTED)


def _line_after(lines: list[str], index: int) -> int | None:
    for text in lines[index : index + 40]:
        if match := _LINE.match(text):
            return int(match["line"])
    return None


def _overfull(match: re.Match[str]) -> LogFinding:
    millimetres = float(match["excess"]) * MILLIMETRES_PER_POINT
    where = "into the margin" if match["box"] == "h" else "below the page"
    return LogFinding(
        "overfull",
        f"the text runs {millimetres:.1f} mm {where}",
        None if match["line"] is None else int(match["line"]),
        is_error=False,
    )
