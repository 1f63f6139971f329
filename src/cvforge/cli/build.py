"""``cvforge build``: PDFs of profiles, every variant that was asked for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cvforge.cli.common import (
    Json,
    Overlay,
    Profiles,
    Quiet,
    Settings,
    profile_paths,
    reporting,
)
from cvforge.errors import CvforgeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvforge.console import Console
    from cvforge.pipeline import BuildResult, Tools
    from cvforge.profile.load import LoadedProfile

VariantOption = Annotated[
    list[str] | None,
    typer.Option("--variant", help="Build this variant alone; may be given again.", metavar="NAME"),
]
TemplateOption = Annotated[
    str | None, typer.Option("--template", help="Use this template for every variant.")
]
OutputOption = Annotated[
    Path, typer.Option("--output", "-o", help="The folder for the PDFs.", file_okay=False)
]
EngineOption = Annotated[
    str, typer.Option("--engine", help="The TeX engine: xelatex, lualatex or tectonic.")
]


def build(  # noqa: PLR0913  one parameter an option
    profiles: Profiles = None,
    *,
    variant: VariantOption = None,
    template: TemplateOption = None,
    output: OutputOption = Path("build"),
    engine: EngineOption = "xelatex",
    setting: Settings = None,
    overlay: Overlay = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Build PDFs: OUTPUT/PROFILE-VARIANT.pdf for every profile and variant.

    Example: cvforge build profiles/ada.yaml --variant one-page
    """
    with reporting(quiet=quiet, json=json) as console:
        results: list[dict[str, object]] = []
        tools = _tools(engine)
        for path in profile_paths(profiles):
            try:
                from cvforge.profile.load import load_profile  # noqa: PLC0415  after --help

                loaded = load_profile(path, overlay=overlay, settings=setting or ())
                for name, made in _variants(loaded, variant, template, tools, console):
                    results.append(_written(made, output / f"{path.stem}-{name}.pdf", console))
            except CvforgeError as error:
                console.fail(error)
        console.document({"built": results})


def _tools(engine_name: str) -> Tools:
    from platformdirs import user_cache_path  # noqa: PLC0415  after --help

    from cvforge.engine.coverage import FontCoverage  # noqa: PLC0415  the same
    from cvforge.engine.registry import engine  # noqa: PLC0415  the same
    from cvforge.engine.texlive import TexLive  # noqa: PLC0415  the same
    from cvforge.pipeline import Tools  # noqa: PLC0415  the same

    tex = TexLive(os.environ, user_cache_path("cvforge"))
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return Tools(
        engine(engine_name, tex), FontCoverage(tex), int(epoch) if epoch.isdecimal() else None
    )


def _variants(
    loaded: LoadedProfile,
    wanted: list[str] | None,
    template: str | None,
    tools: Tools,
    console: Console,
) -> Iterator[tuple[str, BuildResult]]:
    """Yield what was built; a variant that fails is reported, and the next one tried."""
    from cvforge.library import check_publications, read_library  # noqa: PLC0415  after --help
    from cvforge.pipeline import build as build_variant  # noqa: PLC0415  the same
    from cvforge.variant import variant_names  # noqa: PLC0415  the same

    library = read_library(loaded)
    check_publications(loaded, library)
    for name in wanted or variant_names(loaded.profile):
        try:
            with console.progress(f"{loaded.path}: setting {name}"):
                made = build_variant(
                    loaded.profile, name, library=library, tools=tools, template_name=template
                )
        except CvforgeError as error:
            console.fail(error)
        else:
            yield name, made


def _written(made: BuildResult, path: Path, console: Console) -> dict[str, object]:
    from cvforge.files import write_file  # noqa: PLC0415  after --help

    console.diagnostics(made.warnings)
    write_file(path, made.pdf)
    pages = "1 page" if made.pages == 1 else f"{made.pages} pages"
    fullness = None if made.fullness is None else round(made.fullness, 3)
    full = "" if fullness is None or made.cv.pages != made.pages else f", {fullness:.0%} full"
    console.built(f"{path.as_posix()}: {pages}{full}")
    return {
        "output": path.as_posix(),
        "variant": made.cv.variant,
        "pages": made.pages,
        "fullness": fullness,
    }
