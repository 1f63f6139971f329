"""The exceptions that cvforge raises on purpose, one exit status a class.

    CvforgeError
    ├── ProfileError        3   the profile, its overlay or a --set is not valid
    ├── BibliographyError   4   a .bib file is missing or cannot be read
    ├── TemplateError       5   the template is unknown or broken
    ├── PageLimitError      6   the content does not fit into the pages asked for
    ├── EngineMissingError  7   no TeX engine, or a font or package of it is not installed
    ├── EngineError         8   the engine failed or ran out of its limits
    ├── TextLostError       9   a character has no glyph, or text did not arrive in the PDF
    └── OutputError        10   a file or folder cannot be read or written

0 is success, 2 is wrong usage of the command line. Anything else is a fault of cvforge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from cvforge.diagnostics import Diagnostic, Place

if TYPE_CHECKING:
    from collections.abc import Sequence


class CvforgeError(Exception):
    """The base of all: carries every finding of the stage that failed."""

    exit_status: ClassVar[int] = 1

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics, key=Diagnostic.sort_key))
        super().__init__("; ".join(d.message for d in self.diagnostics))

    @classmethod
    def one(
        cls, code: str, message: str, *, place: Place | None = None, hint: str | None = None
    ) -> CvforgeError:
        """Make an error of a single finding."""
        return cls([Diagnostic(code, message, place, hint)])


class ProfileError(CvforgeError):
    """The profile, its overlay or a ``--set`` is not valid."""

    exit_status = 3


class BibliographyError(CvforgeError):
    """A ``.bib`` file is missing or cannot be read."""

    exit_status = 4


class TemplateError(CvforgeError):
    """The template is unknown or broken."""

    exit_status = 5


class PageLimitError(CvforgeError):
    """The content does not fit into the pages asked for."""

    exit_status = 6


class EngineMissingError(CvforgeError):
    """No TeX engine was found, or a font or package that it needs is not installed."""

    exit_status = 7


class EngineError(CvforgeError):
    """The engine failed, or ran out of the time, memory or space that it is allowed."""

    exit_status = 8


class TextLostError(CvforgeError):
    """A character has no glyph, or a text did not arrive in the finished PDF."""

    exit_status = 9


class OutputError(CvforgeError):
    """A file or folder cannot be read or written."""

    exit_status = 10
