"""The fields of all entries as they are typed, braces and macros included."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from cvforge.bibliography.reading.extracts import extracts
from cvforge.bibliography.reading.findings import Findings
from cvforge.bibliography.reading.grammar import BibBlock, BibEntry, blocks
from cvforge.bibliography.reading.source import read_source
from cvforge.bibliography.reading.values import Strings
from cvforge.errors import BibliographyError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cvforge.bibliography.reading.values import Value


def written(
    files: Sequence[tuple[str, bytes]],
) -> tuple[dict[str, Mapping[str, Value]], dict[str, int]]:
    """Return the values of each key's fields, and how many entries each file has.

    Of a key that stands twice the first entry counts; what is wrong with a value is the
    reader's to report, and the value is left out.
    """
    findings = Findings()
    strings = Strings(findings)
    values: dict[str, Mapping[str, Value]] = {}
    counts = dict.fromkeys((name for name, _content in files), 0)
    with suppress(BibliographyError):  # too many of them
        for block in _blocks(files, findings):
            if isinstance(block, BibEntry):
                counts[block.source.name] += 1
                values.setdefault(block.key, _values(block, strings))
            else:
                strings.define(block)
    return values, counts


def _blocks(files: Sequence[tuple[str, bytes]], findings: Findings) -> Iterator[BibBlock]:
    read = [read_source(*file, findings, lenient=True) for file in files]
    sources = [source for source in read if source is not None]
    parts = extracts(sources, None, findings).parts
    for source, part in zip(sources, parts, strict=True):
        yield from blocks(source, findings, extract=part)


def _values(entry: BibEntry, strings: Strings) -> dict[str, Value]:
    made = {field.name: strings.value(field, entry.source) for field in entry.fields}
    return {name: value for name, value in made.items() if value is not None and value.text.strip()}
