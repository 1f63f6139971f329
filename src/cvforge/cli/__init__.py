"""The command line: one module a command; options in, exit status out."""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated

import typer

from cvforge.cli.build import build
from cvforge.cli.common import ending_cleanly, refused
from cvforge.cli.doctor import doctor
from cvforge.cli.fit import fit
from cvforge.cli.new import new
from cvforge.cli.schema import schema
from cvforge.cli.templates import templates
from cvforge.cli.validate import validate
from cvforge.console import Console, abandon

# In the order of --help.
COMMANDS: Mapping[str, Callable[..., None]] = {
    "build": build,
    "fit": fit,
    "validate": validate,
    "new": new,
    "schema": schema,
    "templates": templates,
    "doctor": doctor,
}

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for name, command in COMMANDS.items():
    app.command(name)(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program with ``arguments``, or those of the process; ends by SystemExit."""
    try:
        with ending_cleanly():
            app(args=arguments, prog_name="cvforge")
    except OSError as cause:  # of --help and --version; the commands have reporting()
        abandon(sys.stdout)
        console = Console(quiet=False, json=False, github=False)
        console.fail(refused(cause))
        sys.exit(console.exit_status)


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


@app.callback()
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
