"""What the commands that set pages share: their options, and how their tools are found."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from cvforge.errors import CvforgeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cvforge.bibliography.reference import Reference
    from cvforge.console import Console
    from cvforge.pipeline import Tools
    from cvforge.profile.load import LoadedProfile


def _density(name: str | None) -> str | None:
    from cvforge.fit.fitting import DENSITIES  # noqa: PLC0415  after --help

    if name is not None and name not in DENSITIES:
        raise typer.BadParameter(f'"{name}" is none of {", ".join(DENSITIES)}')
    return name


Variants: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--variant", help="Take this variant alone; may be repeated.", metavar="NAME"),
]
TemplateName: TypeAlias = Annotated[
    str | None, typer.Option("--template", help="Use this template for every variant.")
]
Pages: TypeAlias = Annotated[
    int | None,
    typer.Option("--pages", min=1, max=100, help="Fit every variant taken to this many pages."),
]
Density: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--density", callback=_density, help="Set every variant taken at this density, no other."
    ),
]
EngineName: TypeAlias = Annotated[
    str, typer.Option("--engine", help="The TeX engine: xelatex, lualatex or tectonic.")
]


@contextmanager
def find_tools(engine_name: str) -> Iterator[Tools]:
    """Give the tools of this machine: the engine asked for, the cache, the date.

    Raises:
        EngineMissingError: when no engine has that name.
    """
    from cvforge.engine.coverage import FontCoverage  # noqa: PLC0415  after --help
    from cvforge.engine.registry import engine  # noqa: PLC0415  the same
    from cvforge.engine.texlive import TexLive  # noqa: PLC0415  the same
    from cvforge.pipeline import Tools  # noqa: PLC0415  the same

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    with _cache_folder() as cache:
        tex = TexLive(os.environ, cache)
        yield Tools(
            engine(engine_name, tex), FontCoverage(tex), int(epoch) if epoch.isdecimal() else None
        )


@contextmanager
def _cache_folder() -> Iterator[Path]:
    """Give this user's cache, or one for this run alone where that cannot be written."""
    from platformdirs import user_cache_path  # noqa: PLC0415  after --help

    folder = user_cache_path("cvforge").absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_writable = os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        is_writable = False
    if is_writable:
        yield folder
        return
    with TemporaryDirectory(prefix="cvforge-") as name:
        yield Path(name)


@dataclass(frozen=True, slots=True)
class Task:
    """One variant of one profile, with all that was read for it."""

    loaded: LoadedProfile
    variant: str
    library: dict[str, Reference]


def tasks(
    paths: Sequence[Path],
    load: Callable[[Path], LoadedProfile],
    *,
    variants: Sequence[str] | None,
    console: Console,
) -> list[Task]:
    """Return every variant of every profile; a profile that is broken is reported and left out.

    ``variants`` of None stands for those that each profile has.
    """
    made: list[Task] = []
    for path in paths:
        try:
            loaded = load(path)
            library = _library(loaded)
        except CvforgeError as error:
            console.fail(error)
            continue
        names = dict.fromkeys(variants or _all_variants(loaded))
        made.extend(Task(loaded, name, library) for name in names)
    return made


def for_each(planned: Sequence[Task], work: Callable[[Task], None], *, console: Console) -> None:
    """Do ``work`` for every task; what fails is reported, and the rest done."""
    for task in planned:
        try:
            work(task)
        except CvforgeError as error:
            console.fail(error)


def _library(loaded: LoadedProfile) -> dict[str, Reference]:
    from cvforge.library import check_publications, read_library  # noqa: PLC0415  after --help

    library = read_library(loaded)
    check_publications(loaded, library)
    return library


def _all_variants(loaded: LoadedProfile) -> tuple[str, ...]:
    from cvforge.profile.references import variant_names  # noqa: PLC0415  after --help

    return variant_names(loaded.profile)
