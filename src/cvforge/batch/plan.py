"""What is to be built: profiles by their variants, without those that are up to date."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cvforge.batch.job import Job
from cvforge.diagnostics import Diagnostic
from cvforge.errors import CvforgeError, OutputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cvforge.batch.archive import Archive, Known
    from cvforge.batch.job import Options


@dataclass(slots=True)
class Plan:
    """The jobs, and what needs none: a job's profile and variant with what is known of the PDF."""

    jobs: list[Job] = field(default_factory=list)
    known: list[tuple[Job, str, Known]] = field(default_factory=list)

    def builds(self) -> int:
        """Return about how many PDFs are to be made."""
        return sum(job.count() for job in self.jobs)

    def split(self) -> list[Job]:
        """Return a job for each variant that is known, so that more hands have work."""
        return [
            job if part is None else replace(job, variants=(part,))
            for job in self.jobs
            for part in job.variants or (None,)
        ]


def plan(
    paths: Sequence[Path],
    options: Options,
    archive: Archive,
    *,
    variants: Sequence[str] | None,
    anew: bool,
) -> Plan:
    """Plan the builds of profiles; without ``variants``, those that each has.

    With ``anew`` all is built, whatever is up to date.

    Raises:
        OutputError: for all profiles of which one would write over what another has written.
    """
    asked = tuple(dict.fromkeys(variants or ()))
    names = {path: asked or archive.variants(path) for path in paths}
    for path in _namesakes(paths):
        names[path] = names[path] or _variants(path, options)
    _require_a_file_each(names, archive)
    made = Plan()
    for number, path in enumerate(paths):
        whole = Job(number, path, names[path], options, among=names[path] or ())
        left = []
        for name in whole.among:
            known = None if anew else archive.known(path, name)
            if known is None:
                left.append(name)
            else:
                made.known.append((whole, name, known))
        if whole.variants is None:
            made.jobs.append(whole)
        elif left:
            made.jobs.append(replace(whole, variants=tuple(left)))
    return made


def _namesakes(paths: Sequence[Path]) -> list[Path]:
    """Return the profiles whose PDFs may be called alike, which are read to see.

    The variant "b-c" of a profile "a" is called as the variant "c" of a profile "a-b".
    """
    counts = Counter(path.stem for path in paths)
    alike = {stem for stem, count in counts.items() if count > 1}
    for stem in counts:
        shorter = [stem[:end] for end, character in enumerate(stem) if character == "-"]
        if above := counts.keys() & shorter:
            alike |= {stem, *above}
    return [path for path in paths if path.stem in alike]


def _variants(path: Path, options: Options) -> tuple[str, ...] | None:
    from cvforge.profile.load import load_profile  # noqa: PLC0415  seldom needed here
    from cvforge.profile.references import variant_names  # noqa: PLC0415  the same

    try:
        loaded = load_profile(path, overlay=options.overlay, settings=options.settings)
    except CvforgeError:  # it is reported when it is built
        return None
    return variant_names(loaded.profile)


def _require_a_file_each(names: dict[Path, tuple[str, ...] | None], archive: Archive) -> None:
    """Refuse profiles of which one would write over what another has just written.

    Raises:
        OutputError: for every such file, with the two that would write it.
    """
    first: dict[Path, tuple[Path, str]] = {}
    clashes: list[Diagnostic] = []
    for profile, variants in names.items():
        for variant in variants or ():
            path = archive.output(profile, variant)
            other = first.setdefault(path, (profile, variant))
            if other != (profile, variant):
                clashes.append(_clash(path, other, (profile, variant)))
    if clashes:
        raise OutputError(clashes)


def _clash(path: Path, *both: tuple[Path, str]) -> Diagnostic:
    first, second = (f'"{variant}" of "{profile.as_posix()}"' for profile, variant in both)
    return Diagnostic(
        "same-output",
        f'{first} and {second} would both be written to "{path.as_posix()}"',
        hint="build them into different folders by --output, or rename one",
    )
