"""The command line: one module a command; options in, exit status out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cvforge.cli.plain import wanted
from cvforge.console import Console, abandon
from cvforge.files import refused
from cvforge.signals import ending_cleanly

if TYPE_CHECKING:
    from collections.abc import Sequence

# In the order of --help. Each is a function in the module of its name.
COMMANDS = ("build", "watch", "check", "fit", "validate", "new", "schema", "templates", "doctor")
# Those with commands of their own, after them: each is a Typer in the module of its name.
GROUPS = ("bib", "cache")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program with ``arguments``, or those of the process; ends by SystemExit."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        with ending_cleanly():
            _run(given)
    except OSError as cause:  # of --help and --version; the commands have reporting()
        abandon(sys.stdout)
        console = Console(quiet=False, json=False, github=False)
        console.fail(refused(cause))
        sys.exit(console.exit_status)


def _run(arguments: Sequence[str]) -> None:
    if (plain := wanted(arguments)) is not None:
        from cvforge.cli.building import carry_out  # noqa: PLC0415  other commands do not build

        carry_out(plain)
        sys.exit(0)
    from cvforge.cli.program import application  # noqa: PLC0415  loads typer

    application(_needed(arguments))(args=arguments, prog_name="cvforge")


def _needed(arguments: Sequence[str]) -> Sequence[str]:
    """Return the names of the commands that must be known: the one that is called, or all."""
    first = arguments[0] if arguments else "--help"
    if first == "--version":
        return ()
    return (first,) if first in {*COMMANDS, *GROUPS} else (*COMMANDS, *GROUPS)


def installed_version() -> str:
    """Return the version of the installed package."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  --version alone

    try:
        return version("cvforge")
    except PackageNotFoundError:
        return "from its sources, not installed"
