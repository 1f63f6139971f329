"""The academic CV in one column, dates in a column at the right."""

from __future__ import annotations

from cvforge.templates.base import Template


class Classic(Template):
    """One column, serif, dates on the right."""

    name = "classic"
    document_class = "cvforge-classic"
