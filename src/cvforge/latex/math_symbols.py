"""The commands of TeX's mathematics that a profile may use, and the characters that they set."""

# ruff: noqa: RUF001  characters that look like others are what this table is about

from __future__ import annotations

import unicodedata
from types import MappingProxyType


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


# Commands without arguments. Source: unicode-math's table of symbols, and what is found in a PDF.
SYMBOLS = MappingProxyType(
    _pairs(r"""
alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι
kappa κ varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς
tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω
Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ varUpsilon Υ varPhi Φ
varPsi Ψ varOmega Ω
sum ∑ prod ∏ int ∫ log log ln ln exp exp sin sin cos cos tan tan max max min min sup sup inf inf
arg arg det det dim dim ker ker Pr Pr gcd gcd lim lim
le ≤ leq ≤ ge ≥ geq ≥ neq ≠ ne ≠ approx ≈ sim ∼ simeq ≃ equiv ≡ cong ≅ propto ∝ pm ± mp ∓ times ×
cdot ⋅ div ÷ ast ∗ star ⋆ circ ∘ bullet • cap ∩ cup ∪ setminus ∖ subset ⊂ subseteq ⊆ supset ⊃
supseteq ⊇ in ∈ notin ∉ ni ∋ forall ∀ exists ∃ neg ¬ land ∧ lor ∨ wedge ∧ vee ∨ to → rightarrow →
leftarrow ← Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⟺ implies ⟹ mapsto ↦ infty ∞ partial ∂
nabla ∇ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ emptyset ∅ varnothing ∅ angle ∠ perp ⟂ parallel ∥ mid ∣ ll ≪
gg ≫ prec ≺ succ ≻ preceq ⪯ succeq ⪰ oplus ⊕ otimes ⊗ odot ⊙ dots … ldots … cdots ⋯ langle ⟨
rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lvert | rvert | lVert ‖ rVert ‖ | ‖ top ⊤ bot ⊥ prime ′
dagger † ddagger ‡ { { } } % % # # & & _ _ $ $
""")
)
SPACES = MappingProxyType({",": "", ";": "", ":": "", "!": "", "quad": " "})
# A combining character where the command sets an accent: it precedes its letter in a PDF.
ONE_ARGUMENT = MappingProxyType(
    dict.fromkeys(("operatorname", "overline", "underline"), "")
    | dict.fromkeys(("mathbb", "mathcal", "mathfrak", "mathbf", "mathrm", "mathit", "mathsf"), "")
    | {"hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303"}
    | {"bar": "\u0304", "dot": "\u0307", "ddot": "\u0308", "vec": "\u20d7"}
)
TWO_ARGUMENTS = frozenset({"frac", "tfrac"})
COMMANDS = frozenset({*SYMBOLS, *SPACES, *ONE_ARGUMENT, *TWO_ARGUMENTS, "sqrt", "text"})
# unicode-math sets the first of each in the text's face, which has no mathematical symbols.
SYMBOL_FONTS = MappingProxyType(
    {"mathbf": "symbf", "mathrm": "symup", "mathit": "symit", "mathsf": "symsf"}
)
# unicode-math's own \setminus is a character that few mathematical fonts have.
SET_BY = MappingProxyType({"setminus": "smallsetminus"})
PRIMES = MappingProxyType({2: r"\dprime", 3: r"\trprime"})

ASCII = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-*/=<>()[]|,.:;!?"
)
# What TeX's mathematics sets for a character of the keyboard.
SHOWN = MappingProxyType({"-": "\u2212", "*": "\u2217", ":": "\u2236"})
# Characters that are no letter, number or Sm of Unicode, but a command's.
COMMAND_OF = MappingProxyType(
    {"\u00b7": "cdot", "\u00b5": "mu"}
    | {
        shown: name
        for name, shown in SYMBOLS.items()
        if not shown.isascii() and unicodedata.category(shown) in {"Po", "Ps", "Pe"}
    }
)
# What is often tried, and what to write for it.
INSTEAD = MappingProxyType(
    {"%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "~": r"\sim, or \, for a space"}
    | {'"': r"\text{…} for words", "`": "'"}
    | dict.fromkeys((r"\left", r"\right", r"\big", r"\Big"), "the bracket alone")
    | dict.fromkeys((r"\boldsymbol", r"\bm", r"\bf"), r"\mathbf{…}")
    | dict.fromkeys((r"\mbox", r"\textrm", r"\textbf"), r"\text{…}")
    | {r"\dfrac": r"\frac", r"\lt": "<", r"\gt": ">", r"\ ": r"\quad", r"\qquad": r"\quad"}
)


def is_mathematical(character: str) -> bool:
    """Say whether a formula may have this character as it is."""
    if character.isascii():
        return character in ASCII
    category = unicodedata.category(character)
    return category == "Sm" or category[0] in "LN"


def script_mark(character: str) -> str:
    """Return ``^`` for a character such as ``²``, ``_`` for one such as ``₂``, else nothing."""
    if len(character) != 1 or unicodedata.category(character) == "So":
        return ""
    kind = unicodedata.decomposition(character).partition(" ")[0]
    return {"<super>": "^", "<sub>": "_"}.get(kind, "")


def script_letters(character: str) -> str:
    """Return what a superscript or subscript character stands for: ``2`` for ``²``."""
    codes = unicodedata.decomposition(character).split()[1:]
    return "".join(chr(int(code, 16)) for code in codes)
