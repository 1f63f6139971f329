"""Tectonic: used where it is installed; it decides about its passes itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from cvforge.engine import sandbox
from cvforge.engine.passes import JOB_NAME, Program, typeset
from cvforge.engine.version import first_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cvforge.engine.base import TexJob, TexRun
    from cvforge.engine.texlive import TexLive

# It may have to fetch its bundle on the first run.
LIMITS = sandbox.Limits(wall_seconds=300.0, cpu_seconds=120)


class Tectonic:
    """Tectonic, a XeTeX that brings its own TeX files."""

    name: ClassVar[str] = "tectonic"

    def __init__(self, tex: TexLive, *, limits: sandbox.Limits = LIMITS) -> None:
        self._tex = tex
        self._limits = limits

    def version(self) -> str:
        """Return the first line that the engine says about itself."""
        return first_line(self._tex.required("tectonic"), self._tex.variables())

    def reserve(
        self, files: Mapping[str, bytes], count: int = 1, *, options: Iterable[str] = ()
    ) -> None:
        """Do nothing: each job starts the engine."""

    def close(self) -> None:
        """Do nothing: nothing waits."""

    def run(self, job: TexJob) -> TexRun:
        """Typeset a job; one that asks is run to its question, and then its answer by itself."""
        command = (
            str(self._tex.required("tectonic")),
            "--untrusted",
            "--keep-logs",
            f"{JOB_NAME}.tex",
        )
        variables = self._tex.variables(epoch=job.epoch)
        program = Program(command, variables, self._limits, self._tex.kept_in)
        if job.answer is not None:
            asked = typeset(replace(job, answer=None), program)
            if asked.pdf is None:
                return asked
            source = job.answer(asked.log)
            if source is None:
                raise AssertionError("all that could be asked was reported")
            made = typeset(replace(job, source=source, answer=None), program)
            found = tuple(replace(finding, is_answer=True) for finding in made.findings)
            return replace(made, findings=found)
        return typeset(job, program)
