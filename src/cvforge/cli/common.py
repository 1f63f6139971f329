"""What the commands share: their options, and how each of them ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from cvforge.console import Console
from cvforge.errors import CvforgeError, OutputError

PROFILES_FOLDER = Path("profiles")
INTERRUPTED, PIPE_CLOSED = 130, 141  # 128 and the signal's number, as shells count

Profiles: TypeAlias = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PROFILE", help="Profiles; all of profiles/*.yaml where none is named."),
]
Overlay: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--overlay",
        metavar="FILE",
        help="Lay FILE over the profile, instead of NAME.private.yaml beside it.",
    ),
]
Settings: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="PATH=VALUE", help="Set one value of the profile; may be repeated."
    ),
]
Json: TypeAlias = Annotated[
    bool, typer.Option("--json", help="Print one JSON document to standard output.")
]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")]


@contextmanager
def reporting(*, json: bool = False, quiet: bool = False) -> Iterator[Console]:
    """Give the command its console, show what it raises, and end it with the exit status."""
    console = Console(quiet=quiet, json=json, github=os.environ.get("GITHUB_ACTIONS") == "true")
    try:
        try:
            yield console
        except CvforgeError as error:
            console.fail(error)
        console.close()
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        _abandon_output()
        raise typer.Exit(PIPE_CLOSED) from None
    if console.exit_status != 0:
        raise typer.Exit(console.exit_status)


def profile_paths(named: list[Path] | None) -> list[Path]:
    """Return the profiles named, or all of the profiles folder but the private overlays.

    Raises:
        OutputError: if none is named and there is none.
    """
    if named:
        return named
    found = [p for p in PROFILES_FOLDER.glob("*.yaml") if not p.name.endswith(".private.yaml")]
    if not found:
        raise OutputError.one(
            "no-profile",
            "no profile is named, and there is none in the folder profiles/",
            hint="name one, or write a first one: cvforge new profiles/me.yaml",
        )
    return sorted(found)


def _abandon_output() -> None:
    """Let the interpreter flush to nowhere, as whoever read the output has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
