"""How long the exact choice takes: 300 blocks at five densities, on many documents."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from benchmarks.bench import ROOT
from benchmarks.page import Findings, Row, Topic
from benchmarks.samples import Samples, Unit
from cvforge.fit.solve import solve

if TYPE_CHECKING:
    from benchmarks.bench import Bench

sys.path.insert(0, str(ROOT / "tests"))

from large import document

DOCUMENTS = 40
BLOCKS = 300
LEADINGS = (142, 133, 124, 116, 109)  # of the densities, in tenths of a point


def measure(bench: Bench) -> Findings:
    """Measure each document once."""
    seconds = tuple(_seconds(seed) for seed in range(bench.rounds(DOCUMENTS)))
    row = Row(f"choice among {BLOCKS} blocks, five densities", Samples(seconds), Unit.MILLISECONDS)
    return Findings([row])


def _seconds(seed: int) -> float:
    cases = [document(seed=seed, blocks=BLOCKS, line=leading) for leading in LEADINGS]
    start = time.process_time()
    for problem, measured in cases:
        solve(problem, measured)
    return time.process_time() - start


TOPIC = Topic(
    "Choosing what fits",
    "The exact choice alone, in process time: each run is another long document, larger than most"
    " CVs, which has to lose more than half of its blocks.",
    measure,
)
