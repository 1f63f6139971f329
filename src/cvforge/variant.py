"""A profile seen through one variant: which parts, in which order and language."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from cvforge import cv as shown
from cvforge.bibliography.house.style import legend
from cvforge.bibliography.numbering import labelled, widest
from cvforge.cv import Cv, Keep
from cvforge.diagnostics import did_you_mean
from cvforge.errors import ProfileError
from cvforge.frozen import dataclass
from cvforge.inline import Phrase, verbatim
from cvforge.profile import model
from cvforge.profile.dates import shown_period
from cvforge.profile.references import variant_names
from cvforge.profile.telephone import telephone_url
from cvforge.publications import Publications, rank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cvforge.profile.text import Text
    from cvforge.publications import Works

# These exist without being written; a variant of the same name is read on top of its own.
BUILT_IN = {
    "one-page": model.Variant.model_construct(pages=1),
    "full": model.Variant.model_construct(),
}

S = TypeVar("S", bound=model.Selectable)


def find_variant(profile: model.Profile, name: str) -> model.Variant:
    """Return the variant ``name`` of a profile.

    Raises:
        ProfileError: when there is none of that name.
    """
    known = variant_names(profile)
    if name not in known:
        raise ProfileError.one(
            "unknown-variant", f'there is no variant "{name}"', hint=did_you_mean(name, known)
        )
    written = profile.variants.get(name)
    if written is None:
        return BUILT_IN[name]
    built_in = BUILT_IN.get(name)
    if built_in is None or written.pages is not None:
        return written
    return written.model_copy(update={"pages": built_in.pages})


def show(
    profile: model.Profile,
    name: str,
    *,
    works: Works,
    variant: model.Variant | None = None,
    photo: shown.Photo | None = None,
) -> Cv:
    """Return all that the variant ``name`` may show; what is left out for want of room comes later.

    ``variant`` stands in place of the one that the profile has under that name. ``photo`` is what
    it shows of the person.
    """
    variant = variant or find_variant(profile, name)
    language = variant.language or profile.language
    view = _View(profile, variant, name, language, works)
    design = shown.Design(
        paper=variant.design.paper or profile.design.paper or "a4",
        density=variant.design.density or profile.design.density or "regular",
    )
    return Cv(
        variant=name,
        language=language,
        header=replace(view.header(), photo=photo),
        sections=tuple(view.sections()),
        design=design,
        pages=variant.pages,
    )


def finish(cv: Cv) -> Cv:
    """Label the publications that are left, and explain the marks that are used."""
    above = Counter[str]()
    sections = []
    for section in cv.sections:
        note = legend(tuple(section.publications), language=cv.language)
        sections.append(labelled(replace(section, note=note), above))
    return replace(cv, sections=tuple(sections), labels=cv.labels or widest(sections))


@dataclass(frozen=True, slots=True)
class _View:
    """Maps the parts of a profile to what one variant shows."""

    profile: model.Profile
    variant: model.Variant
    name: str
    language: str
    works: Works

    def header(self) -> shown.Header:
        person = self.profile.person
        return shown.Header(
            name=self._text(person.name),
            native_name=self._optional(person.native_name),
            headline=tuple(self._text(line) for line in person.headline),
            contacts=tuple(self._contacts(person)),
        )

    def _contacts(self, person: model.Person) -> Iterator[shown.Contact]:
        if person.location is not None:
            yield shown.Contact(self._text(person.location))
        targets: list[tuple[model.Contact | None, Callable[[str], str | None]]] = [
            (person.phone, telephone_url),
            (person.email, lambda value: f"mailto:{value}"),
            (person.website, _web_address),
            *((link, _only_web_address) for link in person.links),
        ]
        for contact, target in targets:
            if contact is not None:
                value = self._text(contact.value)
                url = contact.url or target(value.plain)
                yield shown.Contact(value, self._optional(contact.label), url)

    def sections(self) -> Iterator[shown.Section]:
        for section in self._ordered():
            made = shown.Section(
                id=section.id,
                title=self._text(section.title),
                rank=rank(section),
                place=section.place,
            )
            if isinstance(section, model.PublicationsSection):
                made = self._publications().fill(made, section)
            else:
                made = replace(made, items=tuple(self._items(section)))
            if made.items:
                yield made

    def _publications(self) -> Publications:
        return Publications(
            person=self.profile.person,
            design=self.variant.publications,
            language=self.language,
            default_language=self.profile.language,
            works=self.works,
            is_shown=self._is_shown,
            has_shown_tags=self._has_shown_tags,
        )

    def _ordered(self) -> Iterator[model.Section]:
        wanted = self.variant.sections
        by_id = {section.id: section for section in self.profile.sections}
        for section_id in by_id if wanted is None else wanted:
            if self._is_shown(by_id[section_id]):
                yield by_id[section_id]

    def _items(self, section: model.Section) -> Iterator[shown.Item]:
        match section:
            case model.TextSection():
                for passage in self._chosen(section.paragraphs):
                    yield shown.Paragraph(
                        text=self._text(passage.text), rank=rank(passage), place=passage.place
                    )
                yield from self._bullets(section.bullets)
            case model.BulletsSection():
                yield from self._bullets(section.bullets)
            case model.TimelineSection():
                yield from (self._entry(entry) for entry in self._chosen(section.entries))
            case model.OneLinersSection():
                yield from (self._one_liner(entry) for entry in self._chosen(section.entries))
            case model.LabelledSection():
                yield from (self._labelled(entry) for entry in self._chosen(section.entries))

    def _bullets(self, passages: Sequence[model.Passage]) -> tuple[shown.Bullet, ...]:
        return tuple(
            shown.Bullet(text=self._text(bullet.text), rank=rank(bullet), place=bullet.place)
            for bullet in self._chosen(passages)
        )

    def _entry(self, entry: model.TimelineEntry) -> shown.Entry:
        organization, title = self._optional(entry.organization), self._optional(entry.title)
        heading = organization or title
        if heading is None:
            raise AssertionError("the model requires organization or title")
        return shown.Entry(
            heading=heading,
            subheading=None if organization is None else title,
            date=self._date(entry),
            location=self._optional(entry.location),
            details=tuple(self._text(detail) for detail in entry.details),
            roles=tuple(self._role(role) for role in self._chosen(entry.roles)),
            bullets=self._bullets(entry.bullets),
            rank=rank(entry),
            place=entry.place,
        )

    def _role(self, role: model.Role) -> shown.Role:
        return shown.Role(
            title=self._text(role.title),
            date=self._date(role),
            bullets=self._bullets(role.bullets),
            rank=rank(role),
            place=role.place,
        )

    def _one_liner(self, entry: model.OneLiner) -> shown.OneLiner:
        return shown.OneLiner(
            text=self._text(entry.text),
            date=self._date(entry),
            rank=rank(entry),
            place=entry.place,
        )

    def _labelled(self, entry: model.LabelledEntry) -> shown.Labelled:
        return shown.Labelled(
            label=self._text(entry.label),
            text=self._text(entry.text),
            rank=rank(entry),
            place=entry.place,
        )

    def _chosen(self, parts: Sequence[S]) -> Iterator[S]:
        return (part for part in parts if self._is_shown(part))

    def _is_shown(self, part: model.Selectable) -> bool:
        if part.keep is Keep.NEVER or self.name in part.except_:
            return False
        if part.only is not None and self.name not in part.only:
            return False
        return self._has_shown_tags(part.tags)

    def _has_shown_tags(self, tags: Sequence[str]) -> bool:
        if not set(tags).isdisjoint(self.variant.exclude):
            return False
        include = self.variant.include
        return include is None or not tags or not set(tags).isdisjoint(include)

    def _date(self, part: model.Dated) -> Phrase | None:
        if part.start is not None:
            period = shown_period(part.start, part.end, self.language)
            return verbatim(period, part.start.place)
        if part.date is not None:
            return verbatim(part.date.shown(self.language), part.date.place)
        return None

    def _text(self, text: Text) -> Phrase:
        return text.in_language(self.language)

    def _optional(self, text: Text | None) -> Phrase | None:
        return None if text is None else self._text(text)


def _web_address(value: str) -> str:
    return value if "://" in value else f"https://{value}"


def _only_web_address(value: str) -> str | None:
    return value if value.startswith(("https://", "http://")) else None
