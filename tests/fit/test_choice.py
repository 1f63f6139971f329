"""What is shown when not all may be: the author's priorities and limits, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvforge.cv import Bullet, Cv, Entry, Header, Item, Keep, OneLiner, Rank, Role, Section
from cvforge.fit.choice import Rules, SectionLimit, choose
from cvforge.inline import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ALWAYS, NEVER = Keep.ALWAYS, Keep.NEVER


def one_liner(name: str, priority: int = 50, keep: Keep = Keep.AUTO) -> OneLiner:
    return OneLiner(text=phrase(name), rank=Rank(priority, keep))


def bullet(name: str, priority: int = 50, keep: Keep = Keep.AUTO) -> Bullet:
    return Bullet(text=phrase(name), rank=Rank(priority, keep))


def section(*items: Item, name: str = "a", rank: Rank | None = None) -> Section:
    return Section(id=name, title=phrase(name), items=items, rank=rank or Rank())


def cv(*sections: Section) -> Cv:
    header = Header(name=phrase("Ada Quill"))
    return Cv(variant="one-page", language="en", header=header, sections=sections)


def chosen(rules: Rules, *items: Item) -> list[str]:
    """Return the texts of the items that are left of one section."""
    left = choose(cv(section(*items)), rules).sections
    return [item.text.plain for s in left for item in s.items if isinstance(item, OneLiner)]


def limit(items: int | None = None, bullets: int | None = None) -> dict[str, SectionLimit]:
    return {"a": SectionLimit(items, bullets)}


def test_without_rules_all_is_shown() -> None:
    whole = cv(section(one_liner("A", 0), one_liner("B", 100)), section(bullet("C"), name="b"))
    assert choose(whole, Rules()) == whole


def test_what_reaches_the_minimum_priority_is_shown() -> None:
    items = (one_liner("A", 39), one_liner("B", 40), one_liner("C", 41))
    assert chosen(Rules(minimum_priority=40), *items) == ["B", "C"]


def test_a_limit_keeps_the_highest_priorities_in_the_order_of_the_page() -> None:
    items = (one_liner("A", 10), one_liner("B", 90), one_liner("C", 20), one_liner("D", 80))
    assert chosen(Rules(limits=limit(2)), *items) == ["B", "D"]
    assert chosen(Rules(limits=limit(3)), *items) == ["B", "C", "D"]


def test_among_equals_the_earlier_one_stays() -> None:
    items = tuple(one_liner(name) for name in "ABCD")
    assert chosen(Rules(limits=limit(2)), *items) == ["A", "B"]


@pytest.mark.parametrize("most", [0, 1, 2, 3, 4, 99])
def test_a_limit_is_never_exceeded(most: int) -> None:
    items = tuple(one_liner(name) for name in "ABC")
    assert len(chosen(Rules(limits=limit(most)), *items)) == min(most, 3)


def test_a_limit_is_of_its_own_section() -> None:
    first, second = section(one_liner("A"), one_liner("B")), section(one_liner("C"), name="b")
    left = choose(cv(first, second), Rules(limits={"a": SectionLimit(1), "z": SectionLimit(0)}))
    assert [len(s.items) for s in left.sections] == [1, 1]


def test_always_overrides_the_minimum() -> None:
    items = (one_liner("A", 0, ALWAYS), one_liner("B", 0), one_liner("C", 100))
    assert chosen(Rules(minimum_priority=50), *items) == ["A", "C"]


def test_always_comes_first_under_a_limit() -> None:
    items = (one_liner("A", 100), one_liner("B", 0, ALWAYS))
    assert chosen(Rules(limits=limit(1)), *items) == ["B"]


def test_never_is_never_shown() -> None:
    items = (one_liner("A", 100, NEVER), one_liner("B"), one_liner("C", 10))
    assert chosen(Rules(), *items) == ["B", "C"]
    assert chosen(Rules(limits=limit(1)), *items) == ["B"]


def test_a_section_without_items_is_dropped() -> None:
    full, low = section(one_liner("A")), section(one_liner("B", 10), name="b")
    left = choose(cv(full, low, section(name="c")), Rules(minimum_priority=20))
    assert [s.id for s in left.sections] == ["a"]


def test_a_section_has_a_priority_too() -> None:
    low = section(one_liner("A", 100), rank=Rank(10))
    kept = section(one_liner("B"), name="b", rank=Rank(10, ALWAYS))
    left = choose(cv(low, kept), Rules(minimum_priority=20))
    assert [s.id for s in left.sections] == ["b"]


def entry(*bullets: Bullet, roles: Sequence[Role] = (), rank: Rank | None = None) -> Entry:
    return Entry(heading=phrase("Press"), bullets=bullets, roles=tuple(roles), rank=rank or Rank())


def texts(made: Cv) -> list[str]:
    return [leaf.plain for leaf in made.leaves()][1:]


def test_bullets_of_an_entry_are_chosen_by_their_own_priority_and_limit() -> None:
    made = cv(section(entry(bullet("A", 10), bullet("B", 60), bullet("C", 70), bullet("D", 50))))
    rules = Rules(minimum_priority=20, limits=limit(bullets=2))
    assert texts(choose(made, rules)) == ["a", "Press", "B", "C"]


def test_an_entry_stays_when_all_of_its_bullets_go() -> None:
    made = cv(section(entry(bullet("A", 10))))
    assert texts(choose(made, Rules(minimum_priority=20))) == ["a", "Press"]


def test_an_entry_takes_its_bullets_along() -> None:
    made = cv(section(entry(bullet("A", 100), rank=Rank(10)), one_liner("B")))
    assert texts(choose(made, Rules(minimum_priority=20))) == ["a", "B"]


def test_roles_and_their_bullets_are_chosen_alike() -> None:
    roles = (
        Role(title=phrase("Head"), bullets=(bullet("A", 10), bullet("B"), bullet("C", 90))),
        Role(title=phrase("Hand"), rank=Rank(10)),
    )
    rules = Rules(minimum_priority=20, limits=limit(bullets=1))
    made = choose(cv(section(entry(roles=roles))), rules)
    assert texts(made) == ["a", "Press", "Head", "C"]


RANKS = st.builds(Rank, st.integers(0, 100), st.sampled_from(Keep))
BULLETS = st.lists(
    st.builds(Bullet, text=st.sampled_from([phrase(c) for c in "abc"]), rank=RANKS), max_size=4
).map(tuple)
ROLES = st.lists(
    st.builds(Role, title=st.just(phrase("r")), bullets=BULLETS, rank=RANKS), max_size=2
).map(tuple)
ENTRIES = st.builds(Entry, heading=st.just(phrase("e")), bullets=BULLETS, roles=ROLES, rank=RANKS)
CVS = st.lists(st.lists(ENTRIES, max_size=4).map(tuple), max_size=3).map(
    lambda lists: cv(*(section(*items, name=name) for name, items in zip("abc", lists)))  # noqa: B905  as many as there are
)
LIMITS = st.builds(SectionLimit, st.none() | st.integers(0, 5), st.none() | st.integers(0, 5))
RULES = st.builds(Rules, st.integers(0, 100), st.dictionaries(st.sampled_from("abc"), LIMITS))


def blocks(made: Cv) -> list[tuple[str, Rank]]:
    """Return every block as what it says and how it ranks, in the order of the page."""
    return list(chain.from_iterable(map(section_blocks, made.sections)))


def section_blocks(one: Section) -> Iterator[tuple[str, Rank]]:
    yield one.id, one.rank
    for item in one.items:
        assert isinstance(item, Entry)
        yield "entry", item.rank
        yield from ((b.text.plain, b.rank) for b in item.bullets)
        for role in item.roles:
            yield "role", role.rank
            yield from ((b.text.plain, b.rank) for b in role.bullets)


def is_in_order(part: Sequence[object], whole: Sequence[object]) -> bool:
    rest = iter(whole)
    return all(one in rest for one in part)


@given(CVS, RULES)
def test_the_choice_is_a_part_of_the_whole_in_its_order(whole: Cv, rules: Rules) -> None:
    assert is_in_order(blocks(choose(whole, rules)), blocks(whole))


@given(CVS, RULES)
def test_choosing_again_changes_nothing(whole: Cv, rules: Rules) -> None:
    once = choose(whole, rules)
    assert choose(once, rules) == once


@given(CVS, RULES)
def test_a_stricter_rule_never_shows_more(whole: Cv, rules: Rules) -> None:
    stricter = replace(rules, minimum_priority=min(100, rules.minimum_priority + 20))
    assert len(blocks(choose(whole, stricter))) <= len(blocks(choose(whole, rules)))
