"""The program as typer knows it: its commands, --help and --version."""

from collections.abc import Iterable
from importlib import import_module
from typing import Annotated

import typer

from cvforge.cli import COMMANDS, GROUPS, installed_version


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


def _version(wanted: bool) -> None:  # noqa: FBT001  typer calls it
    if wanted:
        typer.echo(f"cvforge {installed_version()}")
        raise typer.Exit


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
