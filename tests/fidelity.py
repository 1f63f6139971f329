"""Finds texts in what a machine extracts from a PDF: every leaf, in order, nothing swallowed."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from typing import TYPE_CHECKING

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
    normal = unicodedata.normalize("NFKC", text)
    absent = []
    position = 0
    for leaf in leaves:
        match = _pattern(leaf).search(normal, position)
        if match is None:
            absent.append(leaf)
        else:
            position = match.end()
    return absent


def _pattern(leaf: str) -> re.Pattern[str]:
    words = unicodedata.normalize("NFKC", leaf).split()
    return re.compile(
        r"\s+".join(BETWEEN_CHARACTERS.join(re.escape(c) for c in word) for word in words)
    )
