"""What the solver is given: the header's height, the legend's surcharge, each block's rules."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rulers import Hand, bullet, cv, entry, kinds, publication, role, section, sp

from cvforge.cv import Keep, Rank
from cvforge.fit.choice import SectionLimit
from cvforge.fit.nodes import gap, measure, nodes
from cvforge.fit.problem import Gap, Node
from cvforge.fit.tree import parts
from cvforge.fit.wishes import Wishes
from cvforge.inline import phrase

WISHES = Wishes(pages=1, densities=("comfortable",))


def test_the_header_is_as_high_as_its_lines_and_the_gaps_between_them() -> None:
    made = cv(section(bullet("A")))
    lines = (phrase("Type designer"), phrase("Example Press"))
    made = replace(made, header=replace(made.header, headline=lines))
    gaps = {("name", "headline"): 2.0, ("headline", "headline"): 3.0, ("headline", "section"): 50.0}
    hand = Hand(page=200, heights={0: 10, 1: 6, 2: 7, 3: 4, 4: 5}, gaps=gaps)
    found = measure(kinds(made), hand.ruler(made))
    assert found.head == sp(10) + sp(2) + sp(6) + sp(3) + sp(7)
    assert found.head_kind == "headline"
    assert found.heights == (sp(4), sp(5))
    assert found.page == sp(200)
    assert found.surcharges == {}


def test_a_name_alone_is_a_header_without_a_gap() -> None:
    made = cv(section(bullet("A")))
    found = measure(kinds(made), Hand(page=200, heights={0: 10}).ruler(made))
    assert (found.head, found.head_kind) == (sp(10), "name")


def test_a_legend_is_a_surcharge_with_the_gaps_that_it_adds() -> None:
    listed = replace(section(publication("one", marks=("*",))), note=phrase("(* equal)"))
    made = cv(section(bullet("A")), listed, section(bullet("B"), name="c"))
    gaps = {("section", "note"): 2.0, ("note", "publication"): 3.0, ("section", "publication"): 4.0}
    found = measure(kinds(made), Hand(page=200, heights={4: 6, 5: 7}, gaps=gaps).ruler(made))
    assert kinds(made)[4] == "note"
    assert found.surcharges == {2: sp(6) + sp(2) + sp(3) - sp(4)}
    assert found.heights[3] == sp(7)  # the publication, not the legend
    assert len(found.heights) == len(parts(made))


@pytest.mark.parametrize(("penalty", "may_break"), [(10_000, False), (9_999, True), (-300, True)])
def test_a_page_may_end_where_tex_would_let_it(penalty: int, *, may_break: bool) -> None:
    made = cv(section(bullet("A")))
    ruler = Hand(page=200).ruler(made)
    pair = ("section", "bullet")
    gaps = dict(ruler.gaps) | {pair: ruler.gaps[pair]._replace(height=7, penalty=penalty)}
    assert gap(replace(ruler, gaps=gaps), *pair) == Gap(7, may_break)


def test_a_section_needs_a_part_and_an_entry_does_not() -> None:
    made = nodes(parts(cv(section(entry("Press", bullet("A"))))), WISHES)
    assert [node.needs_child for node in made] == [True, False, False]
    assert [node.parent for node in made] == [None, 0, 1]
    assert [node.kind for node in made] == ["section", "entry", "bullet"]


def test_keep_and_group_are_the_author_s() -> None:
    made = cv(section(bullet("A", 50, Keep.ALWAYS), bullet("B", group="g"), rank=Rank(60)))
    assert nodes(parts(made), WISHES) == (
        Node(kind="section", parent=None, value=200, needs_child=True),
        Node(kind="bullet", parent=0, value=100, pinned=True),
        Node(kind="bullet", parent=0, value=93, group="g"),
    )


def limited(limit: SectionLimit) -> list[tuple[str, int, int | None]]:
    made = cv(
        section(
            entry("Press", bullet("A")),
            entry("Atelier", bullet("B"), roles=(role("Head", bullet("C")),)),
        ),
        section(bullet("D"), name="b"),
    )
    found = nodes(parts(made), replace(WISHES, limits={"a": limit}))
    return [(node.kind, node.fewest, node.most) for node in found]


def test_a_limit_of_entries_is_the_section_s_and_one_of_bullets_the_entry_s_or_role_s() -> None:
    assert limited(SectionLimit(items=5, bullets=2, at_least=1)) == [
        ("section", 1, 5),
        ("entry", 0, 2),
        ("bullet", 0, None),
        ("entry", 0, None),
        ("bullet", 0, None),
        ("role", 0, 2),
        ("bullet", 0, None),
        ("section", 0, None),
        ("bullet", 0, None),
    ]


def test_without_a_limit_there_is_none() -> None:
    assert {(fewest, most) for _, fewest, most in limited(SectionLimit())} == {(0, None)}


def test_a_publication_with_a_mark_is_marked_and_its_abstract_too() -> None:
    made = cv(
        section(publication("one", marks=("*",), abstract="Words."), publication("two")),
    )
    assert [node.marked for node in nodes(parts(made), WISHES)] == [False, True, True, False]
