"""A profile file to a valid Profile: read, overlaid, set and validated."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cvforge.errors import ProfileError
from cvforge.files import read_file
from cvforge.frozen import dataclass
from cvforge.profile.findings import validated
from cvforge.profile.overlay import merged, with_settings
from cvforge.profile.references import language_findings, reference_findings
from cvforge.profile.source import Limits, SourceMapping, decode, read_tree

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cvforge.diagnostics import Diagnostic
    from cvforge.profile.model import Profile


@dataclass(frozen=True, slots=True)
class LoadedProfile:
    """A valid profile, the file asked for, every file read, and the tree with its places."""

    profile: Profile
    path: Path
    inputs: tuple[Path, ...]
    tree: SourceMapping


def load_profile(
    path: Path, *, overlay: Path | None = None, settings: Sequence[str] = ()
) -> LoadedProfile:
    """Return the profile in ``path``, with what lies over it.

    ``overlay`` stands in place of the ``NAME.private.yaml`` beside ``NAME.yaml``, which is used
    when it exists. ``settings`` are ``path=value``, put in after the overlay.

    Raises:
        ProfileError: with every finding, if the profile, its overlay or a setting is not valid.
        OutputError: if a file is missing or cannot be read.
    """
    inputs = _inputs(path, overlay)
    tree = with_settings(_tree(inputs), settings)
    return LoadedProfile(_profile(tree), path, inputs, tree)


def private_overlay(path: Path) -> Path:
    """Return where the private overlay of the profile in ``path`` is looked for."""
    return path.parent / f"{path.stem}.private{path.suffix}"


def _inputs(path: Path, overlay: Path | None) -> tuple[Path, ...]:
    if overlay is not None:
        return (path, overlay)
    beside = private_overlay(path)
    return (path, beside) if os.path.lexists(beside) else (path,)


def _tree(inputs: Sequence[Path]) -> SourceMapping:
    findings: list[Diagnostic] = []
    trees: list[SourceMapping] = []
    for number, path in enumerate(inputs):
        try:
            trees.append(_read(path, is_overlay=number > 0))
        except ProfileError as error:
            findings.extend(error.diagnostics)
    if findings:
        raise ProfileError(findings)
    return trees[0] if len(trees) == 1 else merged(*trees)


def _read(path: Path, *, is_overlay: bool) -> SourceMapping:
    limits = Limits()
    name = path.as_posix()
    raw = read_file(path, limit=limits.file_bytes)
    text = decode(raw, file=name, limits=limits)
    return read_tree(text, file=name, limits=limits, may_be_empty=is_overlay)


def _profile(tree: SourceMapping) -> Profile:
    profile, findings = validated(tree)
    findings += reference_findings(tree)
    if profile is not None:
        findings += language_findings(profile)
    if profile is None or findings:
        raise ProfileError(list(dict.fromkeys(findings)))
    return profile
