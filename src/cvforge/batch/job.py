"""What is asked of whoever builds, and what comes back; all of it can be sent to another process.

Importing it loads nothing: an up-to-date build needs no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from cvforge.frozen import dataclass
from cvforge.templates.folder import DEFAULT_TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence
    from pathlib import Path

    from cvforge.diagnostics import Diagnostic
    from cvforge.record import Inputs

GUESSED = 2  # variants of a profile that was not read yet


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked of every profile; ``epoch`` is the date inside the PDFs, None the profile's.

    ``template_folder`` is where the person's own version of the template is. The folders of jobs
    are made in ``kept_in``, and stay; PDFs do not depend on it.
    """

    engine: str = "xelatex"
    template: str | None = None
    pages: int | None = None
    density: str | None = None
    overlay: Path | None = None
    settings: tuple[str, ...] = ()
    lenient: bool = False
    epoch: int | None = None
    kept_in: Path | None = None
    template_folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """What decides which engine may wait for a document: its template and class options."""

    template: str = DEFAULT_TEMPLATE
    options: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Job:
    """One profile, and the variants of it to build; None stands for all that it has.

    ``among`` are all variants that were asked for, in their order, also those not to be built.
    """

    number: int
    profile: Path
    variants: tuple[str, ...] | None
    options: Options
    among: tuple[str, ...] = ()

    def count(self) -> int:
        """Return about how many PDFs come of it: a profile that is not known has two."""
        return GUESSED if self.variants is None else len(self.variants)


@dataclass(frozen=True, slots=True)
class Planned:
    """A profile was read, and has these variants; ``inputs`` are the files that decide on them."""

    variants: tuple[str, ...]
    inputs: Inputs


@dataclass(frozen=True, slots=True)
class Made:
    """The PDF of one variant; ``line`` says what it is like, ``fields`` the same for machines."""

    variant: str
    pdf: bytes
    line: str
    fields: dict[str, Any]
    warnings: tuple[Diagnostic, ...]
    inputs: Inputs


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a variant was not built, or the whole profile where ``variant`` is None.

    ``diagnostics`` begin with the warnings that came before the error. ``inputs`` are the files
    that were read until then.
    """

    variant: str | None
    exit_status: int
    diagnostics: tuple[Diagnostic, ...]
    inputs: Inputs


Forms: TypeAlias = "Mapping[tuple[str, str], Form]"  # by profile and variant
Event: TypeAlias = Planned | Made | Failed
Events: TypeAlias = "Generator[tuple[Job, Event], None, None]"


class Executor(Protocol):
    """Whoever does jobs."""

    def results(self, jobs: Sequence[Job]) -> Events:
        """Yield what comes of the jobs as it comes; closing the iterator stops the work."""
