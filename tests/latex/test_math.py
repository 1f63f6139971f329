"""What a formula may hold, how it reaches TeX, and which characters it shows."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvforge.latex.math import (
    MAX_CHARACTERS,
    MAX_DEPTH,
    MathError,
    check_math,
    math_plain,
    math_tex,
)
from cvforge.latex.math_symbols import COMMANDS, ONE_ARGUMENT, SPACES, SYMBOLS, TWO_ARGUMENTS

FORMULAS = {
    "x": ("x", "x"),
    "x^2": ("x^{2}", "x2"),
    "x^{10}": ("x^{10}", "x10"),
    "x_1^2": ("x^{2}_{1}", "x21"),
    "{x^2}^3": ("{x^{2}}^{3}", "x23"),
    "^2": ("{}^{2}", "2"),
    " a  b ": ("ab", "ab"),
    "a - b * c": ("a-b*c", "a−b∗c"),
    "f: A": ("f:A", "f∶A"),
    "[a](b)|c|,.;!?": ("[a](b)|c|,.;!?", "[a](b)|c|,.;!?"),
    r"\alpha": (r"\alpha", "α"),
    r"\alpha x": (r"\alpha x", "αx"),
    r"\alpha2": (r"\alpha2", "α2"),
    r"\alpha{x}": (r"\alpha{x}", "αx"),
    r"\alphaβ": (r"\alpha β", "αβ"),
    r"\mu P^2": (r"\mu P^{2}", "μP2"),
    "μP²": ("μP^{2}", "μP2"),
    "10⁻³": ("10^{−3}", "10−3"),
    "x₁₂": ("x_{12}", "x12"),
    "xⁿ": ("x^{n}", "xn"),
    "µ": (r"\mu", "μ"),
    "a·b": (r"a\cdot b", "a⋅b"),
    "a ≤ ∞ → ℝ": ("a≤∞→ℝ", "a≤∞→ℝ"),
    "‖x‖": (r"\|x\|", "‖x‖"),
    "x'": (r"x^{\prime}", "x′"),
    "x''": (r"x^{\dprime}", "x′′"),
    "x''''": (r"x^{\prime\prime\prime\prime}", "x′′′′"),
    "x'^2": (r"x^{\prime2}", "x′2"),
    "x'_1^n": (r"x^{\prime n}_{1}", "x′n1"),
    r"\frac{a}{b}": (r"\frac{a}{b}", "ab"),
    r"\frac12": (r"\frac{1}{2}", "12"),
    r"\tfrac 1 2": (r"\tfrac{1}{2}", "12"),
    r"x^\frac12": (r"x^{\frac{1}{2}}", "x12"),
    r"\sqrt x": (r"\sqrt{x}", "√x"),
    r"\sqrt[3]{x+1}": (r"\sqrt[3]{x+1}", "3√x+1"),
    r"\sqrt[\sqrt[3]{2}]{x}": (r"\sqrt[{\sqrt[3]{2}}]{x}", "3√2√x"),
    r"\sum_{i=1}^n x_i": (r"\sum^{n}_{i=1}x_{i}", "∑ni=1xi"),
    r"\mathcal{O}(n\log n)": (r"\mathcal{O}(n\log n)", "O(nlogn)"),
    r"\mathbb R^n": (r"\mathbb{R}^{n}", "Rn"),
    r"\mathbf{x}": (r"\mathbf{x}", "x"),
    r"\mathbf{\mu}": (r"\symbf{\mu}", "μ"),
    r"\hat\theta_n": (r"\hat{\theta}_{n}", "\u0302θn"),
    r"\operatorname{arg\,max}_\theta": (r"\operatorname{arg\,max}_{\theta}", "argmaxθ"),
    r"\text{if so, } x": (r"\text{if so, }x", "if so, x"),
    r"\text{é 中 (b)}": (r"\text{é 中 (b)}", "é 中 (b)"),
    r"a\quad b": (r"a\quad b", "a b"),
    r"a\,b": (r"a\,b", "ab"),
    r"\{\%\#\&\_\$\}": (r"\{\%\#\&\_\$\}", "{%#&_$}"),
    r"A\setminus B": (r"A\smallsetminus B", "A∖B"),
    "e\u0301": ("é", "é"),
}


@pytest.mark.parametrize("source", FORMULAS)
def test_a_formula_is_written_anew(source: str) -> None:
    tex, plain = FORMULAS[source]
    assert math_tex(source) == tex
    assert math_plain(source) == plain


def test_a_written_formula_is_a_formula_that_means_the_same() -> None:
    for tex, plain in FORMULAS.values():
        if not re.search(r"\\(sym|smallset|dprime)|\[\{", tex):  # written by us alone
            assert (math_tex(tex), math_plain(tex)) == (tex, plain)


def test_every_known_command_is_accepted_with_its_arguments() -> None:
    arguments = dict.fromkeys((*ONE_ARGUMENT, "sqrt", "text"), "{x}")
    arguments |= dict.fromkeys(TWO_ARGUMENTS, "{x}{y}")
    assert len(COMMANDS) > 190
    for name in COMMANDS:
        check_math(f"a\\{name}{arguments.get(name, ' ')}")


REFUSED = {
    "": "empty",
    "   ": "empty",
    "{}": "empty",
    r"\,\;": "empty",
    r"\input{secret}": r'the command "\input" is not known in formulas; did you mean "\int"?',
    r"\def\a{}": r'"\def"',
    r"\write18{ls}": r'"\write"',
    r"\csname x\endcsname": r'"\csname"',
    r"\begin{matrix}": r'"\begin"',
    r"\alpah": r'did you mean "\alpha"?',
    r"\Sigam": r'did you mean "\Sigma"?',
    r"\left(x\right)": "write the bracket alone",
    r"\boldsymbol{x}": r"write \mathbf{…}",
    r"a\\b": r'the command "\\" is not known',
    r"a\ b": r"write \quad",
    "a\\": 'a "\\" ends the formula',
    "^^41": 'after "^" comes a symbol',
    "50%": r'the character "%" is not known in formulas; write \%',
    "a#1": r"write \#",
    "a&b": r"write \&",
    "a~b": r"write \sim, or \, for a space",
    "a$b": r"write \$",
    'a"b': r"write \text{…} for words",
    "a@b": '"@"',
    "a😀": '"😀"',
    "a™": '"™"',
    "a\u202eb": '"U+202E"',
    "a\x00b": '"U+0000"',
    "a\u0301\u0301": '"U+0301"',
    "{a": 'a "{" is never closed',
    "a}": 'a "}" stands without its "{"',
    "a}{b": 'a "}" stands without its "{"',
    r"\sqrt[3": 'a "[" is never closed',
    r"\sqrt[3}{x}": 'a "[" is never closed',
    r"\sqrt[3]": r'after "\sqrt" comes a symbol',
    r"\frac{a}": r'after "\frac" comes a symbol',
    r"\hat": r'after "\hat" comes a symbol',
    r"\hat^2": r'after "\hat" comes a symbol',
    "x^": 'after "^" comes a symbol',
    "x_^2": 'after "_" comes a symbol',
    "{x^}": 'after "^" comes a symbol',
    "x^2^3": "two superscripts",
    "x²^3": "two superscripts",
    "x^2³": "two superscripts",
    "x_1_2": "two subscripts",
    "x^2'": "a prime after a superscript",
    r"\text x": r'after "\text" comes a group in braces',
    r"\text{x": r'the "{" after "\text" is never closed',
    r"\text{$x$}": r'no "$"',
    r"\text{\input{x}}": r'no "\input"',
    r"\text{a{b}}": 'no "{"',
    "x" * (MAX_CHARACTERS + 1): "501 characters; at most 500",
    "{" * (MAX_DEPTH + 1) + "x" + "}" * (MAX_DEPTH + 1): "deeper than 10 levels",
    r"\hat" * (MAX_DEPTH + 1) + " x": "deeper than 10 levels",
    "x" + "^{x" * (MAX_DEPTH + 1) + "}" * (MAX_DEPTH + 1): "deeper than 10 levels",
}


@pytest.mark.parametrize("source", REFUSED)
def test_a_formula_beyond_the_subset_is_refused_with_its_reason(source: str) -> None:
    with pytest.raises(MathError) as refusal:
        check_math(source)
    assert REFUSED[source] in str(refusal.value)


def test_the_limits_themselves_are_allowed() -> None:
    check_math("x" * MAX_CHARACTERS)
    check_math("{" * MAX_DEPTH + "x" + "}" * MAX_DEPTH)


def _is_safe(tex: str) -> bool:
    """Say whether ``tex`` holds known commands and plain characters alone, in balanced braces."""
    written_only = {"symbf", "symup", "symit", "symsf", "smallsetminus", "dprime", "trprime"}
    commands = re.findall(r"\\([A-Za-z]+|.)", tex)
    rest = re.sub(r"\\([A-Za-z]+|.)", "", tex)
    depth = 0
    for character in rest:
        depth += (character == "{") - (character == "}")
        if depth < 0 or unicodedata.category(character)[0] == "C" or character in '\\%#&~$"@`':
            return False
    return depth == 0 and all(c in COMMANDS or c in written_only for c in commands)


_PIECES = st.sampled_from(
    [*(f"\\{name}" for name in sorted(COMMANDS)), *"xyzA1+-()[]{}{}^_'|αμ²₁≤· %#&~$\"@`\\",
     r"\input", "^^", "^{", "_{", r"\frac{a}{", "\n"]
)  # fmt: skip


@settings(deadline=None)  # the machine may be busy
@given(st.one_of(st.lists(_PIECES, max_size=12).map("".join), st.text(max_size=30)))
def test_any_text_is_refused_or_comes_out_safe(source: str) -> None:
    try:
        tex = math_tex(source)
    except MathError:
        return
    assert _is_safe(tex), tex
    assert math_plain(source).strip()


def test_the_check_for_safety_sees_what_is_unsafe() -> None:
    unsafe = (r"\input{x}", "a%b", "{", "}{", "a$b", r"\def", "x\x00")
    assert not any(_is_safe(tex) for tex in unsafe)


@settings(deadline=None)  # the machine may be busy
@given(st.sampled_from(sorted(SYMBOLS)), st.text("abcαβ12", max_size=3))
def test_a_command_never_runs_into_what_follows(name: str, following: str) -> None:
    tex = math_tex(f"\\{name} {following}")
    assert math_tex(tex.replace("smallsetminus", "setminus")) == tex
    assert math_plain(f"\\{name} {following}") == SYMBOLS[name] + following


def test_spaces_of_tex_show_nothing() -> None:
    assert {math_plain(f"a\\{name} b") for name in SPACES} == {"ab", "a b"}
