"""The fields that are read: whatever a style, a choice or a check asks for is among them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import cvforge.bibliography
from cvforge.bibliography.reading.drafts import is_verbatim
from cvforge.bibliography.reading.fields import ABSTRACT, READ
from cvforge.bibliography.reference import NAME_FIELDS

SOURCES = Path(cvforge.bibliography.__file__).parent
READERS = sorted(
    path.relative_to(SOURCES).as_posix()
    for path in (
        *(SOURCES / "house").glob("*.py"),
        *(SOURCES / "csl").glob("*.py"),
        *(SOURCES / name for name in ("select.py", "dates.py", "reading/completeness.py")),
    )
)
# Source: the biblatex manual, 2.2.2 (data fields).
FIELDS = frozenset(
    {*READ, "annotation", "authortype", "bookpagination", "eprintdate", "eventtitlesort"}
    | {"entrysubtype", "hyphenation", "indextitle", "isan", "ismn", "isrn", "iswc", "issuenumber"}
    | {"nameaddon", "numpages", "origlanguage", "origlocation", "origpublisher", "origtitle"}
    | {"pagination", "reprinttitle", "shorthand", "shorthandintro", "shortauthortype"}
    | {"titleaddon", "usera", "userb", "userc", "verba", "library", "relatedstring"}
)


@pytest.mark.parametrize("path", READERS)
def test_what_is_asked_for_is_read_with_findings(path: str) -> None:
    tree = ast.parse((SOURCES / path).read_text("utf-8"))
    said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    asked = {name for name in said if name in FIELDS}
    assert asked <= READ


def test_no_field_is_read_in_two_ways() -> None:
    assert READ.isdisjoint({*NAME_FIELDS, ABSTRACT})
    assert {name for name in READ if is_verbatim(name)} == set()
