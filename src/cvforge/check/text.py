"""Compares what each reader extracted with what the CV says."""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from cvforge.check.differences import Difference, Kind, clipped
from cvforge.check.expected import LETTERS_OF
from cvforge.check.extracted import joined, normal_lines
from cvforge.check.unordered import compared, is_odd, letters
from cvforge.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cvforge.check.expected import Expected

PDFIUM, PDFMINER = "pdfium", "pdfminer"
UNREADABLE = 0.5  # more lost texts than this share are said in one finding
FEW = 20


def text_findings(expected: Expected, pages: Mapping[str, Sequence[str]]) -> list[Diagnostic]:
    """Return what differs between a CV and the pages that each reader extracted."""
    readers: dict[Difference, list[str]] = defaultdict(list)
    made = []
    # A reader may write out the letters of the ligature characters that the author typed.
    typed = {code: LETTERS_OF[code] for code in map(ord, expected.typed) if code in LETTERS_OF}
    leaves = tuple(leaf.without_ligatures() for leaf in expected.leaves)
    for reader, texts in pages.items():
        spelt = [text.translate(typed) for text in texts]
        source = joined(spelt, name=expected.name, foot=expected.foot)
        has_order = reader == PDFIUM
        found = compared(expected, leaves, source, pages=len(texts), has_order=has_order)
        lost = sum(difference.kind in {Kind.LOST, Kind.CHANGED} for difference in found)
        if lost > max(FEW, UNREADABLE * len(leaves)):
            made.append(_unreadable(reader, lost, of=len(leaves)))
            continue
        for difference in found:
            readers[difference].append(reader)
    return made + [_finding(difference, by) for difference, by in readers.items()]


def order_findings(expected: Expected, rows: Sequence[Sequence[str]]) -> list[Diagnostic]:
    """Return which texts are not seen in their order; ``rows`` are glyphs from left to right."""
    from cvforge.check.seen import order_differences  # noqa: PLC0415  no build needs it

    return [_finding(difference, (PDFMINER,)) for difference in order_differences(expected, rows)]


def _unreadable(reader: str, lost: int, *, of: int) -> Diagnostic:
    return Diagnostic(
        "text-lost",
        f"{lost} of {of} texts are not in what {reader} extracts",
        hint="is it the PDF of this profile and variant?",
    )


def _finding(difference: Difference, readers: Sequence[str]) -> Diagnostic:
    text, became = difference.text, difference.became
    match difference.kind:
        case Kind.LOST:
            message = f'"{text}" is lost'
        case Kind.CHANGED | Kind.SPACED:
            message = f'"{text}" came out as "{became}"'
        case Kind.MOVED:
            where = f'comes after "{became}"' if became else "comes first"
            message = f'"{text}" is out of order: it {where}'
        case Kind.TURNED:
            message = f'"{text}" is printed in another order'
        case Kind.INVENTED:
            message = f'the PDF says "{became}", and the profile does not'
    place = None if difference.leaf is None else difference.leaf.place
    if place is not None:
        place = place.narrowed(text)
    is_guess = difference.kind is Kind.SPACED and len(readers) == 1
    severity = Severity.WARNING if is_guess else Severity.ERROR
    message = f"{message} (read by {' and '.join(readers)})"
    return Diagnostic(difference.kind.value, message, place, severity=severity)


def disagreement(pages: Mapping[str, Sequence[str]]) -> list[Diagnostic]:
    """Return a warning where the readers do not extract the same words in the same order."""
    texts = ["\n".join(each) for each in pages.values()]
    if any(map(is_odd, texts)) and letters(texts[0]) == letters(texts[1]):
        return []
    first, second = ([*_words(texts)] for texts in pages.values())
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    if not changes:
        return []
    _, a, b, c, d = changes[0]
    one, other = clipped(" ".join(first[a:b])), clipped(" ".join(second[c:d]))
    names = list(pages)
    return [
        Diagnostic(
            "readers-disagree",
            f'{names[0]} reads "{one}" where {names[1]} reads "{other}"'
            + (f", and {len(changes) - 1} more such places" if len(changes) > 1 else ""),
            severity=Severity.WARNING,
        )
    ]


def _words(pages: Sequence[str]) -> list[str]:
    text = "\n".join(normal_lines(page) for page in pages).replace("-\n", "")
    return text.translate(LETTERS_OF).split()
