"""Faces as a class declares them, and which of them prints which characters."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

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
