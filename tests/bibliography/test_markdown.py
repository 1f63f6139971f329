"""Inline spans as Markdown: what is read back is what was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvforge.bibliography.markdown import markdown
from cvforge.inline import (
    Code,
    Emphasis,
    Inline,
    Link,
    Math,
    Owner,
    Strong,
    Text,
    parse,
    plain,
)

DOI = "https://doi.org/10.1000/182"


@pytest.mark.parametrize(
    ("content", "written"),
    [
        ((Text("Type design"),), "Type design"),
        ((Text("2*3*4, a_b_c, [x], <i>, `c`, $5$, ~~n~~"),),
         r"2\*3\*4, a\_b\_c, \[x\], \<i>, \`c\`, \$5\$, \~\~n\~\~"),
        ((Text("AT&T, &amp; and &#38;"),), r"AT&T, \&amp; and \&#38;"),
        ((Text("# Type"),), r"\# Type"),
        ((Text("- Type"),), r"\- Type"),
        ((Text("> Type"),), r"\> Type"),
        ((Text("2. Type"),), r"2\. Type"),
        ((Text("2024) Type"),), r"2024\) Type"),
        ((Text("2.5 mm"),), "2.5 mm"),
        ((Text("3-D type"),), "3-D type"),
        ((Owner((Text("Ada Quill"),)), Text("*, Bo Rune")), r"**Ada Quill**\*, Bo Rune"),
        ((Strong((Text("b"),)), Text(" "), Emphasis((Text("i"),))), "**b** *i*"),
        ((Math("x^2"), Text(" and "), Code("a`b")), "$x^2$ and ``a`b``"),
        ((Link((Text("[1]"),), DOI),), rf"[\[1\]]({DOI})"),
        ((Link((Text("a"),), "https://a.example/(b"),), "[a](<https://a.example/(b>)"),
        ((Link((Text("a"),), "https://a.example/?b&copy=1"),), "[a](https://a.example/?b&copy=1)"),
        ((Link((Text("a"),), "https://a.example/?b&lt;1"),), r"[a](https://a.example/?b\&lt;1)"),
    ],
)  # fmt: skip
def test_markup_is_written_and_what_is_none_is_escaped(content: Inline, written: str) -> None:
    assert markdown(content) == written
    assert plain(parse(written)) == plain(content)


@pytest.mark.parametrize(
    ("content", "written"),
    [
        ((Text("a"), Emphasis((Text("(b)"),)), Text("c")), "a(b)c"),
        ((Text("a"), Emphasis((Text("(b)"),)), Text("c "), Strong((Text("d"),))), "a(b)c **d**"),
        ((Emphasis((Text(" b "),)),), " b "),
        ((Math("x"), Text("1")), "x1"),
        ((Emphasis((Text("a"),)), Emphasis((Text("b"),))), "*a*b"),
    ],
)
def test_a_mark_that_would_not_be_read_as_one_is_left_out(content: Inline, written: str) -> None:
    assert markdown(content) == written


TEXTS = st.text(
    st.one_of(
        st.sampled_from(list("*_`[]()<>!&;#$~\\|^+-=.0129 aZé漢\N{COMBINING ACUTE ACCENT}\u00a0")),
        st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")),
    ),
    max_size=12,
)
TARGETS = st.sampled_from([DOI, "https://a.example/(b", "https://a.example/?b&amp;c_d_"])
SPANS = st.recursive(
    TEXTS.map(Text) | TEXTS.map(Code) | TEXTS.map(Math),
    lambda inner: st.one_of(
        st.builds(Strong, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Emphasis, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Owner, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Link, st.lists(inner, max_size=3).map(tuple), TARGETS),
    ),
    max_leaves=6,
)


@given(st.lists(SPANS, max_size=5).map(tuple))
def test_reading_it_again_gives_the_same_characters(content: Inline) -> None:
    assert plain(parse(markdown(content))) == plain(content)
