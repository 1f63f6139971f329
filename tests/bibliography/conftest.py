"""Ways to read a bibliography that stands in a test."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from cvforge.bibliography.reader import Reference, read_bibliography
from cvforge.diagnostics import Diagnostic
from cvforge.errors import BibliographyError

Read: TypeAlias = Callable[[str], dict[str, Reference]]
Refuse: TypeAlias = Callable[[str], tuple[Diagnostic, ...]]


@pytest.fixture(scope="session")
def read() -> Read:
    """Read one file's text."""
    return lambda text: read_bibliography([("ada.bib", text.encode())])


@pytest.fixture(scope="session")
def refuse() -> Refuse:
    """Return the findings against one file's text, which must have some."""

    def findings(text: str) -> tuple[Diagnostic, ...]:
        with pytest.raises(BibliographyError) as refused:
            read_bibliography([("ada.bib", text.encode())])
        return refused.value.diagnostics

    return findings
