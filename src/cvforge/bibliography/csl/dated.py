"""The elements of CSL that print dates, put right; see ``elements``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citeproc import model

from cvforge.bibliography.csl.elements import Element, Variable

if TYPE_CHECKING:
    from cvforge.bibliography.csl.entry import Entry


class Date(Variable, model.Date):
    """A locale's date has its own delimiter; a range in one month or year is no fault."""

    def render(self, item: Entry, variable: Any = None, **options: Any) -> Any:
        """Print a date."""
        if variable is not None:  # the locale's pattern, called by the style's element
            return super().render(item, variable, **options)
        return None if self.is_silent(item) else self.noted(item, super().render(item, **options))

    def render_single_date(self, date: Any, show_parts: Any = None, context: Any = None) -> Any:
        """Return the parts, joined by the delimiter that stands beside them."""
        parts = self.parts(date, show_parts, context)
        return self.join(parts) if parts else None

    def render_date_range(
        self, date_range: Any, show_parts: Any = None, context: Any = None
    ) -> Any:
        """Return both ends with a dash between them, one where they look the same."""
        ends = [date_range.begin] if date_range.end.is_nil() else [date_range.begin, date_range.end]
        texts = [str(self.render_single_date(end, show_parts, context) or "") for end in ends]
        if date_range.end.is_nil():
            texts.append("")
        return "\u2013".join(dict.fromkeys(text.strip() for text in texts)) if texts[0] else None

    def wrap(self, text: Any) -> Any:
        """Set a date in its face; citeproc-py does so with its parts alone."""
        return super().wrap(self.format(text) if text else text)


class DatePart(Element, model.Date_Part):
    """What a style changes in a locale's date holds for that one date."""

    def render(self, date: Any, context: Any = None) -> Any:
        """Print a part of a date."""
        kept = dict(self.attrib)
        try:
            return super().render(date, context)
        finally:
            self.attrib.clear()
            self.attrib.update(kept)
