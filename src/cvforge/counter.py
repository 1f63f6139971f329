"""How many of many are done; on a terminal a bar with their rate and the time that is left."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from rich.progress import Progress, TaskID


def unseen(_label: str) -> AbstractContextManager[None]:
    """Show nothing while something is done."""
    return nullcontext()


class Counter:
    """Told how many are done; shows nothing."""

    def count(self, done: int = 1) -> None:
        """Take note that so many more are done."""

    def expect(self, more: int) -> None:
        """Take note that there are so many more to do, or fewer."""


class _Bar(Counter):
    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._task: TaskID = progress.add_task("", total=total, rate="")

    def count(self, done: int = 1) -> None:
        self._progress.advance(self._task, done)
        speed = self._progress.tasks[0].speed
        self._progress.update(self._task, rate="" if speed is None else f"{speed:.1f} a second")

    def expect(self, more: int) -> None:
        self._progress.update(self._task, total=(self._progress.tasks[0].total or 0) + more)


@contextmanager
def bar(total: int, *, output_too: bool) -> Iterator[Counter]:
    """Give a counter that shows a bar on standard error until the end.

    ``output_too`` says that standard output is on the same terminal, and goes above the bar.
    """
    from rich import progress  # noqa: PLC0415  only a terminal pays
    from rich.console import Console  # noqa: PLC0415  the same

    columns = (
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.fields[rate]}"),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=output_too
    ) as shown:
        yield _Bar(shown, total)
