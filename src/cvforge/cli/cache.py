"""``cvforge cache``: what is kept for later runs, made ready or thrown away."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import typer

from cvforge.cli.common import reporting
from cvforge.cli.options import Json, Quiet
from cvforge.errors import EngineError

if TYPE_CHECKING:
    from pathlib import Path

    from cvforge.engine.state import State

WAIT_SECONDS = 120.0

cache = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Show, make ready or clear what is kept to build faster.",
)


@cache.command()
def info(*, json: Json = False) -> None:
    """Show where the cache is, what is in it, and what is ready for the next command.

    Example: cvforge cache info
    """
    from cvforge.cli.setting import find_tex, user_cache  # noqa: PLC0415  after --help
    from cvforge.engine.state import state  # noqa: PLC0415  the same
    from cvforge.standby import client  # noqa: PLC0415  the same

    with reporting(json=json) as console, find_tex() as tex:
        folder = user_cache()
        process = client.standing()
        sizes = _sizes(folder)
        states = {name: state(tex, *choice) for name, choice in formats().items()}
        console.built(f"cache: {folder}")
        for name, size in sizes.items():
            console.built(f"  {name}: {size / 1e6:.1f} MB")
        for name, found in states.items():
            console.built(f"preloaded format of {name}: {found}")
        console.built(standing_line(process))
        preloaded = {name: as_document(found) for name, found in states.items()}
        console.document(
            {"cache": str(folder), "bytes": sizes, "preloaded": preloaded, "standby": process}
        )


@cache.command()
def clear(*, quiet: Quiet = False) -> None:
    """Remove everything in the cache; the next build makes what it needs.

    The process that stands by is ended.

    Example: cvforge cache clear
    """
    from cvforge.cli.setting import user_cache  # noqa: PLC0415  after --help
    from cvforge.standby import client  # noqa: PLC0415  the same

    with reporting(quiet=quiet) as console:
        client.end()
        folder = user_cache()
        size = sum(_sizes(folder).values())
        for path in _content(folder):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        console.built(f"{folder}: {size / 1e6:.1f} MB removed")


@cache.command()
def warm(*, quiet: Quiet = False) -> None:
    """Make the formats now that the first build would make.

    Ends with status 8 when one cannot be made; builds are slower then, and give the same PDF.

    Example: cvforge cache warm
    """
    from cvforge.cli.setting import find_tex  # noqa: PLC0415  after --help
    from cvforge.engine.preload import Shelf  # noqa: PLC0415  the same
    from cvforge.engine.preloading import make  # noqa: PLC0415  the same
    from cvforge.engine.state import state  # noqa: PLC0415  the same

    with reporting(quiet=quiet) as console, find_tex() as tex:
        for name, choice in formats().items():
            shelf = Shelf.of(tex, *choice)
            with console.progress(f"{name}: making its format"):
                if shelf is not None:
                    make(tex, shelf, wait_seconds=WAIT_SECONDS)
                found = state(tex, *choice)
            console.built(f"preloaded format of {name}: {found}")
            if not found.can_wait:
                raise EngineError.one("not-preloaded", f"preloaded format of {name}: {found}")


def formats() -> dict[str, tuple[dict[str, bytes], tuple[str, ...]]]:
    """Return the files and options of every template's formats, by what they are called."""
    from cvforge.engine.preload import options_with_packages  # noqa: PLC0415  after --help
    from cvforge.templates import registry  # noqa: PLC0415  the same

    made: dict[str, tuple[dict[str, bytes], tuple[str, ...]]] = {}
    for name in registry.TEMPLATES:
        files = registry.read_template(registry.find_template(name)).files
        made[name] = (files, ())
        if options := options_with_packages(files):
            made[f"{name} with {', '.join(options)}"] = (files, options)
    return made


def as_document(state: State) -> dict[str, Any]:
    """Return a state as it stands in a JSON document."""
    return {
        "condition": state.condition.value,
        "reason": state.reason,
        "tree": state.has_tree,
        "waiting": state.can_wait,
    }


def standing_line(process: int | None) -> str:
    """Return the line that says whether a process stands by; ``process`` is its number."""
    return "no process stands by" if process is None else f"process {process} stands by"


def _content(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _sizes(folder: Path) -> dict[str, int]:
    """Return the bytes of each folder in the cache, without what links lead to."""
    return {
        path.name: sum(
            file.lstat().st_size for file in (path, *path.rglob("*")) if not file.is_dir()
        )
        for path in _content(folder)
    }
