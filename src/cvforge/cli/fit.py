"""``cvforge fit``: how a variant is made to fit its pages, explained block by block."""

from __future__ import annotations

from dataclasses import asdict

from cvforge.cli.common import profile_paths, reporting
from cvforge.cli.options import (
    Density,
    EngineName,
    Json,
    Lenient,
    Overlay,
    Pages,
    Profiles,
    Settings,
    TemplateFolder,
    TemplateName,
    Variants,
)
from cvforge.cli.setting import Task, find_tools, for_each, tasks


def fit(  # noqa: PLR0913  one parameter an option
    profiles: Profiles = None,
    *,
    variant: Variants = None,
    template: TemplateName = None,
    template_folder: TemplateFolder = None,
    engine: EngineName = "xelatex",
    pages: Pages = None,
    density: Density = None,
    setting: Settings = None,
    overlay: Overlay = None,
    lenient: Lenient = False,
    json: Json = False,
) -> None:
    """Explain what fits: every block with its height, its value, and why it stays or goes.

    Writes no PDF. Without --variant it explains "one-page".

    Example: cvforge fit profiles/ada.yaml --set variants.one-page.fit.prefer=air
    """
    from cvforge.fit.report import as_lines, explain  # noqa: PLC0415  after --help
    from cvforge.pipeline import measure  # noqa: PLC0415  the same
    from cvforge.profile.load import load_profile  # noqa: PLC0415  the same
    from cvforge.setting import Overrides  # noqa: PLC0415  the same

    with reporting(json=json) as console, find_tools(engine) as tools:
        reports: list[dict[str, object]] = []
        overrides = Overrides(template, pages, density, template_folder)

        def work(task: Task) -> None:
            profile, name = task.loaded.profile, task.variant
            made = measure(
                profile,
                name,
                works=task.works(console),
                tools=tools.beside(task.loaded.path),
                overrides=overrides,
                photo=task.photo(),
            )
            report = explain(made)
            path = task.loaded.path.as_posix()
            for line in as_lines(f"{path}, {name}", report):
                console.built(line)
            reports.append({"profile": path, "variant": name} | asdict(report))

        planned = tasks(
            profile_paths(profiles),
            lambda path: load_profile(path, overlay=overlay, settings=setting or ()),
            variants=variant or ["one-page"],
            lenient=lenient,
            console=console,
        )
        for_each(planned, work, console=console)
        console.document({"fits": reports})
