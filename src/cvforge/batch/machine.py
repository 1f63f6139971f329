"""Looks up what this machine has: the user's cache, TeX, the engine that was asked for."""

from __future__ import annotations

import os
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Protocol

from cvforge import loading
from cvforge.counter import unseen
from cvforge.engine.preload import Making
from cvforge.errors import CvforgeError
from cvforge.templates.folder import DEFAULT_TEMPLATE, class_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from cvforge.batch.job import Forms, Options
    from cvforge.batch.workshop import Workshop
    from cvforge.engine.base import Engine
    from cvforge.engine.texlive import TexLive
    from cvforge.setting import Tools


class Ahead(Protocol):
    """What was made ready before it was known what would be asked; ``forms`` is what was likely."""

    forms: Forms

    def engine(self, name: str, tex: TexLive) -> Engine | None:
        """Return the engine that was started, once, when it is of that name and for this TeX."""

    def close(self) -> None:
        """End the engine that nobody has taken."""


# Of the process that stood by for this command, where one did.
stood_by: Ahead | None = None


def asked_epoch(environment: Mapping[str, str]) -> int | None:
    """Return the date of SOURCE_DATE_EPOCH in seconds since 1970, None where none is set."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    return int(epoch) if epoch.isdecimal() else None


@contextmanager
def find_tools(engine_name: str) -> Iterator[Tools]:
    """Give the tools of this machine: the engine asked for, the cache, the date.

    Raises:
        EngineMissingError: when no engine has that name.
    """
    from cvforge.engine.coverage import FontCoverage  # noqa: PLC0415  after --help
    from cvforge.setting import Tools  # noqa: PLC0415  the same

    with find_tex() as tex, closing(_engine(engine_name, tex)) as found:
        loading.end()
        yield Tools(found, FontCoverage(tex), asked_epoch(os.environ))


@contextmanager
def open_workshop(
    options: Options,
    *,
    ahead: int = 1,
    stays: bool = True,
    making: Making = Making.HERE,
    progress: Callable[[str], AbstractContextManager[None]] = unseen,
) -> Iterator[Workshop]:
    """Give a workshop with the tools of this machine.

    The first engine is started before what reads profiles is loaded: each takes as long.
    ``making`` says who makes formats that are missing, ``stays`` that many documents will come.

    Raises:
        EngineMissingError: when no engine has the name that is asked for.
    """
    kept_in = options.kept_in
    if kept_in is not None:  # folders of documents are to be kept, not of samples or of many
        making, stays = Making.NOT, False
    folder = options.template_folder
    if folder is not None and making is Making.APART:  # that makes those of cvforge's templates
        making = Making.NOT
    with (
        find_tex(making, kept_in, stays=stays) as tex,
        closing(_engine(options.engine, tex)) as found,
    ):
        forms = {} if stood_by is None else stood_by.forms
        files: Mapping[str, bytes] = {}
        if not forms:
            with suppress(OSError, CvforgeError):  # whoever sets a document meets it again
                files = class_files(options.template or DEFAULT_TEMPLATE, folder)
                found.reserve(files)
        from cvforge.batch.workshop import Workshop  # noqa: PLC0415  beside the engine
        from cvforge.engine.coverage import FontCoverage  # noqa: PLC0415  the same
        from cvforge.latex.fonts import declared_files  # noqa: PLC0415  the same
        from cvforge.setting import Tools  # noqa: PLC0415  the same

        loading.end()
        coverage = FontCoverage(tex)
        coverage.look_ahead(declared_files(files))
        tools = Tools(found, coverage, options.epoch)
        workshop = Workshop(tex, tools, ahead=ahead, progress=progress, known=forms)
        yield workshop
        if stood_by is not None and folder is None:  # for nobody else's code an engine waits there
            stood_by.forms = workshop.forms


@contextmanager
def find_tex(
    making: Making = Making.NOT, kept_in: Path | None = None, *, stays: bool = False
) -> Iterator[TexLive]:
    """Give TeX as this machine has it, with a cache that can be written."""
    from cvforge.engine.texlive import TexLive  # noqa: PLC0415  after --help

    with cache_folder() as cache:
        yield TexLive(os.environ, cache, user_cache(), kept_in, making, stays)


def making_apart(environment: Mapping[str, str]) -> Making:
    """Return who makes formats for a command that ends soon: nobody where its cache ends with it.

    Continuous integration has a new cache in each run; it sets CI.
    """
    return Making.NOT if environment.get("CI") else Making.APART


def _engine(name: str, tex: TexLive) -> Engine:
    """Return the engine of that name, which may wait already.

    Raises:
        EngineMissingError: when no engine has that name.
    """
    from cvforge.engine.registry import engine  # noqa: PLC0415  after --help

    made = None if stood_by is None else stood_by.engine(name, tex)
    return engine(name, tex) if made is None else made


def user_cache() -> Path:
    """Return this user's cache, which need not be there."""
    from platformdirs import user_cache_path  # noqa: PLC0415  after --help

    return user_cache_path("cvforge").absolute()


@contextmanager
def cache_folder() -> Iterator[Path]:
    """Give this user's cache, or one for this run alone where that cannot be written."""
    folder = user_cache()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_writable = os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        is_writable = False
    if is_writable:
        yield folder
        return
    from cvforge.scratch import WorkFolder  # noqa: PLC0415  seldom needed

    with WorkFolder() as made:
        yield made
