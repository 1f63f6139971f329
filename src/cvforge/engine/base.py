"""What an engine is given and what it gives back; knows no profile and no templates."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, ClassVar, Protocol

from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

MAX_PASSES = 4


@dataclass(frozen=True, slots=True)
class TexJob:
    r"""One document to typeset.

    ``files`` are the texts that stand beside it, by file name: class and packages. ``epoch`` is
    the date inside the PDF, in seconds since 1970 (UTC). A job whose source asks (``\\CvAsk``) has
    an ``answer``: given all that was reported, it returns the ``.tex`` to go on with, which has
    the same preamble, or None where it takes what comes up to the next question. ``meanwhile`` is
    what may be done while the engine works, before it asks and after. ``pictures`` are
    the images that this document shows, by file name, and ``fonts`` where the fonts are that it
    loads by such names. ``is_shipped`` says that the files are the program's own: then nobody
    else's code is run.
    """

    source: str
    files: Mapping[str, bytes]
    epoch: int
    answer: Callable[[str], str | None] | None = None
    meanwhile: Callable[[], None] | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    fonts: Mapping[str, Path] = field(default_factory=dict)
    is_shipped: bool = False

    def leaves_nothing(self) -> bool:
        """Say whether TeX is as before after it: it has no fonts nor pictures of its own."""
        return self.is_shipped and not self.fonts and not self.pictures


@dataclass(frozen=True, slots=True)
class LogFinding:
    """Something that the engine complained of; ``line`` is the line of the ``.tex``, from 1.

    ``is_answer`` says that the ``.tex`` is the one that answered the job's question.
    """

    code: str
    message: str
    line: int | None = None
    is_error: bool = True
    is_answer: bool = False
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """How full a page is, in points of TeX (1/72.27 in).

    ``used`` is the natural height of its text, ``height`` that of a full page, ``stretch`` what
    its gaps can take up.
    """

    number: int
    used: float
    height: float
    stretch: float


@dataclass(frozen=True, slots=True)
class TexPass:
    """One run over the document, and why it was needed."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class TexRun:
    """What came of a job; ``pdf`` is None when the engine did not finish."""

    pdf: bytes | None
    passes: tuple[TexPass, ...]
    findings: tuple[LogFinding, ...]
    pages: tuple[Page, ...] = ()
    log: str = ""


class Engine(Protocol):
    """A TeX engine that is installed."""

    name: ClassVar[str]

    def version(self) -> str:
        """Return the first line that the engine says about itself."""

    def run(self, job: TexJob) -> TexRun:
        """Typeset a job in as many passes as it needs, at most ``MAX_PASSES``."""

    def reserve(
        self, files: Mapping[str, bytes], count: int = 1, *, options: Iterable[str] = ()
    ) -> None:
        """Start what can be started before there is a job, ``count`` times.

        The jobs will have these files, and of the class options those that load packages.
        """

    def close(self) -> None:
        """End whatever was started and not needed."""
