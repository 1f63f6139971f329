"""What the engine reports, as rulers: by density, and past everything else that it says."""

from __future__ import annotations

import pytest

from cvforge.fit.measures import (
    MILLIMETRES,
    SCALED_POINTS,
    BlockMeasure,
    GapMeasure,
    Ruler,
    read_rulers,
)

REPORT = """\
This is XeTeX, Version 3.141592653-2.6-0.999994 (TeX Live 2022/Debian) (preloaded format=xelatex)
(./cv.tex
LaTeX2e <2022-11-01> patch level 1 (./cvforge-classic.cls
Document Class: cvforge-classic 2026/11/21 cvforge: the academic CV in one column
))
cvforge-room: comfortable 46542848 29840384
cvforge-block: comfortable 0 1861222 0 1
cvforge-block: comfortable 1 930611 400000 2
Overfull \\hbox (10.0pt too wide) in paragraph at lines 21--22
[]\\TU/cv-text/m/n/10 cvforge-block: comfortable 1 7 7 7
cvforge-gap: comfortable name section 990904 613416 -300
cvforge-gap: comfortable section bullet 353894 47185 10000
cvforge-room: tight 49000000 31000000
cvforge-block: tight 0 1500000 0 1
cvforge-block: tight 1 760000 0 1
cvforge-gap: tight name section 500000 0 150
cvforge-ready
"""


def test_every_density_has_its_own_ruler_in_the_order_of_the_report() -> None:
    rulers = read_rulers(REPORT)
    assert list(rulers) == ["comfortable", "tight"]
    assert rulers["comfortable"] == Ruler(
        "comfortable",
        46542848,
        29840384,
        {0: BlockMeasure(1861222, 0, 1), 1: BlockMeasure(930611, 400000, 2)},
        {
            ("name", "section"): GapMeasure(990904, 613416, -300),
            ("section", "bullet"): GapMeasure(353894, 47185, 10000),
        },
    )
    assert rulers["tight"].blocks[1] == BlockMeasure(760000, 0, 1)
    assert rulers["tight"].gaps == {("name", "section"): GapMeasure(500000, 0, 150)}


def test_a_density_without_blocks_has_its_room() -> None:
    assert read_rulers("cvforge-room: regular 5 6\n") == {"regular": Ruler("regular", 5, 6, {}, {})}


@pytest.mark.parametrize("report", ["", "cvforge-ready\n", " cvforge-room: regular 5 6\n"])
def test_where_nothing_is_reported_there_is_no_ruler(report: str) -> None:
    assert read_rulers(report) == {}


def test_lines_may_end_as_on_other_systems() -> None:
    assert read_rulers(REPORT.replace("\n", "\r\n")) == read_rulers(REPORT)


def test_an_inch_has_as_many_millimetres_as_it_should() -> None:
    assert pytest.approx(25.4) == 72.27 * SCALED_POINTS * MILLIMETRES
