"""LuaLaTeX: slower, with the same class files; its Lua may read and write any file."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from cvforge.engine import sandbox
from cvforge.engine.passes import JOB_NAME, typeset
from cvforge.engine.version import first_line

if TYPE_CHECKING:
    from pathlib import Path

    from cvforge.engine.base import TexJob, TexRun
    from cvforge.engine.texlive import TexLive

# The first run ever writes luaotfload's tables of each font; it may take its time.
LIMITS = sandbox.Limits(wall_seconds=180.0, cpu_seconds=150)


class LuaLatex:
    """LuaHBTeX with LaTeX's format."""

    name: ClassVar[str] = "lualatex"

    def __init__(self, tex: TexLive) -> None:
        self._tex = tex

    def version(self) -> str:
        """Return the first line that the engine says about itself."""
        return first_line(self._tex.required("lualatex"), self._tex.variables())

    def run(self, job: TexJob) -> TexRun:
        """Typeset a job."""
        engine = self._tex.required("lualatex")
        environment = self._tex.variables(epoch=job.epoch)
        options = ["--no-shell-escape", "--interaction=nonstopmode", "--halt-on-error"]

        def one_pass(folder: Path) -> sandbox.Finished:
            command = [str(engine), *options, f"{JOB_NAME}.tex"]
            return sandbox.run(command, folder=folder, environment=environment, limits=LIMITS)

        return typeset(job, one_pass=one_pass)
