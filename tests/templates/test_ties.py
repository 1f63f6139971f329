"""What stays together in a line."""

from __future__ import annotations

import pytest

from cvforge.inline import parse, plain
from cvforge.templates.ties import tied, without_runt

TIE = "\N{NO-BREAK SPACE}"
LONG = "A text that is long enough to take more than one line of the page that it is set on, surely"


def test_a_short_name_and_its_year_stay_together() -> None:
    venue = parse("Forty-Second Conference (ICML 2025), 3 of 4 (see 12)")
    assert plain(tied(venue)) == f"Forty-Second Conference (ICML{TIE}2025), 3 of 4 (see 12)"


def test_a_short_last_word_of_a_long_text_is_tied() -> None:
    assert plain(without_runt(parse(f"{LONG} so."))) == f"{LONG}{TIE}so."


@pytest.mark.parametrize("text", ["Short so.", f"{LONG} extraordinarily", f"{LONG} **so**", ""])
def test_other_texts_are_left_alone(text: str) -> None:
    assert without_runt(parse(text)) == parse(text)
