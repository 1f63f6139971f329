"""What is said to readers beside its glyphs."""

from __future__ import annotations

import pytest

from cvforge.latex.spelling import is_spelled


@pytest.mark.parametrize("text", ["हिन्दी", "❤\ufe0f", "☎\ufe0e", "می\u200cخواهم", "x\u0302"])
def test_what_glyphs_do_not_say_in_order_is_spelled(text: str) -> None:
    assert is_spelled(text)


@pytest.mark.parametrize("text", ["Ω", "東京", "👩\u200d💻", "🚀\ufe0f", "1\ufe0f\u20e3"])
def test_what_glyphs_say_or_pdfium_would_drop_is_not(text: str) -> None:
    assert not is_spelled(text)
