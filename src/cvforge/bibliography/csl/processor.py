"""Prints one reference in a style by citeproc-py, and holds the result against the reference."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citeproc.model import ConditionFailed
from citeproc.source import VariableError
from lxml import etree

from cvforge.bibliography.csl.entry import Entry
from cvforge.bibliography.csl.item import kind_of, variables
from cvforge.bibliography.csl.marks import Marks
from cvforge.bibliography.csl.punctuation import tidied
from cvforge.diagnostics import Diagnostic, Severity
from cvforge.errors import BibliographyError
from cvforge.inline import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvforge.bibliography.reference import Reference
    from cvforge.inline import Inline

# What citeproc-py raises on a style or an entry that it cannot cope with.
_FAULTS = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, NameError, RecursionError),
    *(TypeError, ValueError, ConditionFailed, VariableError, etree.LxmlError),
)


def printed(
    root: Any, style: str, reference: Reference, owner: frozenset[int]
) -> tuple[Inline, list[Diagnostic]]:
    """Return the entry, and warnings of what the style leaves out of it.

    Raises:
        BibliographyError: if the style cannot print it.
    """
    marks = Marks()
    try:
        entry = Entry(kind_of(reference), variables(reference, marks, owner))
        text = "".join(map(str, root.bibliography.layout.render_bibliography([entry])))
        in_quotes = root.get_locale_option("punctuation-in-quote") == "true"
    except _FAULTS as error:
        raise _failure(style, reference, f"{type(error).__name__}: {error}") from None
    quotes = (str(root.get_single_term("open-quote")), str(root.get_single_term("close-quote")))
    content = marks.decoded(tidied(text, in_quotes=in_quotes), quotes=quotes)
    if not content:
        raise _failure(style, reference, "it prints nothing")
    return content, list(_left_out(style, reference, entry, plain(content)))


def _failure(style: str, reference: Reference, reason: str) -> Exception:
    return BibliographyError.one(
        "citation-style-failed",
        f'the citation style "{style}" cannot print "{reference.key}" ({reason})',
        place=reference.place,
        hint="try another style, or simplify the entry",
    )


def _left_out(style: str, reference: Reference, entry: Entry, text: str) -> Iterator[Diagnostic]:
    words = _squeezed(text)
    if _squeezed(plain(reference.title)) not in words:
        yield _warning(style, reference, "citation-incomplete", "leaves out the title of")
    lost = [p for p in entry.shown if _squeezed(p.family or p.body) not in words]
    if reference.authors and (lost or not entry.shown):
        yield _warning(style, reference, "citation-incomplete", "leaves out names of")
    seen = any(person.is_owner for person in entry.shown)
    if not seen and any(person.is_owner for person in entry.hidden):
        yield _warning(style, reference, "owner-hidden", 'hides the owner behind "et al." in')


def _warning(style: str, reference: Reference, code: str, what: str) -> Diagnostic:
    return Diagnostic(
        code,
        f'the citation style "{style}" {what} "{reference.key}"',
        reference.place,
        "that is this style's rule; the house style shows it",
        Severity.WARNING,
    )


def _squeezed(text: str) -> str:
    """Return the letters and figures alone, without case."""
    return "".join(re.findall(r"[^\W_]", text.casefold()))
