"""Whether a font joins characters to one picture: read from its table, and seen on a page."""

from __future__ import annotations

import io
import random
from itertools import chain
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTTextBox

from cvforge.bibliography.references import References
from cvforge.engine.coverage import FontCoverage
from cvforge.engine.registry import engine
from cvforge.errors import TextLostError
from cvforge.fonts.ligatures import Ligatures
from cvforge.pipeline import build
from cvforge.profile.load import load_profile
from cvforge.publications import Works
from cvforge.setting import Tools

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cvforge.engine.texlive import TexLive

    Smith = Callable[..., Path]

CHARACTERS = "👩👨💻🇩🇪🇫👍🏽🚀1❤🔥 \u200d\ufe0f\u20e3"
CODER, BURNING, FLAG = "👩\u200d💻", "❤\ufe0f\u200d🔥", "🇩🇪"
JOINED = "sub u1F469 u200D u1F4BB by j1; sub u1F1E9 u1F1EA by j2; sub u1F44D u1F3FD by j3;"


@pytest.fixture
def joins(tmp_path: Path, smith: Smith) -> Callable[..., bool]:
    def asked(cluster: str, features: str, characters: str = CHARACTERS) -> bool:
        path = smith(tmp_path / "a.ttf", characters, features=features)
        return Ligatures.of(path, 0).join(cluster)

    return asked


@pytest.mark.parametrize("feature", ["ccmp", "liga", "rlig", "clig", "calt"])
@pytest.mark.parametrize("cluster", [CODER, FLAG, "👍🏽"])
def test_a_ligature_that_is_applied_unasked_joins(
    joins: Callable[..., bool], cluster: str, feature: str
) -> None:
    assert joins(cluster, f"feature {feature} {{{JOINED}}} {feature};")


@pytest.mark.parametrize(
    ("cluster", "rules"),
    [
        (CODER, "sub u1F469 u1F4BB by j1;"),  # a joiner need not be in the ligature
        (BURNING, "sub u2764 u200D u1F525 by j1;"),
        ("1\ufe0f\u20e3", "sub u31 u20E3 by j1;"),
        (CODER, "sub u1F469 u200D u1F4BB by j1; sub u1F469 u1F4BB by j1;"),
        (FLAG, "lookup a useExtension {sub u1F1E9 u1F1EA by j1;} a;"),
        (FLAG, "lookup a {sub u1F1E9 u1F1EB by j2;} a; lookup b {sub u1F1E9 u1F1EA by j1;} b;"),
    ],
)
def test_a_ligature_is_found_wherever_it_is(
    joins: Callable[..., bool], cluster: str, rules: str
) -> None:
    assert joins(cluster, f"feature ccmp {{{rules}}} ccmp;")


@pytest.mark.parametrize(
    ("cluster", "rules"),
    [
        (CODER, "sub u1F468 u200D u1F4BB by j1;"),
        (CODER, "sub u1F469 u200D by j1;"),  # a part is left
        ("🇩🇫", "sub u1F1E9 u1F1EA by j1;"),
        (BURNING, "sub u2764 uFE0F u200D u1F525 by j1;"),  # XeTeX takes the selector away
        ("👍🏽", "sub u1F44D u1F3FD by u1F44D;"),  # printed and read without its colour
        (CODER, "sub u1F469 u200D u1F4BB by j1; sub u1F468 u200D u1F4BB by j1;"),
        (FLAG, "lookupflag IgnoreMarks; sub u1F1E9 u1F1EA by j1;"),
        (FLAG, "sub u1F1E9 by u1F1EA;"),
    ],
)
def test_what_is_left_in_parts_or_stands_for_others_too_is_not_joined(
    joins: Callable[..., bool], cluster: str, rules: str
) -> None:
    assert not joins(cluster, f"feature ccmp {{{rules}}} ccmp;")


@pytest.mark.parametrize(
    "features",
    [
        "",
        f"feature dlig {{{JOINED}}} dlig;",  # only where it is asked for
        f"languagesystem cyrl dflt; feature ccmp {{{JOINED}}} ccmp;",
    ],
)
def test_what_is_not_applied_to_signs_does_not_join(
    joins: Callable[..., bool], features: str
) -> None:
    assert not joins(CODER, features)


def test_no_damage_makes_asking_fail(tmp_path: Path, smith: Smith) -> None:
    path = smith(tmp_path / "a.ttf", CHARACTERS, features=f"feature ccmp {{{JOINED}}} ccmp;")
    whole = path.read_bytes()
    chance = random.Random(6)  # noqa: S311  the same damage each time
    for _ in range(2000):
        content = bytearray(whole)
        for _ in range(4):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content[: chance.choice((len(content), chance.randrange(len(content))))])
        Ligatures.of(path, 0).join(CODER)
    path.unlink()
    assert not Ligatures.of(path, 0).join(CODER)


def test_a_table_without_end_is_left(
    tmp_path: Path, smith: Smith, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = smith(tmp_path / "a.ttf", CHARACTERS, features=f"feature ccmp {{{JOINED}}} ccmp;")
    assert Ligatures.of(path, 0).lookups != ()
    monkeypatch.setattr("cvforge.fonts.ligatures.MAX_NUMBERS", 40)
    assert Ligatures.of(path, 0).lookups == ()


def pdf_of(folder: Path, line: str, tex: TexLive) -> bytes:
    """Return a page with one bullet, in the fonts of the folder "fonts"."""
    path = folder / "ada.yaml"
    path.write_text(
        "person: {name: Ada Quill}\n"
        "sections:\n"
        f"  - {{id: a, title: A, kind: bullets, bullets: ['{line}']}}\n",
        "utf-8",
    )
    tools = Tools(engine("xelatex", tex), FontCoverage(tex), epoch=0).beside(path)
    works = Works(References({}))
    return build(load_profile(path).profile, "full", works=works, tools=tools).pdf


def glyphs_of(pdf: bytes, family: str) -> list[str]:
    """Return what each visible glyph of a font stands for on the first page."""
    (page,) = extract_pages(io.BytesIO(pdf))
    shown = chain.from_iterable(line for box in page if isinstance(box, LTTextBox) for line in box)
    glyphs = [g for g in shown if isinstance(g, LTChar) and family in g.fontname]
    return [glyph.get_text() for glyph in glyphs if not glyph.get_text().isspace()]


@pytest.mark.parametrize(
    ("cluster", "rules"),
    [
        (CODER, "sub u1F469 u200D u1F4BB by j1;"),
        (FLAG, "sub u1F1E9 u1F1EA by j1;"),
        ("👍🏽", "sub u1F44D u1F3FD by j1;"),
        ("1\ufe0f\u20e3", "sub u31 u20E3 by j1;"),
    ],
)
def test_a_joined_picture_is_on_the_page_and_is_read(
    tmp_path: Path, smith: Smith, tex: TexLive, cluster: str, rules: str
) -> None:
    smith(
        tmp_path / "fonts/a.ttf",
        CHARACTERS,
        family="Anvil",
        features=f"feature ccmp {{{rules}}} ccmp;",
    )
    pdf = pdf_of(tmp_path, f"one {cluster}, **{cluster}** ({cluster})", tex)
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()  # type: ignore[no-untyped-call]  # pypdfium2
    read = cluster.replace("\ufe0f", "")
    assert f"one {read}, {read} ({read})" in page.get_text_bounded()
    assert glyphs_of(pdf, "Anvil") == [read] * 3


@pytest.mark.parametrize("cluster", [CODER, FLAG, "👍🏽", "1\ufe0f\u20e3", BURNING])
def test_without_a_ligature_it_is_refused_by_name(
    tmp_path: Path, smith: Smith, tex: TexLive, cluster: str
) -> None:
    smith(tmp_path / "fonts/a.ttf", CHARACTERS, family="Anvil")
    with pytest.raises(TextLostError) as refused:
        pdf_of(tmp_path, f"one {cluster}, then 🚀", tex)
    (finding,) = refused.value.diagnostics
    assert finding.code == "missing-glyph"
    assert all(f"U+{ord(c):04X}" in finding.message for c in cluster)
    assert finding.place is not None
    assert 'the folder "fonts"' in (finding.hint or "")
