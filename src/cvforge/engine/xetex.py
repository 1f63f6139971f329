"""How XeTeX and its driver are called, and the driver only with what is known to be harmless."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cvforge.engine import sandbox
from cvforge.engine.driver import Driver
from cvforge.engine.passes import JOB_NAME, MAX_PDF_BYTES
from cvforge.engine.preload import LISTED
from cvforge.engine.wall import is_shown
from cvforge.engine.xdv import font_files, has_tex_fonts, refused_specials
from cvforge.scratch import read

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from cvforge.engine.preload import Start
    from cvforge.engine.texlive import TexLive


def command(
    engine: Path, tex_format: Path, text: str, *, mode: str, name: str = JOB_NAME
) -> tuple[str, ...]:
    """Return what starts XeTeX with a format and a first line; it writes files of that name."""
    return (
        str(engine),
        "-no-pdf",
        "-no-shell-escape",
        f"-interaction={mode}",
        "-halt-on-error",
        f"-jobname={name}",
        f"-fmt={tex_format}",
        text,
    )


def drive(  # noqa: PLR0913  what is used, and what differs from job to job
    tex: TexLive,
    folder: Path,
    *,
    start: Start | None,
    epoch: int,
    limits: sandbox.Limits,
    pictures: Collection[str] = (),
    waiting: Driver | None = None,
) -> sandbox.Finished:
    """Make a PDF of the ``.xdv`` in a folder.

    ``start`` is how its engine was started, None in the plain way: it leads to files without font
    maps. ``pictures`` are the names of the images in the folder that it may show; ``waiting`` is
    what was started before by `driver`.
    """
    content = read(folder / f"{JOB_NAME}.xdv", MAX_PDF_BYTES)
    if content is None:
        return sandbox.Finished(1, "it wrote no pages")
    try:
        refused = _refused(content, pictures=pictures, shown=partial(is_shown, tex, folder=folder))
        is_plain = start is None or has_tex_fonts(content)
        fonts = frozenset(font_files(content))
    except ValueError as error:
        return sandbox.Finished(1, str(error))
    if refused is not None:
        return sandbox.Finished(1, "", refused=refused)
    variables: Mapping[str, str] = {}
    if start is not None and not is_plain:
        is_longer = start.needs_longer_lists(fonts)
        if waiting is not None:
            return waiting.run(epoch, with_longer_lists=is_longer)
        variables = {**start.variables, **({LISTED: str(start.lists)} if is_longer else {})}
    return sandbox.run(
        _driver_command(tex),
        folder=folder,
        environment=tex.variables(epoch=epoch) | dict(variables),
        limits=limits,
        guard=tex.wall(),
    )


def driver(tex: TexLive, folder: Path, *, start: Start, limits: sandbox.Limits) -> Driver | None:
    """Let a driver wait behind the wall for the ``.xdv`` in a folder, one after the other."""
    if tex.wall() is None:
        return None
    environment = tex.variables() | dict(start.variables)
    return Driver(
        tex,
        _driver_command(tex),
        folder,
        environment=environment,
        lists=start.lists,
        limits=limits,
    )


def end(waiting: Driver | None) -> None:
    """End a driver that waits, where there is one."""
    if waiting is not None:
        waiting.end()


def _driver_command(tex: TexLive) -> list[str]:
    program = tex.required("xdvipdfmx")
    return [str(program), "-q", "-E", "-o", f"{JOB_NAME}.pdf", f"{JOB_NAME}.xdv"]


def _refused(xdv: bytes, *, pictures: Collection[str], shown: Callable[[str], bool]) -> str | None:
    r"""Return what the driver is not to do: a ``\special``, or a font that lies elsewhere.

    Raises:
        ValueError: when this is no ``.xdv``.
    """
    for special in refused_specials(xdv, pictures=pictures):
        return rf"\special{{{special}}}"
    return next((f'the font "{path}"' for path in font_files(xdv) if not shown(path)), None)
