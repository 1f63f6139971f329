"""Fallback faces: found once, named for the document, and with what their script needs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from cvforge.latex.fallback import Fallbacks, features_of


@dataclass(frozen=True)
class Found:
    """A font as a chain gives it."""

    path: Path
    number: int = 0
    is_bold: bool = False
    is_italic: bool = False


REGULAR = Found(Path("/fonts of mine/No to.ttc"), 2)
BOLD = Found(Path("/fonts of mine/No to.ttc"), 3, is_bold=True)
GREEK = Found(Path("/x/Greek.OTF"))
LEANING = Found(Path("/x/Greek Italic.woff"), is_italic=True)


class OneOfEach:
    """A chain with a font for Devanagari in two weights, and one for Greek that leans."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def find(
        self, cluster: str, *, script: str, language: str, bold: bool = False, italic: bool = False
    ) -> Found | None:
        assert language
        self.asked.append(cluster)
        if script == "Deva":
            return BOLD if bold else REGULAR
        if script == "Grek":
            return LEANING if italic and not bold else GREEK
        return None

    def hint(self, character: str, *, language: str = "") -> str:
        return f"find {character}{language}"

    def files_read(self) -> tuple[Path, ...]:
        return ()

    def skipped(self) -> tuple[str, ...]:
        return ()


@pytest.fixture
def fallbacks() -> Fallbacks:
    return Fallbacks(OneOfEach())


def test_a_font_has_a_harmless_name_beside_the_document(fallbacks: Fallbacks) -> None:
    assert fallbacks.face("क", script="Deva", language="hi") == "f1"
    assert fallbacks.files() == {"font1.ttc": REGULAR.path}
    shapes = fallbacks.declared()[0].shapes
    assert [shape.file for shape in shapes] == ["./font1.ttc"] * 4
    assert [shape.number for shape in shapes] == [2, 2, 3, 3]


def test_a_shape_that_is_lacking_is_made_of_the_regular_one(fallbacks: Fallbacks) -> None:
    fallbacks.face("α", script="Grek", language="el")
    (face,) = fallbacks.declared()
    assert face.likeness == "x"
    assert [(s.series, s.shape, s.file, s.features) for s in face.shapes] == [
        ("m", "n", "./font1.otf", "script=grek;"),
        ("m", "it", "./font2.ttf", "script=grek;"),
        ("bx", "n", "./font1.otf", "script=grek;embolden=1.5;"),
        ("bx", "it", "./font1.otf", "script=grek;embolden=1.5;slant=0.2;"),
    ]


def test_a_cluster_is_looked_up_once(fallbacks: Fallbacks) -> None:
    assert isinstance(fallbacks.chain, OneOfEach)
    for _ in range(3):
        fallbacks.face("क", script="Deva", language="hi")
    assert len(fallbacks.chain.asked) == 2  # regular and bold


def test_one_face_serves_all_that_its_fonts_print(fallbacks: Fallbacks) -> None:
    names = [fallbacks.face(c, script="Deva", language="hi") for c in ("क", "ख")]
    assert names == ["f1", "f1"]
    assert len(fallbacks.declared()) == 1


def test_what_no_font_has_has_no_face(fallbacks: Fallbacks) -> None:
    assert fallbacks.face("ⵣ", script="Tfng", language="en") is None
    assert not fallbacks.has("ⵣ", script="Tfng", language="en")
    assert fallbacks.declared() == ()


def test_without_a_chain_there_are_none() -> None:
    assert Fallbacks().face("α", script="Grek", language="el") is None


def test_a_face_of_the_class_can_have_the_features_of_a_script(fallbacks: Fallbacks) -> None:
    name = fallbacks.variant(("R.otf", "I.otf", "B.otf", "BI.otf"), script="Hebr")
    (face,) = fallbacks.declared()
    assert (face.name, face.likeness) == (name, "none")
    assert [s.file for s in face.shapes] == ["R.otf", "I.otf", "B.otf", "BI.otf"]
    assert {s.features for s in face.shapes} == {"script=hebr;"}
    assert fallbacks.files() == {}


@pytest.mark.parametrize(
    ("script", "language", "features"),
    [
        ("Arab", "ar", "script=arab;"),
        ("Arab", "ur-PK", "script=arab;language=URD;"),
        ("Hira", "ja", "script=kana;language=JAN;"),
        ("Hani", "zh-Hant", "script=hani;language=ZHT;"),
        ("Laoo", "en", "script=lao;"),
        ("Zsym", "en", ""),
    ],
)
def test_shapers_are_told_of_script_and_language(script: str, language: str, features: str) -> None:
    assert features_of(script, language) == features
