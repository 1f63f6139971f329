"""The fallback faces of one document: what was found for it, under names that are its own."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class FontFile(Protocol):
    """A font of the machine: a file, its number in a collection, and what it is."""

    @property
    def path(self) -> Path:
        """Where it is."""

    @property
    def number(self) -> int:
        """Which font of the file it is, from 0."""

    @property
    def is_bold(self) -> bool:
        """Whether it is bold."""

    @property
    def is_italic(self) -> bool:
        """Whether it leans."""


class Chain(Protocol):
    """Finds fonts for what the template's faces lack."""

    def find(
        self, cluster: str, *, script: str, language: str, bold: bool = False, italic: bool = False
    ) -> FontFile | None:
        """Return the font that prints a whole grapheme cluster, None when none does."""

    def hint(self, character: str, *, language: str = "") -> str:
        """Return how to get a font for a character on this system."""

    def files_read(self) -> tuple[Path, ...]:
        """Return the files and folders that the lookups depended on; none without a lookup."""

    def skipped(self) -> tuple[str, ...]:
        """Return which of the person's own fonts cannot be used, with the reasons."""


# Scripts whose letters lean when they are emphasised, and have the height of a Latin "x".
_LIKE_LATIN = frozenset({"Latn", "Grek", "Cyrl", "Armn", "Geor"})
# OpenType's tag of a script, where it is not that of ISO 15924 in small letters.
_SCRIPT_TAGS = {"Hira": "kana", "Laoo": "lao ", "Nkoo": "nko ", "Vaii": "vai ", "Yiii": "yi  "}
_WITHOUT_TAG = frozenset({"", "Zyyy", "Zinh", "Zzzz", "Zsym", "Zmth", "Zsye"})
# OpenType's tag of a language, where the script alone does not say the forms of its letters.
_LANGUAGE_TAGS = {
    "ja": "JAN",
    "ko": "KOR",
    "zh-Hant": "ZHT",
    "zh-TW": "ZHT",
    "zh-HK": "ZHH",
    "zh": "ZHS",
    "bg": "BGR",
    "mk": "MKD",
    "sr": "SRB",
    "fa": "FAR",
    "ks": "KSH",
    "sd": "SND",
    "ug": "UYG",
    "ur": "URD",
    "mr": "MAR",
    "ne": "NEP",
    "hi": "HIN",
}
_SUFFIXES = frozenset({".otf", ".ttf", ".ttc", ".otc"})


class Shape(NamedTuple):
    """One shape of a face by NFSS's names: a file, the font's number in it, its features."""

    series: str
    shape: str
    file: str
    number: int
    features: str


@dataclass(frozen=True, slots=True)
class Fallback:
    """A face that a document declares for itself.

    ``likeness`` says what of it is as high as in the text face: "x", or "none".
    """

    name: str
    shapes: tuple[Shape, ...]
    likeness: str


class _Key(NamedTuple):
    """What makes one face of several lookups: its files, or those of a class's face."""

    regular: FontFile | str
    bold: FontFile | str
    italic: FontFile | str
    bold_italic: FontFile | str
    features: str
    likeness: str


@dataclass(slots=True)
class Fallbacks:
    """The fallback faces of one document, numbered as they are met."""

    chain: Chain | None = None
    _faces: dict[_Key, Fallback] = field(default_factory=dict)
    _names: dict[Path, str] = field(default_factory=dict)
    _found: dict[tuple[str, str, str], str | None] = field(default_factory=dict)

    def has(self, cluster: str, *, script: str, language: str) -> bool:
        """Say whether any font of the chain prints a cluster."""
        return (
            self.chain is not None
            and self.chain.find(cluster, script=script, language=language) is not None
        )

    def face(self, cluster: str, *, script: str, language: str) -> str | None:
        """Return the name of the face from the chain that prints a cluster, None without one."""
        asked = (cluster, script, language)
        if asked not in self._found:
            self._found[asked] = self._looked_up(cluster, script, language)
        return self._found[asked]

    def variant(self, files: tuple[str, str, str, str], *, script: str) -> str:
        """Return the name of a face of the class with the features of a script."""
        regular, italic, bold, bold_italic = files
        features = features_of(script, "")
        return self._declared(_Key(regular, bold, italic, bold_italic, features, "none")).name

    def declared(self) -> tuple[Fallback, ...]:
        """Return the faces that were met, in that order."""
        return tuple(self._faces.values())

    def files(self) -> dict[str, Path]:
        """Return where the files of these faces are, by the names that they have in a document."""
        return {name: path for path, name in self._names.items()}

    def _looked_up(self, cluster: str, script: str, language: str) -> str | None:
        if self.chain is None:
            return None
        regular = self.chain.find(cluster, script=script, language=language)
        if regular is None:
            return None
        bold = self.chain.find(cluster, script=script, language=language, bold=True) or regular
        italic, bold_italic = regular, bold
        if script in _LIKE_LATIN:
            leaning = [
                self.chain.find(cluster, script=script, language=language, bold=b, italic=True)
                for b in (False, True)
            ]
            italic, bold_italic = leaning[0] or regular, leaning[1] or bold
        features = features_of(script, language)
        likeness = "x" if script in _LIKE_LATIN else "none"
        return self._declared(_Key(regular, bold, italic, bold_italic, features, likeness)).name

    def _declared(self, key: _Key) -> Fallback:
        if key not in self._faces:
            name = f"f{len(self._faces) + 1}"
            self._faces[key] = Fallback(name, tuple(self._shapes(key)), key.likeness)
        return self._faces[key]

    def _shapes(self, key: _Key) -> Iterator[Shape]:
        leans = key.likeness == "x"
        for series, shape, font in (
            ("m", "n", key.regular),
            ("m", "it", key.italic),
            ("bx", "n", key.bold),
            ("bx", "it", key.bold_italic),
        ):
            features = key.features
            if isinstance(font, str):
                yield Shape(series, shape, font, 0, features)
                continue
            if series == "bx" and not font.is_bold:
                features += "embolden=1.5;"
            if shape == "it" and leans and not font.is_italic:
                features += "slant=0.2;"
            yield Shape(series, shape, f"./{self._name(font.path)}", font.number, features)

    def _name(self, path: Path) -> str:
        """Return the name of a file beside the document; it says nothing of the machine."""
        if path not in self._names:
            suffix = path.suffix.lower()
            known = suffix if suffix in _SUFFIXES else ".ttf"
            self._names[path] = f"font{len(self._names) + 1}{known}"
        return self._names[path]


def features_of(script: str, language: str) -> str:
    """Return what XeTeX and LuaTeX are told of a script and a language; both may be unknown."""
    if script in _WITHOUT_TAG:
        return ""
    tag = _SCRIPT_TAGS.get(script, script.lower()).rstrip()
    spoken = _LANGUAGE_TAGS.get(language) or _LANGUAGE_TAGS.get(language.partition("-")[0])
    return f"script={tag};" + ("" if spoken is None else f"language={spoken};")
