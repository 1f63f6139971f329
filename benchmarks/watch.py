"""From saving a profile to its finished PDF, while ``cvforge watch`` is running."""

from __future__ import annotations

import signal
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

from benchmarks import content
from benchmarks.bench import CVFORGE, Bench, NotMeasuredError
from benchmarks.page import Bar, Findings, Row, Topic
from benchmarks.samples import Samples, Unit
from cvforge.pdf.inspection import page_texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.content import Content

_Stamp: TypeAlias = tuple[int, int] | None  # inode and time in nanoseconds; None without a file

EDITS, EDITS_WITH_FORMULAS = 30, 15
SEED = 3
PAUSE_SECONDS = 1.0  # between two edits: nobody saves faster
POLL_SECONDS = 0.0005
FIRST_SECONDS, NEXT_SECONDS, END_SECONDS = 60.0, 15.0, 10.0
EDIT_TO_PDF = Bar("from save to PDF in `cvforge watch`, one page", 0.080, Unit.MILLISECONDS)


def measure(bench: Bench) -> Findings:
    """Save edits one after another, and wait for the PDF of each; then with formulas."""
    plain = content.content(SEED)
    samples, late = _edits(bench, "watch", plain, EDITS)
    formulas, later = _edits(bench, "watch-formulas", plain.with_formula(), EDITS_WITH_FORMULAS)
    rows = [
        Row("from save to PDF", samples, Unit.MILLISECONDS),
        Row("the same, with a formula", formulas, Unit.MILLISECONDS),
    ]
    note = (
        f"{late + later} PDFs were of an edit before the last; the clock ran on until the right"
        " one came."
    )
    return Findings(rows, {EDIT_TO_PDF: samples}, [note] if late + later else [])


def _edits(bench: Bench, name: str, cv: Content, count: int) -> tuple[Samples, int]:
    """Return how long each edit took, and how many PDFs came that were of an earlier one."""
    folder = bench.place(name)
    path = cv.write(folder, "ada")
    text = path.read_text(encoding="utf-8")
    pdf = folder / "build" / f"ada-{content.VARIANT}.pdf"
    seconds, late = [], 0
    with _watching(bench, folder) as process:
        stamp = _changed(pdf, None, process, seconds=FIRST_SECONDS)
        for number in range(1, bench.rounds(count) + 1):
            time.sleep(PAUSE_SECONDS)
            stamp, start = _stamp(pdf), time.perf_counter()
            _save(path, content.edited(text, number))
            while True:
                stamp = _changed(pdf, stamp, process, seconds=NEXT_SECONDS)
                taken = time.perf_counter() - start
                if content.mark(number) in page_texts(pdf.read_bytes())[0]:
                    break
                late += 1
            seconds.append(taken)
    return Samples(tuple(seconds)), late


@contextmanager
def _watching(bench: Bench, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run the command; it is to end by Ctrl-C."""
    command = [CVFORGE, "watch", "ada.yaml", "--variant", content.VARIANT]
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(  # noqa: S603  the program that is measured
            command,
            cwd=folder,
            env=bench.home.environment(),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process
    except NotMeasuredError as error:
        error.add_note((folder / "said.txt").read_text(encoding="utf-8", errors="replace"))
        raise
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def _save(path: Path, text: str) -> None:
    """Save as editors do: another file takes the place of the old one."""
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def _stamp(path: Path) -> _Stamp:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns


def _changed(
    pdf: Path, before: _Stamp, process: subprocess.Popen[bytes], *, seconds: float
) -> _Stamp:
    """Wait for another PDF, and return its stamp."""
    end = time.perf_counter() + seconds
    while (stamp := _stamp(pdf)) in {before, None}:
        if process.poll() is not None:
            raise NotMeasuredError(f"`cvforge watch` ended with status {process.returncode}")
        if time.perf_counter() > end:
            raise NotMeasuredError(f"`cvforge watch` made no PDF in {seconds:.0f} s")
        time.sleep(POLL_SECONDS)
    return stamp


TOPIC = Topic(
    "Edit to PDF",
    "`cvforge watch` runs; a profile is saved as editors do it, by another file that takes its"
    " place. The clock starts before the save and stops when the new PDF is at its place, which is"
    f" looked at every half millisecond. Edits are {PAUSE_SECONDS:.0f} s apart. Each PDF is read,"
    " to see that it holds the edit. Formulas need a format and an engine of their own.",
    measure,
    (EDIT_TO_PDF,),
)
