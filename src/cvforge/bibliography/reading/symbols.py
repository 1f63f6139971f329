"""What LaTeX's text macros stand for: accents, letters, signs, and macros that take a text."""

# ruff: noqa: RUF001  look-alike characters are the content of these tables

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Combining characters, set after the letter that the macro takes.
ACCENTS: Mapping[str, str] = MappingProxyType(
    {
        "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304",
        "u": "\u0306", ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b",
        "v": "\u030c", "G": "\u030f", "U": "\u030e", "d": "\u0323", "c": "\u0327",
        "k": "\u0328", "b": "\u0331", "t": "\u0361", "h": "\u0309",
        "ocirc": "\u030a", "polhk": "\u0328", "udot": "\u0323",
    }
)  # fmt: skip

# The accent alone, when its letter is empty: \~{}.
SPACING_ACCENTS: Mapping[str, str] = MappingProxyType(
    {"`": "`", "'": "´", "^": "^", "~": "~", "=": "¯", '"': "¨", "c": "¸"}
)

# \& and the like: a backslash and one character that is no letter.
CONTROL_SYMBOLS: Mapping[str, str] = MappingProxyType(
    {
        "&": "&", "%": "%", "#": "#", "_": "_", "$": "$", "{": "{", "}": "}",
        " ": " ", "\n": " ", "\t": " ", "\\": " ", ",": "\u00a0", ";": "\u00a0", ":": "\u00a0",
        "!": "", "-": "", "/": "", "@": "",
    }
)  # fmt: skip

LIGATURES: Mapping[str, str] = MappingProxyType(
    {"---": "—", "--": "–", "``": "“", "''": "”", "~": "\u00a0", "?`": "¿", "!`": "¡"}
)

# The letters of LaTeX's Cyrillic encodings, T2A to T2C and X2: \cyra, \CYRA. Source: their
# tables of characters (t2aenc.dfu and so on).
_CYRILLIC = (
    "a а abhch ҽ abhchdsc ҿ abhdze ӡ abhha ҩ ae ӕ b б byus ѫ c ц ch ч chldsc ӌ chrdsc ҷ chvcrs ҹ"
    " d д dje ђ dze ѕ dzhe џ e е erev э ery ы f ф g г gdsc ӷ gdschcrs ӻ ghcrs ғ ghk ҕ gup ґ h х"
    " hdsc ҳ hhcrs ӿ hhk ӽ hrdsn ъ i и ie є ii і ishrt й izh ѵ je ј k к kbeak ҡ kdsc қ khcrs ҟ"
    " khk ӄ kvcrs ҝ l л ldsc ӆ lje љ m м mdsc ӎ n н ndsc ң ng ҥ nhk ӈ nje њ o о otld ө p п phk ҧ"
    " r р rtick ҏ s с schwa ә sdsc ҫ semisftsn ҍ sftsn ь sh ш shch щ shha һ t т tdsc ҭ tetse ҵ"
    " tshe ћ u у ushrt ў v в y ү ya я yat ѣ yhcrs ұ yi ї yo ё yu ю z з zdsc ҙ zh ж zhdsc җ"
)
_SMALL = {f"cyr{name}": letter for name, letter in re.findall(r"(\w+) (\w)", _CYRILLIC)}
_CYRILLIC_LETTERS = _SMALL | {name.upper(): letter.upper() for name, letter in _SMALL.items()}

SIGNS: Mapping[str, str] = MappingProxyType(
    _CYRILLIC_LETTERS
    | {
        "CYRpalochka": "Ӏ", "ohorn": "ơ", "OHORN": "Ơ", "uhorn": "ư", "UHORN": "Ư",
        "dbar": "đ", "Dbar": "Đ", "cprime": "ʹ", "cdprime": "ʺ", "textnumero": "№",
        "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø",
        "l": "ł", "L": "Ł", "ss": "ß", "SS": "SS", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð",
        "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "ij": "ij", "IJ": "IJ",
        "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "dots": "…", "ldots": "…", "pounds": "£",
        "copyright": "©", "textasciicircum": "^", "textasciitilde": "~",
        "textasteriskcentered": "*",
        "textbackslash": "\\", "textbar": "|", "textbraceleft": "{", "textbraceright": "}",
        "textbullet": "•", "textcelsius": "℃", "textcent": "¢", "textcopyright": "©",
        "textdagger": "†", "textdaggerdbl": "‡", "textdegree": "°", "textdollar": "$",
        "textellipsis": "…", "textemdash": "—", "textendash": "–", "texteuro": "€", "euro": "€",
        "textexclamdown": "¡", "textgreater": ">", "textless": "<", "textmu": "µ",
        "textonehalf": "½", "textordfeminine": "ª", "textordmasculine": "º", "textparagraph": "¶",
        "textperiodcentered": "·", "textpm": "±", "textquestiondown": "¿", "textquotedbl": '"',
        "textquotedblleft": "“", "textquotedblright": "”", "textquoteleft": "‘",
        "textquoteright": "’", "textquotesingle": "'", "textregistered": "®", "textsection": "§",
        "textsterling": "£", "texttimes": "×", "texttrademark": "™", "textunderscore": "_",
        "textvisiblespace": "␣", "textyen": "¥", "guillemotleft": "«", "guillemotright": "»",
        "guilsinglleft": "‹", "guilsinglright": "›", "quotedblbase": "„", "quotesinglbase": "‚",
        "lq": "‘", "rq": "’", "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e",
        "BibTeX": "BibTeX", "XeTeX": "XeTeX", "slash": "/", "space": " ", "par": " ",
        "newline": " ", "quad": " ", "qquad": " ", "newblock": " ", "protect": "", "relax": "",
        "xspace": "", "noindent": "", "null": "", "allowbreak": "", "nobreak": "",
    }
)  # fmt: skip

# Macros that take one text.
ITALIC = frozenset({"emph", "mkbibemph", "mkbibitalic", "textit", "textsl"})
BOLD = frozenset({"mkbibbold", "textbf"})
CAPITALS = frozenset({"MakeTextUppercase", "MakeUppercase", "uppercase"})
SMALL_LETTERS = frozenset({"MakeLowercase", "MakeTextLowercase", "lowercase"})
# It is there for the order of a list alone.
SORTING = frozenset({"NoopSort", "noop", "noopsort", "SortNoop", "sortnoop"})
PLAIN = frozenset(
    {"mbox", "text", "textmd", "textnormal", "textrm", "textsc", "textsf", "textup"}
    | {"NoCaseChange"}
)

# Switches hold until the group ends: {\em text}.
ITALIC_SWITCHES = frozenset({"em", "it", "itshape", "sl", "slshape"})
BOLD_SWITCHES = frozenset({"bf", "bfseries"})
CODE_SWITCHES = frozenset({"tt", "ttfamily"})
PLAIN_SWITCHES = frozenset(
    {"rm", "rmfamily", "sc", "scshape", "sf", "sffamily", "upshape"} | {"mdseries", "normalfont"}
)

_LEVELS = "0123456789+-=()"
RAISED: Mapping[int, int] = MappingProxyType(str.maketrans(_LEVELS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"))
LOWERED: Mapping[int, int] = MappingProxyType(str.maketrans(_LEVELS, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"))
