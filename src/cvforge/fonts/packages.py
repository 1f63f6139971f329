"""Which package brings a font for a script, by the program that installs packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.fonts.preferences import han_form
from cvforge.fonts.properties import script_name
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_COMMANDS = {
    "apt-get": "apt-get install",
    "dnf": "dnf install",
    "pacman": "pacman -S",
    "brew": "brew install --cask",
}
_BY_HAND = 'put a font that has it into the folder "fonts" beside the profile'


@dataclass(frozen=True, slots=True)
class Package:
    """A package of fonts by its name for each manager.

    ``family`` is one of its families in lower case: it is offered where that is not installed.
    Only the names of apt are tried out (Debian 12); the others follow the distributions' lists.
    """

    family: str
    names: Mapping[str, str]


def _noto(slug: str, *, family: str | None = None) -> Package:
    """Return the package of one of Noto's families; ``slug`` is its name in those of packages."""
    names = {
        "apt-get": "fonts-noto-core",
        "dnf": f"google-noto-{slug}-fonts",
        "pacman": "noto-fonts",
        "brew": f"font-noto-{slug}",
    }
    return Package(family or f"noto {slug.replace('-', ' ')}", names)


def _noto_cjk(letters: str) -> Package:
    names = {
        "apt-get": "fonts-noto-cjk",
        "dnf": "google-noto-serif-cjk-fonts",
        "pacman": "noto-fonts-cjk",
        "brew": f"font-noto-serif-cjk-{letters}",
    }
    return Package(f"noto serif cjk {letters}", names)


_SYMBOLA = Package("symbola", {"apt-get": "fonts-symbola", "dnf": "gdouros-symbola-fonts"})
_FREE = Package(
    "freeserif",
    {"apt-get": "fonts-freefont-otf", "dnf": "gnu-free-serif-fonts", "pacman": "gnu-free-fonts"},
)
_EMOJI = Package("noto emoji", {"dnf": "google-noto-emoji-fonts", "brew": "font-noto-emoji"})
_NOTO_SYMBOLS = _noto("sans-symbols-2", family="noto sans symbols2")
_BY_SCRIPT: Mapping[str, tuple[Package, ...]] = {
    "Arab": (Package("amiri", {"apt-get": "fonts-hosny-amiri"}), _noto("naskh-arabic")),
    "Hebr": (Package("frank ruehl clm", {"apt-get": "culmus"}), _noto("serif-hebrew")),
    "Thai": (Package("norasi", {"apt-get": "fonts-tlwg-norasi-otf"}), _noto("serif-thai")),
    "Hmnp": (_noto("serif-hmong-nyiakeng"),),
    "Merc": (_noto("sans-meroitic"),),
    "Mero": (_noto("sans-meroitic"),),
    "Phag": (_noto("sans-phags-pa", family="noto sans phagspa"),),
    "Zsym": (_SYMBOLA, _FREE, _NOTO_SYMBOLS),
    "Zmth": (_FREE, _SYMBOLA, _noto("sans-math")),
    "Zsye": (_EMOJI, _SYMBOLA, _FREE),
    **dict.fromkeys(("Latn", "Grek", "Cyrl", "Zyyy"), (_noto("serif"), _FREE)),
    # Scripts that Debian's fonts-noto-core has no font for.
    **dict.fromkeys(("Chrs", "Cpmn", "Diak", "Kawi", "Kits", "Maka", "Nagm", "Nand"), ()),
    **dict.fromkeys(("Ougr", "Tnsa", "Toto", "Vith"), ()),
}
_WITH_SERIFS = frozenset(
    (
        *("Ahom", "Armn", "Bali", "Beng", "Deva", "Dogr", "Ethi", "Geor", "Gran", "Gujr", "Guru"),
        *("Khmr", "Khoj", "Knda", "Laoo", "Mlym", "Mymr", "Sinh", "Taml", "Tang", "Telu", "Tibt"),
        "Yezi",
    )
)
_HAN = {"Hani": None, "Bopo": None, "Hira": "ja", "Kana": "ja", "Hrkt": "ja", "Hang": "ko"}
_LETTERS = {"ja": "jp", "ko": "kr", "zh-Hans": "sc", "zh-Hant": "tc", "zh-HK": "hk"}
_JAPANESE = Package("ipaexmincho", {"apt-get": "fonts-ipaexfont-mincho"})
_RARE_HAN = Package("hanamina", {"apt-get": "fonts-hanazono", "pacman": "ttf-hanazono"})


def way_to_font(
    script: str, *, language: str, manager: str | None, is_installed: Callable[[str], bool]
) -> str:
    """Return what to do for a font of a script, as a hint.

    ``is_installed`` tells of a family in lower case; what is installed already is not offered.
    """
    command = _COMMANDS.get(manager or "")
    for package in _packages(script, language):
        name = package.names.get(manager or "")
        if command is not None and name is not None and not is_installed(package.family):
            return f"{command} {name}, or {_BY_HAND}"
    return _BY_HAND


def _packages(script: str, language: str) -> tuple[Package, ...]:
    if script in _HAN:
        form = _HAN[script] or han_form(language)
        japanese = (_JAPANESE,) if form == "ja" else ()
        return (*japanese, _noto_cjk(_LETTERS[form]), _RARE_HAN)
    known = _BY_SCRIPT.get(script)
    return (_named_after(script),) if known is None else known


def _named_after(script: str) -> Package:
    """Return the package of Noto's font that is named after a script."""
    name = script_name(script).lower().replace(" ", "-")
    return _noto(f"{'serif' if script in _WITH_SERIFS else 'sans'}-{name}")
