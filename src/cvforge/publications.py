"""A publications section seen through one variant: chosen, ordered, parted and set."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING, Protocol

from cvforge import cv as shown
from cvforge.bibliography.house.headings import heading
from cvforge.bibliography.house.setting import AuthorLimit, Setting
from cvforge.bibliography.house.style import publication
from cvforge.bibliography.house.summary import summarize
from cvforge.bibliography.owner import Owner, owner_positions
from cvforge.bibliography.select import (
    REST,
    Choice,
    chosen,
    entry_tags,
    listed,
    ordered,
    parted,
    type_of,
)
from cvforge.cv import Rank
from cvforge.frozen import dataclass
from cvforge.inline import Phrase, verbatim
from cvforge.inline import links as inline_links
from cvforge.profile.publications import year_range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cvforge.bibliography.reference import Reference
    from cvforge.inline import Inline
    from cvforge.profile import model
    from cvforge.profile.publications import PublicationEntry, PublicationGrouping

HOUSE_STYLE = "house"


class CitationStyle(Protocol):
    """A style that sets whole references."""

    def cite(
        self, references: Sequence[Reference], *, owner: Callable[[Reference], frozenset[int]]
    ) -> list[Inline]:
        """Return each reference as the style sets it, the owner's name marked."""
        ...


@dataclass(frozen=True, slots=True)
class Works:
    """The entries of a bibliography by key, and the citation styles by the names in the profile."""

    references: Mapping[str, Reference] = field(default_factory=dict)
    styles: Mapping[str, CitationStyle] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publications:
    """Fills publications sections as one variant asks.

    ``is_shown`` and ``has_shown_tags`` say what the variant leaves out.
    """

    person: model.Person
    design: model.PublicationDesign
    language: str
    default_language: str
    works: Works
    is_shown: Callable[[model.Selectable], bool]
    has_shown_tags: Callable[[Sequence[str]], bool]

    def fill(self, made: shown.Section, section: model.PublicationsSection) -> shown.Section:
        """Return ``made`` with the publications of ``section``, not labelled yet."""
        design = self.design.over(section.show)
        references = self.references(section)
        papers = tuple(self._set(references, section, design))
        summary = None
        if design.summary is True and references:
            summary = verbatim(
                summarize(references, self.owned, language=self.language), section.place
            )
        return replace(
            made,
            summary=summary,
            numbering=section.numbering,
            items=papers
            if section.groups is None
            else self._parted(references, papers, section.groups),
        )

    def references(self, section: model.PublicationsSection) -> list[Reference]:
        """Return what a section shows, in its order.

        Raises:
            ProfileError: for keys that are not in the bibliography.
        """
        entries = section.entries
        said = {entry.key: entry for entry in entries or ()}
        keys = None if entries is None else [(entry.key, entry.place) for entry in entries]
        found = [
            each
            for each in listed(self.works.references, keys)
            if self._may_show(each, said.get(each.key))
        ]
        return ordered(meeting(section, found, owned=self.owned), section.order)

    def owned(self, reference: Reference) -> frozenset[int]:
        """Return the positions, from 0, of the person among the authors of ``reference``."""
        return owner_positions(reference, owner(self.person, self.default_language))

    def _may_show(self, reference: Reference, entry: PublicationEntry | None) -> bool:
        return self.has_shown_tags(entry_tags(reference)) and (
            entry is None or self.is_shown(entry)
        )

    def _set(
        self,
        references: Sequence[Reference],
        section: model.PublicationsSection,
        design: model.PublicationDesign,
    ) -> Iterator[shown.Publication]:
        entries = {entry.key: entry for entry in section.entries or ()}
        setting = _setting(design, self.language)
        me = owner(self.person, self.default_language)
        citations: Sequence[Inline] = [()] * len(references)
        is_cited = design.style not in {None, HOUSE_STYLE}
        if is_cited:
            citations = self.works.styles[design.style or ""].cite(references, owner=self.owned)
        for reference, citation in zip(references, citations, strict=True):
            entry = entries.get(reference.key)
            made = publication(
                reference,
                owner=me,
                setting=setting,
                rank=Rank() if entry is None else rank(entry),
                place=reference.place,
            )
            if is_cited:
                made = _cited(made, citation)
            prefix = section.labels.get(reference.kind, section.labels.get(type_of(reference)))
            yield replace(made, prefix=prefix or section.labels.get(REST, ""))

    def _parted(
        self,
        references: Sequence[Reference],
        papers: Sequence[shown.Publication],
        group: PublicationGrouping,
    ) -> tuple[shown.PublicationGroup, ...]:
        by_key = {paper.key: paper for paper in papers}
        made: dict[str, shown.PublicationGroup] = {}
        for name, part in parted(references, group.by, list(group.headings)).items():
            title = self._heading(name, group)
            known = made.get(title.plain, shown.PublicationGroup(title=title, place=group.place))
            items = (*known.items, *(by_key[each.key] for each in part))
            made[title.plain] = replace(known, items=items)
        return tuple(made.values())

    def _heading(self, name: str, group: PublicationGrouping) -> Phrase:
        if name in group.headings:
            return group.headings[name].in_language(self.language)
        return verbatim(heading(name, by=group.by, language=self.language), group.place)


def meeting(
    section: model.PublicationsSection,
    references: Sequence[Reference],
    *,
    owned: Callable[[Reference], frozenset[int]],
) -> list[Reference]:
    """Return those of ``references`` that meet what ``section`` chooses by."""
    wanted = section.choose
    choice = Choice(
        types=wanted.types,
        keywords=wanted.keywords,
        tags=wanted.tags,
        years=(None, None) if wanted.years is None else year_range(wanted.years),
        positions=wanted.position,
        venues=wanted.venues,
        selected=wanted.selected,
    )
    tags = {entry.key: entry.tags for entry in section.entries or ()}
    return chosen(references, choice, owned=owned, tags=lambda each: tags.get(each.key, ()))


def owner(person: model.Person, language: str) -> Owner:
    """Return all forms of the person's name that the profile gives."""
    texts = (text for text in (person.name, person.native_name) if text is not None)
    names = (
        text.in_language(each).plain
        for text in texts
        for each in sorted(text.languages()) or [language]
    )
    return Owner((*names, *person.aliases))


def _cited(made: shown.Publication, citation: Inline) -> shown.Publication:
    """Return a publication in a citation style, without short links that the style has printed."""
    printed = {link.target for link in inline_links(citation)}
    further = tuple(link for link in made.links if link.target not in printed)
    return replace(
        made, citation=citation, links=further, authors=(), venue=(), link=None, marks=frozenset()
    )


def rank(part: model.Selectable) -> Rank:
    """Return how much the author wants a part."""
    return Rank(part.priority, part.keep, part.group)


def _setting(design: model.PublicationDesign, language: str) -> Setting:
    limit = design.authors
    return Setting(
        language=language,
        abstracts=design.abstracts is True,
        authors=None if limit is None else AuthorLimit(limit.most, limit.first, limit.last),
        links=("title",) if design.links is None else design.links,
        venues=design.venues or "both",
    )
