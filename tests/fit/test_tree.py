"""The droppable blocks of a CV, and the CV that a choice of them leaves."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulers import bullet, cv, cvs, entry, publication, role, section

from cvforge.cv import Entry, Keep, Publication, Rank
from cvforge.fit.tree import keep, label, parts, short

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from cvforge.cv import Cv
    from cvforge.fit.tree import Part

WHOLE = cv(
    section(
        entry("Press", bullet("A"), bullet("B"), roles=(role("Head", bullet("C")), role("Hand"))),
        entry("Atelier"),
    ),
    section(publication("one", abstract="Words."), publication("two"), name="b"),
)


def names(made: Cv) -> list[str]:
    return [label(part) for part in parts(made)]


def is_under_kept(tree: Sequence[Part], index: int, kept: frozenset[int]) -> bool:
    parent = tree[index].parent
    return index in kept and (parent is None or is_under_kept(tree, parent, kept))


def test_an_item_of_which_all_is_kept_stays_the_same_object() -> None:
    made = keep(WHOLE, frozenset(range(len(parts(WHOLE)))) - {2})
    (press, atelier), papers = (section.items for section in made.sections)
    assert atelier is WHOLE.sections[0].items[1]
    assert press is not WHOLE.sections[0].items[0]
    assert all(map(operator.is_, papers, WHOLE.sections[1].items))


def test_the_parts_stand_in_the_order_of_the_page() -> None:
    assert [(part.kind, label(part)) for part in parts(WHOLE)] == [
        ("section", "a"),
        ("entry", "Press"),
        ("bullet", "A"),
        ("bullet", "B"),
        ("role", "Head"),
        ("bullet", "C"),
        ("role", "Hand"),
        ("entry", "Atelier"),
        ("section", "b"),
        ("publication", "one"),
        ("abstract", "abstract of one"),
        ("publication", "two"),
    ]


def test_each_part_knows_its_parent_its_section_and_its_place_among_its_siblings() -> None:
    tree = parts(WHOLE)
    assert [part.parent for part in tree] == [None, 0, 1, 1, 1, 4, 1, 0, None, 8, 9, 8]
    assert [part.section for part in tree] == [0] * 8 + [8] * 4
    assert [part.place for part in tree] == [0, 0, 0, 1, 2, 0, 3, 1, 1, 0, 0, 1]


def test_an_abstract_is_neither_kept_always_nor_in_a_group() -> None:
    rank = Rank(80, Keep.ALWAYS, "thesis")
    _, title, abstract = parts(cv(section(publication("one", abstract="Words.", rank=rank))))
    assert title.rank == rank
    assert abstract.rank == Rank(50)


def test_without_its_abstract_a_publication_stays() -> None:
    (_, left) = keep(WHOLE, frozenset({0, 1, 8, 9, 11})).sections
    assert [(i.key, i.abstract) for i in left.items if isinstance(i, Publication)] == [
        ("one", ()),
        ("two", ()),
    ]


def test_roles_go_with_their_bullets_and_bullets_without_their_roles() -> None:
    (left,) = keep(WHOLE, frozenset({0, 1, 3, 4, 6})).sections
    (press,) = left.items
    assert isinstance(press, Entry)
    assert [b.text.plain for b in press.bullets] == ["B"]
    assert [(r.title.plain, r.bullets) for r in press.roles] == [("Head", ()), ("Hand", ())]


@given(cvs())
def test_keeping_all_parts_is_the_identity(whole: Cv) -> None:
    assert keep(whole, frozenset(range(len(parts(whole))))) == whole


@given(cvs())
def test_keeping_none_leaves_the_header_alone(whole: Cv) -> None:
    left = keep(whole, frozenset())
    assert left.sections == ()
    assert left.header == whole.header


@given(cvs(), st.randoms(use_true_random=False))
def test_exactly_the_chosen_parts_are_kept_in_their_order(whole: Cv, random: Random) -> None:
    tree = parts(whole)
    kept = frozenset(i for i in range(len(tree)) if random.random() < 0.7)
    expected = [label(tree[i]) for i in range(len(tree)) if is_under_kept(tree, i, kept)]
    assert names(keep(whole, kept)) == expected


@given(cvs())
def test_a_parent_stands_before_its_children_and_subtrees_are_whole(whole: Cv) -> None:
    open_parts: list[int] = []
    for index, part in enumerate(parts(whole)):
        while open_parts and open_parts[-1] != part.parent:
            open_parts.pop()
        assert bool(open_parts) == (part.parent is not None)
        open_parts.append(index)


@pytest.mark.parametrize(
    ("words", "shown"), [("a" * 40, "a" * 40), ("a" * 41, "a" * 39 + "…"), ("", "")]
)
def test_a_long_name_is_cut(words: str, shown: str) -> None:
    assert short(words) == shown


def test_no_space_stands_before_the_cut() -> None:
    assert short("one two three", 5) == "one…"
