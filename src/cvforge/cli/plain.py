"""The plainest command lines, read without typer: it would be a fifteenth of a first build."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cvforge.cli.building import Wanted

QUIET = ("--quiet", "-q")
VARIANT = "--variant"


def wanted(arguments: Sequence[str]) -> Wanted | None:
    """Return what is asked for by ``build [PROFILE…] [--variant NAME]… [--quiet]``.

    None is whatever else there may be, also where it is wrong: typer knows, and says so.
    """
    if [*arguments[:1]] != ["build"]:
        return None
    profiles: list[Path] = []
    variants: list[str] = []
    is_quiet = False
    rest = iter(arguments[1:])
    for word in rest:
        if word in QUIET:
            is_quiet = True
        elif word == VARIANT and _is_name(name := next(rest, "")):
            variants.append(name)
        elif _is_name(word):
            profiles.append(Path(word))
        else:
            return None
    from cvforge.cli.building import Wanted  # noqa: PLC0415  other commands do not build

    return Wanted(profiles=profiles or None, variants=variants or None, quiet=is_quiet)


def _is_name(word: str) -> bool:
    return word != "" and not word.startswith("-")
