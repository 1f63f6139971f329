"""What of the files is read: no comments, and only the entries that are needed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from cvforge.bibliography.reading.grammar import written_entry
from cvforge.bibliography.reading.scan import Extract, Stretch, extract, held, laid_out, stretches
from cvforge.bibliography.reading.sketches import Sketch, hidden, may_be_chosen, sketch
from cvforge.bibliography.reading.wanted import Wanted, needed
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cvforge.bibliography.reading.findings import Findings
    from cvforge.bibliography.reading.source import Source
    from cvforge.bibliography.select import Choice


@dataclass(frozen=True, slots=True)
class Extracts:
    """An extract of each file, the keys that are read of it (None for all), and those left out.

    ``parents`` are the keys that entries which were left out take something from.
    """

    parts: tuple[Extract, ...]
    wanted: Wanted | None
    left: tuple[str, ...] = ()
    parents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Scanned:
    """A file, its text as the parser is to have it, and what is whole in it."""

    source: Source
    text: str
    whole: Sequence[Stretch]

    @property
    def entries(self) -> list[Stretch]:
        return [each for each in self.whole if each.key]


def extracts(
    sources: Sequence[Source],
    wanted: Collection[str] | None,
    findings: Findings,
    *,
    choices: Collection[Choice] = (),
) -> Extracts:
    """Return what of ``sources`` is read for the keys ``wanted`` and all that may meet ``choices``.

    An entry that is not needed is left out when it is whole, and no other one has its key.
    What reads like an entry inside of a comment is a finding.
    """
    files = [_scanned(source) for source in sources]
    for file in files:
        _report_held(file, findings)
    sketches = _sketches(files) if choices and wanted is not None else {}
    keys = None if wanted is None else _keys(files, wanted, sketches, choices)
    parts = tuple(_part(file, keys) for file in files)
    read = {each.key for part in parts for each in part.entries}
    whole = [each for file in files for each in file.entries if not each.stays]
    left = [each.key for each in whole if each.key not in read]
    sketched = [sketches[key] for key in left if key in sketches]
    aliases = [alias for each in sketched for alias in each.aliases]
    return Extracts(parts, None if choices else keys, (*left, *aliases), hidden(sketched))


def _scanned(source: Source) -> _Scanned:
    text = laid_out(source.text)
    whole = [
        each if source.is_clean(each.start, each.end) else replace(each, stays=True)
        for each in stretches(text)
    ]
    return _Scanned(source, text, whole)


def _sketches(files: Sequence[_Scanned]) -> dict[str, Sketch]:
    """Return what can be told of every entry whose key no other one has."""
    repeated = _repeated(files)
    return {
        each.key: sketch(written_entry(file.source, each))
        for file in files
        for each in file.entries
        if not each.stays and each.key not in repeated
    }


def _keys(
    files: Sequence[_Scanned],
    wanted: Collection[str],
    sketches: dict[str, Sketch],
    choices: Collection[Choice],
) -> Wanted | None:
    """Return the keys of all that is needed; None where that cannot be told."""
    spans = [(file.text, file.whole) for file in files]
    repeated = _repeated(files)
    if not choices:
        keys = needed(wanted, spans)
        return None if keys is None else keys.also(repeated)
    chosen = may_be_chosen(sketches, choices)
    if chosen is None:
        return None
    unsure = {each.key for file in files for each in file.entries if each.stays}
    return needed({*wanted, *chosen, *repeated, *unsure}, spans)


def _part(file: _Scanned, keys: Wanted | None) -> Extract:
    cut = [each for each in file.whole if not each.stays]
    read = [each for each in cut if each.key and (keys is None or each.key in keys.keys)]
    return extract(file.text, cut, read)


def _repeated(files: Sequence[_Scanned]) -> set[str]:
    times = Counter(each.key for file in files for each in file.entries)
    return {key for key, count in times.items() if count > 1}


def _report_held(file: _Scanned, findings: Findings) -> None:
    for comment in (each for each in file.whole if not each.key):
        for entry in held(file.text, comment):
            place = file.source.place(entry.offset, len(entry.head))
            findings.about(place, entry.key)
            findings.add(
                "bib-syntax",
                f"{entry.head.strip()} stands inside @comment, where BibTeX reads an entry"
                " and biber reads none",
                place,
                "remove the @ before its kind, or take it out of the comment",
            )
    findings.about(None)
