"""Spaces in a PDF: glyphs that are read, where readers else would guess by distances."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTContainer

from cvforge.bibliography.references import References
from cvforge.engine.coverage import FontCoverage
from cvforge.engine.registry import engine
from cvforge.pipeline import build
from cvforge.profile.load import load_profile
from cvforge.publications import Works
from cvforge.setting import Tools

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cvforge.engine.texlive import TexLive

HEAD = "person: {name: AdaQuill}\nsections:\n  - {id: a, title: Work, kind: bullets, bullets: [\n"


def glyphs(part: object) -> Iterator[LTChar]:
    """Yield what is drawn; the spaces that pdfminer adds by itself are no glyphs."""
    if isinstance(part, LTChar):
        yield part
    elif isinstance(part, LTContainer):
        for each in part:
            yield from glyphs(each)


def drawn(texts: list[str], tex: TexLive, folder: Path) -> list[LTChar]:
    path = folder / "ada.yaml"
    path.write_text(HEAD + ", ".join(f"'{text}'" for text in texts) + "]}\n", "utf-8")
    tools = Tools(engine("xelatex", tex), FontCoverage(tex))
    made = build(load_profile(path).profile, "full", works=Works(References({})), tools=tools)
    return [glyph for page in extract_pages(io.BytesIO(made.pdf)) for glyph in glyphs(page)]


def spaces(texts: list[str], tex: TexLive, folder: Path) -> int:
    return sum(glyph.get_text() == " " for glyph in drawn(texts, tex, folder))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("one", 0),
        ("one two three", 2),
        ("one **two** *three* `four` x", 4),
        ("see [a page](https://example.org) now", 3),
        ("where $x$ is", 2),
        ("a 骨 b 字 体 c", 5),
        ("https://example.org/a/b/c.d-e_f?g=h", 0),
        ("骨骨骨骨", 0),
    ],
)
def test_every_space_between_words_is_a_glyph_and_no_place_to_break_is(
    text: str, count: int, tex: TexLive, tmp_path: Path
) -> None:
    assert spaces([text], tex, tmp_path) - spaces(["one"], tex, tmp_path) == count


def test_a_space_begins_after_the_word_before_it(tex: TexLive, tmp_path: Path) -> None:
    """By where they begin PDFium sorts the pieces of a line."""
    line = drawn(["i l i `a` i *f* l 骨 i 骨 l **i** l"], tex, tmp_path)
    pairs = [(a, b) for a, b in pairwise(line) if b.get_text() == " " and a.y0 // 9 == b.y0 // 9]
    assert len(pairs) > len("ilia")
    assert all(space.x0 > before.x0 for before, space in pairs)
