"""What cannot be read in a file of entries: where reading stopped, and what was meant there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cvforge.frozen import dataclass
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvforge.bibliography.reading.findings import Findings
    from cvforge.bibliography.reading.source import Source

SHAPE = "an entry reads @kind{key, name = {value}, name = {value}}"
OPENING = pattern(r"@\w*[ \t]*[({]")

_KEY = r"""[^\s{}(),="#%~\\]++"""
_ENTRY = pattern(
    r"@\s*(?!(?i:comment|string|preamble)\b)[A-Za-z]\w*\s*[({]\s*"
    rf"(?P<key>(?:{_KEY}(?!\s*=))?)(?P<end>\s*[,}})])?"
)
_COMMA_MISSING = pattern(rf"@\w*\s*[{{(]\s*(?P<key>{_KEY})\s+[A-Za-z][\w:+./-]*+\s*=")
_KEY_MISSING = pattern(r"@\w*\s*[{(]\s*(?P<name>[A-Za-z][\w:+./-]*+)\s*=")
_LOST_ENTRY = pattern(r"(?:^|\})[ \t]*(@\s*[A-Za-z]\w*)|(@\s*[A-Za-z]\w*)(?=\s*[({])", re.MULTILINE)
_NO_ENTRY = ("@comment", "@preamble", "@string")
_NEXT = pattern(r"(?<=.)@\w*[ \t]*\Z", re.DOTALL)  # the next entry, when it ended this one
_BRACE = pattern(r"(?<!\\)[{}]")
_MARKS = '{}",=)'


@dataclass(frozen=True, slots=True)
class Span:
    """Where a block begins, and where findings about it go."""

    source: Source
    offset: int
    findings: Findings

    def find(self, code: str, message: str, at: tuple[int, int], hint: str) -> None:
        """Note a finding ``at`` (offset in the block, length)."""
        place = self.source.place(self.offset + at[0], at[1])
        self.findings.add(code, message, place, hint)


def written_key(raw: str) -> str:
    """Return the key of an entry that was not understood, "" where it has none."""
    found = _ENTRY.match(raw)
    return "" if found is None else found["key"]


def report_failure(raw: str, span: Span) -> None:
    """Say where reading stopped, and which entries were read as a part of this one."""
    if not raw.lower().startswith(_NO_ENTRY):
        span.findings.about(span.source.place(span.offset), written_key(raw))
    _report_stop(raw, span)
    for inner in _inner_entries(raw):
        at = (inner.start(), len(inner[0]))
        span.findings.about(span.source.place(span.offset + at[0]), inner["key"])
        message = f"{inner[0].strip()} begins inside of an entry that is not closed"
        hint = "close the entry before it, and begin it in a new line"
        span.find("bib-syntax", message, at, hint)


def _inner_entries(raw: str) -> Iterator[re.Match[str]]:
    """Yield what reads like an entry in another one: it begins a line, or has a key."""
    for inner in _ENTRY.finditer(raw, 1):
        begins_line = not raw[raw.rfind("\n", 0, inner.start()) + 1 : inner.start()].strip()
        if begins_line or (inner["key"] and inner["end"]):
            yield inner


def _report_stop(raw: str, span: Span) -> None:
    """Say where reading stopped: at the end of what was read of the entry, or right after it."""
    if _reports_key(raw, span):
        return
    text = span.source.text
    opening = OPENING.match(raw)
    head = raw if opening is None else opening[0]
    inner = next(_inner_entries(raw), None)
    raw = _NEXT.sub("", raw) if inner is None else raw[: inner.start()]
    rest = text[span.offset + len(raw) :].lstrip()
    if rest.startswith("@") or (not rest and not _is_closed(raw, head)):
        before = "the next entry begins" if rest else "the file ends"
        hint = f"count the braces and quotes after {head}: each one opened is closed again"
        if head.lower().startswith("@comment"):
            hint = "BibTeX reads entries inside @comment too: remove the @ before their kind"
        span.find("bib-syntax", f"{head} is not closed before {before}", (0, len(head)), hint)
        return
    at = len(raw) - 1 if not rest or raw[-1] in _MARKS else len(raw)
    message = f'"{text[span.offset + at]}" is not expected here, in what begins with {head}'
    span.find("bib-syntax", message, (at, 1), f"is a comma or an = missing before it? {SHAPE}")


def _reports_key(raw: str, span: Span) -> bool:
    """Report what is wrong behind the brace: the key is missing, or the comma behind it."""
    if raw.lower().startswith(_NO_ENTRY):
        return False
    key, field = _COMMA_MISSING.match(raw), _KEY_MISSING.match(raw)
    if key is not None:
        at = (key.start("key"), len(key["key"]))
        message = f'a comma is missing after the key "{key["key"]}"'
        span.find("bib-syntax", message, at, SHAPE)
    elif field is not None:
        at = (field.start("name"), len(field["name"]))
        message = f'the entry has no key before "{field["name"]}"'
        span.find("entry-key", message, at, SHAPE)
    return key is not None or field is not None


def _is_closed(raw: str, head: str) -> bool:
    """Say whether the braces and quotes of a block that was not understood are in pairs."""
    depth = sum(1 if brace[0] == "{" else -1 for brace in _BRACE.finditer(raw))
    closed = raw.endswith(")") if head.endswith("(") else depth == 0
    return closed and raw.count('"') % 2 == 0


def report_lost_entries(comment: str, span: Span) -> None:
    """Report what begins like an entry in the text between entries.

    BibTeX takes @comment alone for a comment as well.
    """
    for lost in _LOST_ENTRY.finditer(comment):
        head = lost[lost.lastindex or 1]
        if head.lower() == "@comment":
            continue
        at = (lost.start(lost.lastindex or 1), len(head))
        follows = comment[at[0] + at[1] :].lstrip()[:1]
        missing = "key and comma" if follows in {"{", "("} else "brace"
        message = f"{head} begins no entry: no {missing} follows it"
        span.find("bib-syntax", message, at, SHAPE)


def report_early_end(comment: str, span: Span) -> None:
    """Report a brace between entries that closes none: the entry before it lost its rest."""
    depth = 0
    for brace in _BRACE.finditer(comment):
        depth += 1 if brace[0] == "{" else -1
        if depth < 0:
            message = "this brace closes nothing: the entry above ended before it"
            hint = "a brace too many above ends an entry early; remove it"
            span.find("bib-syntax", message, (brace.start(), 1), hint)
            return
