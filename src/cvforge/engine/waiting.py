r"""A XeTeX that has loaded a class, waits to be told what to set, and sets one document.

It dies with this process, since its input ends then. Its limits hold from its start; its time
counts from the moment when it is told.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cvforge.engine import log as tex_log
from cvforge.engine import sandbox, xetex
from cvforge.engine.passes import (
    JOB_NAME,
    MAX_PDF_BYTES,
    answering,
    settle,
    write_files,
    write_shown,
    write_source,
)
from cvforge.scratch import WorkFolder, read, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from cvforge.engine.base import TexJob, TexRun
    from cvforge.engine.preload import Start
    from cvforge.engine.texlive import TexLive

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
LAST_EPOCH = 253_402_300_799  # the year 9999


class Waiting:
    """One process and its folder; `typeset` or `end` must follow."""

    def __init__(
        self,
        tex: TexLive,
        start: Start,
        files: Mapping[str, bytes],
        *,
        limits: sandbox.Limits,
    ) -> None:
        self._tex = tex
        self.options = start.options
        self._start = start
        self._limits = limits
        self._is_told = self._is_over = self._ends = False
        engine = tex.required("xetex")
        with ExitStack() as undone:
            self._folder = WorkFolder(kept_in=tex.kept_in)
            undone.callback(self._folder.discard)
            write_files(self._folder.path, files)
            self._begun = sandbox.start(
                xetex.command(engine, start.format, start.first, mode="nonstopmode"),
                folder=self._folder.path,
                environment=tex.variables() | dict(start.variables),
                limits=limits,
                guard=tex.guard(),
            )
            undone.callback(sandbox.end, self._begun)
            self._pages = WorkFolder()  # what the driver reads is out of TeX's reach
            undone.callback(self._pages.discard)
            self._driver = xetex.driver(tex, self._pages.path, start=start, limits=limits)
            undone.pop_all()

    def is_alive(self) -> bool:
        """Say whether the process still waits."""
        return self._begun.process.poll() is None

    def end(self) -> None:
        """End the process, and remove its folder, unless it has set its document."""
        if not self._is_over:
            self._is_over = True
            sandbox.end(self._begun)
            xetex.end(self._driver)
            self._pages.discard()
            self._folder.discard()

    def typeset(self, job: TexJob) -> TexRun:
        """Set the one document that it waited for."""
        self._is_over = True
        with self._folder as folder, self._pages:
            try:
                with ExitStack() as untold:
                    untold.callback(sandbox.end, self._begun)
                    write_source(folder, job)
                    write_shown(self._pages.path, job)
                    untold.pop_all()
                made = settle(
                    folder,
                    self._pass(folder, job),
                    lambda _: self._drive(folder, job),
                    is_kept=self._tex.kept_in is not None,
                )
            finally:
                xetex.end(self._driver)
                if self._ends:
                    sandbox.end(self._begun)
        if made.pdf is not None:
            self._tex.note_hope()
        return made

    def _pass(self, folder: Path, job: TexJob) -> Callable[[], sandbox.Finished]:
        def one_pass() -> sandbox.Finished:
            if self._is_told:
                return sandbox.Finished(1, "a waiting engine sets one pass")
            self._is_told = True
            done = sandbox.ask(
                self._begun,
                order(job),
                limits=self._limits,
                done=tex_log.CLOSED,
                question=tex_log.QUESTION,
                answer=None if job.answer is None else answering(folder, job),
                meanwhile=job.meanwhile,
                is_told_more=False,
            )
            self._ends = self._begun.process.returncode is None
            return done

        return one_pass

    def _drive(self, folder: Path, job: TexJob) -> sandbox.Finished:
        """Make the PDF, beside the end of TeX: it gives 170 MB back before it is gone."""
        _copy(f"{JOB_NAME}.xdv", folder, self._pages.path)
        driven = xetex.drive(
            self._tex,
            self._pages.path,
            start=self._start,
            epoch=job.epoch,
            limits=self._limits,
            pictures=job.pictures,
            waiting=self._driver,
        )
        if self._ends:
            self._ends = False
            ended = sandbox.tell(self._begun, None, limits=self._limits)
            if ended.status != 0:
                return ended
        _copy(f"{JOB_NAME}.pdf", self._pages.path, folder)
        return driven


def _copy(name: str, source: Path, target: Path) -> None:
    """Copy a file of a document, if it is there."""
    content = read(source / name, MAX_PDF_BYTES)
    if content is not None:
        write(target / name, content)


def order(job: TexJob) -> str:
    """Return the code that makes a waiting engine what one started for this job would be."""
    date = BEGINNING + timedelta(seconds=job.epoch)
    minutes = date.hour * 60 + date.minute
    mode = r"\nonstopmode" if job.answer is None else r"\scrollmode"
    return (
        rf"\year={date.year} \month={date.month} \day={date.day} \time={minutes} "
        rf"{mode}\input{{{JOB_NAME}.tex}}"
    )
