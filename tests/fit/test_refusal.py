"""What is said when the pages cannot be: how many millimetres, which blocks, which limit."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulers import Hand, bullet, cv, cvs, entry, fitted, hands, kinds, publication, section

from cvforge.cv import Bullet, Cv, Keep, Rank
from cvforge.diagnostics import Diagnostic, Place, Severity
from cvforge.errors import PageLimitError
from cvforge.fit.choice import SectionLimit
from cvforge.fit.refusal import short_last_page
from cvforge.fit.tree import parts
from cvforge.inline import phrase

ALWAYS = Keep.ALWAYS
PLACE = Place("ada.yaml", 7, 3)


def refusal(made: Cv, hand: Hand, **wishes: object) -> Diagnostic:
    with pytest.raises(PageLimitError) as raised:
        fitted(made, hand, **({"place": PLACE} | wishes))
    assert raised.value.exit_status == 6
    (found,) = raised.value.diagnostics
    assert found.place == PLACE
    assert found.hint is not None
    return found


def test_what_is_missing_is_said_in_millimetres_with_the_three_biggest_blocks() -> None:
    bullets = [bullet(name, keep=ALWAYS) for name in ("Low", "High", "Higher", "Highest")]
    hand = Hand(page=40, heights={2: 6, 3: 7.5, 4: 9, 5: 12.2})
    found = refusal(cv(section(*bullets, bullet("Dropped"))), hand)
    # The name and the heading, 34.7 mm of bullets, and five gaps: 49.7 mm.
    assert found.code == "too-many-pages"
    assert found.message == (
        'what "one-page" must keep needs 9.7 mm more than 1 page at the density "comfortable"; '
        'the biggest: "Highest" (12.2 mm), "Higher" (9.0 mm), "High" (7.5 mm)'
    )


def test_what_stands_over_a_pinned_block_counts_but_is_not_to_blame() -> None:
    made = cv(section(entry("Press", bullet("A", keep=ALWAYS))))
    found = refusal(made, Hand(page=20, heights={2: 19}))
    # 5 + 1 + 5 + 1 + 19 + 1 + 5 mm
    assert "needs 17.0 mm more" in found.message
    assert found.message.endswith('the biggest: "A" (5.0 mm)')


def test_a_group_is_kept_with_its_pinned_part() -> None:
    grouped = [bullet("A", 50, ALWAYS, "g"), bullet("B", group="g"), bullet("C")]
    found = refusal(cv(section(*grouped)), Hand(page=20))
    assert "needs 3.0 mm more" in found.message


def test_a_legend_counts_too() -> None:
    rank = Rank(50, ALWAYS)
    listed = replace(section(publication("P", marks=("*",), rank=rank)), note=phrase("(*)"))
    assert "needs 3.0 mm more" in refusal(cv(listed), Hand(page=20)).message


def test_a_pinned_section_brings_its_lowest_part() -> None:
    made = cv(section(bullet("A"), bullet("B"), rank=Rank(50, ALWAYS)))
    found = refusal(made, Hand(page=14, heights={2: 9, 3: 3}))
    assert "needs 1.0 mm more" in found.message


def test_several_pages_are_named_as_such() -> None:
    made = cv(section(*(bullet(name, keep=ALWAYS) for name in "ABCDEF")))
    found = refusal(made, Hand(page=17.001), pages=2)
    # Page 1 takes up to A; the five others are 29 mm.
    assert "needs 12.0 mm more than 2 pages" in found.message


def test_a_limit_that_forbids_what_must_be_kept_is_the_reason() -> None:
    made = cv(section(bullet("A", keep=ALWAYS), bullet("B", keep=ALWAYS)))
    found = refusal(made, Hand(page=100), limits={"a": SectionLimit(items=1)})
    assert found.code == "limit-and-keep"
    assert found.message == '"one-page" must keep 2 parts of "a", its limit is 1'
    assert "limits" in str(found.hint)


def test_a_limit_of_none_forbids_a_single_part() -> None:
    made = cv(section(bullet("A", keep=ALWAYS)), section(bullet("B"), name="b"))
    found = refusal(made, Hand(page=100), limits={"a": SectionLimit(items=0)})
    assert found.message == '"one-page" must keep 1 part of "a", its limit is 0'


def test_more_parts_than_there_are_cannot_be_kept() -> None:
    made = cv(section(bullet("A", keep=ALWAYS)))
    found = refusal(made, Hand(page=100), limits={"a": SectionLimit(at_least=3)})
    assert found.message == '"one-page" must keep 3 parts of "a", which has 1'


def test_long_names_are_cut() -> None:
    long = Bullet(text=phrase("words " * 20), rank=Rank(50, ALWAYS))
    found = refusal(cv(section(long)), Hand(page=12))
    assert f'"{"words " * 6}wor…"' in found.message


def test_too_little_is_no_error_of_space() -> None:
    found = refusal(cv(section(bullet("A"))), Hand(page=100), pages=2)
    assert found.code == "too-few-pages"
    assert found.message == 'all that "one-page" may show fills 1 page, not the 2 asked for'
    assert found.hint == 'set "pages: 1", or show more'


@given(st.data())
def test_with_as_much_more_page_as_is_said_it_fits(data: st.DataObject) -> None:
    made = data.draw(cvs(groups=False))
    hand = data.draw(hands(made))
    hand = replace(hand, page=min(hand.page, 30))
    try:
        fitted(made, hand)
    except PageLimitError as error:
        match = re.search(r"needs ([\d.]+) mm more", str(error))
        assert match is not None
        more = float(match[1])
        fitted(made, replace(hand, page=hand.page + more + 0.051))
        if more > 0.1:
            with pytest.raises(PageLimitError):
                fitted(made, replace(hand, page=hand.page + more - 0.051))


def test_the_numbers_in_these_tests_count_the_name_as_the_first_block() -> None:
    made = cv(section(bullet("A")))
    assert kinds(made) == ("name", "section", "bullet")
    assert len(parts(made)) == 2


def test_a_last_page_of_a_few_lines_is_a_warning_with_the_way_out() -> None:
    (warning,) = short_last_page("full", 3, 0.05)
    assert warning.severity is Severity.WARNING
    assert warning.message == 'page 3, the last of "full", is 5% full'
    assert warning.hint is not None
    assert "pages: 2" in warning.hint


@pytest.mark.parametrize(("number", "share"), [(1, 0.05), (3, 0.12), (2, 0.9)])
def test_other_last_pages_are_as_they_should_be(number: int, share: float) -> None:
    assert short_last_page("full", number, share) == ()
