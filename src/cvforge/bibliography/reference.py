"""One entry of a bibliography, read: what every later stage knows of it."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from cvforge.bibliography.names import Name
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cvforge.diagnostics import Place
    from cvforge.inline import Inline

__all__ = ["NAME_FIELDS", "Name", "Names", "Reference", "leading"]

# Source: the biblatex manual, 2.2.2 (fields that hold lists of names).
NAME_FIELDS = (
    *("author", "editor", "editora", "editorb", "editorc", "translator", "annotator"),
    *("commentator", "introduction", "foreword", "afterword", "bookauthor", "holder"),
    *("director", "shortauthor", "shorteditor"),
)
# Parts of a larger work: its editor is not who wrote them.
_PARTS = frozenset(
    {"article", "bookinbook", "conference", "inbook", "incollection", "inproceedings"}
    | {"inreference", "suppbook", "suppcollection", "suppperiodical"}
)


@dataclass(frozen=True, slots=True)
class Names:
    """A list of people: ``others`` says that it ends with ``and others``.

    ``annotations`` gives the words of ``author+an`` (in lower case) by the position in the list,
    from 1.
    """

    people: tuple[Name, ...] = ()
    others: bool = False
    annotations: Mapping[int, frozenset[str]] = field(default_factory=dict)


_NOBODY = Names()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry of the bibliography.

    ``kind`` is the entry's type; it and all field names are in lower case. ``names`` holds the
    lists of people by their field (NAME_FIELDS), ``raw`` the verbatim fields (addresses and keys),
    ``fields`` all the others but ``title`` and the annotations. ``is_parent`` says that another
    entry takes its missing fields from this one.
    """

    key: str
    kind: str
    title: Inline
    names: Mapping[str, Names]
    fields: Mapping[str, Inline]
    raw: Mapping[str, str]
    place: Place
    is_parent: bool = False

    @property
    def leading(self) -> str:
        """The field whose people stand first: "author", "editor", or "" for nobody."""
        return leading(self.kind, self.names)

    @property
    def authors(self) -> tuple[Name, ...]:
        """The people who stand first."""
        return self.names.get(self.leading, _NOBODY).people

    @property
    def others(self) -> bool:
        """Whether the list of those people is cut."""
        return self.names.get(self.leading, _NOBODY).others

    @property
    def annotations(self) -> Mapping[int, frozenset[str]]:
        """The annotations of those people."""
        return self.names.get(self.leading, _NOBODY).annotations


def leading(kind: str, names: Mapping[str, Names]) -> str:
    """Return the field of the people who stand first: authors, or who edited a whole work."""
    if "author" in names:
        return "author"
    return "editor" if "editor" in names and kind not in _PARTS else ""
