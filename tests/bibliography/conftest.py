"""Ways to read a bibliography that stands in a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import pytest

from cvforge.bibliography.reading.reader import read_bibliography
from cvforge.bibliography.reference import Reference
from cvforge.diagnostics import Diagnostic
from cvforge.errors import BibliographyError

Read: TypeAlias = Callable[[str], Mapping[str, Reference]]
Refuse: TypeAlias = Callable[[str], Diagnostic]

CARET = "‸"


@pytest.fixture(scope="session")
def read() -> Read:
    """Read the text of one file."""
    return lambda text: read_bibliography([("ada.bib", text.encode())]).references


@pytest.fixture(scope="session")
def refuse() -> Refuse:
    """Return the one finding against a file's text; it must be placed where the caret ‸ stands."""

    def finding(text: str) -> Diagnostic:
        before, _, after = text.partition(CARET)
        with pytest.raises(BibliographyError) as refused:
            read_bibliography([("ada.bib", (before + after).encode())])
        (only,) = refused.value.diagnostics
        assert only.place is not None
        assert only.hint
        lines = before.split("\n")
        assert (only.place.line, only.place.column) == (len(lines), len(lines[-1]) + 1)
        return only

    return finding
