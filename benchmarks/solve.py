"""How long the exact choice takes: 300 blocks at five densities, on many documents."""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from large import document

from cvforge.fit.solve import solve

DOCUMENTS = 40
LEADINGS = (142, 133, 124, 116, 109)  # of the densities, in tenths of a point


def main() -> None:
    """Print the median and the spread over the documents."""
    seconds = [_seconds(seed) for seed in range(DOCUMENTS)]
    low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
    print(  # noqa: T201  this is the benchmark's output
        f"choice among 300 blocks at 5 densities, {DOCUMENTS} documents: "
        f"{middle * 1000:.0f} ms ({low * 1000:.0f} to {high * 1000:.0f})"
    )


def _seconds(seed: int) -> float:
    cases = [document(seed=seed, blocks=300, line=leading) for leading in LEADINGS]
    start = time.process_time()
    for problem, measure in cases:
        solve(problem, measure)
    return time.process_time() - start


if __name__ == "__main__":
    main()
