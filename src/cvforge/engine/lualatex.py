"""LuaLaTeX: slower, with the same class files; its Lua may read and write whatever it can see."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from cvforge.engine import sandbox
from cvforge.engine.passes import JOB_NAME, Program, typeset
from cvforge.engine.version import first_line
from cvforge.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cvforge.engine.base import TexJob, TexRun
    from cvforge.engine.texlive import TexLive

# The first run ever writes luaotfload's tables of each font; it may take its time.
LIMITS = sandbox.Limits(wall_seconds=180.0, cpu_seconds=150)
# Where someone else's code has tables of fonts made: in the job's folder, which goes with the job.
OWN_TABLES = "tables"


class LuaLatex:
    """LuaHBTeX with LaTeX's format."""

    name: ClassVar[str] = "lualatex"

    def __init__(self, tex: TexLive, *, limits: sandbox.Limits = LIMITS) -> None:
        self._tex = tex
        self._limits = limits

    def version(self) -> str:
        """Return the first line that the engine says about itself."""
        return first_line(self._tex.required("lualatex"), self._tex.variables())

    def reserve(
        self, files: Mapping[str, bytes], count: int = 1, *, options: Iterable[str] = ()
    ) -> None:
        """Do nothing: each job starts the engine."""

    def close(self) -> None:
        """Do nothing: nothing waits."""

    def run(self, job: TexJob) -> TexRun:
        """Typeset a job."""
        engine = self._tex.required("lualatex")
        command = (
            str(engine),
            "--no-shell-escape",
            "--interaction={mode}",
            "--halt-on-error",
            f"{JOB_NAME}.tex",
        )
        wall = self._tex.wall()
        if wall is None and not job.is_shipped:
            raise EngineError.one(
                "no-wall",
                "LuaLaTeX runs a template's Lua, and nothing here keeps that from your files",
                hint="install bubblewrap, or use xelatex",
            )
        variables, own = self._tex.variables(epoch=job.epoch), str(self._tex.cache / "texmf-var")
        if not job.is_shipped:
            variables["TEXMFCACHE"] = os.pathsep.join((own, OWN_TABLES))
        elif wall is not None:
            Path(own).mkdir(parents=True, exist_ok=True)
            wall = replace(wall, writes=(own,))
        return typeset(job, Program(command, variables, self._limits, self._tex.kept_in, wall))
