"""What publications sections choose by, held against the bibliography: anything misspelt?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.bibliography.owner import Owner, owner_findings, owner_positions
from cvforge.bibliography.select import TYPES, entry_tags, keywords, listed
from cvforge.diagnostics import Diagnostic, Severity, did_you_mean
from cvforge.errors import ProfileError
from cvforge.profile.model import PublicationsSection
from cvforge.profile.references import items
from cvforge.profile.source import SourceMapping, SourceText
from cvforge.publications import meeting, owner

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cvforge.bibliography.reference import Reference
    from cvforge.profile.load import LoadedProfile
    from cvforge.profile.source import SourceNode


def check_choices(
    loaded: LoadedProfile, library: Mapping[str, Reference]
) -> tuple[Diagnostic, ...]:
    """Return what is doubtful about the choices of a profile whose keys are all in ``library``.

    That is a section of which nothing is left, and an author who may or may not be the person.

    Raises:
        ProfileError: for every type, keyword and tag to choose by that no entry has.
    """
    me = owner(loaded.profile.person, loaded.profile.language)
    written = items(loaded.tree.get("sections"))
    found: dict[Diagnostic, None] = {}
    for section, node in zip(loaded.profile.sections, written, strict=True):
        if isinstance(section, PublicationsSection):
            choose = node.get("choose") if isinstance(node, SourceMapping) else None
            found |= dict.fromkeys(_findings(section, choose, library, me))
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    if errors:
        raise ProfileError(errors)
    return tuple(found)


def chosen_keys(loaded: LoadedProfile, library: Mapping[str, Reference]) -> set[str]:
    """Return the keys that at least one publications section shows in some variant."""
    me = owner(loaded.profile.person, loaded.profile.language)
    return {
        each.key
        for section in loaded.profile.sections
        if isinstance(section, PublicationsSection)
        for each in _meeting(section, library, me)
    }


def _meeting(
    section: PublicationsSection, library: Mapping[str, Reference], me: Owner
) -> list[Reference]:
    return meeting(section, _listed(section, library), owned=lambda each: owner_positions(each, me))


def _listed(section: PublicationsSection, library: Mapping[str, Reference]) -> list[Reference]:
    keys = None if section.entries is None else [(each.key, None) for each in section.entries]
    return listed(library, keys)


def _findings(
    section: PublicationsSection,
    choose: SourceNode | None,
    library: Mapping[str, Reference],
    me: Owner,
) -> Iterator[Diagnostic]:
    references = _listed(section, library)
    unknown = list(_unknown_values(section, choose, references)) if references else []
    yield from unknown
    left = _meeting(section, library, me)
    if references and not left and not unknown:
        yield _nothing_left(section)
    yield from owner_findings(left, me)


def _unknown_values(
    section: PublicationsSection, choose: SourceNode | None, references: Sequence[Reference]
) -> Iterator[Diagnostic]:
    given = {tag for entry in section.entries or () for tag in entry.tags}
    known = {
        "types": TYPES | {each.kind for each in references},
        "keywords": {word for each in references for word in keywords(each)},
        "tags": given | {tag for each in references for tag in entry_tags(each)},
    }
    for name, values in known.items():
        folded = {value.casefold() for value in values}
        for value in _texts(choose, name):
            if value.casefold() not in folded:
                yield Diagnostic(
                    "unknown-choice",
                    f'no entry of this list has the {name.removesuffix("s")} "{value}"',
                    value.place,
                    did_you_mean(value, values),
                )


def _texts(choose: SourceNode | None, name: str) -> Iterator[SourceText]:
    value = choose.get(name) if isinstance(choose, SourceMapping) else None
    values = [value] if isinstance(value, SourceText) else items(value)
    return (each for each in values if isinstance(each, SourceText))


def _nothing_left(section: PublicationsSection) -> Diagnostic:
    return Diagnostic(
        "empty-choice",
        f'no entry of the bibliography meets all conditions of "{section.id}"',
        section.choose.place or section.place,
        'take a condition out of "choose"; an empty section is not shown',
        Severity.WARNING,
    )
