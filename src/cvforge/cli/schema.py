"""``cvforge schema``: the JSON Schema of a profile, for editors."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cvforge.cli.common import reporting
from cvforge.cli.options import Quiet


def schema(
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to FILE, not to the screen."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Write the JSON Schema of a profile.

    Editors complete and check by it.

    Example: cvforge schema --output profile.schema.json
    """
    from cvforge.files import write_file  # noqa: PLC0415  --help and --version do not pay for it
    from cvforge.profile.schema import profile_schema  # noqa: PLC0415  the same

    with reporting(quiet=quiet) as console:
        text = json.dumps(profile_schema(), indent=2, ensure_ascii=False) + "\n"
        if output is None:
            console.text(text)
        else:
            write_file(output, text.encode())
            console.built(f"{output.as_posix()}: written")
