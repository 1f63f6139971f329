"""XeLaTeX: the everyday engine; passes write a ``.xdv``, and xdvipdfmx makes it a PDF once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from cvforge.engine import sandbox
from cvforge.engine.passes import JOB_NAME, Program, typeset
from cvforge.engine.version import first_line
from cvforge.engine.xdv import refused_specials

if TYPE_CHECKING:
    from pathlib import Path

    from cvforge.engine.base import TexJob, TexRun
    from cvforge.engine.texlive import TexLive

LIMITS = sandbox.Limits()
# What XeTeX says of a format that it cannot load: web2c's openclose.c and texmfmp.c, tex.web 1303.
_DAMAGED_FORMAT = re.compile(r"Could not undump|\(Fatal format file error; I'm stymied\)")


class XeLatex:
    """XeTeX with LaTeX's format."""

    name: ClassVar[str] = "xelatex"

    def __init__(self, tex: TexLive, *, limits: sandbox.Limits = LIMITS) -> None:
        self._tex = tex
        self._limits = limits

    def version(self) -> str:
        """Return the first line that the engine says about itself."""
        return first_line(self._tex.required("xetex"), self._tex.variables())

    def run(self, job: TexJob) -> TexRun:
        """Typeset a job; a format that turns out to be damaged is made anew."""
        made = self._typeset(job, self._tex.xelatex_format())
        if made.pdf is None and _DAMAGED_FORMAT.search(made.log):
            made = self._typeset(job, self._tex.xelatex_format(anew=True))
        return made

    def _typeset(self, job: TexJob, tex_format: Path) -> TexRun:
        engine = self._tex.required("xetex")
        driver = self._tex.required("xdvipdfmx")
        program = Program(
            (
                str(engine),
                "-no-pdf",
                "-no-shell-escape",
                "-interaction={mode}",
                "-halt-on-error",
                f"-fmt={tex_format}",
                f"{JOB_NAME}.tex",
            ),
            self._tex.variables(epoch=job.epoch),
            self._limits,
        )

        def to_pdf(folder: Path) -> sandbox.Finished:
            refusal = _refusal(folder / f"{JOB_NAME}.xdv")
            if refusal is not None:
                return sandbox.Finished(1, refusal)
            command = [str(driver), "-q", "-E", "-o", f"{JOB_NAME}.pdf", f"{JOB_NAME}.xdv"]
            return sandbox.run(
                command, folder=folder, environment=program.environment, limits=self._limits
            )

        return typeset(job, program, to_pdf=to_pdf)


def _refusal(xdv: Path) -> str | None:
    """Return why the driver is not given the ``.xdv``, or None when nothing is wrong with it."""
    if not xdv.exists():
        return "it wrote no pages"
    try:
        refused = next(refused_specials(xdv.read_bytes()), None)
    except ValueError as error:
        return str(error)
    return None if refused is None else rf"\special{{{refused}}} is not allowed"
