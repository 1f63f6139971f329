"""The CVs of this repository, all variants: 100 % of their texts, in order, by both readers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cvforge.check.quick import check_quickly
from cvforge.check.report import check
from cvforge.engine.coverage import FontCoverage
from cvforge.engine.registry import engine
from cvforge.library import read_library
from cvforge.pipeline import Tools, build
from cvforge.profile.load import load_profile
from cvforge.profile.references import variant_names
from cvforge.publications import Works

if TYPE_CHECKING:
    from cvforge.engine.texlive import TexLive

ROOT = Path(__file__).parents[2]
PROFILES = ("profiles/jing-xu.yaml", "profiles/jin-xu.yaml", "examples/ada-quill.yaml")
CASES = [
    pytest.param(path, name, id=f"{Path(path).stem}-{name}")
    for path in PROFILES
    for name in variant_names(load_profile(ROOT / path).profile)
]


def test_every_variant_is_among_the_cases() -> None:
    assert len(CASES) >= 9


@pytest.mark.parametrize(("path", "name"), CASES)
def test_everything_is_found(tex: TexLive, path: str, name: str) -> None:
    loaded = load_profile(ROOT / path)
    tools = Tools(engine("xelatex", tex), FontCoverage(tex))
    made = build(loaded.profile, name, works=Works(read_library(loaded).references), tools=tools)
    report = check(made.pdf, made.cv)
    assert report.findings == ()
    assert check(made.pdf).findings == ()
    assert check_quickly(made.pdf, made.cv) == []
    assert report.pages == made.page_count
    assert report.reading.name.startswith(made.cv.header.name.plain)
