"""``cvforge validate``: is a profile, with its bibliography, good to build?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cvforge.cli.common import (
    Json,
    Lenient,
    Overlay,
    Profiles,
    Quiet,
    Settings,
    profile_paths,
    reporting,
)
from cvforge.cli.setting import with_library
from cvforge.errors import CvforgeError, TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cvforge.bibliography.reference import Reference
    from cvforge.diagnostics import Diagnostic
    from cvforge.profile.load import LoadedProfile
    from cvforge.profile.source import SourceText


def validate(  # noqa: PLR0913  one parameter an option
    profiles: Profiles = None,
    *,
    overlay: Overlay = None,
    settings: Settings = None,
    lenient: Lenient = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check profiles and their bibliographies.

    Every finding is shown with its line; the exit status is that of the first error.

    Example: cvforge validate profiles/ada.yaml --set variants.one-page.pages=2
    """
    from cvforge.profile.load import load_profile  # noqa: PLC0415  after --help

    with reporting(json=json, quiet=quiet) as console:
        checked = []
        for path in profile_paths(profiles):
            try:
                loaded = load_profile(path, overlay=overlay, settings=settings or ())
                summary = _checked(*with_library(loaded, lenient=lenient, console=console))
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
    return f"{summary['profile']}: valid ({', '.join(counts)})"
