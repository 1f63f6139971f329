"""The page that the bench writes: bars and whether they are met, medians, spreads, the machine."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from benchmarks.bench import Bench
    from benchmarks.samples import Samples, Unit

OPENING = """\
# What things cost

`make bench` writes this page. All numbers on it were measured in one run on one machine, most of
them as whole processes, from their start to their end. What is compared was run by turns, so that
noise meets all alike, and a ratio is the median of the ratios of all turns. Before each the disk
has taken what others wrote. Times depend on the machine; ratios less so.
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """A number that cvforge wants to stay under, or above with ``is_least``."""

    what: str
    limit: float
    unit: Unit
    is_least: bool = False

    def is_met(self, measured: Samples) -> bool:
        """Say whether the median is on the right side."""
        if self.is_least:
            return measured.median >= self.limit
        return measured.median <= self.limit


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was measured."""

    what: str
    samples: Samples
    unit: Unit


@dataclass(frozen=True, slots=True)
class Findings:
    """What came of measuring one topic; ``notes`` are sentences about this run."""

    rows: Sequence[Row]
    bars: Mapping[Bar, Samples] = field(default_factory=dict)
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """What is measured, how, and what is hoped for."""

    title: str
    how: str
    measure: Callable[[Bench], Findings]
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A topic with its findings, or with the reason why there are none."""

    topic: Topic
    findings: Findings | None
    failure: str = ""


def page(chapters: Sequence[Chapter], machine: Mapping[str, str]) -> str:
    """Return the page in Markdown."""
    parts = [OPENING, bars(chapters), *(chapter(each) for each in chapters), facts(machine)]
    return "\n".join(parts)


def bars(chapters: Iterable[Chapter]) -> str:
    """Return the table of all bars."""
    rows = [row for each in chapters for row in _bar_rows(each)]
    return _table(("what", "bar", "measured (spread)", "met"), rows)


def _bar_rows(each: Chapter) -> Iterator[tuple[str, ...]]:
    for bar in each.topic.bars:
        limit = f"at {'least' if bar.is_least else 'most'} {bar.unit.shown(bar.limit)}"
        measured = None if each.findings is None else each.findings.bars.get(bar)
        if measured is None:
            yield bar.what, limit, "not measured", ""
        else:
            found = f"{bar.unit.shown(measured.median)} ({measured.spread(bar.unit)})"
            yield bar.what, limit, found, "yes" if bar.is_met(measured) else "**no**"


def chapter(each: Chapter) -> str:
    """Return what was measured of one topic."""
    heading = f"## {each.topic.title}\n\n{_paragraph(each.topic.how)}"
    if each.findings is None:
        return f"{heading}\n{_paragraph(f'Not measured in this run: {each.failure}.')}"
    rows = [
        (
            row.what,
            row.unit.shown(row.samples.median),
            row.samples.spread(row.unit),
            str(len(row.samples.values)),
        )
        for row in each.findings.rows
    ]
    notes = "".join(f"\n{_paragraph(note)}" for note in each.findings.notes)
    return f"{heading}\n{_table(('what', 'median', 'spread', 'runs'), rows)}{notes}"


def facts(machine: Mapping[str, str]) -> str:
    """Return what this was measured on."""
    return f"## The machine\n\n{_table(('what', 'which'), list(machine.items()))}"


def _paragraph(text: str) -> str:
    return textwrap.fill(text, 100, break_long_words=False, break_on_hyphens=False) + "\n"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
