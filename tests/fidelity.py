"""What a third reader, poppler, extracts from a PDF, and what of a CV is not in it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from cvforge.check.extracted import Extracted, normal, normal_lines
from cvforge.check.matching import end_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

BETWEEN_CHARACTERS = r"(?:-?\n)?"  # a word may be broken at the end of a line


def extracted_pages(pdf: Path, *, foot: str = "") -> list[str]:
    """Return the text of each page by poppler, without its running foot ``foot`` and "n of m"."""
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", str(pdf), "-"], capture_output=True, check=True
    )
    pages = done.stdout.decode("utf-8").split("\f")[:-1]
    return [
        without_foot(page, f"{number} of {len(pages)}", foot)
        for number, page in enumerate(pages, 1)
    ]


def without_foot(page: str, number: str, foot: str) -> str:
    """Return a page's text up to its running foot."""
    text = page.rstrip()
    if foot:
        assert text.endswith(number), text[-80:]
        text = text.removesuffix(number).rstrip()
        assert text.endswith(foot), text[-80:]
        text = text.removesuffix(foot).rstrip()
    return text + "\n"


def lost(leaves: Iterable[str], text: str) -> list[str]:
    """Return the leaves that are not in ``text`` after the one before them."""
    source = Extracted.of(normal_lines(text))
    absent = []
    position = 0
    for leaf in leaves:
        end = _found(normal(leaf), source, position)
        if end is None:
            absent.append(leaf)
        else:
            position = end
    return absent


def _found(leaf: str, source: Extracted, position: int) -> int | None:
    """Return where the first ``leaf`` after ``position`` ends."""
    start = source.flat.find(leaf[0], position)
    while start >= 0:
        if (end := end_of((leaf,), source, start)) is not None:
            return end
        start = source.flat.find(leaf[0], start + 1)
    return None
