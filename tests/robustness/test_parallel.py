"""Many builds at once into one place, with one cache that is empty at first."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from robustness.conftest import Site


@pytest.mark.parametrize("count", [4, pytest.param(50, marks=pytest.mark.soak)])
def test_builds_at_once_leave_one_whole_pdf_and_a_cache_that_works(
    cold: Site, pdfs: dict[str, bytes], count: int
) -> None:
    assert cold.pdf.read_bytes() == pdfs["old"]
    started = [cold.start(("new", "old")[number % 2]) for number in range(count)]
    seen = set()
    while any(process.poll() is None for process in started):
        seen.add(cold.pdf.read_bytes())
        time.sleep(0.001)
    ended = [(process.communicate()[1], process.returncode) for process in started]
    assert ended == [("", 0)] * count
    assert seen | {cold.pdf.read_bytes()} <= set(pdfs.values())
    assert cold.left_behind() == []
    assert cold.has_ended()
    for content, pdf in pdfs.items():
        assert cold.build(content) == (0, "")
        assert cold.pdf.read_bytes() == pdf
    making = {path.name for path in cold.cache.rglob("*") if path.name.startswith("making-")}
    assert making == set()
