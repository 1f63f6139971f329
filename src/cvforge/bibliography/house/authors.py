"""The line of the authors: the owner and the marks in it, long lists shortened around the owner."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from cvforge import inline
from cvforge.bibliography.house.ordinals import position
from cvforge.bibliography.house.phrasing import text
from cvforge.bibliography.house.words import word
from cvforge.bibliography.names import CORRESPONDING, EQUAL, STUDENT
from cvforge.bibliography.owner import leading_names, owned
from cvforge.bibliography.reference import Name, Names
from cvforge.bibliography.spans import merged
from cvforge.inline import Inline, Text, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cvforge.bibliography.house.setting import AuthorLimit, Setting
    from cvforge.bibliography.owner import Owner
    from cvforge.bibliography.reference import Reference

# Annotation words that the page shows, and the mark beside the author.
MARKS: Mapping[str, str] = MappingProxyType({EQUAL: "*", CORRESPONDING: "†", STUDENT: "‡"})
# The fields of the bodies that stand as author where no person is named, by the entry's type.
_BODIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    dict.fromkeys(
        [
            *("booklet", "dataset", "electronic", "manual", "misc", "online", "report"),
            *("software", "standard", "techreport", "www"),
        ],
        ("organization", "institution"),
    )
)
_NOBODY = Names()
# A gap of one author is filled: "…" takes as much room, and says less.
_SMALLEST_GAP = 2


def authors(
    reference: Reference, owner: Owner, *, setting: Setting
) -> tuple[Inline, frozenset[str]]:
    """Return the line of the authors, and the marks that stand in it.

    The line is empty where nobody, no holder and no body is named.
    """
    names = credited(reference)
    mine = owned(names, owner)
    shown = _kept(names, mine, setting.authors)
    line = [*_people(names, mine, shown, setting.language)]
    if reference.leading == "editor":
        line += _role(reference, names, setting.language)
    elif len(shown) < len(names.people) and not mine:
        line += text(f" ({word('count', setting.language).format(_count(names))})")
    return merged(line), frozenset(mark for at in shown for mark in _marks(names, at))


def credited(reference: Reference) -> Names:
    """Return who stands in the line of the authors: people, else the holder, else a body."""
    every = (leading_names(reference), _holders(reference), _body(reference))
    return next((names for names in every if names.people), _NOBODY)


def people(names: Names, owner: Owner) -> Inline:
    """Return a short list of people inside a line: "Bo Rune, Ada Quill & Cleo Vellum"."""
    mine = owned(names, owner)
    every = [_named(name, is_owner=at in mine) for at, name in enumerate(names.people)]
    spans: list[inline.Span] = []
    for at, name in enumerate(every):
        is_last = at == len(every) - 1 and not names.others
        spans += [Text(" & " if is_last else ", ")] * (at > 0) + [name]
    return merged([*spans, *text(" et al." if names.others else "")])


def _holders(reference: Reference) -> Names:
    return reference.names.get("holder", _NOBODY) if reference.kind == "patent" else _NOBODY


def _body(reference: Reference) -> Names:
    fields = _BODIES.get(reference.kind, ())
    body = next((plain(reference.fields[name]) for name in fields if name in reference.fields), "")
    return Names((Name("", "", body, "", corporate=True),)) if body else _NOBODY


def _kept(names: Names, mine: frozenset[int], limit: AuthorLimit | None) -> list[int]:
    """Return the positions that are shown: the first, the last, the owner, and small gaps.

    Whom "and others" follows is not the last.
    """
    count = len(names.people)
    if limit is None or count <= limit.most:
        return list(range(count))
    last = 0 if names.others else limit.last
    wanted = sorted({*range(limit.first), *mine, *range(count - last, count)})
    kept: list[int] = []
    for at in [*wanted, count]:
        after = kept[-1] + 1 if kept else 0
        gap = range(after, at)
        kept += [*(gap if len(gap) < _SMALLEST_GAP else ()), at]
    return [at for at in kept if at < count]


def _people(
    names: Names, mine: frozenset[int], shown: list[int], language: str
) -> Iterator[inline.Span]:
    """Yield the people who are shown, "…" where some are not, and then where the owner stands."""
    count = len(names.people)
    is_cut = len(shown) < count
    for index, at in enumerate(shown):
        before = shown[index - 1] + 1 if index > 0 else 0
        yield Text((", " if index > 0 else "") + ("…, " if at > before else ""))
        yield _named(names.people[at], is_owner=at in mine)
        yield Text("".join(_marks(names, at)))
        if is_cut and at == min(mine, default=None):
            yield Text(f" ({position(at + 1, _count(names), language)})")
    if names.others:
        yield Text(" et al.")
    elif is_cut and shown[-1:] != [count - 1]:
        yield Text(", …" if shown else "…")


def _count(names: Names) -> str:
    """Return how many people there are; more than those named where "and others" follows."""
    return f"{len(names.people)}+" if names.others else str(len(names.people))


def _named(name: Name, *, is_owner: bool) -> inline.Span:
    printed = Text(name.printed)
    return inline.Owner((printed,)) if is_owner else printed


def _marks(names: Names, at: int) -> tuple[str, ...]:
    words = names.annotations.get(at + 1, frozenset())
    return tuple(mark for word, mark in MARKS.items() if word in words)


def _role(reference: Reference, names: Names, language: str) -> Inline:
    """Return " (eds.)" after those who edited the work, or what else they did."""
    several = len(names.people) > 1 or names.others
    written = plain(reference.fields.get("editortype", ()))
    if written in ("", "editor"):
        written = word("editors" if several else "editor", language)
    return text(f" ({written})")
