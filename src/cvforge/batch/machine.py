"""Looks up what this machine has: the user's cache, TeX, the engine that was asked for."""

from __future__ import annotations

import os
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from cvforge.counter import unseen
from cvforge.templates.folder import DEFAULT_TEMPLATE, class_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from cvforge.batch.job import Options
    from cvforge.batch.workshop import Workshop
    from cvforge.engine.texlive import TexLive
    from cvforge.pipeline import Tools


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
    from cvforge.engine.registry import engine  # noqa: PLC0415  the same
    from cvforge.pipeline import Tools  # noqa: PLC0415  the same

    with find_tex() as tex, closing(engine(engine_name, tex)) as found:
        yield Tools(found, FontCoverage(tex), asked_epoch(os.environ))


@contextmanager
def open_workshop(
    options: Options,
    *,
    ahead: int = 1,
    progress: Callable[[str], AbstractContextManager[None]] = unseen,
) -> Iterator[Workshop]:
    """Give a workshop with the tools of this machine.

    The first engine is started before what reads profiles is loaded: each takes as long.

    Raises:
        EngineMissingError: when no engine has the name that is asked for.
    """
    from cvforge.engine.registry import engine  # noqa: PLC0415  after --help

    with find_tex() as tex, closing(engine(options.engine, tex)) as found:
        with suppress(OSError):
            found.reserve(class_files(options.template or DEFAULT_TEMPLATE))
        from cvforge.batch.workshop import Workshop  # noqa: PLC0415  beside the engine
        from cvforge.engine.coverage import FontCoverage  # noqa: PLC0415  the same
        from cvforge.pipeline import Tools  # noqa: PLC0415  the same

        tools = Tools(found, FontCoverage(tex), options.epoch)
        yield Workshop(tex, tools, ahead=ahead, progress=progress)


@contextmanager
def find_tex() -> Iterator[TexLive]:
    """Give TeX as this machine has it, with a cache that can be written."""
    from cvforge.engine.texlive import TexLive  # noqa: PLC0415  after --help

    with cache_folder() as cache:
        yield TexLive(os.environ, cache, preloads=user_cache())


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
