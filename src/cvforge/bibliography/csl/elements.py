"""The elements of CSL as citeproc-py has them, put right where its output is wrong.

They take its classes' places in the parser of ``tree`` alone; the library itself stays as it is.
What each one corrects is told at it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from citeproc import model
from citeproc.source import VariableError

from cvforge.bibliography.csl.casing import cased
from cvforge.bibliography.csl.entry import MAX_CHARACTERS, Entry, StyleLimitError
from cvforge.bibliography.csl.marks import QUOTE_CLOSE, QUOTE_OPEN
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMERIC = pattern(r"[A-Z]*\d+[A-Z]*(?:\s*[-\u2013,&]\s*[A-Z]*\d+[A-Z]*)*", re.IGNORECASE)
_LARGER_FORMS = {"verb-short": "verb", "symbol": "short", "verb": None, "short": None}


class Element:
    """What all elements that print have of their own."""

    def case(self, text: Any, language: str | None = None) -> str:
        """Change the case of plain strings as well, and keep what is written in capitals."""
        case = self.get("text-case")  # type: ignore[attr-defined]  # lxml's
        return cased(str(text), case, is_english=language in {None, "en"})

    def strip_periods(self, text: Any) -> Any:
        """Strip them from figures too."""
        return super().strip_periods(str(text))  # type: ignore[misc]  # citeproc-py's

    def wrap(self, text: Any) -> Any:
        """Set apart what the style displays as a block of its own; refuse endless texts."""
        made = super().wrap(text)  # type: ignore[misc]  # citeproc-py's
        if made is not None and len(str(made)) > MAX_CHARACTERS:
            raise StyleLimitError("it prints too much")
        return f" {made} " if made and self.get("display") else made  # type: ignore[attr-defined]


class Variable(Element):
    """An element that prints variables: each is noted, and silent once it stood in for another."""

    def noted(self, item: Entry, text: Any) -> Any:
        """Note that the variable came out, and return ``text``."""
        if text:
            item.printed.append(self.get("variable", ""))  # type: ignore[attr-defined]  # lxml's
        return text

    def is_silent(self, item: Entry) -> bool:
        """Count the call; say whether the variable stood in for another one before."""
        item.step()
        item.called += 1
        return self.get("variable") in item.suppressed  # type: ignore[attr-defined]  # lxml's


class Pages:
    """Ranges of pages are shortened only where both ends are of one length: 12 to 123 stays."""

    def _format_last_page(self, first: str, last: str) -> str:
        if len(first) != len(last):
            return last
        return str(super()._format_last_page(first, last))  # type: ignore[misc]  # citeproc-py's


class Text(Variable, Pages, model.Text):
    """Quotations become marks, so that points can go inside; inner ones change their marks."""

    def get_macro(self, name: str) -> Any:
        """Look a macro up in a table; a search through the tree takes half of all time."""
        return self.get_root().macros[name]

    def render(self, item: Entry, context: Any = None, **options: Any) -> Any:
        """Print a variable, a macro, a term or a value."""
        if "variable" in self.attrib:
            silent = self.is_silent(item)
            return None if silent else self.noted(item, super().render(item, context, **options))
        item.step()
        called = item.called
        text = super().render(item, context, **options)
        # A macro of words alone counts as a variable of the group around it (CSL 1.0.2, "Group").
        is_words = "macro" in self.attrib and item.called == called
        return self.noted(item, text) if is_words else text

    def quote(self, string: str) -> str:
        """Return ``string`` in the style's quotation marks, where it asks for them."""
        if self.get("quotes", "false").lower() != "true":
            return string
        marks = [self.get_single_term(name=f"{name}-quote") for name in ("open", "close")]
        inner = [self.get_single_term(name=f"{name}-inner-quote") for name in ("open", "close")]
        within = re.compile(rf"{re.escape(marks[0])}([^{marks[1]}]*){re.escape(marks[1])}(?!\w)")
        if all(marks) and all(inner):
            string = within.sub(lambda found: f"{inner[0]}{found[1]}{inner[1]}", str(string))
        return f"{QUOTE_OPEN}{string}{QUOTE_CLOSE}"


class Number(Variable, Pages, model.Number):
    """The same for numbers."""

    def render(self, item: Entry, **options: Any) -> Any:
        """Print a number."""
        return None if self.is_silent(item) else self.noted(item, super().render(item, **options))


class Label(Element, model.Label):
    """A label without its variable is not printed."""

    def render(self, item: Entry, variable: Any = None, plural: Any = None, **options: Any) -> Any:
        """Print the term for a variable."""
        item.step()
        if variable is None and self.get("variable") not in item.reference:
            return None
        return super().render(item, variable, plural, **options)

    def _is_plural(self, item: Entry) -> bool:
        return self.RE_MULTIPLE_NUMBERS.search(str(item[self.get("variable")])) is not None


class NamePart(Element, model.Name_Part):
    """A part of a name in any case."""


class Group(Element, model.Group):
    """It is left out when it called variables and printed none, whatever else it may say.

    citeproc-py asks whether its children could call one.
    """

    def process(self, item: Entry, context: Any = None, **options: Any) -> Any:
        """Return the text of the children, None where the group is left out."""
        item.step()
        called, printed = item.called, len(item.printed)
        text = self.render_children(item, self.get("delimiter", ""), context=context, **options)
        if not text or (item.called > called and len(item.printed) == printed):
            return None
        item.printed.append("")  # it counts as a variable of the group around it
        return text


class Substitute(model.Substitute):
    """Whatever was printed in place of names is not printed again, in macros too."""

    def render(self, item: Entry, context: Any = None, **options: Any) -> Any:
        """Return the first child that has a text."""
        for child in self.iterchildren():
            printed = len(item.printed)
            try:
                text = child.render(item, context=context, **options)
            except VariableError:
                continue
            if text:
                item.suppressed.update(item.printed[printed:])
                return text
        return None


class If(model.If):
    """Ranges and lists are numeric too."""

    def render(self, item: Entry, **options: Any) -> Any:
        """Return the text of the branch."""
        item.step()
        return super().render(item, **options)

    def _is_numeric(self, item: Entry) -> Sequence[bool]:
        return [
            name in item.reference and _NUMERIC.fullmatch(str(item.reference[name])) is not None
            for name in self.get("is-numeric").split()
        ]


class ElseIf(If, model.Else_If):
    """The same."""


class Locale(model.Locale):
    """A form that a language lacks is made of the next larger one, not taken from English."""

    def get_term(self, name: str, form: str | None = None, **options: Any) -> Any:
        """Return a term.

        Raises:
            IndexError: if there is none, as citeproc-py expects.
        """
        while True:
            try:
                return super().get_term(name, form, **options)
            except IndexError:
                if form not in _LARGER_FORMS:
                    raise
                form = _LARGER_FORMS[form]
