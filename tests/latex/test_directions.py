"""Text in both directions as TeX: each stretch between its two calls, and links whole."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvforge.inline import parse, plain
from cvforge.latex.fonts import Face, FaceSet
from cvforge.latex.nodes import LINK, LINK_BOX, Directed, Source, Writer

EVERYTHING = frozenset(range(0x20, 0x700)) | {0x2013}
CALL = re.compile(r"\\Cv(End)?([LR])\{\}")


def writer(language: str) -> Writer:
    faces = FaceSet([Face(n, (n,) * 4) for n in ("text", "code")], coverage=lambda _: EVERYTHING)
    return Writer(faces, language)


def source_of(node: Any) -> str:
    return str(node.dumps())


def written(text: str, language: str) -> str:
    """Return the source of a text, with shorter calls and without faces."""
    source = str(writer(language).inline(parse(text)).dumps())
    source = re.sub(r"\\CvFace\{f\d\}\{([^{}]*)\}", r"\1", source)
    source = re.sub(r"\{[0-9A-F]{20,}\}", "{@}", source)
    return CALL.sub(lambda found: f"</{found[2]}>" if found[1] else f"<{found[2]}>", source)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("a (b)", "a (b)"),
        ("a אב, ג b", "a <R>אב, ג</R> b"),
        ("a אב, b", "a <R>אב</R>, b"),
        ("אב 12 ג", "<R>אב <L>12</L> ג</R>"),
        ("אב a", "<R>אב <L>a</L></R>"),
        # What runs leftward goes on where bold text ends.
        ("a **אב** ג", r"a \CvStrong{<R>אב} ג</R>"),
        ("a `אב` b", r"a \CvCode{<R>אב}</R> b"),
        ("a א $x$ ב", r"a <R>א <L>\CvMath{x}</L> ב</R>"),
        ("a [b c](https://e.org) ב", r"a \CvLink{@}{b c} <R>ב</R>"),
        ("a [אב](https://e.org) b", r"a <R>\CvLinkBox{@}{<R>אב</R>}</R> b"),
        ("a [אב c](https://e.org) b", r"a \CvLinkBox{@}{<R>אב</R> c} b"),
        ("a \u200fאב", "a <R>אב</R>"),  # the mark has done its work
    ],
)
def test_leftward_text_in_an_english_document(text: str, source: str) -> None:
    assert written(text, "en") == source


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("אב", "<R>אב</R>"),
        ("abc.", "<L>abc.</L>"),  # a text in another language keeps its full stop
        ("C++ אב", "<R><L>C++</L> אב</R>"),
        ("ab cd, אב", "<L>ab cd, <R>אב</R></L>"),
        ("ab، cd", "<R><L>ab، cd</L></R>"),  # its comma says what it is
        ("2019–2020", "<R><L>2019</L>–<L>2020</L></R>"),
        ("+1 555 0100", "<L>+1 555 0100</L>"),
        ("א +1 555 0100", "<R>א <L>+1 555 0100</L></R>"),
        (
            "א [e.org/a](https://e.org/a)",
            r"<R>א <L>\CvLink{@}{e.\CvBreak{}org/\CvBreak{}a}</L></R>",
        ),
    ],
)
def test_text_in_a_document_that_runs_leftward(text: str, source: str) -> None:
    assert written(text, "he") == source


def test_a_long_link_is_one_box_a_word() -> None:
    source = written("[אבגד אבגד אבגד **אבגד** אבגד אבגד](https://e.org)", "he")
    assert source.count(r"\CvLinkBox{@}") == 6
    assert r"\CvLinkBox{@}{<R>\CvStrong{אבגד}</R>}" in source
    assert r"</R>} \CvLinkBox" in source


def test_what_leads_elsewhere_is_boxed_where_it_has_directions() -> None:
    made = writer("he")
    boxed = made.link(made.inline(parse("a@e.org")), "mailto:a@e.org")
    assert isinstance(made.inline(parse("a@e.org")), Directed)
    assert source_of(boxed).startswith(rf"\{LINK_BOX.name}{{")
    assert source_of(made.link(Source("a"), "tel:1")).startswith(rf"\{LINK.name}{{")


def test_a_document_knows_whether_it_has_directions() -> None:
    made = writer("en")
    made.inline(parse("abc"))
    assert not made.has_directions
    made.inline(parse("אב"))
    assert made.has_directions


MARKUP = st.text(st.sampled_from("ab אבג 12 (),.–*`[]"), max_size=30)


@given(MARKUP, st.sampled_from(["en", "he"]))
def test_every_direction_ends_and_every_character_is_written(text: str, language: str) -> None:
    content = parse(text)
    source = str(writer(language).inline(content).dumps())
    open_: list[str] = []
    for end, direction in CALL.findall(source):
        if end:
            assert open_.pop() == direction
        else:
            open_.append(direction)
    assert open_ == []
    bare = re.sub(r"\\CvFace\{f\d\}|\\Cv\w+(\{\})?|[{}]", "", source)
    assert bare.replace("~", " ") == plain(content)
