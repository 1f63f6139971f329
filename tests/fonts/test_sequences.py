"""Which characters make one picture of several, and which ask for a form that no machine reads."""

from __future__ import annotations

import pytest

from cvforge.fonts.scripts import clusters
from cvforge.fonts.sequences import forms, is_composed, is_flag, joining


@pytest.mark.parametrize(
    ("cluster", "by"),
    [
        ("👩\u200d💻", "\u200d"),
        ("👩🏽\u200d⚕\ufe0f", "🏽\u200d"),
        ("👨\u200d👩\u200d👧", "\u200d"),
        ("❤\ufe0f\u200d🔥", "\u200d"),
        ("+\u200d+", "\u200d"),
        ("👍🏽", "🏽"),
        ("🇩🇪", "🇪"),
        ("1\ufe0f\u20e3", "\u20e3"),
        ("#\u20e3", "\u20e3"),
        ("\U0001f3f4\U000e0067\U000e007f", "\U000e0067\U000e007f"),
    ],
)
def test_what_joins_signs_is_named(cluster: str, by: str) -> None:
    assert clusters(cluster) == [cluster]
    assert joining(cluster) == by
    assert is_composed(cluster)


@pytest.mark.parametrize(
    "cluster",
    [
        *("a", "1", "#", "☎", "🚀", "🇽", "🏽", "é\u0331", "A\u20dd", "A\u20e3", "a🏽"),
        *("❤\ufe0f", "☎\ufe0e", "1\ufe0f", "क्\u200dष", "ی\u200c", "ه\u200d", "ශ්\u200dරී", "ᠠ\u180b"),
    ],
)
def test_letters_single_signs_and_their_colours_need_no_joining(cluster: str) -> None:
    assert not is_composed(cluster)


@pytest.mark.parametrize(
    ("cluster", "selectors"),
    [("葛\U000e0100", "\U000e0100"), ("∅\ufe00", "\ufe00"), ("0\ufe00", "\ufe00")],
)
def test_selectors_of_forms_are_named(cluster: str, selectors: str) -> None:
    assert forms(cluster) == selectors
    assert joining(cluster) == ""
    assert is_composed(cluster)


def test_flags_are_known() -> None:
    assert is_flag("🇩🇪")
    assert not is_flag("👩")
