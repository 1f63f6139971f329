"""Reads `.bib` files into references: decoded, inherited, complete, or refused with every place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cvforge.bibliography.crossref import inherit, parents
from cvforge.bibliography.drafts import Draft, draft
from cvforge.bibliography.findings import Findings
from cvforge.bibliography.grammar import BibEntry, blocks
from cvforge.bibliography.reference import Reference, leading
from cvforge.bibliography.source import read_source
from cvforge.bibliography.spans import titled
from cvforge.bibliography.values import Strings

if TYPE_CHECKING:
    from collections.abc import Sequence


def read_bibliography(files: Sequence[tuple[str, bytes]]) -> dict[str, Reference]:
    """Return the references by key, in the order of the files and of the entries in them.

    ``files`` are pairs of the name that the user knows and the content. Strings defined in
    one file hold in the following ones; a key may stand only once in all of them.

    Raises:
        BibliographyError: with every finding in every file.
    """
    findings = Findings()
    drafts = inherit(_drafts(files, findings), findings)
    above = parents(drafts)
    for key, entry in drafts.items():
        _check_complete(entry, findings, is_parent=key in above)
    findings.raise_any()
    return {key: _reference(entry, is_parent=key in above) for key, entry in drafts.items()}


def _drafts(files: Sequence[tuple[str, bytes]], findings: Findings) -> dict[str, Draft]:
    strings = Strings(findings)
    drafts: dict[str, Draft] = {}
    for name, content in files:
        source = read_source(name, content, findings)
        found = len(findings)
        for block in () if source is None else blocks(source, findings):
            if not isinstance(block, BibEntry):
                strings.define(block)
            elif block.key in drafts:
                _find_duplicate(block, drafts[block.key], findings)
            else:
                made = draft(block, strings, findings)
                drafts[block.key] = replace(made, faulty=made.faulty or len(findings) > found)
            found = len(findings)
    return drafts


def _find_duplicate(entry: BibEntry, first: Draft, findings: Findings) -> None:
    findings.add(
        "duplicate-key",
        f'the key "{entry.key}" stands twice',
        entry.place,
        f"the first one is in {first.place.file}, line {first.place.line}; "
        "keep one of them, or give this one another key",
    )


def _check_complete(entry: Draft, findings: Findings, *, is_parent: bool) -> None:
    if entry.faulty:  # what lacks may stand in the part that was not understood
        return
    if not entry.fields.get("title"):
        findings.add(
            "missing-title",
            f'the entry "{entry.key}" has no title',
            entry.place,
            "add title = {…}",
        )
    if not leading(entry.kind, entry.names) and not is_parent:
        findings.add(
            "missing-author",
            f'the entry "{entry.key}" has no author',
            entry.place,
            "add author = {…} or editor = {…}",
        )


def _reference(entry: Draft, *, is_parent: bool) -> Reference:
    return Reference(
        key=entry.key,
        kind=entry.kind,
        title=titled(entry.fields["title"], entry.fields.get("subtitle", ())),
        names=dict(entry.names),
        fields={name: content for name, content in entry.fields.items() if name != "title"},
        raw=dict(entry.raw),
        place=entry.place,
        is_parent=is_parent,
    )
