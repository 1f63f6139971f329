"""XeLaTeX: the everyday engine; passes write a ``.xdv``, and xdvipdfmx makes it a PDF once.

The fast way starts from a format that holds the class, and the plain way loads it. Both give the
same bytes; whatever goes wrong in the fast way is tried again in the plain one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Self

from cvforge.engine import sandbox, xetex
from cvforge.engine.passes import JOB_NAME, Program, typeset
from cvforge.engine.preload import Shelf, options_of
from cvforge.engine.reserve import Reserve
from cvforge.engine.version import first_line
from cvforge.engine.waiting import LAST_EPOCH
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from types import TracebackType

    from cvforge.engine.base import TexJob, TexRun
    from cvforge.engine.texlive import TexLive

LIMITS = sandbox.Limits()
_MOST_SHELVES = 32
# What XeTeX says of a format that it cannot load: web2c's openclose.c and texmfmp.c, tex.web 1303.
_DAMAGED_FORMAT = pattern(r"Could not undump|\(Fatal format file error; I'm stymied\)")
# A file that a document looked for and did without; the plain way may have it.
_NO_FILE = pattern(r"^(?:LaTeX Font Info:\s+)?No file (?!\w+\.aux)", re.MULTILINE)


class XeLatex:
    """XeTeX with LaTeX's format.

    As a context, or by `close`, it ends the engines that wait and what is being made for them.
    """

    name: ClassVar[str] = "xelatex"

    def __init__(self, tex: TexLive, *, limits: sandbox.Limits = LIMITS) -> None:
        self._tex = tex
        self._limits = limits
        self._reserve = Reserve(tex, limits)
        self._shelves: dict[frozenset[object], Shelf | None] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all that waits."""
        self._reserve.close()

    def version(self) -> str:
        """Return the first line that the engine says about itself."""
        return first_line(self._tex.required("xetex"), self._tex.variables())

    def reserve(
        self, files: Mapping[str, bytes], count: int = 1, *, options: Iterable[str] = ()
    ) -> None:
        """Let ``count`` engines wait for jobs with these files, and class options like these.

        Where there is no format yet, one is made beside what goes on; nobody waits for it.
        """
        shelf = self._shelf(files, frozenset(options))
        if shelf is not None:
            self._reserve.fill(shelf, count)

    def run(self, job: TexJob) -> TexRun:
        """Typeset a job."""
        made = self._fast(job)
        if made is None or (made.pdf is None and not _timed_out(made)) or _NO_FILE.search(made.log):
            made = self._plain(job)
        return made

    def _shelf(self, files: Mapping[str, bytes], options: frozenset[str]) -> Shelf | None:
        """Return where the format is; a template has few, and TeX stays where it is."""
        key: frozenset[object] = frozenset((options, *files.items()))
        if key not in self._shelves:
            if len(self._shelves) >= _MOST_SHELVES:  # somebody writes a class
                self._shelves.clear()
            self._shelves[key] = Shelf.of(self._tex, files, options)
        return self._shelves[key]

    def _fast(self, job: TexJob) -> TexRun | None:
        """Typeset a job by a preloaded format, or return None where there is none."""
        shelf = self._shelf(job.files, options_of(job.source))
        if shelf is None or not 0 <= job.epoch <= LAST_EPOCH:
            return None
        waiting = self._reserve.take(shelf)
        if waiting is None:
            return None
        made = waiting.typeset(job)
        if made.pdf is None and _DAMAGED_FORMAT.search(made.log):
            self._reserve.discard(shelf)
        self._reserve.give_back(shelf, waiting)
        return made

    def _plain(self, job: TexJob) -> TexRun:
        """Typeset a job by LaTeX's format; one that turns out to be damaged is made anew."""
        made = self._plainly(job, self._tex.xelatex_format())
        if made.pdf is None and _DAMAGED_FORMAT.search(made.log):
            made = self._plainly(job, self._tex.xelatex_format(anew=True))
        return made

    def _plainly(self, job: TexJob, tex_format: Path) -> TexRun:
        engine = self._tex.required("xetex")
        self._tex.required("xdvipdfmx")
        command = xetex.command(engine, tex_format, f"{JOB_NAME}.tex", mode="{mode}")
        variables = self._tex.variables(epoch=job.epoch)
        program = Program(command, variables, self._limits, self._tex.kept_in, self._tex.guard())
        return typeset(
            job,
            program,
            to_pdf=lambda folder: xetex.drive(
                self._tex,
                folder,
                start=None,
                epoch=job.epoch,
                limits=self._limits,
                pictures=job.pictures,
            ),
        )


def _timed_out(made: TexRun) -> bool:
    return any(finding.code == "timeout" for finding in made.findings)
