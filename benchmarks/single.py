"""One CV in one command: changed, unchanged, and as the peers make it."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks import content, peers, rendercv
from benchmarks.bench import CVFORGE, Bench, Home, by_turns, run, timed
from benchmarks.page import Bar, Findings, Row, Topic
from benchmarks.samples import Unit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROUNDS = 15
SEED = 1
BUILD = [CVFORGE, "build", "ada.yaml", "--variant", content.VARIANT]
CHANGED, SAME = "`cvforge build`, profile changed", "`cvforge build` again, nothing changed"
CHANGED_ALONE, SAME_ALONE = f"{CHANGED}, nothing stands by", f"{SAME}, nothing stands by"
VERSION, TYPER = "`cvforge --version`", '`python -c "import typer"`'
RENDERCV, TYPST = "`rendercv render`, the PDF alone", "`typst` wheel, `.typ` already written"

CHANGED_RENDERCV = Bar("changed profile, against RenderCV", 0.40, Unit.TIMES)
CHANGED_TYPST = Bar("changed profile, against the bare `typst` compile", 1.5, Unit.TIMES)
SAME_RENDERCV = Bar("nothing changed, against RenderCV", 0.15, Unit.TIMES)
SAME_TYPER = Bar("nothing changed, against importing typer", 2.0, Unit.TIMES)
VERSION_TYPER = Bar("`cvforge --version`, against importing typer", 2.0, Unit.TIMES)


@dataclass(frozen=True, slots=True)
class _Files:
    """The profile, RenderCV's file and what the latter became."""

    folder: Path
    bench: Bench
    texts: dict[str, str]
    edits: list[int] = field(default_factory=list)

    def build(self, home: Home) -> Callable[[int], float]:
        def edited(number: int) -> float:
            self._edit("ada.yaml", number)
            home.settle()
            return timed(BUILD, folder=self.folder, home=home)

        return edited

    def command(self, *command: str, home: Home | None = None) -> Callable[[int], float]:
        return lambda _: timed(command, folder=self.folder, home=home or self.bench.home)

    def render(self, number: int) -> float:
        self._edit("rendercv.yaml", number)
        found = _peers(self.bench)
        return timed(
            found.render(self.folder / "rendercv.yaml"), folder=self.folder, home=found.home
        )

    def compile(self, _number: int) -> float:
        found = _peers(self.bench)
        typ = peers.written(self.folder / "rendercv.yaml", ".typ")
        command = found.compile(typ, self.folder / "typst.pdf")
        return timed(command, folder=self.folder, home=found.home)

    def _edit(self, name: str, number: int) -> None:
        """Write a text that no other edit has."""
        self.edits.append(number)
        changed = content.edited(self.texts[name], len(self.edits))
        (self.folder / name).write_text(changed, encoding="utf-8")


def measure(bench: Bench) -> Findings:
    """Measure all of it by turns."""
    folder = bench.place("single")
    cv = content.content(SEED)
    paths = [cv.write(folder, "ada"), rendercv.write(cv, folder, "rendercv")]
    files = _Files(folder, bench, {path.name: path.read_text("utf-8") for path in paths})
    run(BUILD, folder=folder, home=bench.home)
    alone = bench.home.alone()
    python = (sys.executable, "-c", "import typer")
    actions = {
        CHANGED: files.build(bench.home),
        SAME: files.command(*BUILD),
        CHANGED_ALONE: files.build(alone),
        SAME_ALONE: files.command(*BUILD, home=alone),
        VERSION: files.command(CVFORGE, "--version"),
        TYPER: files.command(*python),
    }
    if bench.peers is not None:
        run(bench.peers.render(paths[1]), folder=folder, home=bench.peers.home)
        actions |= {RENDERCV: files.render, TYPST: files.compile}
    times = by_turns(bench.rounds(ROUNDS), actions)
    pairs = {
        CHANGED_RENDERCV: (CHANGED, RENDERCV),
        CHANGED_TYPST: (CHANGED, TYPST),
        SAME_RENDERCV: (SAME, RENDERCV),
        SAME_TYPER: (SAME, TYPER),
        VERSION_TYPER: (VERSION, TYPER),
    }
    return Findings(
        [Row(name, samples, Unit.MILLISECONDS) for name, samples in times.items()],
        {bar: times[a].over(times[b]) for bar, (a, b) in pairs.items() if b in times},
        [_note(bench)],
    )


def _note(bench: Bench) -> str:
    """Return what is to be known of the peers in this run."""
    if bench.peers is None:
        return f"The peers were not measured in this run: {bench.peers_failure}."
    versions = f"RenderCV is {bench.peers.rendercv}, the newest that pip installs for this Python."
    return f"{versions} {bench.peers.note}".strip()


def _peers(bench: Bench) -> peers.Peers:
    if bench.peers is None:
        raise AssertionError("the peers are asked where there are some")
    return bench.peers


TOPIC = Topic(
    "One CV, one command",
    "One variant of one page, fitted, with three publications from a `.bib` file; caches are warm,"
    " and a process stands by, which the command before has left, but where it says otherwise."
    " Before every run one number in the profile changes. RenderCV gets the same sections and"
    " texts, and no network, since it asks for its newest version in every run. Typst compiles the"
    " file that RenderCV has written, in a Python that imports nothing else.",
    measure,
    (CHANGED_RENDERCV, CHANGED_TYPST, SAME_RENDERCV, SAME_TYPER, VERSION_TYPER),
)
