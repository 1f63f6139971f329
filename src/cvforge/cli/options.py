"""The options that commands share, as typer reads them."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer


def _density(name: str | None) -> str | None:
    if name is None:
        return None
    from cvforge.fit.wishes import DENSITIES  # noqa: PLC0415  only who asks for one pays

    if name not in DENSITIES:
        raise typer.BadParameter(f'"{name}" is none of {", ".join(DENSITIES)}')
    return name


Profiles: TypeAlias = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PROFILE", help="Profiles; all in profiles/ where none is named."),
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
Lenient: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--lenient",
        help="Leave out entries of the bibliography that cannot be read, and say so.",
    ),
]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")]
Variants: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--variant", help="Take this variant alone; may be repeated.", metavar="NAME"),
]
TemplateName: TypeAlias = Annotated[
    str | None, typer.Option("--template", help="Use this template for every variant.")
]
TemplateFolder: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--template-folder",
        metavar="DIR",
        help="Take the templates from DIR: your own versions, which run as code.",
        file_okay=False,
    ),
]
Pages: TypeAlias = Annotated[
    int | None,
    typer.Option("--pages", min=1, max=100, help="Fit every variant taken to this many pages."),
]
Density: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--density", callback=_density, help="Set every variant taken at this density, no other."
    ),
]
OutputFolder: TypeAlias = Annotated[
    Path, typer.Option("--output", "-o", help="The folder for the PDFs.", file_okay=False)
]
EngineName: TypeAlias = Annotated[
    str, typer.Option("--engine", help="The TeX engine: xelatex, lualatex or tectonic.")
]
