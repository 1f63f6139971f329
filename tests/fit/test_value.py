"""What a block is worth: simple enough to predict, and said in one place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulers import bullet, cv, publication, section

from cvforge.cv import Rank
from cvforge.fit.nodes import nodes
from cvforge.fit.tree import parts
from cvforge.fit.value import ABSTRACT_BELOW, MOST_PLACES, value
from cvforge.fit.wishes import Wishes

PRIORITIES = st.integers(0, 100)


@pytest.mark.parametrize(
    ("rank", "worth"),
    [(20, 12), (30, 25), (40, 50), (50, 100), (60, 200), (70, 400), (80, 800), (90, 1600)],
)
def test_the_table_of_the_manual_holds(rank: int, worth: int) -> None:
    assert value(rank, place=0) == worth
    assert value(100, place=0) == 3200


@given(st.integers(10, 90), st.integers(0, 40))
def test_ten_points_more_count_double(priority: int, place: int) -> None:
    assert abs(value(priority + 10, place=place) - 2 * value(priority, place=place)) <= 1


@given(st.integers(50, 100), st.integers(0, MOST_PLACES - 1))
def test_of_two_equals_the_earlier_one_is_worth_more(priority: int, place: int) -> None:
    assert value(priority, place=place) > value(priority, place=place + 1)
    assert value(priority, place=place + 1) == value(priority - 1, place=place)


@given(PRIORITIES, st.integers(MOST_PLACES, 500))
def test_after_twenty_places_it_falls_no_further(priority: int, place: int) -> None:
    assert value(priority, place=place) == value(priority, place=MOST_PLACES)


@given(PRIORITIES, st.integers(0, 40))
def test_a_weight_multiplies_and_nothing_is_worth_less_than_one(priority: int, place: int) -> None:
    once = value(priority, place=place)
    assert once >= 1
    assert abs(value(priority, place=place, weight=2) - 2 * once) <= 1
    assert isinstance(once, int)


def test_an_abstract_ranks_thirty_below_its_publication() -> None:
    made = cv(section(publication("one", abstract="Words.", rank=Rank(80))))
    _, title, abstract = nodes(parts(made), Wishes(pages=1, densities=("regular",)))
    assert ABSTRACT_BELOW == 30
    assert (title.value, abstract.value) == (800, 100)


def test_an_abstract_never_ranks_below_nothing() -> None:
    made = cv(section(publication("one", abstract="Words.", rank=Rank(10))))
    assert parts(made)[2].rank.priority == 0


def test_the_weight_of_a_section_counts_for_all_in_it_and_for_no_other() -> None:
    made = cv(section(bullet("A")), section(bullet("B"), name="b"))
    wishes = Wishes(pages=1, densities=("regular",), weights={"b": 3.0})
    assert [node.value for node in nodes(parts(made), wishes)] == [100, 100, 280, 300]
