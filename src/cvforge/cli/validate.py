"""``cvforge validate``: is a profile, with its bibliography, good to build?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cvforge.cli.common import Json, Overlay, Profiles, Quiet, Settings, profile_paths, reporting
from cvforge.errors import CvforgeError, TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cvforge.diagnostics import Diagnostic
    from cvforge.profile.load import LoadedProfile
    from cvforge.profile.source import SourceText


def validate(
    profiles: Profiles = None,
    *,
    overlay: Overlay = None,
    settings: Settings = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check profiles and their bibliographies.

    Every finding is shown with its line; the exit status is that of the first error.

    Example: cvforge validate profiles/ada.yaml --set variants.one-page.pages=2
    """
    with reporting(json=json, quiet=quiet) as console:
        checked = []
        for path in profile_paths(profiles):
            try:
                summary = _checked(path, overlay, settings=settings or ())
            except CvforgeError as error:
                console.fail(error)
                checked.append({"profile": path.as_posix(), "valid": False})
            else:
                console.built(_sentence(summary))
                checked.append(summary)
        console.document({"profiles": checked})


def _checked(path: Path, overlay: Path | None, *, settings: Sequence[str]) -> dict[str, Any]:
    from cvforge.library import (  # noqa: PLC0415  --help and --version do not pay for it
        check_publications,
        read_library,
        shown_publications,
    )
    from cvforge.profile.load import load_profile  # noqa: PLC0415  the same
    from cvforge.profile.references import variant_names  # noqa: PLC0415  the same

    loaded = load_profile(path, overlay=overlay, settings=settings)
    library = read_library(loaded)
    check_publications(loaded, library)
    _check_templates(loaded)
    return {
        "profile": path.as_posix(),
        "valid": True,
        "variants": list(variant_names(loaded.profile)),
        "publications": len(shown_publications(loaded, library)),
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
