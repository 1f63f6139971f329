"""LaTeX in a field's value to Inline: what is not understood is refused, never shown."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cvforge.bibliography.reading.symbols import ACCENTS, SIGNS
from cvforge.characters.normal import normalised
from cvforge.characters.refusals import refusals
from cvforge.errors import BibliographyError
from cvforge.inline import Code, Emphasis, Inline, Link, Math, Strong, Text, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reference import Reference
    from cvforge.diagnostics import Diagnostic

    Read = Callable[[str], dict[str, Reference]]
    Refuse = Callable[[str], Diagnostic]

NO_BREAK_SPACE = "\u00a0"


def entry(title: str) -> str:
    return f"@misc{{a, title = {{{title}}}, author = {{Ada Quill}}}}"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"R{\"u}hle", "Rühle"),
        (r"R\"{u}hle", "Rühle"),
        (r"R\"uhle", "Rühle"),
        (r"{\'E}cole \'{e}t\'e", "École été"),
        (r"na\"{\i}ve na\"\i ve \'\i", "naïve naïve í"),
        (r"\v{c}\v c{\v{S}}", "ččŠ"),
        (r"\c{c}\c c \k{a} \H{o} \r a \u{g} \d{h} \b{b}", "çç ą ő å ğ ḥ ḇ"),
        (r"\~n\^o\`a\=e\.z", "ñôàēż"),
        (r"\'{\^e}\'{\O}", "ếǾ"),
        (r"\t{oo}", "o\u0361o"),
        (r"\'{ab}", "áb"),
        (r"Stra\ss e, Stra{\ss}e, \o{}re", "Straße, Straße, øre"),
        (r"\aa, \AE sir, \l\L, \i", "å, Æsir, łŁ, ı"),
        (r"\~{}x \^{} \"{}", "~x ^ ¨"),
        (r"\&\%\#\_\$\{\}", "&%#_${}"),
        (r"a\ b\\c", "a b c"),
        (r"hy\-phen\/ation", "hyphenation"),
        (r"\textquotedblleft a\textquotedblright \ldots \textendash{} \copyright", "“a”…– ©"),
        (r"2\textsuperscript{10}, 63\textsuperscript{rd}, H\textsubscript{2}O", "2¹⁰, 63rd, H₂O"),
        (r"\LaTeX{} and \TeX", "LaTeX and TeX"),
        (r"\enquote{so}", "“so”"),
        (r"\enquote{a \enquote{b \enquote{c}} d} \enquote*{e}", "“a ‘b “c”’ d” ‘e’"),
        (r"\MakeUppercase{Größe} \lowercase{ABC} \uppercase{x}", "GRÖSSE abc X"),
        (r"{\noopsort{1973b}}T \noop{x}y", "T y"),
        (r"\CYRP\cyre\cyrr{\cyra} \'\cyrk \cyrishrt", "Пера ќй"),
        (r"\h{o} \h{\uhorn} \`{\ohorn} \OHORN", "ỏ ử ờ Ơ"),
        (r"\cprime\dbar\polhk{a}", "ʹđą"),
    ],
)  # fmt: skip
def test_macros_become_characters(read: Read, latex: str, expected: str) -> None:
    assert read(entry(latex))["a"].title == (Text(expected),)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("45--67, a---b, a-b, ----", "45–67, a—b, a-b, —-"),
        ("``so'' it's 'so' `so`", "“so” it's 'so' `so`"),
        ("`so' `the printer's type' x", "‘so’ ‘the printer's type’ x"),
        ("``outer `inner''' `outer ``inner'' x'", "“outer ‘inner’” ‘outer “inner” x’"),
        ("`a {b' f} c' {`d'} `e", "‘a b' f c’ ‘d’ `e"),
        ("{`a} b' O`Brien' ` c' `d '", "`a b' O`Brien' ` c' `d '"),
        ("Re\u0301mi {e}\u0301 \u1112\u1161\u11ab", "Rémi é 한"),
        ("\ufa19 e\u0301", "\ufa19 é"),
        ("?`Que? !`No!", "¿Que? ¡No!"),
        ("Figure~1", f"Figure{NO_BREAK_SPACE}1"),
        ("  over\n\n  three\t lines ", "over three lines"),
        ("a {} b {}", "a b"),
        ("{B}races {{protect}} {GPT-4}", "Braces protect GPT-4"),
        ("C# _a_ *b* 5% [x](y)", "C# _a_ *b* 5% [x](y)"),
        ("`c` <d> &amp; ^2 **e**", "`c` <d> &amp; ^2 **e**"),
        ("μP² 许靖 Märtens", "μP² 许靖 Märtens"),
        ("(a) \"b\" 'c'", "(a) \"b\" 'c'"),
    ],
)  # fmt: skip
def test_other_characters_are_set_as_latex_would(read: Read, latex: str, expected: str) -> None:
    assert read(entry(latex))["a"].title == (Text(expected),)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"a \emph{b} c", (Text("a "), Emphasis((Text("b"),)), Text(" c"))),
        (r"\textit{b}", (Emphasis((Text("b"),)),)),
        (r"\textbf{b \textsl{c}}", (Strong((Text("b "), Emphasis((Text("c"),)))),)),
        (r"{\em b {c}} d", (Emphasis((Text("b c"),)), Text(" d"))),
        (r"{\bf b}{\sc c}", (Strong((Text("b"),)), Text("c"))),
        (r"\textsc{b} \mbox{c}", (Text("b c"),)),
        (r"\texttt{b\_c}", (Code("b_c"),)),
        (r"\emph{}", ()),
        (r"x \emph b", (Text("x "), Emphasis((Text("b"),)))),
        (
            r"see \url{https://x.org/~a_b%20c}",
            (Text("see "), Link((Text("https://x.org/~a_b%20c"),), "https://x.org/~a_b%20c")),
        ),
        (r"\href{https://x.org/a\_b}{so \emph{c}}",
         (Link((Text("so "), Emphasis((Text("c"),))), "https://x.org/a_b"),)),
        (r"\href{mailto:ada@example.org}{Ada}", (Link((Text("Ada"),), "mailto:ada@example.org"),)),
        (r"\path{/a_b}", (Code("/a_b"),)),
        (r"$\mu P^2$ is", (Math(r"\mu P^2"), Text(" is"))),
        (r"$$x$$ y", (Math("x"), Text(" y"))),
        (r"\texttt{--a ``b'' `c'---?`~d}", (Code(f"--a ``b'' `c'---?`{NO_BREAK_SPACE}d"),)),
        (r"{\tt --a {b}} -- {\ttfamily c}", (Code("--a b"), Text(" – "), Code("c"))),
        (r"{\bfseries \tt a} {\tt}b", (Strong((Code("a"),)), Text(" b"))),
        (r"\uppercase{a \emph{b} $x$ \texttt{c}}",
         (Text("A "), Emphasis((Text("B"),)), Text(" "), Math("x"), Text(" "), Code("c"))),
        (r"\mkbibemph{a}\mkbibquote{b}", (Emphasis((Text("a"),)), Text("“b”"))),
        (r"\(x\) and \ensuremath{y}", (Math("x"), Text(" and "), Math("y"))),
    ],
)  # fmt: skip
def test_markup_becomes_inline_nodes(read: Read, latex: str, expected: Inline) -> None:
    assert read(entry("T"))["a"].title == (Text("T"),)
    text = f"@misc{{a, title = {{T}}, author = {{Ada Quill}}, note = {{{latex}}}}}"
    assert read(text)["a"].fields["note"] == expected


@pytest.mark.parametrize(
    ("latex", "code"),
    [
        (r"a ‸\foo b", "unknown-macro"),
        (r"‸\input{secret}", "unknown-macro"),
        (r"‸\begin{x}y\end{x}", "unknown-macro"),
        (r"‸\alpha", "unknown-macro"),
        (r"‸\é", "unknown-macro"),
        (r"\emph{a ‸\foo}", "unknown-macro"),
        (r"a ‸$x", "math"),
        (r"a ‸$$ $$", "math"),
        (r"a ‸$\input{x}$", "math"),
        (r"a ‸\(x", "math"),
        (r"‸\emph", "latex"),
        (r"{‸\emph} x", "latex"),
        (r"‸\v{}", "latex"),
        (r"‸\url x", "latex"),
        (r"‸\url", "latex"),
        (r"‸\url{javascript:x}", "link-scheme"),
        (r"‸\href{file:///x}{y}", "link-scheme"),
        ("over\ntwo lines ‸\\foo", "unknown-macro"),
        ("{" * 30 + "x" + "}" * 30 + r"‸\foo", "unknown-macro"),
    ],
)
def test_what_is_not_understood_is_refused_at_its_place(
    refuse: Refuse, latex: str, code: str
) -> None:
    body = latex.replace(r"\begin{x}y\end{x}", r"\begin{x}y") if "begin" in latex else latex
    assert refuse(entry("T " + body)).code == code


def test_no_letter_of_another_script_is_suggested(refuse: Refuse) -> None:
    assert "did you mean" not in (refuse(entry(r"‸\write")).hint or "")


def test_a_misspelt_macro_is_answered_with_the_nearest(refuse: Refuse) -> None:
    assert r"did you mean \emph?" in (refuse(entry(r"‸\emhp{x}")).hint or "")


def test_a_brace_that_closes_nothing_inside_of_quotes_is_refused(refuse: Refuse) -> None:
    text = '@misc{a, title = "T ‸} x", author = {Ada Quill}}'
    assert refuse(text).code == "latex"


@pytest.mark.parametrize(
    "nested", ["{" * 99 + "x" + "}" * 99, r"\emph" * 99, r"\em " * 99, r"\'" * 99]
)
def test_nesting_without_end_is_refused(read: Read, nested: str) -> None:
    with pytest.raises(BibliographyError) as refused:
        read(entry(f"T {nested}"))
    assert [finding.code for finding in refused.value.diagnostics] == ["too-deep"]


@pytest.mark.parametrize("name", sorted(SIGNS))
def test_every_sign_is_one_line_of_characters(read: Read, name: str) -> None:
    title = plain(read(entry(f"x\\{name}{{}}y"))["a"].title)
    assert title == f"x{SIGNS[name]}y"
    assert "\\" not in title or name == "textbackslash"


@pytest.mark.parametrize("accent", sorted(ACCENTS))
def test_every_accent_is_composed(read: Read, accent: str) -> None:
    title = plain(read(entry(f"\\{accent}{{g}}"))["a"].title)
    assert title == unicodedata.normalize("NFC", "g" + ACCENTS[accent])


@given(st.text(st.characters(exclude_characters="\\{}$~`'\"?!-\n\t ", exclude_categories=["C"])))
def test_characters_without_meaning_in_latex_stay_as_typed(read: Read, text: str) -> None:
    assume(not [*refusals(f"x{text}")])
    title = plain(read(entry(f"x{text}"))["a"].title)
    assert title == re.sub(" +", " ", normalised(f"x{text}")).rstrip(" ")


@given(st.text("\\{}$~`'?!-& ab", max_size=20))
def test_no_backslash_reaches_the_page(read: Read, text: str) -> None:
    try:
        title = read(entry(f"T {text}"))["a"].title
    except BibliographyError:
        return
    assert "\\" not in "".join(span.text for span in title if isinstance(span, Text))
