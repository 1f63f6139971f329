"""What the parts of a profile say about each other: ids, tags, variants, languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.diagnostics import Diagnostic, did_you_mean
from cvforge.profile.base import ProfileModel, Selectable, is_bare_text
from cvforge.profile.model import Profile, Variant
from cvforge.profile.source import SourceList, SourceMapping, SourceNode, SourceText
from cvforge.profile.text import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

BUILT_IN_VARIANTS = ("one-page", "full")
_CHILDREN = ("paragraphs", "bullets", "entries", "roles")


def reference_findings(tree: SourceMapping) -> list[Diagnostic]:
    """Return what is wrong between the parts of ``tree``, which need not be valid in itself."""
    sections = [s for s in items(tree.get("sections")) if isinstance(s, SourceMapping)]
    parts = [part for section in sections for part in _parts(section)]
    return [
        *_duplicate_ids(parts),
        *_unknown_variants(parts, _variants(tree)),
        *_missing_bibliography(tree, sections),
        *(
            finding
            for variant in _variants(tree).values()
            for finding in (
                *_unknown_sections(variant, _texts_at(sections, "id")),
                *_unknown_tags(variant, _tags(parts)),
            )
        ),
    ]


def variant_names(profile: Profile) -> tuple[str, ...]:
    """Return the names of all variants: the built-in ones first, then the author's."""
    return tuple(dict.fromkeys((*BUILT_IN_VARIANTS, *profile.variants)))


def language_findings(profile: Profile) -> list[Diagnostic]:
    """Return the texts that a variant needs in a language in which they are not given."""
    every = (text for part in (profile.person, *profile.sections) for text in _texts_of(part, None))
    if not any(text.languages() for text in every):
        return []
    needed: dict[tuple[Text, str], list[str]] = {}
    for name in variant_names(profile):
        variant = profile.variants.get(name, Variant())
        language = profile.language if variant.language is None else variant.language
        for text in _shown_texts(profile, name, chosen=variant.sections):
            if text.languages() and language not in text.languages():
                needed.setdefault((text, language), []).append(name)
    return [_missing_language(text, tag, names) for (text, tag), names in needed.items()]


def items(node: SourceNode | None) -> list[SourceNode]:
    """Return the items of a list; none of anything else."""
    return node if isinstance(node, SourceList) else []


def _texts(node: SourceNode | None) -> list[SourceText]:
    return [item for item in items(node) if isinstance(item, SourceText)]


def _texts_at(parts: Collection[SourceMapping], key: str) -> list[SourceText]:
    values = (part.get(key) for part in parts)
    return [value for value in values if isinstance(value, SourceText)]


def _parts(part: SourceMapping) -> Iterator[SourceMapping]:
    """Yield ``part`` and every section, entry, role and bullet below it."""
    yield part
    for key in _CHILDREN:
        for item in items(part.get(key)):
            if isinstance(item, SourceMapping) and not is_bare_text(item):
                yield from _parts(item)


def _variants(tree: SourceMapping) -> dict[str, SourceMapping]:
    built_in = {name: SourceMapping(tree.place) for name in BUILT_IN_VARIANTS}
    written = tree.get("variants")
    if not isinstance(written, SourceMapping):
        return built_in
    return built_in | {k: v for k, v in written.items() if isinstance(v, SourceMapping)}


def _tags(parts: Collection[SourceMapping]) -> set[str]:
    return {tag for part in parts for tag in _texts(part.get("tags"))}


def _duplicate_ids(parts: Collection[SourceMapping]) -> Iterator[Diagnostic]:
    first: dict[str, SourceText] = {}
    for name in _texts_at(parts, "id"):
        if name in first:
            yield Diagnostic(
                "duplicate-id",
                f'the id "{name}" stands twice',
                name.place,
                f"the first one is in line {first[name].place.line}; give this one another name",
            )
        first.setdefault(name, name)


def _unknown(
    kind: str, names: Collection[SourceText], known: Collection[str]
) -> Iterator[Diagnostic]:
    for name in names:
        if name not in known:
            yield Diagnostic(
                f"unknown-{kind}",
                f'there is no {kind} "{name}"',
                name.place,
                did_you_mean(name, known),
            )


def _unknown_variants(
    parts: Collection[SourceMapping], variants: Collection[str]
) -> Iterator[Diagnostic]:
    for part in parts:
        for key in ("only", "except"):
            yield from _unknown("variant", _texts(part.get(key)), variants)


def _unknown_sections(variant: SourceMapping, ids: Collection[str]) -> Iterator[Diagnostic]:
    chosen = _texts(variant.get("sections"))
    yield from _unknown("section", chosen, ids)
    yield from _repeated(chosen)
    fit = variant.get("fit")
    weights = fit.get("weights") if isinstance(fit, SourceMapping) else None
    for named in (variant.get("limits"), weights):
        if isinstance(named, SourceMapping):
            yield from _unknown("section", [k for k in named if isinstance(k, SourceText)], ids)


def _repeated(chosen: list[SourceText]) -> Iterator[Diagnostic]:
    for position, name in enumerate(chosen):
        if name in chosen[:position]:
            yield Diagnostic(
                "repeated-section",
                f'the section "{name}" is chosen twice',
                name.place,
                "leave one of them out",
            )


def _unknown_tags(variant: SourceMapping, tags: Collection[str]) -> Iterator[Diagnostic]:
    for key in ("include", "exclude"):
        for finding in _unknown("tag", _texts(variant.get(key)), tags):
            yield finding if tags else _without_tags(finding)


def _without_tags(finding: Diagnostic) -> Diagnostic:
    hint = 'no part of the profile has "tags" yet'
    return Diagnostic(finding.code, finding.message, finding.place, hint)


def _missing_bibliography(
    tree: SourceMapping, sections: Collection[SourceMapping]
) -> Iterator[Diagnostic]:
    if "bibliography" in tree:
        return
    for kind in _texts_at(sections, "kind"):
        if kind == "publications":
            yield Diagnostic(
                "missing-bibliography",
                "a list of publications needs a bibliography",
                kind.place,
                'add "bibliography: NAME.bib" above "sections:"',
            )


def _shown_texts(
    profile: Profile, variant: str, *, chosen: tuple[str, ...] | None
) -> Iterator[Text]:
    """Yield the texts that ``variant`` may show; what its tags leave out is not considered."""
    yield from _texts_of(profile.person, variant)
    for section in profile.sections:
        if (chosen is None or section.id in chosen) and _may_show(section, variant):
            yield from _texts_of(section, variant)


def _texts_of(part: ProfileModel, variant: str | None) -> Iterator[Text]:
    """Yield the texts of a part, and of what is below it in one variant; None is in any."""
    for value in vars(part).values():
        members = value.values() if isinstance(value, dict) else value
        for item in members if isinstance(value, dict | tuple) else (value,):
            if isinstance(item, Text):
                yield item
            elif isinstance(item, ProfileModel) and _may_show(item, variant):
                yield from _texts_of(item, variant)


def _may_show(part: ProfileModel, variant: str | None) -> bool:
    if variant is None or not isinstance(part, Selectable):
        return True
    return variant not in part.except_ and (part.only is None or variant in part.only)


def _missing_language(text: Text, language: str, variants: list[str]) -> Diagnostic:
    given = ", ".join(sorted(text.languages()))
    names = ", ".join(variants)
    return Diagnostic(
        "missing-language",
        f'this text is given in {given}, but not in "{language}" as needed for {names}',
        text.place,
        f'add "{language}: …" beside it',
    )
