"""A hundred CVs in one command, and RenderCV's command once a CV."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from benchmarks import content, rendercv
from benchmarks.bench import CVFORGE, Bench, NotMeasuredError, by_turns, timed
from benchmarks.page import Bar, Findings, Row, Topic
from benchmarks.samples import Unit
from cvforge.pdf.inspection import page_count

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.peers import Peers

ROUNDS = 5
TEXT_LOST = 9  # the exit status when a PDF reads otherwise than its profile
FEWEST = 0.95  # of the CVs have to come
CVS = 100
RENDERED = 8  # of them by RenderCV, to know its rate
ALL, ONE, TWO = (
    "`cvforge build` of 100 profiles",
    "`rendercv render`, one after another",
    "`rendercv render`, two at a time",
)
AGAINST_RENDERCV = Bar(
    "100 CVs in one command, rate against RenderCV", 20.0, Unit.TIMES, is_least=True
)


def measure(bench: Bench) -> Findings:
    """Measure the rates by turns; each round has CVs of its own."""
    refused: list[int] = []
    actions = {ALL: lambda number: _rate(bench, number, refused)}
    peers = bench.peers
    if peers is not None:
        actions[ONE] = lambda number: _peer_rate(bench, peers, number, at_once=1)
        actions[TWO] = lambda number: _peer_rate(bench, peers, number, at_once=2)
    rates = by_turns(bench.rounds(ROUNDS), actions)
    bars = {} if ONE not in rates else {AGAINST_RENDERCV: rates[ALL].over(rates[ONE])}
    rows = [Row(name, rate, Unit.PER_SECOND) for name, rate in rates.items()]
    asked = CVS * bench.rounds(ROUNDS)
    note = f"Of {asked} CVs cvforge refused {sum(refused)}, whose text a machine would misread."
    return Findings(rows, bars, [note] if any(refused) else [])


def _rate(bench: Bench, number: int, refused: list[int]) -> float:
    """Return how many CVs came in a second, and add to ``refused`` how many did not."""
    folder = bench.place(f"batch/{number}")
    names = [
        content.content(seed).write(folder, f"cv{seed}").name
        for seed in range(number * CVS, (number + 1) * CVS)
    ]
    command = [CVFORGE, "build", *names, "--variant", content.VARIANT, "--quiet"]
    seconds = timed(command, folder=folder, home=bench.home, accepted=(0, TEXT_LOST))
    pages = [page_count(path.read_bytes()) for path in (folder / "build").glob("*.pdf")]
    if len(pages) < FEWEST * CVS or set(pages) != {1}:
        raise NotMeasuredError(f"{len(pages)} CVs came of {CVS}, with {sum(pages)} pages")
    refused.append(CVS - len(pages))
    return len(pages) / seconds


def _peer_rate(bench: Bench, peers: Peers, number: int, *, at_once: int) -> float:
    places = []
    for seed in range(number * CVS, number * CVS + RENDERED):
        folder = bench.place(f"batch/rendercv-{at_once}-{seed}")
        places.append(rendercv.write(content.content(seed), folder, "cv"))

    def render(path: Path) -> None:
        timed(peers.render(path), folder=path.parent, home=peers.home)

    start = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(render, places))
    return RENDERED / (time.perf_counter() - start)


TOPIC = Topic(
    "Many CVs",
    f"{CVS} different CVs of one page, each with a bibliography of its own; others in every round,"
    " so that nothing is known of them. Caches are warm. RenderCV has no command for many: its own"
    f" runs once a CV, for {RENDERED} of the same CVs.",
    measure,
    (AGAINST_RENDERCV,),
)
