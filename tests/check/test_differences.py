"""What is said of a text that is not where it should be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvforge.check.chain import Found, gaps, in_order, occurrences
from cvforge.check.differences import Difference, Kind, differences
from cvforge.check.expected import Leaf
from cvforge.check.extracted import Extracted, normal_lines

TEXTS = (
    "Ada Quill",
    "Experience",
    "Drew an efficient serif for the press, and taught others how to draw one",
    "2019 – 2024",
    "Skills",
    "Pen, ink",
)
WHOLE = "\n".join(TEXTS)


def leaves(*texts: str) -> list[Leaf]:
    return [Leaf((text,), text) for text in texts]


def found(text: str, *texts: str) -> list[tuple[str, str, str]]:
    made = differences(leaves(*(texts or TEXTS)), Extracted.of(normal_lines(text)))
    return [(str(each.kind), each.text, each.became) for each in made]


def test_of_the_whole_text_nothing_is_said() -> None:
    assert found(WHOLE) == []


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_that_is_absent_is_lost(text: str) -> None:
    [(kind, lost, _)] = found(WHOLE.replace(text, "", 1))
    assert kind == Kind.LOST
    assert text.startswith(lost.removesuffix("…"))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("efficient", "eﬃcient", ("efficient", "eﬃcient")),
        ("an efficient", "anefficient", ("an efficient", "anefficient")),
        ("efficient", "", ("efficient", "")),
        ("Pen, ink", "Pen, inc", ("ink", "inc")),
        ("Skills", "Skil ls", ("Skills", "Skil ls")),
        ("2019 – 2024", "2019  2024", ("–", "2024")),
    ],
)
def test_a_text_that_is_spelt_otherwise_is_shown_as_it_came(
    before: str, after: str, said: tuple[str, str]
) -> None:
    [(kind, text, became)] = found(WHOLE.replace(before, after))
    only_spaces = before.replace(" ", "") == after.replace(" ", "")
    assert kind == (Kind.SPACED if only_spaces else Kind.CHANGED)
    assert said[0] in text
    assert said[1] in became


def test_a_text_at_another_place_is_out_of_order() -> None:
    swapped = WHOLE.replace("Skills\nPen, ink", "Pen, ink\nSkills")
    assert found(swapped) == [("text-moved", "Skills", "Pen, ink")]
    assert found("Skills\n" + WHOLE.replace("Skills\n", "")) == [("text-moved", "Skills", "")]


@pytest.mark.parametrize("at", range(len(TEXTS) + 1))
def test_a_line_that_nobody_wrote_is_invented(at: int) -> None:
    lines = [*TEXTS[:at], "Hire this person", *TEXTS[at:]]
    assert found("\n".join(lines)) == [("text-invented", "", "Hire this person")]


def test_a_short_text_is_not_looked_for_inside_a_word() -> None:
    assert found("Go Javanese", "Go", "Java") == [("text-changed", "Java", "Javanese")]
    assert [kind for kind, *_ in found("Go JavaScript", "Go", "Java")] == [
        "text-lost",
        "text-invented",
    ]


def test_a_text_that_comes_twice_may_be_lost_once() -> None:
    texts = ("2023", "One", "2023", "Two", "2023")
    assert found("2023 One Two 2023", *texts) == [("text-lost", "2023", "")]


def test_a_mark_too_many_is_told_where_it_stands() -> None:
    [(kind, _, became)] = found(WHOLE.replace("Skills", "• • Skills"))
    assert kind == Kind.INVENTED
    assert "• • Skills" in became


def test_the_heaviest_chain_is_kept() -> None:
    """One long text counts more than two short ones."""
    places = [[Found(20, 24, 0)], [Found(30, 34, 1)], [Found(0, 15, 2)]]
    assert in_order(places) == [Found(0, 15, 2)]
    assert in_order(places[:2]) == [Found(20, 24, 0), Found(30, 34, 1)]
    assert in_order([]) == []


def test_gaps_are_what_nothing_stands_in() -> None:
    assert gaps([Found(5, 8, 0), Found(2, 4, 1)], 10) == [(0, 2), (4, 5), (8, 10)]
    assert gaps([], 3) == [(0, 3)]


words = st.text("ab.-, é许ﬁ2", min_size=1, max_size=6).map(str.strip).filter(bool)


@given(st.lists(words, min_size=1, max_size=8), st.data())
def test_no_change_of_a_text_goes_unnoticed(texts: list[str], data: st.DataObject) -> None:
    """A character taken out of a text, or put into one, is always said, whatever is said of it."""
    texts = [" ".join(text.split()) for text in texts]
    whole = "\n".join(texts)
    assert differences(leaves(*texts), Extracted.of(normal_lines(whole))) == []
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = normal_lines(whole[:at] + "X" + whole[at:])
    assert differences(leaves(*texts), Extracted.of(changed)) != []
    taken = Extracted.of(normal_lines(whole[:at] + whole[at + 1 :]))
    if not whole[at].isspace():
        assert differences(leaves(*texts), taken) != []


@given(st.lists(words, min_size=1, max_size=8), st.text("ab .-許许\n", max_size=30))
def test_of_any_text_the_kept_places_are_in_order(texts: list[str], text: str) -> None:
    source = Extracted.of(normal_lines(text))
    chain = in_order(occurrences(leaves(*(" ".join(t.split()) for t in texts)), source))
    assert all(a.leaf < b.leaf and a.end <= b.start for a, b in pairwise(chain))
    assert all(isinstance(each, Difference) for each in differences(leaves("a"), source))
