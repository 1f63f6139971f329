"""How XeTeX and its driver are called, and the driver only with what is known to be harmless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.engine import sandbox
from cvforge.engine.passes import JOB_NAME
from cvforge.engine.xdv import has_tex_fonts, refused_specials

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cvforge.engine.texlive import TexLive


def command(engine: Path, tex_format: Path, text: str, *, mode: str) -> tuple[str, ...]:
    """Return what starts XeTeX with a format and a first line."""
    return (
        str(engine),
        "-no-pdf",
        "-no-shell-escape",
        f"-interaction={mode}",
        "-halt-on-error",
        f"-jobname={JOB_NAME}",
        f"-fmt={tex_format}",
        text,
    )


def drive(
    tex: TexLive, folder: Path, *, variables: Mapping[str, str], epoch: int, limits: sandbox.Limits
) -> sandbox.Finished:
    """Make a PDF of the ``.xdv`` in a folder; ``variables`` lead to files without font maps."""
    driver = tex.required("xdvipdfmx")
    xdv = folder / f"{JOB_NAME}.xdv"
    if not xdv.exists():
        return sandbox.Finished(1, "it wrote no pages")
    content = xdv.read_bytes()
    try:
        refused = next(refused_specials(content), None)
        needs_maps = has_tex_fonts(content)
    except ValueError as error:
        return sandbox.Finished(1, str(error))
    if refused is not None:
        return sandbox.Finished(1, rf"\special{{{refused}}} is not allowed")
    environment = tex.variables(epoch=epoch)
    return sandbox.run(
        [str(driver), "-q", "-E", "-o", f"{JOB_NAME}.pdf", f"{JOB_NAME}.xdv"],
        folder=folder,
        environment=environment if needs_maps else environment | dict(variables),
        limits=limits,
    )
