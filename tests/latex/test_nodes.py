"""Text and markup as LaTeX: each construct is a call of one macro, each text is escaped once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cvforge.inline import parse, phrase
from cvforge.latex import escape
from cvforge.latex.fonts import Face, FaceSet
from cvforge.latex.nodes import EMPTY, Macro, Sequence, Source, Writer

LATIN = frozenset(range(0x20, 0x250)) | {ord("μ")}
CJK = frozenset(map(ord, "许靖，"))
HOME = escape.pdf_uri("https://example.org/a_b")


def written(node: Any) -> str:
    return str(node.dumps())


def coverage(file: str) -> frozenset[int]:
    return CJK if file == "cjk" else LATIN


@pytest.fixture(scope="module")
def fake_writer() -> Writer:
    names = ("text", "code", "cjk")
    return Writer(FaceSet([Face(n, (n, n, n, n)) for n in names], coverage=coverage))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("plain", "plain"),
        ("**b** c", r"\CvStrong{b} c"),
        ("*i* c", r"\CvEmphasis{i} c"),
        ("***b***", r"\CvEmphasis{\CvStrong{b}}"),
        ("`a_b`", r"\CvCode{a\_\CvBreak{}b}"),
        ("$x^2$", r"\CvMath{x^{2}}"),
        ("许靖 a", r"\CvFace{cjk}{许\CvBetween{}靖} a"),
        ("**许**", r"\CvStrong{\CvFace{cjk}{许}}"),
        ("`许`", r"\CvCode{\CvFace{cjk}{许}}"),
        (r"50 % of \\input{x} & #1", r"50 \% of \textbackslash{}input\{x\} \& \#1"),
        ("* equal", "* equal"),
        ("[here](https://example.org/a_b)", rf"\CvLink{{{HOME}}}{{here}}"),
        (
            "[example.org/a_b](https://example.org/a_b)",
            rf"\CvLink{{{HOME}}}{{example.\CvBreak{{}}org/\CvBreak{{}}a\_\CvBreak{{}}b}}",
        ),
        ("[*a*](https://example.org/a_b)", rf"\CvLink{{{HOME}}}{{\CvEmphasis{{a}}}}"),
        ("[$x$](https://example.org/a_b)", rf"\CvLink{{{HOME}}}{{\CvMath{{x}}}}"),
    ],
)
def test_markup_becomes_calls_of_macros(fake_writer: Writer, text: str, source: str) -> None:
    assert fake_writer.inline(parse(text)).dumps() == source


class Everything:
    """A chain that has everything in one file."""

    path, number, is_bold, is_italic = Path("/x.ttf"), 0, False, False

    def find(self, *_: object, **__: object) -> Everything:
        return self

    def hint(self, character: str, *, language: str = "") -> str:
        return character + language

    def files_read(self) -> tuple[Path, ...]:
        return ()

    def skipped(self) -> tuple[str, ...]:
        return ()


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("μ Ω", r"μ \CvFace{f1}{Ω}"),
        ("हिन्दी", r"\CvFace{f1}{\CvSpelled{हिन्दी}}"),  # glyphs in another order
        ("ไทย", r"\CvFace{f1}{\CvUnspaced{th}{ไทย}}"),  # words without spaces
        ("❤\ufe0f", "\\CvFace{f1}{\\CvSpelled{\\CvComposed{❤\ufe0f}}}"),
        ("👩\ufe0e", "\\CvFace{f1}{\\CvComposed{👩\ufe0e}}"),  # beyond what PDFium takes
        ("a 🇩🇪", "a \\CvFace{f1}{\\CvComposed{\u200c}🇩🇪}"),  # a glyph that makes it readable
        ("하늘 바다", r"\CvFace{f1}{하늘} \CvFace{f1}{바다}"),
        ("「東京」", r"\CvFace{f1}{「東\CvBetween{}京」}"),
    ],
)
def test_a_script_has_what_it_needs(text: str, source: str) -> None:
    faces = FaceSet([Face(n, (n,) * 4) for n in ("text",)], coverage=coverage, chain=Everything)
    assert Writer(faces).inline(parse(text)).dumps() == source


def test_a_link_target_is_never_source(fake_writer: Writer) -> None:
    content = parse(r"[x](https://example.org/\input{a}%0a)")
    source = fake_writer.inline(content).dumps()
    assert source.startswith(r"\CvLink{")
    assert set(source[len(r"\CvLink{") : -len("}{x}")]) <= set("0123456789ABCDEF")


def test_an_absent_phrase_is_nothing(fake_writer: Writer) -> None:
    assert fake_writer.phrase(None).dumps() == ""
    assert fake_writer.phrase(phrase("a")).dumps() == "a"


def test_what_has_no_target_is_no_link(fake_writer: Writer) -> None:
    assert written(fake_writer.link(Source("a"), None)) == "a"
    assert written(fake_writer.link(Source("a"), "tel:1")) == r"\CvLink{74656C3A31}{a}"


def test_nodes_of_a_sequence_touch() -> None:
    assert Sequence([Source("a"), Sequence([Source("b")]), EMPTY, Source("c")]).dumps() == "abc"


def test_a_macro_is_called_with_its_arguments_in_braces() -> None:
    assert written(Macro("CvName", 2)(Source("a"), EMPTY)) == r"\CvName{a}{}"
    assert written(Macro("CvClose", 0)()) == r"\CvClose"


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_macro_refuses_another_number_of_arguments(count: int) -> None:
    with pytest.raises(TypeError, match="takes 2 arguments"):
        Macro("CvName", 2)(*[EMPTY] * count)
