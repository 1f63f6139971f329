"""Where the class files are, and which of them stand beside a document; no template is loaded."""

from __future__ import annotations

import os
from functools import lru_cache
from itertools import islice
from pathlib import Path

CORE = "core/cvforge-core.sty"
DESCRIPTION = "template.yaml"
DEFAULT_TEMPLATE = "classic"
SUFFIXES = (".cls", ".sty", ".tex")  # of what stands beside a document
FONT_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
_MOST_NAMES = 10_000  # of a folder, which are looked at


@lru_cache(maxsize=1)
def templates_folder() -> Path:
    """Return the folder of class files: inside the installed package, or beside its sources."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "latex_templates"
    return installed if installed.is_dir() else package.parents[1] / "latex_templates"


def template_paths(name: str) -> list[Path]:
    """Return the files of a template that came with cvforge: core, class, description."""
    root = templates_folder()
    return [root / CORE, *sorted(path for path in (root / name).glob("*.*") if path.is_file())]


def listing(folder: str | Path, suffixes: tuple[str, ...] = SUFFIXES) -> list[str]:
    """Return the names of the files in a folder with such suffixes, without those that are hidden.

    Raises:
        OSError: when it cannot be looked into.
    """
    with os.scandir(folder) as entries:
        names = [entry.name for entry in islice(entries, _MOST_NAMES)]
    return sorted(n for n in names if n.lower().endswith(suffixes) and not n.startswith("."))


def dependencies(name: str, folder: Path | None = None) -> list[str]:
    """Return the paths that documents of a template depend on; one may be absent.

    One that ends in "/" is a folder, of which it matters what is in it. ``folder`` is where the
    person's own version is.
    """
    if folder is None:
        return [path.as_posix() for path in template_paths(name)]
    try:
        names = listing(folder / name)
    except OSError:
        names = []
    own = [(folder / name / each).as_posix() for each in (DESCRIPTION, *names)]
    return [(folder / CORE).as_posix(), f"{(folder / name).as_posix()}/", *own]


def class_files(name: str, folder: Path | None = None) -> dict[str, bytes]:
    """Return the files that documents of a template are set with, by their names.

    ``folder`` is where the person's own version is.

    Raises:
        OSError: when they cannot be read.
        TemplateError: when those of the person cannot be used.
    """
    if folder is not None:
        from cvforge.templates.own import own_files  # noqa: PLC0415  seldom asked for

        return own_files(name, folder)
    paths = [path for path in template_paths(name) if path.suffix in SUFFIXES]
    return {path.name: path.read_bytes() for path in paths}
