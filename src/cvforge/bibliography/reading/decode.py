"""LaTeX in a field's value to Inline: what is not understood is a finding, never on the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cvforge.bibliography.quotes import closing_quote
from cvforge.bibliography.reading.macros import MACROS, SYMBOLS
from cvforge.bibliography.reading.symbols import LIGATURES
from cvforge.bibliography.spans import merged, trimmed
from cvforge.characters.normal import normalised
from cvforge.diagnostics import nearest
from cvforge.inline import Inline, Math, Span, Text, plain
from cvforge.latex.math import MathError, check_math
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cvforge.bibliography.reading.findings import Findings
    from cvforge.bibliography.reading.values import Value

MAX_DEPTH = 60

_TOKEN = pattern(
    r"""
    \\(?P<word>[A-Za-z]+)[ \t\n]*
  | \\(?P<symbol>.)
  | (?P<open>\{)
  | (?P<close>\})
  | (?P<dollar>\$)
  | (?P<ligature>---|--|``|''|~|\?`|!`)
  | (?P<quote>['`])
  | (?P<space>[ \t\n]+)
  | (?P<lone>\\)
  | (?P<text>
      (?: [^\\{}$~`'?!\-\ \t\n]++ | [\ ](?![\ \t\n]) | -(?!-) | [?!](?!`) )+
    | . )
    """,
    re.VERBOSE | re.DOTALL,
)
# What stands for itself throughout: most values, read at once.
_PLAIN = pattern(r"(?>(?:[^\\{}$~`'?!\- \t\n]++|[ ](?![ \t\n])|-(?!-)|'(?!')|[?!](?!`))*)")
_SPACE = pattern(r"[ \t\n]*")
_BRACE = pattern(r"(?<!\\)[{}]")
_SUGGESTED = [name for name in MACROS if not name.lower().startswith("cyr")]


def decode(value: Value, findings: Findings) -> Inline:
    """Return what LaTeX would print of ``value``, on one line.

    Braces and line breaks have no look of their own; ``*``, ``_``, ``#``, ``%`` and ``&`` are
    characters, as people write them in ``.bib`` files. Unknown macros, formulas outside of the
    known subset and link targets of unknown schemes go to ``findings``.
    """
    if is_plain(value.text):
        text = re.sub(" +", " ", normalised(value.text)).strip(" ")
        return (Text(text),) if text else ()
    decoder = Decoder(value, findings)
    try:
        return trimmed(merged(decoder.spans()))
    except _TooDeepError:
        decoder.find("too-deep", "braces are nested too deeply", "remove some of the braces")
        return (Text(value.text),)


def is_plain(text: str) -> bool:
    """Say whether all of ``text`` stands for itself."""
    return _PLAIN.fullmatch(text) is not None


def decode_plain(value: Value, findings: Findings) -> str:
    """Return the characters that LaTeX would print of ``value``, without markup."""
    return plain(decode(value, findings))


class _TooDeepError(Exception):
    """Groups and arguments are nested beyond MAX_DEPTH."""


class Decoder:
    """Reads one value from left to right; what it knows of macros is in ``macros``."""

    def __init__(self, value: Value, findings: Findings) -> None:
        self._value = value
        self._text = value.text
        self._findings = findings
        self._at = 0
        self._token = (0, 1)  # start and length of what is being read, for findings
        self._depth = 0
        self._quotations = 0
        self._closing_quotes: set[int] = set()
        self._is_typed = False

    def spans(self) -> list[Span]:
        """Read to the end of the value."""
        spans = self.rest()
        while self._at < len(self._text):
            self._token = (self._at, 1)
            self.find("latex", "this brace closes nothing", r"remove it, or write \}")
            self._at += 1
            spans += self.rest()
        return spans

    def rest(self) -> list[Span]:
        """Read up to the brace that closes the group, which stays unread, or to the end."""
        self._deeper()
        spans: list[Span] = []
        while self._at < len(self._text) and self._text[self._at] != "}":
            spans += self._next()
        self._depth -= 1
        return spans

    def argument(self) -> list[Span]:
        """Read what a macro takes: a group, another macro, or one character."""
        self._skip_space()
        if self._at == len(self._text) or self._text[self._at] == "}":
            self.find("latex", "the macro lacks its text", "write the text after it, in {braces}")
            return []
        token = self._token
        self._deeper()
        if self._text[self._at] in "\\{":
            spans = self._next()
        else:
            spans = [Text(self._text[self._at])]
            self._at += 1
        self._depth -= 1
        self._token = token
        return spans

    def quotation(self) -> list[Span]:
        """Read an argument and put it in quotation marks, in single ones within others.

        A * begins with single ones.
        """
        is_starred = self._text.startswith("*", self._at)
        self._at += is_starred
        opening, closing = "‘’" if (self._quotations + is_starred) % 2 else "“”"  # noqa: RUF001  quotes
        self._quotations += 1
        spans = self.argument()
        self._quotations -= 1
        return [Text(opening), *spans, Text(closing)]

    def typed(self, read: Callable[[], list[Span]]) -> str:
        """Return the characters that ``read`` makes where signs in a row are no ligatures."""
        before, self._is_typed = self._is_typed, True
        spans = read()
        self._is_typed = before
        return normalised(plain(tuple(spans)))

    def verbatim(self) -> str | None:
        """Read the group that a macro takes as it is typed; None, and a finding, without one."""
        self._skip_space()
        end = self._group_end()
        if end is None:
            self.find("latex", "the macro lacks its address", "write it after it, in {braces}")
            return None
        inner = self._text[self._at + 1 : end - 1]
        self._at = end
        return inner

    def _group_end(self) -> int | None:
        """Return where the group that begins here ends; None when none begins, or none ends."""
        depth = 0
        for brace in _BRACE.finditer(self._text, self._at):
            if depth == 0 and (brace[0] == "}" or brace.start() > self._at):
                return None
            depth += 1 if brace[0] == "{" else -1
            if depth == 0:
                return brace.end()
        return None

    def formula(self, closing: str) -> list[Span]:
        """Read mathematics up to ``closing``."""
        start = self._at
        end = re.compile(r"(?<!\\)" + re.escape(closing)).search(self._text, start)
        if end is None:
            self.find("math", "this formula is never closed", r"write \$ for the sign of money")
            return []
        self._token = (self._token[0], end.end() - self._token[0])
        self._at = end.end()
        return self.checked_formula(self._text[start : end.start()])

    def checked_formula(self, source: str) -> list[Span]:
        """Return ``source`` as a formula, if it is of the known subset."""
        one_line = " ".join(source.split())
        try:
            check_math(one_line)
        except MathError as error:
            self.find("math", str(error), "write it with the mathematics that profiles may use")
            return []
        return [Math(one_line)]

    def find(self, code: str, message: str, hint: str) -> None:
        """Note a finding about what is being read."""
        self._findings.add(code, message, self._value.place(*self._token), hint)

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _TooDeepError

    def _skip_space(self) -> None:
        found = _SPACE.match(self._text, self._at)
        self._at = self._at if found is None else found.end()

    def _next(self) -> list[Span]:
        if self._at in self._closing_quotes:
            self._at += 1
            return [Text("’")]  # noqa: RUF001  a quote
        token = _TOKEN.match(self._text, self._at)
        if token is None or token.lastgroup is None:
            raise AssertionError(self._text[self._at])  # the pattern ends with "any character"
        self._token = (self._at, len(token[0].rstrip()) or 1)
        self._at = token.end()
        return _READERS[token.lastgroup](self, token[token.lastgroup])

    def read_ligature(self, signs: str) -> list[Span]:
        """Read signs that are set as one; typewriters know only the tie."""
        return [Text(signs if self._is_typed and signs != "~" else LIGATURES[signs])]

    def read_quote(self, sign: str) -> list[Span]:
        """Read an apostrophe, or a backtick, which may open a quotation."""
        closing = closing_quote(self._text, self._at - 1) if sign == "`" else None
        if closing is None or self._is_typed:
            return [Text(sign)]
        self._closing_quotes.add(closing)
        return [Text("‘")]  # noqa: RUF001  a quote

    def read_dollar(self, sign: str) -> list[Span]:
        """Read a formula; one on a line of its own is set in the line as well."""
        is_display = self._text.startswith("$", self._at)
        self._at += is_display
        return self.formula(sign * (1 + is_display))

    def read_group(self, _brace: str) -> list[Span]:
        """Read a group, whose opening brace has been read."""
        token = self._token
        spans = self.rest()
        if self._at == len(self._text):
            self._token = token
            self.find("latex", "this brace is never closed", r"close it, or write \{")
        self._at += 1
        return spans

    def read_macro(self, name: str) -> list[Span]:
        """Read what belongs to the macro ``name``, a word or one sign."""
        known = MACROS if name.isalpha() else SYMBOLS
        if name in known:
            return known[name](self, name)
        hint = "write the character itself, in UTF-8; mathematics stands between dollars"
        near = nearest(name, _SUGGESTED)
        if near is not None:
            hint = f"did you mean \\{near}? Or {hint}"
        self.find("unknown-macro", f"the macro \\{name} is not known", hint)
        return []

    def read_lone_backslash(self, _sign: str) -> list[Span]:
        """Refuse a backslash at the end of the value."""
        self.find("latex", "a backslash ends the value", r"write \textbackslash for the sign")
        return []


_READERS: Mapping[str, Callable[[Decoder, str], list[Span]]] = {
    "word": Decoder.read_macro,
    "symbol": Decoder.read_macro,
    "open": Decoder.read_group,
    "dollar": Decoder.read_dollar,
    "ligature": Decoder.read_ligature,
    "quote": Decoder.read_quote,
    "space": lambda _decoder, _text: [Text(" ")],
    "lone": Decoder.read_lone_backslash,
    "text": lambda _decoder, text: [Text(text)],
}
