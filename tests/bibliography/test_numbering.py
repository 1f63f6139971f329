"""Tests of the labels before publications."""

from __future__ import annotations

from collections import Counter

import pytest

from cvforge.bibliography.numbering import labelled, widest
from cvforge.cv import Numbering, Publication, PublicationGroup, Section
from cvforge.inline import phrase


def section(*groups: str, numbering: Numbering) -> Section:
    """Return a section: a group for each text, a publication for each letter, its prefix."""
    items = [
        PublicationGroup(
            title=phrase(prefixes),
            items=tuple(
                Publication(key=f"{number}{place}", title=(), prefix=prefix.strip("-"))
                for place, prefix in enumerate(prefixes)
            ),
        )
        for number, prefixes in enumerate(groups)
    ]
    return Section(id="a", title=phrase("P"), numbering=numbering, items=tuple(items))


def labels(made: Section) -> list[str]:
    return [paper.label for paper in made.publications]


@pytest.mark.parametrize(
    ("numbering", "expected"),
    [
        (Numbering.CONTINUOUS, ["[J1]", "[C1]", "[J2]", "1.", "[J3]", "2."]),
        (Numbering.CONTINUED, ["[J6]", "[C1]", "[J7]", "1.", "[J8]", "2."]),
        (Numbering.BY_GROUP, ["[J1]", "[C1]", "[J2]", "1.", "[J1]", "1."]),
        (Numbering.REVERSED, ["[J3]", "[C1]", "[J2]", "2.", "[J1]", "1."]),
        (Numbering.NONE, ["", "", "", "", "", ""]),
    ],
)
def test_each_prefix_is_counted_on_its_own(numbering: Numbering, expected: list[str]) -> None:
    assert labels(labelled(section("JCJ-", "J-", numbering=numbering), Counter(J=5))) == expected


def test_sections_without_groups_are_numbered_the_same_way() -> None:
    for numbering in (Numbering.CONTINUOUS, Numbering.BY_GROUP):
        (group,) = section("JJ", numbering=numbering).items
        assert isinstance(group, PublicationGroup)
        flat = Section(id="a", title=phrase("P"), numbering=numbering, items=group.items)
        assert labels(labelled(flat, Counter())) == ["[J1]", "[J2]"]


def test_a_list_that_goes_on_begins_after_all_above() -> None:
    above = Counter[str]()
    labelled(section("J-", numbering=Numbering.REVERSED), above)
    labelled(section("J-", numbering=Numbering.NONE), above)
    assert labels(labelled(section("J-", numbering=Numbering.CONTINUED), above)) == ["[J2]", "2."]


def test_of_each_prefix_the_widest_label_is_known() -> None:
    short = labelled(section("-" * 9, numbering=Numbering.CONTINUOUS), Counter())
    assert widest([short]) == ("0.",)
    long = labelled(section("J" * 10, numbering=Numbering.CONTINUOUS), Counter())
    wide = labelled(section("W2", numbering=Numbering.CONTINUOUS), Counter())
    assert widest([short, long, wide]) == ("0.", "[J00]", "[W0]", "[20]")
    assert widest([section("J", numbering=Numbering.NONE)]) == ()
