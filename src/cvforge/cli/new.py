"""``cvforge new``: a first profile, of an invented person, to be written over."""

import json
import shlex
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from cvforge.cli.common import reporting
from cvforge.cli.options import Quiet
from cvforge.errors import OutputError

STARTER_BIBLIOGRAPHY = '"starter.bib"'


def new(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The profile to write.", show_default=True)
    ] = Path("profile.yaml"),
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Write over files that exist already.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Write a first profile to start from.

    It is of an invented person, with comments, a bibliography and every kind of section.

    Example: cvforge new profiles/me.yaml
    """
    from cvforge.files import write_file  # noqa: PLC0415  --help and --version do not pay for it

    with reporting(quiet=quiet) as console:
        for path, content in _starter(file, force=force).items():
            write_file(path, content.encode())
            console.built(f"{path.as_posix()}: written")
        console.built(f"now: cvforge build {_argument(file)}")


def _argument(path: Path) -> str:
    """Return ``path`` as one argument in a shell, and no option."""
    name = path.as_posix()
    return shlex.quote(f"./{name}" if name.startswith("-") else name)


def _starter(file: Path, *, force: bool) -> dict[Path, str]:
    """Return what to write, by its path.

    Raises:
        OutputError: if the name is not one of a profile, or a file exists and ``force`` is false.
    """
    if file.suffix not in {".yaml", ".yml"}:
        raise OutputError.one(
            "file-name",
            f'"{file.as_posix()}" is not named like a profile',
            hint=f"for example: cvforge new {_argument(file.parent / 'profile.yaml')}",
        )
    bibliography = file.with_suffix(".bib")
    for path in (file, bibliography):
        if path.exists() and not force:
            raise OutputError.one(
                "file-exists",
                f'"{path.as_posix()}" exists already',
                hint="name another file, or write over it with --force",
            )
    profile = _text("starter.yaml").replace(STARTER_BIBLIOGRAPHY, json.dumps(bibliography.name))
    return {file: profile, bibliography: _text("starter.bib")}


def _text(name: str) -> str:
    return (files("cvforge.cli") / name).read_text(encoding="utf-8")
