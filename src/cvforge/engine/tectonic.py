"""Tectonic: used where it is installed; it decides about its passes itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from cvforge.engine import sandbox
from cvforge.engine.passes import JOB_NAME, typeset
from cvforge.engine.version import first_line

if TYPE_CHECKING:
    from pathlib import Path

    from cvforge.engine.base import TexJob, TexRun
    from cvforge.engine.texlive import TexLive

# It may have to fetch its bundle on the first run.
LIMITS = sandbox.Limits(wall_seconds=300.0, cpu_seconds=120)


class Tectonic:
    """Tectonic, a XeTeX that brings its own TeX files."""

    name: ClassVar[str] = "tectonic"

    def __init__(self, tex: TexLive) -> None:
        self._tex = tex

    def version(self) -> str:
        """Return the first line that the engine says about itself."""
        return first_line(self._tex.required("tectonic"), self._tex.variables())

    def run(self, job: TexJob) -> TexRun:
        """Typeset a job."""
        engine = self._tex.required("tectonic")
        environment = self._tex.variables(epoch=job.epoch)

        def one_pass(folder: Path) -> sandbox.Finished:
            command = [str(engine), "--untrusted", "--keep-logs", f"{JOB_NAME}.tex"]
            return sandbox.run(command, folder=folder, environment=environment, limits=LIMITS)

        return typeset(job, one_pass=one_pass)
