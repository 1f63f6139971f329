"""XeLaTeX: the everyday engine; passes write a ``.xdv``, and xdvipdfmx makes it a PDF once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from cvforge.engine import sandbox
from cvforge.engine.passes import JOB_NAME, typeset
from cvforge.engine.version import first_line
from cvforge.engine.xdv import refused_specials

if TYPE_CHECKING:
    from pathlib import Path

    from cvforge.engine.base import TexJob, TexRun
    from cvforge.engine.texlive import TexLive


class XeLatex:
    """XeTeX with LaTeX's format."""

    name: ClassVar[str] = "xelatex"

    def __init__(self, tex: TexLive) -> None:
        self._tex = tex

    def version(self) -> str:
        """Return the first line that the engine says about itself."""
        return first_line(self._tex.required("xetex"), self._tex.variables())

    def run(self, job: TexJob) -> TexRun:
        """Typeset a job."""
        engine = self._tex.required("xetex")
        driver = self._tex.required("xdvipdfmx")
        options = [
            "-no-pdf",
            "-no-shell-escape",
            "-interaction=nonstopmode",
            "-halt-on-error",
            f"-fmt={self._tex.xelatex_format()}",
        ]
        environment = self._tex.variables(epoch=job.epoch)

        def one_pass(folder: Path) -> sandbox.Finished:
            command = [str(engine), *options, f"{JOB_NAME}.tex"]
            return sandbox.run(command, folder=folder, environment=environment)

        def to_pdf(folder: Path) -> sandbox.Finished:
            refusal = _refusal(folder / f"{JOB_NAME}.xdv")
            if refusal is not None:
                return sandbox.Finished(1, refusal)
            command = [str(driver), "-q", "-E", "-o", f"{JOB_NAME}.pdf", f"{JOB_NAME}.xdv"]
            return sandbox.run(command, folder=folder, environment=environment)

        return typeset(job, one_pass=one_pass, to_pdf=to_pdf)


def _refusal(xdv: Path) -> str | None:
    """Return why the driver is not given the ``.xdv``, or None when nothing is wrong with it."""
    if not xdv.exists():
        return "it wrote no pages"
    try:
        refused = next(refused_specials(xdv.read_bytes()), None)
    except ValueError as error:
        return str(error)
    return None if refused is None else rf"\special{{{refused}}} is not allowed"
