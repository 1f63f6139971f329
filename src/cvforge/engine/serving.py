r"""A XeTeX that has loaded a class and sets one document after the other, as it is told.

Nothing of a document stays: what it changes ends with its group in TeX, or is what the class sets
up anew before each (``\CvInitially``). That is true of classes that come with cvforge, and of
documents that declare nothing for good; after any other one the process ends.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from cvforge.engine import log as tex_log
from cvforge.engine import sandbox, xetex
from cvforge.engine.base import TexPass, TexRun
from cvforge.engine.ending import failure
from cvforge.engine.passes import (
    ANSWER_NAME,
    JOB_NAME,
    MAX_PDF_BYTES,
    answering,
    delivered,
    write_files,
    write_shown,
    write_source,
)
from cvforge.engine.running import Running
from cvforge.engine.waiting import order
from cvforge.scratch import WorkFolder, read, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cvforge.engine.base import TexJob
    from cvforge.engine.preload import Start
    from cvforge.engine.sandbox import Finished
    from cvforge.engine.texlive import TexLive

NAME = "served"  # of what the engine writes, all documents in one
MOST = 100  # documents, after which a new engine takes over


class Serving:
    """One process and its folder; `end` must follow. Unless this program ``stays``, it sets one."""

    def __init__(
        self, tex: TexLive, start: Start, files: Mapping[str, bytes], *, limits: sandbox.Limits
    ) -> None:
        self._tex = tex
        self.options = start.options
        self._start = start
        self._limits = limits
        self._left = MOST if tex.stays else 1
        self._is_over = False
        self._running = Running()
        engine = tex.required("xetex")
        with ExitStack() as undone:
            self._folder = WorkFolder()
            undone.callback(self._folder.discard)
            write_files(self._folder.path, files)
            self._begun = sandbox.start(
                xetex.command(engine, start.format, start.first, mode="nonstopmode", name=NAME),
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
        """Say whether the process waits for another document."""
        return self._left > 0 and self._begun.process.poll() is None

    def end(self) -> None:
        """End the process and its driver, and remove the folder."""
        self._left = 0
        if not self._is_over:
            self._is_over = True
            sandbox.end(self._begun)
        xetex.end(self._driver)
        self._pages.discard()
        self._folder.discard()

    def typeset(self, job: TexJob) -> TexRun:
        """Set a document; where that does not succeed nothing more comes of this process."""
        with ExitStack() as failed:
            failed.callback(self.end)
            is_last = self._left == 1 or not job.leaves_nothing()
            made = self._typeset(self._folder.path, job, is_last=is_last)
            if made.pdf is not None and not is_last:
                self._left -= 1
                failed.pop_all()
        return made

    def _typeset(self, folder: Path, job: TexJob, *, is_last: bool) -> TexRun:
        write_source(folder, job)
        write_shown(self._pages.path, job)
        (folder / ANSWER_NAME).unlink(missing_ok=True)
        done = self._told(folder, job)
        passes = (TexPass(1, "the first pass"),)
        if done.refused is not None:
            return TexRun(None, passes, failure(done, ()))
        findings = tuple(tex_log.findings(done.output))
        is_wrong = done.status != 0 or any(finding.is_error for finding in findings)
        if is_wrong or tex_log.rerun_reason(done.output) is not None:
            return TexRun(None, passes, failure(done, findings), log=done.output)
        if not (job.is_shipped or self._is_over):  # it may not have told the truth, and go on
            self._is_over = True
            ended = sandbox.end(self._begun)
            if ended.refused is not None:
                return TexRun(None, passes, failure(ended, ()))
        elif is_last:  # it ends beside its driver
            self._begun.end()
        return delivered(self._pages.path, self._drive(job), passes, findings, done.output)

    def _told(self, folder: Path, job: TexJob) -> Finished:
        self._is_over = True  # unless it goes on
        done = sandbox.ask(
            self._begun,
            rf"\CvNext{{{order(job)}}}",
            limits=self._limits,
            done=tex_log.DONE,
            question=tex_log.QUESTION,
            answer=None if job.answer is None else answering(folder, job),
            meanwhile=job.meanwhile,
        )
        self._is_over = self._begun.process.returncode is not None
        return done

    def _drive(self, job: TexJob) -> Finished:
        """Make the PDF in a folder that TeX cannot reach."""
        place, start = self._pages.path, self._running.position
        written = read(self._folder.path / f"{NAME}.xdv", MAX_PDF_BYTES, start=start) or b""
        try:
            content = self._running.document(written)
        except ValueError as error:
            return sandbox.Finished(1, str(error))
        (place / f"{JOB_NAME}.pdf").unlink(missing_ok=True)
        write(place / f"{JOB_NAME}.xdv", content)
        return xetex.drive(
            self._tex,
            place,
            start=self._start,
            epoch=job.epoch,
            limits=self._limits,
            pictures=job.pictures,
            waiting=self._driver,
        )
