"""The part of TeX's mathematics that a profile may use: parsed here, so that it is never code."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cvforge.diagnostics import nearest
from cvforge.latex import math_symbols as symbols
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_CHARACTERS = 500
MAX_DEPTH = 10

_TOKEN = pattern(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_ENDS_WITH_WORD = pattern(r"\\[A-Za-z]+\Z")
_TEXT_PUNCTUATION = frozenset(" .,:;!?()-")


class MathError(ValueError):
    """A formula uses something that is not known, or its braces do not match."""


def check_math(source: str) -> None:
    """Refuse a formula that is not of the known subset.

    Raises:
        MathError: with the command or character that is not known.
    """
    _parsed(source)


def math_tex(source: str) -> str:
    """Return the formula written anew from its checked parts, for unicode-math, without dollars.

    Raises:
        MathError: as ``check_math``.
    """
    return _parsed(source).tex


def math_plain(source: str) -> str:
    """Return the characters of the set formula in the order of a PDF: ``x^2`` is ``x2``.

    An accent precedes its letter, a superscript a subscript. Compare after NFKC and without
    spaces: an italic letter is a character of its own, and TeX spaces by itself.

    Raises:
        MathError: as ``check_math``.
    """
    return _parsed(source).plain


class _Piece(NamedTuple):
    """A checked part of a formula: as TeX, and as the characters that are seen."""

    tex: str
    plain: str


def _parsed(source: str) -> _Piece:
    if len(source) > MAX_CHARACTERS:
        raise MathError(
            f"the formula has {len(source)} characters; at most {MAX_CHARACTERS} are allowed"
        )
    tokens = _TOKEN.findall(unicodedata.normalize("NFC", source))
    piece = _Parser([" " if token.isspace() else token for token in tokens]).formula()
    if not piece.plain.strip():
        raise MathError("the formula is empty")
    return piece


class _Parser:
    """Reads tokens by recursive descent; every method returns a checked piece."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    def formula(self) -> _Piece:
        """Return the whole of the tokens as one piece."""
        piece = self._until("")
        if self._peek() != "":
            raise MathError('a "}" stands without its "{"')
        return piece

    def _peek(self) -> str:
        return self._tokens[self._next] if self._next < len(self._tokens) else ""

    def _peek_after_spaces(self) -> str:
        while self._peek() == " ":
            self._next += 1
        return self._peek()

    def _take(self) -> str:
        token = self._peek()
        self._next += 1
        return token

    def _until(self, closing: str) -> _Piece:
        pieces: list[_Piece] = []
        while self._peek_after_spaces() not in {"", "}", closing}:
            pieces.append(self._symbol_with_scripts())
        return _sequence(pieces)

    def _symbol_with_scripts(self) -> _Piece:
        nucleus = _Piece("{}", "") if _is_script(self._peek()) else self._symbol()
        return _sequence((nucleus, self._scripts()))

    def _scripts(self) -> _Piece:
        scripts = _Scripts()
        while _is_script(mark := self._peek_after_spaces()):
            if mark == "'":
                self._next += 1
                scripts.add_prime()
            elif mark in {"^", "_"}:
                self._next += 1
                scripts.add(mark, self._argument(mark))
            else:
                scripts.add(symbols.script_mark(mark), self._script_characters())
        return scripts.piece()

    def _script_characters(self) -> _Piece:
        """Read a run of one kind, such as ``¹⁰`` or ``₁``."""
        mark = symbols.script_mark(self._peek())
        letters = ""
        while symbols.script_mark(self._peek()) == mark:
            letters += symbols.script_letters(self._take())
        return _sequence(_character(letter) for letter in letters)

    def _argument(self, owner: str) -> _Piece:
        """Read a group without its braces, or one symbol."""
        following = self._peek_after_spaces()
        if following in {"", "}"} or _is_script(following):
            raise MathError(f'after "{owner}" comes a symbol, or a group in braces')
        return self._group() if following == "{" else self._symbol()

    def _group(self, opening: str = "{", closing: str = "}") -> _Piece:
        self._next += 1
        self._enter()
        piece = self._until(closing)
        if self._take() != closing:
            raise MathError(f'a "{opening}" is never closed')
        self._depth -= 1
        return piece

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise MathError(f"the formula is nested deeper than {MAX_DEPTH} levels")

    def _symbol(self) -> _Piece:
        if self._peek() == "{":
            inner = self._group()
            return _Piece(f"{{{inner.tex}}}", inner.plain)
        token = self._take()
        return self._command(token[1:]) if token.startswith("\\") else _character(token)

    def _command(self, name: str) -> _Piece:
        if name not in symbols.COMMANDS:
            raise MathError(_unknown_command(name))
        if name in symbols.SYMBOLS:
            return _symbol_piece(name)
        if name in symbols.SPACES:
            return _Piece(f"\\{name}", symbols.SPACES[name])
        self._enter()
        piece = self._text() if name == "text" else self._with_arguments(name)
        self._depth -= 1
        return piece

    def _with_arguments(self, name: str) -> _Piece:
        if name == "sqrt":
            return self._root()
        if name in symbols.TWO_ARGUMENTS:
            above, below = self._argument(f"\\{name}"), self._argument(f"\\{name}")
            return _Piece(f"\\{name}{{{above.tex}}}{{{below.tex}}}", above.plain + below.plain)
        argument = self._argument(f"\\{name}")
        if not argument.plain.isascii():
            name = symbols.SYMBOL_FONTS.get(name, name)
        accent = symbols.ONE_ARGUMENT.get(name, "")
        return _Piece(f"\\{name}{{{argument.tex}}}", accent + argument.plain)

    def _root(self) -> _Piece:
        degree = self._group("[", "]") if self._peek_after_spaces() == "[" else _Piece("", "")
        radicand = self._argument(r"\sqrt")
        option = f"{{{degree.tex}}}" if "]" in degree.tex else degree.tex
        tex = rf"\sqrt[{option}]{{{radicand.tex}}}" if option else rf"\sqrt{{{radicand.tex}}}"
        return _Piece(tex, f"{degree.plain}\u221a{radicand.plain}")

    def _text(self) -> _Piece:
        if self._peek_after_spaces() != "{":
            raise MathError(r'after "\text" comes a group in braces')
        self._next += 1
        words = ""
        while (token := self._take()) != "}":
            if token == "":
                raise MathError(r'the "{" after "\text" is never closed')
            if not _is_of_text(token):
                raise MathError(
                    rf'"\text{{…}}" takes letters, digits and .,:;!?()- alone, no "{token}"'
                )
            words += token
        return _Piece(rf"\text{{{words}}}", words)


@dataclass(slots=True)
class _Scripts:
    """What hangs on one symbol; TeX refuses a second superscript or subscript."""

    primes: int = 0
    above: _Piece | None = None
    below: _Piece | None = None

    def add(self, mark: str, content: _Piece) -> None:
        """Hang ``content`` above (``^``) or below (``_``)."""
        if mark == "^":
            if self.above is not None:
                raise MathError('two superscripts on one symbol; group it, as in "{x^2}^3"')
            self.above = content
        elif self.below is not None:
            raise MathError('two subscripts on one symbol; join them, as in "x_{1,2}"')
        else:
            self.below = content

    def add_prime(self) -> None:
        """Hang one more ``'``."""
        if self.above is not None:
            raise MathError('a prime after a superscript; write it before, as in "x\'^2"')
        self.primes += 1

    def piece(self) -> _Piece:
        """Return all marks in the one order that TeX always takes."""
        raised = [_primes(self.primes)] if self.primes else []
        if self.above is not None:
            raised.append(self.above)
        above, below = _sequence(raised), self.below or _Piece("", "")
        tex = (f"^{{{above.tex}}}" if raised else "") + (f"_{{{below.tex}}}" if self.below else "")
        return _Piece(tex, above.plain + below.plain)


def _is_script(token: str) -> bool:
    return token in {"^", "_", "'"} or symbols.script_mark(token) != ""


def _is_of_text(token: str) -> bool:
    is_letter = len(token) == 1 and unicodedata.category(token)[0] in "LN"
    return is_letter or token in _TEXT_PUNCTUATION


def _symbol_piece(name: str) -> _Piece:
    return _Piece("\\" + symbols.SET_BY.get(name, name), symbols.SYMBOLS[name])


def _primes(count: int) -> _Piece:
    """Return the marks of ``x''``; two and three have a character of their own."""
    command = symbols.PRIMES.get(count, r"\prime" * count)
    return _Piece(command, symbols.SYMBOLS["prime"] * count)


def _character(character: str) -> _Piece:
    if character in symbols.COMMAND_OF:
        return _symbol_piece(symbols.COMMAND_OF[character])
    if not symbols.is_mathematical(character):
        raise MathError(_unknown_character(character))
    return _Piece(character, symbols.SHOWN.get(character, character))


def _sequence(pieces: Iterable[_Piece]) -> _Piece:
    r"""Join pieces, with a space where ``\alpha`` and ``x`` would become one command."""
    tex = plain = ""
    for piece in pieces:
        is_letter_next = piece.tex[:1].isalpha() or not piece.tex[:1].isascii()
        gap = " " if is_letter_next and _ENDS_WITH_WORD.search(tex) else ""
        tex, plain = tex + gap + piece.tex, plain + piece.plain
    return _Piece(tex, plain)


def _unknown_command(name: str) -> str:
    if not name:
        return 'a "\\" ends the formula'
    near = nearest(name, (known for known in symbols.COMMANDS if known.isalpha()))
    guess = "" if near is None else f'; did you mean "\\{near}"?'
    hint = _hint(f"\\{name}") or guess
    return f'the command "\\{name}" is not known in formulas{hint}'


def _unknown_character(character: str) -> str:
    is_visible = character.isprintable() and not unicodedata.combining(character)
    shown = character if is_visible else f"U+{ord(character):04X}"
    return f'the character "{shown}" is not known in formulas{_hint(character)}'


def _hint(unknown: str) -> str:
    return f"; write {symbols.INSTEAD[unknown]}" if unknown in symbols.INSTEAD else ""
