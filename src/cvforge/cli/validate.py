"""``cvforge validate``: is a profile, with its bibliography, good to build?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cvforge.cli.common import profile_paths, reporting
from cvforge.cli.options import Json, Lenient, Overlay, Profiles, Quiet, Settings, TemplateFolder
from cvforge.cli.setting import Task, find_tools, with_library
from cvforge.errors import CvforgeError, EngineMissingError, TemplateError, TextLostError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cvforge.bibliography.reference import Reference
    from cvforge.console import Console
    from cvforge.diagnostics import Diagnostic
    from cvforge.profile.load import LoadedProfile
    from cvforge.profile.source import SourceText
    from cvforge.setting import Overrides, Tools


def validate(  # noqa: PLR0913  one parameter an option
    profiles: Profiles = None,
    *,
    template_folder: TemplateFolder = None,
    overlay: Overlay = None,
    settings: Settings = None,
    lenient: Lenient = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check profiles and their bibliographies.

    Every finding is shown with its line; the exit status is that of the first error. Where the
    fonts of the templates are installed, every character is looked up in them as well.

    Example: cvforge validate profiles/ada.yaml --set variants.one-page.pages=2
    """
    from cvforge.profile.load import load_profile  # noqa: PLC0415  the same
    from cvforge.setting import Overrides  # noqa: PLC0415  after --help

    with reporting(json=json, quiet=quiet) as console, find_tools("xelatex") as tools:
        checked = []
        for path in profile_paths(profiles):
            try:
                loaded = load_profile(path, overlay=overlay, settings=settings or ())
                loaded, library = with_library(loaded, lenient=lenient, console=console)
                summary = _checked(loaded, library)
                tasks = [Task(loaded, name, library) for name in summary["variants"]]
                overrides = Overrides(template_folder=template_folder)
                summary["glyphs"] = _have_glyphs(tasks, tools, overrides, console=console)
            except CvforgeError as error:
                console.fail(error)
                checked.append({"profile": path.as_posix(), "valid": False})
            else:
                console.built(_sentence(summary))
                checked.append(summary)
        console.document({"profiles": checked})


def _checked(loaded: LoadedProfile, library: Mapping[str, Reference]) -> dict[str, Any]:
    from cvforge.choices import chosen_keys  # noqa: PLC0415  after --help
    from cvforge.profile.references import variant_names  # noqa: PLC0415  the same

    _check_templates(loaded)
    _check_photo(loaded)
    return {
        "profile": loaded.path.as_posix(),
        "valid": True,
        "variants": list(variant_names(loaded.profile)),
        "publications": len(chosen_keys(loaded, library)),
    }


def _check_templates(loaded: LoadedProfile) -> None:
    """Look up the template of every variant that names one.

    Raises:
        TemplateError: with every one that does not exist, at its place.
    """
    from cvforge.templates.registry import find_template  # noqa: PLC0415  after --help

    findings: list[Diagnostic] = []
    for name in _template_names(loaded):
        try:
            find_template(name, place=name.place)
        except TemplateError as error:
            findings.extend(error.diagnostics)
    if findings:
        raise TemplateError(findings)


def _have_glyphs(
    tasks: Sequence[Task], tools: Tools, overrides: Overrides, *, console: Console
) -> bool:
    """Look for a glyph of every character; False where that cannot be done, for want of fonts.

    Raises:
        TextLostError: with every character that no font here has.
    """
    from cvforge.pipeline import check_glyphs  # noqa: PLC0415  after --help

    found: dict[Diagnostic, None] = {}
    for task in tasks:
        try:
            works = task.works(console)
            beside = tools.beside(task.loaded.path)
            warnings = check_glyphs(
                task.loaded.profile, task.variant, works=works, tools=beside, overrides=overrides
            )
            console.diagnostics(warnings)
        except EngineMissingError:
            return False
        except TextLostError as error:
            found |= dict.fromkeys(error.diagnostics)
    if found:
        raise TextLostError(list(found))
    return True


def _check_photo(loaded: LoadedProfile) -> None:
    """Decode the photo, whichever variants show it.

    Raises:
        ProfileError: if it cannot be read or decoded.
    """
    from cvforge.batch.machine import cache_folder  # noqa: PLC0415  after --help
    from cvforge.photo.store import PhotoStore  # noqa: PLC0415  the same

    with cache_folder() as cache:
        PhotoStore(cache / "photos").check(loaded)


def _template_names(loaded: LoadedProfile) -> Iterator[SourceText]:
    """Yield the names as they are written in the variants."""
    from cvforge.profile.source import SourceMapping, SourceText  # noqa: PLC0415  after --help

    variants = loaded.tree.get("variants")
    for variant in variants.values() if isinstance(variants, SourceMapping) else ():
        name = variant.get("template") if isinstance(variant, SourceMapping) else None
        if isinstance(name, SourceText):
            yield name


def _sentence(summary: dict[str, Any]) -> str:
    publications = summary["publications"]
    counts = [f"{len(summary['variants'])} variants"]
    if publications:
        counts.append(f"{publications} publication{'' if publications == 1 else 's'}")
    if not summary["glyphs"]:
        counts.append("glyphs not looked for: the fonts are not installed")
    return f"{summary['profile']}: valid ({', '.join(counts)})"
