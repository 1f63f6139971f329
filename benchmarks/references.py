"""A bibliography of thousands of entries, of which a few are shown."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from benchmarks.bibliography import CHOSEN, ENTRIES, bibliography, measured
from benchmarks.page import Findings, Row, Topic
from benchmarks.samples import Samples, Unit

if TYPE_CHECKING:
    from benchmarks.bench import Bench

ROUNDS = 5
WAYS = {"keys": "listed by key", "year": "chosen by year", "all": "every entry read"}


def measure(bench: Bench) -> Findings:
    """Measure every way of choosing by turns: read for the first time, and read again."""
    folder = bench.place("references")
    (folder / "invented.bib").write_text(bibliography(Random(ENTRIES)), "utf-8")  # noqa: S311  no secret
    seconds: dict[str, list[float]] = {}
    for number in range(bench.rounds(ROUNDS)):
        for way, name in WAYS.items():
            for state in ("read for the first time", "read again"):
                taken, _ = measured(folder, way, number)
                seconds.setdefault(f"{name}, {state}", []).append(taken)
    return Findings(
        [Row(name, Samples(tuple(each)), Unit.MILLISECONDS) for name, each in seconds.items()]
    )


TOPIC = Topic(
    "A long bibliography",
    f"Reading a `.bib` file of {ENTRIES:,} entries and choosing {CHOSEN} of them, without starting"
    " Python and its imports.",
    measure,
)
