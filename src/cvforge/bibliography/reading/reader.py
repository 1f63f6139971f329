"""Reads `.bib` files into references: decoded, inherited, complete, or refused with every place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cvforge.bibliography.reading.completeness import check_complete
from cvforge.bibliography.reading.crossref import inherit
from cvforge.bibliography.reading.drafts import Draft, draft
from cvforge.bibliography.reading.entries import Entries, entries
from cvforge.bibliography.reading.extracts import Extracts, extracts
from cvforge.bibliography.reading.findings import Findings
from cvforge.bibliography.reading.grammar import BibEntry, BibString, blocks
from cvforge.bibliography.reading.sets import represent
from cvforge.bibliography.reading.source import read_source
from cvforge.bibliography.reading.values import Strings
from cvforge.bibliography.reading.xdata import KIND as XDATA
from cvforge.bibliography.reading.xdata import take_in
from cvforge.bibliography.reference import Reference
from cvforge.bibliography.references import References
from cvforge.bibliography.spans import titled
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from cvforge.bibliography.reading.scan import Extract
    from cvforge.bibliography.reading.source import Source
    from cvforge.bibliography.reading.wanted import Wanted
    from cvforge.bibliography.select import Choice
    from cvforge.diagnostics import Diagnostic, Place


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What was read: the references by key, and the warnings about the files.

    The references stand in the order of the files and of the entries in them. ``left_out`` are
    the keys of entries that could not be read, which only a lenient reading passes over.
    ``known`` are the keys of all entries, those that were not wanted among them.
    """

    references: References
    findings: tuple[Diagnostic, ...] = ()
    left_out: frozenset[str] = frozenset()
    known: tuple[str, ...] = ()


def read_bibliography(
    files: Sequence[tuple[str, bytes]],
    *,
    wanted: Collection[str] | None = None,
    choices: Collection[Choice] = (),
    lenient: bool = False,
) -> Bibliography:
    """Return the references by key, in the order of the files and of the entries in them.

    ``files`` are pairs of the name that the user knows and the content. Strings defined in
    one file hold in the following ones; a key may stand only once in all of them.

    With ``wanted``, only these keys are read and what may meet one of ``choices``, and what they
    take their missing fields from; of the other entries only the grammar is checked. With
    ``lenient``, an entry with errors is left out,
    as is what takes anything from it, and the errors are warnings that say so.

    Raises:
        BibliographyError: with every finding in every file.
    """
    findings = Findings()
    read = [read_source(*file, findings, lenient=lenient) for file in files]
    sources = [source for source in read if source is not None]
    part = extracts(sources, wanted, findings, choices=choices)
    places, drafts = _drafts(sources, part, findings)
    found = represent(inherit(take_in(entries(drafts, findings), findings), findings), findings)
    above = _hidden(found, part.parents)
    for key, entry in found.by_key.items():
        check_complete(entry, findings, is_parent=key in above)
    if lenient:
        _spread_faults(found, findings)
    warnings = findings.settled(lenient=lenient)
    made = {
        key: _reference(entry, is_parent=key in above)
        for key, entry in found.by_key.items()
        if not findings.is_faulty(entry.place)
    }
    aliases = {alias: key for alias, key in found.aliases.items() if key in made}
    left_out = findings.faulty_keys() - made.keys()
    known = dict.fromkeys([*places, *aliases, *part.left])
    return Bibliography(References(made, aliases), warnings, left_out, tuple(known))


def _drafts(
    sources: Sequence[Source], found: Extracts, findings: Findings
) -> tuple[dict[str, Place], dict[str, Draft]]:
    """Return where each entry that was parsed stands, and those that are wanted, decoded."""
    strings = Strings(findings)
    places: dict[str, Place] = {}
    drafts: dict[str, Draft] = {}
    for block in _blocks(sources, found.parts, findings):
        if isinstance(block, BibString):
            strings.define(block)
        elif block.key in places:
            _find_duplicate(block, places[block.key], findings)
            strings.check(block)
        else:
            places[block.key] = block.place
            if found.wanted is None or _is_wanted(block, found.wanted):
                drafts[block.key] = _draft(block, strings, findings)
            else:
                strings.check(block)
    return places, drafts


def _blocks(
    sources: Sequence[Source], parts: Sequence[Extract], findings: Findings
) -> Iterator[BibEntry | BibString]:
    for source, part in zip(sources, parts, strict=True):
        yield from blocks(source, findings, extract=part)


def _is_wanted(entry: BibEntry, wanted: Wanted) -> bool:
    aliases = [field.text.strip('{} \t\n"') for field in entry.fields if field.name == "ids"]
    return wanted.has(entry.key, ",".join(aliases))


def _draft(entry: BibEntry, strings: Strings, findings: Findings) -> Draft:
    made = draft(entry, strings, findings)
    return replace(made, faulty=made.faulty or findings.is_faulty(entry.place))


def _find_duplicate(entry: BibEntry, first: Place, findings: Findings) -> None:
    findings.add(
        "duplicate-key",
        f'the key "{entry.key}" stands twice',
        entry.place,
        f"the first one is in {first.file}, line {first.line}; "
        "keep one of them, or give this one another key",
    )


def _hidden(found: Entries, above_others: Collection[str]) -> frozenset[str]:
    """Return the keys of entries that others take their fields from, or stand for."""
    hidden = {found.aliases.get(key, key) for key in above_others}
    for entry in found.by_key.values():
        named = [entry.raw["crossref"]] if "crossref" in entry.raw else []
        named += [key for key, _ in entry.listed("entryset")]
        hidden.update(found.aliases.get(key, key) for key in named)
    return frozenset(hidden) | {k for k, entry in found.by_key.items() if entry.kind == XDATA}


def _spread_faults(found: Entries, findings: Findings) -> None:
    """Note what lost something though nothing is wrong with itself: it is left out as well."""
    faulty = {k for k, e in found.by_key.items() if e.faulty or findings.is_faulty(e.place)}
    for key, entry in found.by_key.items():
        if findings.is_faulty(entry.place):
            continue
        broken = sorted(entry.sources & faulty)
        if not broken and key not in faulty:
            continue
        what = f'the entry "{broken[0]}"' if broken else "a string"
        findings.about(entry.place, key)
        findings.add(
            "broken-source",
            f'"{key}" uses {what}, which is not understood',
            entry.place,
            "mend that first",
        )


def _reference(entry: Draft, *, is_parent: bool) -> Reference:
    title = entry.fields.get("title", entry.fields.get("booktitle", ()))
    return Reference(
        key=entry.key,
        kind=entry.kind,
        title=titled(title, entry.fields.get("subtitle", ())),
        names=dict(entry.names),
        fields={name: content for name, content in entry.fields.items() if name != "title"},
        raw=dict(entry.raw),
        place=entry.place,
        is_parent=is_parent,
    )
