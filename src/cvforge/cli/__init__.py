"""The command line: one module a command; options in, exit status out."""

import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Annotated

import typer

from cvforge.cli.common import ending_cleanly
from cvforge.console import Console, abandon
from cvforge.files import refused

# In the order of --help. Each is a function in the module of its name.
COMMANDS = ("build", "watch", "check", "fit", "validate", "new", "schema", "templates", "doctor")
# Those with commands of their own, after them: each is a Typer in the module of its name.
GROUPS = ("bib", "cache")


def application(names: Iterable[str] = (*COMMANDS, *GROUPS)) -> typer.Typer:
    """Return the program with the commands of these names; no other one's module is loaded."""
    made = typer.Typer(
        callback=cvforge,
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for name in names:
        command = getattr(import_module(f"cvforge.cli.{name}"), name)
        if name in GROUPS:
            made.add_typer(command, name=name)
        else:
            made.command(name)(command)
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program with ``arguments``, or those of the process; ends by SystemExit."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        with ending_cleanly():
            application(_needed(given))(args=given, prog_name="cvforge")
    except OSError as cause:  # of --help and --version; the commands have reporting()
        abandon(sys.stdout)
        console = Console(quiet=False, json=False, github=False)
        console.fail(refused(cause))
        sys.exit(console.exit_status)


def _needed(arguments: Sequence[str]) -> Sequence[str]:
    """Return the names of the commands that must be known: the one that is called, or all."""
    first = arguments[0] if arguments else "--help"
    if first == "--version":
        return ()
    return (first,) if first in {*COMMANDS, *GROUPS} else (*COMMANDS, *GROUPS)


def _version(wanted: bool) -> None:  # noqa: FBT001  typer calls it
    if wanted:
        typer.echo(f"cvforge {installed_version()}")
        raise typer.Exit


def installed_version() -> str:
    """Return the version of the installed package."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  --version alone

    try:
        return version("cvforge")
    except PackageNotFoundError:
        return "from its sources, not installed"


def cvforge(
    *,
    _wanted: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """One validated YAML profile becomes every CV that its owner needs.

    Example: cvforge build profiles/ada.yaml --variant one-page

    Exit status: 0 success, 2 wrong usage, 3 profile, 4 bibliography, 5 template, 6 too many
    pages, 7 TeX engine missing, 8 engine failed, 9 text lost, 10 file not read or written.
    """
