"""What an entry lacks that every publication needs: a title, and somebody who made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.bibliography.reading import xdata
from cvforge.bibliography.reference import leading

if TYPE_CHECKING:
    from cvforge.bibliography.reading.drafts import Draft
    from cvforge.bibliography.reading.findings import Findings

# Entries that a body may have made, and the fields that name it.
_BODIES = ("organization", "institution", "publisher")
_OF_BODIES = frozenset(
    {"booklet", "collection", "dataset", "electronic", "manual", "misc", "mvcollection"}
    | {"mvproceedings", "mvreference", "online", "periodical", "proceedings", "reference"}
    | {"report", "software", "standard", "techreport", "unpublished", "www"}
)


def check_complete(entry: Draft, findings: Findings, *, is_parent: bool) -> None:
    """Note what ``entry`` lacks; of one with findings, it may stand in what was not understood."""
    if entry.faulty or findings.is_faulty(entry.place) or entry.kind == xdata.KIND:
        return
    findings.about(entry.place, entry.key)
    titles = ("title", "booktitle") if is_parent else ("title",)
    if not any(entry.fields.get(name) for name in titles):
        findings.add(
            "missing-title",
            f'the entry "{entry.key}" has no title',
            entry.place,
            "add title = {…}",
        )
    if not is_parent and not _has_maker(entry):
        findings.warn(
            "missing-author",
            f'the entry "{entry.key}" has no author',
            entry.place,
            "add author = {…} or editor = {…}",
        )


def _has_maker(entry: Draft) -> bool:
    if leading(entry.kind, entry.names):
        return True
    if entry.kind == "patent":
        return "holder" in entry.names
    return entry.kind in _OF_BODIES and any(name in entry.fields for name in _BODIES)
