"""The peak memory of a build: all processes together, read from /proc again and again."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import content, peers, rendercv
from benchmarks.bench import CVFORGE, Bench, Home, NotMeasuredError, run
from benchmarks.page import Bar, Findings, Row, Topic
from benchmarks.samples import Samples, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROUNDS = 5
SEED = 4
MANY = 20
PROC = Path("/proc")
PAUSE_SECONDS = 0.002
CHANGED, FIRST, BATCH = (
    "`cvforge build`, profile changed",
    "first `cvforge build`",
    f"`cvforge build` of {MANY} profiles",
)
RENDERCV, TYPST = "`rendercv render`", "`typst` wheel"
PEAK = Bar("peak memory of a build, all processes", 250e6, Unit.MEGABYTES)
PEAK_FIRST = Bar("peak memory of the first build", 250e6, Unit.MEGABYTES)


@dataclass(frozen=True, slots=True)
class Peak:
    """The most bytes at one time: shares of what is shared (PSS), and all of it each time (RSS)."""

    pss: int = 0
    rss: int = 0

    def with_(self, other: Peak) -> Peak:
        """Return the larger of each."""
        return Peak(max(self.pss, other.pss), max(self.rss, other.rss))


def peak(command: Sequence[str], *, folder: Path, home: Home) -> Peak:
    """Run a program and return its peak with all that it starts, and all that stands by for it.

    Raises:
        NotMeasuredError: when it fails.
    """
    found, beside = Peak(), home.standing_by()
    with subprocess.Popen(  # noqa: S603  programs that are measured
        command,
        cwd=folder,
        env=home.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        while process.poll() is None:
            running = {n for top in (process.pid, *beside) for n in _tree(top)}
            sizes = [_size(number) for number in running]
            found = found.with_(Peak(sum(s.pss for s in sizes), sum(s.rss for s in sizes)))
            time.sleep(PAUSE_SECONDS)
    if process.returncode != 0:
        raise NotMeasuredError(f"`{Path(command[0]).name}` ended with status {process.returncode}")
    return found


def _tree(number: int) -> Iterator[int]:
    """Yield a process and all that descend from it."""
    yield number
    with suppress(OSError):
        for task in (PROC / str(number) / "task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                yield from _tree(int(child))


def _size(number: int) -> Peak:
    with suppress(OSError, ValueError):
        lines = (PROC / str(number) / "smaps_rollup").read_text(encoding="ascii").splitlines()
        sizes = {line.split()[0]: int(line.split()[1]) * 1024 for line in lines[1:]}
        return Peak(sizes["Pss:"], sizes["Rss:"])
    return Peak()


def measure(bench: Bench) -> Findings:
    """Measure builds and peers, several times each."""
    if not (PROC / str(os.getpid()) / "smaps_rollup").exists():
        raise NotMeasuredError("this system does not tell the memory of processes in `/proc`")
    actions = _actions(bench)
    peaks = {
        name: [action(number) for number in range(bench.rounds(ROUNDS))]
        for name, action in actions.items()
    }
    pss = {name: Samples(tuple(found.pss for found in each)) for name, each in peaks.items()}
    most = max(found.rss for found in peaks[CHANGED])
    return Findings(
        [Row(name, samples, Unit.MEGABYTES) for name, samples in pss.items()],
        {PEAK: pss[CHANGED], PEAK_FIRST: pss[FIRST]},
        [f"Shared memory counted in every process, a changed profile takes {most / 1e6:.0f} MB."],
    )


def _actions(bench: Bench) -> dict[str, Callable[[int], Peak]]:
    folder, cv = bench.place("memory"), content.content(SEED)
    path, other = cv.write(folder, "ada"), rendercv.write(cv, folder, "rendercv")
    text = path.read_text(encoding="utf-8")
    many = [content.content(seed).write(folder, f"cv{seed}").name for seed in range(MANY)]
    new = Home(bench.folder / "memory-home")

    def build(number: int, *, home: Home = bench.home) -> Peak:
        path.write_text(content.edited(text, number), encoding="utf-8")
        home.settle()
        command = [CVFORGE, "build", path.name, "--variant", content.VARIANT]
        return peak(command, folder=folder, home=home)

    def first(number: int) -> Peak:
        new.clear()
        found = build(number, home=new)
        new.settle()
        return found

    def batch(number: int) -> Peak:
        command = [CVFORGE, "build", *many, "--variant", content.VARIANT, "-o", f"many{number}"]
        return peak(command, folder=folder, home=bench.home)

    made: dict[str, Callable[[int], Peak]] = {CHANGED: build, FIRST: first, BATCH: batch}
    found = bench.peers
    if found is not None:
        run(found.render(other), folder=folder, home=found.home)
        compiling = found.compile(peers.written(other, ".typ"), folder / "typst.pdf")
        made[RENDERCV] = lambda _: peak(found.render(other), folder=folder, home=found.home)
        made[TYPST] = lambda _: peak(compiling, folder=folder, home=found.home)
    return made


TOPIC = Topic(
    "Memory",
    "The peak of the sum over a program and all that it starts, of the proportional set sizes (PSS:"
    " memory that processes share is counted once), read from `/proc` every few milliseconds; with"
    " the process that stands by, where there is one. What a build leaves to be made for the next"
    " is not in it: the formats, after the first.",
    measure,
    (PEAK, PEAK_FIRST),
)
