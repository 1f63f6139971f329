"""What was found wrong in the files so far, to be raised together."""

from __future__ import annotations

from cvforge.diagnostics import Diagnostic, Place
from cvforge.errors import BibliographyError

MAX_FINDINGS = 1_000


class Findings:
    """Collects diagnostics, so that one reading reports them all.

    At MAX_FINDINGS reading stops: such a file is no bibliography.
    """

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []

    def add(self, code: str, message: str, place: Place, hint: str) -> None:
        """Note one finding.

        Raises:
            BibliographyError: if there are too many of them.
        """
        self._found.append(Diagnostic(code, message, place, hint))
        if len(self._found) >= MAX_FINDINGS:
            self.raise_any()

    def __len__(self) -> int:
        return len(self._found)

    def raise_any(self) -> None:
        """Raise what was found.

        Raises:
            BibliographyError: if anything was.
        """
        if self._found:
            raise BibliographyError(self._found)
