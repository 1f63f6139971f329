"""What is markup in an author's text, and what stays as typed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvforge.diagnostics import Place
from cvforge.inline import (
    MAX_NESTING,
    Code,
    Emphasis,
    Inline,
    Link,
    Math,
    Strong,
    Text,
    formulas,
    links,
    parse,
    phrase,
    plain,
    verbatim,
)

A = (Text("a"),)

MARKUP: dict[str, Inline] = {
    "": (),
    "plain": (Text("plain"),),
    "**a**": (Strong(A),),
    "__a__": (Strong(A),),
    "*a*": (Emphasis(A),),
    "_a_": (Emphasis(A),),
    "***a***": (Emphasis((Strong(A),)),),
    "**a *b* c**": (Strong((Text("a "), Emphasis((Text("b"),)), Text(" c"))),),
    "x*a*y": (Text("x"), Emphasis(A), Text("y")),
    "`a*b*`": (Code("a*b*"),),
    "`` ` ``": (Code("`"),),
    "[a](https://e.org/x_y)": (Link(A, "https://e.org/x_y"),),
    '[a](https://e.org "title")': (Link(A, "https://e.org"),),
    "[a](<https://e.org/x y>)": (Link(A, "https://e.org/x%20y"),),
    "[a](javascript:x)": (Link(A, "javascript:x"),),
    "[**a** $x$](u)": (Link((Strong(A), Text(" "), Math("x")), "u"),),
    "<https://e.org>": (Link((Text("https://e.org"),), "https://e.org"),),
    "<ada@e.org>": (Link((Text("ada@e.org"),), "mailto:ada@e.org"),),
    r"$\mu P^2$": (Math(r"\mu P^2"),),
    "**$x$**": (Strong((Math("x"),)),),
    "μ$P^2$": (Text("μ"), Math("P^2")),
    "`$x$`": (Code("$x$"),),
    r"\*a\*": (Text("*a*"),),
    r"\$a$": (Text("$a$"),),
    "a\nb": (Text("a b"),),
    "a  \nb": (Text("a b"),),
    "a\\\nb": (Text("a b"),),
}


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_read_by_the_rules_of_commonmark(text: str) -> None:
    assert parse(text) == MARKUP[text]


AS_TYPED = (
    "Ada Quill*, Bo Rune*",
    "a * b",
    "**",
    "** a **",
    "#dev and C#",
    "# no heading",
    "- no list",
    "1. no list",
    "> no quotation",
    "snake_case_name",
    "50 % & ~ ^ -- --- ...",
    "C:\\temp \\alpha \\",
    "<tag> </tag> <!-- x -->",
    "&amp; &#42; &copy;",
    "$5 and $6",
    "from $5 to $10",
    "$ a $",
    "a$",
    "$a$5",
    "10$a$",
    "[a] [a][b] [a]: b",
    "https://e.org/a_b_c",
    "~~a~~ ==a== ^a^",
    "| a | b |",
    "\"quotes\" -- 'and' (c)",
    "`open",
    "[open](",
    "许靖 Märtens 😀 ﬁ",
    " spaces  stay ",
    "    no code",
)


@pytest.mark.parametrize("text", AS_TYPED)
def test_what_is_no_markup_stays_as_typed(text: str) -> None:
    assert parse(text) == (Text(text),)


def test_an_image_is_no_image() -> None:
    assert parse("![a](u)") == (Text("!"), Link(A, "u"))


@pytest.mark.parametrize(("mark", "nested"), [("**", True), ("**", False)])
def test_markup_is_nested_at_most_so_deep(mark: str, *, nested: bool) -> None:
    text = mark * (MAX_NESTING + (not nested)) + "a" + mark * (MAX_NESTING + (not nested))
    assert (parse(text) != (Text(text),)) is nested
    assert plain(parse(text)) == ("a" if nested else text)


@pytest.mark.parametrize(
    "hostile",
    ["*" * 5000 + "a" + "*" * 5000, "[" * 20_000, "[a](" * 5000, "*a_b " * 4000, "`" * 20_000,
     "$a" * 10_000, "*_" * 4000 + "a" + "_*" * 4000],
    ids=["stars", "brackets", "links", "mixed", "ticks", "dollars", "pairs"],
)  # fmt: skip
def test_a_hostile_text_is_a_text(hostile: str) -> None:
    assert plain(parse(hostile))


def test_plain_is_what_a_reader_sees() -> None:
    text = "**Built** *the* [`parser`](https://e.org) for $x^2$"
    assert plain(parse(text)) == "Built the parser for x^2"
    assert phrase(text).plain == "Built the parser for x^2"


def test_links_are_found_at_every_depth() -> None:
    found = links(parse("[a](u) **[b](v)** *x **[c](w)***"))
    assert [link.target for link in found] == ["u", "v", "w"]


def test_formulas_are_found_at_every_depth() -> None:
    found = formulas(parse("$a$ **$b$** [*$c$*](u)"))
    assert [formula.source for formula in found] == ["a", "b", "c"]


def test_a_phrase_knows_its_place() -> None:
    place = Place("ada.yaml", 1, 1)
    assert phrase("*a*", place).content == (Emphasis(A),)
    assert phrase("*a*", place).place is place


def test_a_verbatim_phrase_has_no_markup() -> None:
    assert verbatim("*a* $x$").content == (Text("*a* $x$"),)
    assert verbatim("").content == ()


def _texts_are_joined(content: Inline) -> bool:
    joined = not any(isinstance(a, Text) and isinstance(b, Text) for a, b in pairwise(content))
    inner = [s.children for s in content if isinstance(s, Strong | Emphasis | Link)]
    return joined and Text("") not in content and all(map(_texts_are_joined, inner))


_MARKS = st.lists(
    st.sampled_from(
        ["*", "**", "_", "`", "$", "[", "](u)", "<", ">", "\\", "a", " ", "\n", "许", "!"]
    ),
    max_size=20,
).map("".join)


@settings(deadline=None)  # the machine may be busy
@given(st.one_of(_MARKS, st.text(max_size=40)))
def test_any_text_parses_into_joined_texts(text: str) -> None:
    assert _texts_are_joined(parse(text))


@settings(deadline=None)  # the machine may be busy
@given(st.text(st.characters(exclude_characters="*_`$[]<>\\!\0\r\n", exclude_categories=["Cs"])))
def test_text_without_marks_stays_as_typed(text: str) -> None:
    assert plain(parse(text)) == text


def test_a_text_without_marks_costs_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("cvforge.inline._parser")
    assert parse("Cut 12 letters; & more: #1!") == (Text("Cut 12 letters; & more: #1!"),)
    assert parse("") == ()
    with pytest.raises(NameError):
        parse("Cut *12* letters")


@pytest.mark.parametrize(
    "text",
    [
        "Raised $10M (US$ 9M net)",
        "Paid $5k, then CA$ 3k",
        "Salary $120,000 to $150,000, a 25$ fee",
        "from $5 to 6$ a page",
    ],
)
def test_amounts_of_money_are_no_formula(text: str) -> None:
    assert parse(text) == (Text(text),)


@pytest.mark.parametrize("source", ["2^n", "3 x + 1", "10^{-3}", r"2 \text{ if } x"])
def test_a_formula_may_begin_with_a_digit(source: str) -> None:
    assert parse(f"${source}$") == (Math(source),)
