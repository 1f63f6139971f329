"""Ways to look over a bibliography that stands in a test."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from cvforge.bibliography.check import check
from cvforge.diagnostics import Diagnostic, Severity

Check: TypeAlias = Callable[..., list[Diagnostic]]


@pytest.fixture(scope="session")
def found() -> Check:
    """Look over the texts of files "a.bib", "b.bib" …; what is found are warnings with a hint."""

    def findings(*texts: str) -> list[Diagnostic]:
        files = [(f"{'abc'[number]}.bib", text.encode()) for number, text in enumerate(texts)]
        report = check(files)
        assert all(finding.severity is Severity.WARNING for finding in report.findings)
        assert all(finding.place is not None and finding.hint for finding in report.findings)
        return list(report.findings)

    return findings
