"""Faces as a class declares them, and which of them prints which characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvforge.latex.fonts import CODE_FACE, Face, FaceSet, Run, declared_faces, read_coverage

if TYPE_CHECKING:
    from cvforge.engine.texlive import TexLive
    from cvforge.templates.registry import TemplateFiles

FACES = (
    Face("text", ("text", "text", "text-bold", "text-bold-italic")),
    Face("code", ("code", "code", "code", "code")),
    Face("cjk", ("cjk", "cjk", "cjk", "cjk")),
    Face("sign", ("sign", "sign", "sign", "sign")),
)
CHARACTERS = {
    "text": "abcdé,→ж",
    "text-bold": "abcdé,ж",
    "text-bold-italic": "abcdé,",
    "code": "abc_",
    "cjk": "许靖，a→Ω",
    "sign": "☎→",
}


def coverage(file: str) -> frozenset[int]:
    return frozenset(map(ord, CHARACTERS[file]))


@pytest.fixture(scope="module")
def faces() -> FaceSet:
    return FaceSet(FACES, coverage=coverage)


def test_a_class_declares_faces_in_lines_of_their_own() -> None:
    source = (
        "\\CvDeclareFace{text}{+kern;}{R.otf}{I.otf}{B.otf}{BI.otf}\n"
        "% \\CvDeclareFace{no}{}{a}{a}{a}{a}\n"
        "\\CvDeclareFace{cjk}{}{k.ttf}{k.ttf}{k.ttf}{k.ttf} % Chinese\n"
    )
    assert declared_faces(source) == (
        Face("text", ("R.otf", "I.otf", "B.otf", "BI.otf")),
        Face("cjk", ("k.ttf", "k.ttf", "k.ttf", "k.ttf")),
    )


def test_every_face_of_the_class_is_read(classic: TemplateFiles) -> None:
    written = re.findall(r"^\s*\\CvDeclareFace\{(\w+)\}", classic.class_source, re.MULTILINE)
    assert written[:2] == ["text", "code"]
    assert [face.name for face in declared_faces(classic.class_source)] == written


def test_a_font_is_read_when_a_text_needs_it_and_once() -> None:
    read: list[str] = []

    def noted(file: str) -> frozenset[int]:
        read.append(file)
        return coverage(file)

    made = FaceSet(FACES, coverage=noted)
    assert read == []
    for _ in range(2):
        assert list(made.missing("abc")) == []
        assert read == ["text", "text-bold"]
    assert list(made.missing("许")) == []
    assert read[2:] == ["cjk"]


def test_chinese_inside_latin_is_a_run_of_its_own(faces: FaceSet) -> None:
    assert list(faces.runs("ab 许靖, cd")) == [Run("ab "), Run("许靖", "cjk"), Run(", cd")]


def test_a_space_is_that_of_the_text_face(faces: FaceSet) -> None:
    """The ideographs' own space is as wide as they are."""
    assert list(faces.runs("许 靖")) == [Run("许", "cjk"), Run(" "), Run("靖", "cjk")]


def test_a_face_prints_what_its_regular_italic_and_bold_have(faces: FaceSet) -> None:
    """Bold text has no arrow here, so the arrow is never set in the text face."""
    assert list(faces.runs("a→b")) == [Run("a"), Run("→", "sign"), Run("b")]


def test_bold_italic_may_lack_a_script(faces: FaceSet) -> None:
    assert list(faces.runs("aж")) == [Run("aж")]


def test_a_face_of_ideographs_prints_nothing_else(faces: FaceSet) -> None:
    assert list(faces.missing("許Ω许")) == ["許", "Ω"]


def test_the_text_face_stands_in_for_the_code_face_first(faces: FaceSet) -> None:
    assert list(faces.runs("a_é许", face=CODE_FACE)) == [
        Run("a_"),
        Run("é", "text"),
        Run("许", "cjk"),
    ]


def test_a_character_that_no_face_has_is_missing_once(faces: FaceSet) -> None:
    assert list(faces.missing("aЖ b许ЖΩ")) == ["Ж", "Ω"]


def test_spaces_and_soft_hyphens_need_no_glyph(faces: FaceSet) -> None:
    assert list(faces.missing("a b\u00a0c\u00adé\t\n")) == []


class Everything:
    """A chain that has all but Tifinagh, in a file for each script and language of Han."""

    def find(
        self, cluster: str, *, script: str, language: str, bold: bool = False, italic: bool = False
    ) -> Found | None:
        assert cluster
        assert not (bold and italic) or script in {"Latn", "Grek", "Cyrl"}
        if script == "Tfng":
            return None
        return Found(Path(f"/{script}{language if script in {'Hani', 'Hira'} else ''}.ttf"))

    def hint(self, character: str, *, language: str = "") -> str:
        return f"a font for {character} in {language}"

    def files_read(self) -> tuple[Path, ...]:
        return ()

    def skipped(self) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True)
class Found:
    """A font as a chain gives it."""

    path: Path
    number: int = 0
    is_bold: bool = False
    is_italic: bool = False


@pytest.fixture
def rich() -> FaceSet:
    return FaceSet(FACES, coverage=coverage, chain=Everything)


def files_of(faces: FaceSet, text: str, **options: Any) -> list[tuple[str, str | None]]:
    """Return the runs of a text with the files of their faces in place of their names."""
    runs = list(faces.runs(text, **options))
    shapes = {face.name: face.shapes[0].file for face in faces.fallbacks.declared()}
    names = {f"./{name}": path.name for name, path in faces.font_files().items()}
    said = {name: names.get(file, file) for name, file in shapes.items()}
    return [(run.text, said.get(run.face or "", run.face)) for run in runs]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("a μ b", [("a ", None), ("μ", "Grek.ttf"), (" b", None)]),
        ("e\u0331", [("e\u0331", "Latn.ttf")]),  # no mark is parted from its letter
        ("é\u0331a", [("é\u0331", "Latn.ttf"), ("a", None)]),
        ("a👩\u200d💻b", [("a", None), ("👩\u200d💻", "Zsye.ttf"), ("b", None)]),
        ("🇩🇪🇫🇷", [("🇩🇪🇫🇷", "Zsye.ttf")]),
        ("क्ष, ख", [("क्ष", "Deva.ttf"), (", ", None), ("ख", "Deva.ttf")]),
    ],
)
def test_what_the_class_lacks_comes_from_the_chain_by_whole_clusters(
    rich: FaceSet, text: str, runs: list[tuple[str, str | None]]
) -> None:
    assert files_of(rich, text) == runs
    assert list(rich.missing(text)) == []


def test_the_faces_of_the_class_come_before_the_chain(rich: FaceSet) -> None:
    assert files_of(rich, "☎→ж", face=CODE_FACE) == [("☎→", "sign"), ("ж", "text")]
    assert rich.font_files() == {}


@pytest.mark.parametrize(
    ("language", "file"),
    [("zh", "cjk"), ("zh-Hans", "cjk"), ("ja", "Hanija.ttf"), ("zh-Hant", "Hanizh-Hant.ttf")],
)
def test_han_has_the_form_of_the_language(rich: FaceSet, language: str, file: str) -> None:
    assert files_of(rich, "许靖", language=language) == [("许靖", file)]


def test_one_character_that_the_face_of_the_class_lacks_changes_all_beside_it(
    rich: FaceSet,
) -> None:
    assert files_of(rich, "许骨靖", language="zh") == [("许骨靖", "Hanizh.ttf")]


def test_without_a_font_of_its_language_han_is_set_in_another(faces: FaceSet) -> None:
    assert list(faces.runs("许", language="ja")) == [Run("许", "cjk")]
    assert list(faces.missing("许", language="ja")) == []


def test_what_runs_leftward_is_in_a_face_that_knows_its_script(rich: FaceSet) -> None:
    """Brackets are mirrored by the script's features, and stay with their letters."""
    assert files_of(rich, "(אב) ג", is_leftward=True) == [("(אב) ג", "Hebr.ttf")]


def test_the_text_face_is_taken_where_it_has_all_leftward_letters() -> None:
    hebrew = {**CHARACTERS, "text": "abאב()", "text-bold": "abאב()"}
    faces = FaceSet(
        FACES, coverage=lambda file: frozenset(map(ord, hebrew[file])), chain=Everything
    )
    assert files_of(faces, "(אב)", is_leftward=True) == [("(אב)", "text")]
    (face,) = faces.fallbacks.declared()
    assert {shape.features for shape in face.shapes} == {"script=hebr;"}


def test_what_no_font_has_is_missing_with_a_hint(rich: FaceSet) -> None:
    assert list(rich.missing("aⵣb")) == ["ⵣ"]
    assert rich.hint("ⵣ", language="en") == "a font for ⵣ in en"


def test_a_cluster_is_missing_as_a_whole(faces: FaceSet) -> None:
    assert list(faces.missing("e\u0331 👩\u200d💻")) == ["e\u0331", "👩\u200d💻"]


def test_the_chain_is_not_made_for_a_text_that_needs_none() -> None:
    faces = FaceSet(FACES, coverage=coverage, chain=lambda: pytest.fail("it was made"))
    assert list(faces.runs("abcé ")) == [Run("abcé ")]
    assert list(faces.missing("abcé ")) == []
    assert faces.font_files() == {}


@given(st.text(st.sampled_from("abé许靖☎ ,\u00a0_→Ж")), st.sampled_from(["text", "code"]))
def test_runs_hold_every_character_in_order(text: str, face: str) -> None:
    runs = list(FaceSet(FACES, coverage=coverage).runs(text, face=face))
    assert "".join(run.text for run in runs) == text
    assert all(first.face != second.face for first, second in pairwise(runs))


def test_the_coverage_of_a_font_is_read_from_the_font(tex: TexLive) -> None:
    name = "lmmono10-regular.otf"
    covered = read_coverage(tex.find([name])[name])
    assert ord("a") in covered
    assert ord("许") not in covered
