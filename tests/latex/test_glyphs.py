"""A character that no face can print is found before TeX runs, and named with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.cv import Bullet, Cv, Header, Paragraph, Section
from cvforge.diagnostics import Place
from cvforge.inline import phrase
from cvforge.latex.fonts import Face, FaceSet
from cvforge.latex.glyphs import lost_characters

if TYPE_CHECKING:
    from pathlib import Path

LATIN = frozenset(range(0x20, 0x250))
ALL = frozenset(range(0x110000))
FACES = FaceSet(
    [Face("text", ("text",) * 4), Face("code", ("code",) * 4)],
    coverage=lambda file: LATIN | {ord("Ж" if file == "text" else "␣")},
)


def cv(text: str) -> Cv:
    line = f"  - text: {text}"
    place = Place("ada.yaml", 7, 11, len(text), line)
    items = (Paragraph(text=phrase("plain")), Bullet(text=phrase(text, place)))
    section = Section(id="a", title=phrase("A"), items=items)
    return Cv(
        variant="full", language="en", header=Header(name=phrase("Ada Quill")), sections=(section,)
    )


def test_a_character_without_a_glyph_is_named_with_its_place() -> None:
    (finding,) = lost_characters(cv("abc ☎ d"), FACES)
    assert finding.code == "missing-glyph"
    assert "☎ U+260E (BLACK TELEPHONE)" in finding.message
    assert finding.hint is not None
    assert finding.place is not None
    assert (finding.place.line, finding.place.column, finding.place.length) == (7, 15, 1)


def test_what_every_face_has_is_no_finding() -> None:
    assert lost_characters(cv("abc é **d** `x` Ж [z](https://example.org)"), FACES) == []


@pytest.mark.parametrize("text", ["**☎**", "*a ☎*", "[☎](tel:1)", "[**☎**](tel:1)", "`☎`"])
def test_a_character_inside_markup_is_found(text: str) -> None:
    (finding,) = lost_characters(cv(text), FACES)
    assert "U+260E" in finding.message
    assert finding.place is not None
    assert finding.place.column == 11 + text.index("☎")


def test_a_character_of_the_code_face_is_there_in_code_alone() -> None:
    assert lost_characters(cv("`␣`"), FACES) == []
    assert len(lost_characters(cv("␣"), FACES)) == 1


def test_the_text_face_serves_code() -> None:
    assert lost_characters(cv("`Ж`"), FACES) == []


def test_a_character_is_named_once_a_text() -> None:
    findings = lost_characters(cv("☎☎ Ω ☎"), FACES)
    assert ["U+260E" in f.message for f in findings] == [True, False]
    assert "U+03A9 (GREEK CAPITAL LETTER OMEGA)" in findings[1].message


def test_an_invisible_character_is_named_but_not_shown() -> None:
    (finding,) = lost_characters(cv("a\u2028b"), FACES)
    assert finding.message == "no font here has U+2028 (LINE SEPARATOR)"


def test_a_character_without_a_name_has_its_code_point() -> None:
    (finding,) = lost_characters(cv("a\ue000b"), FACES)
    assert "U+E000" in finding.message


def test_formulas_are_checked_elsewhere() -> None:
    assert lost_characters(cv(r"$\alpha$"), FACES) == []


def test_a_cluster_is_named_by_all_its_characters() -> None:
    (finding,) = lost_characters(cv("a Ω\u0331 d"), FACES)
    assert finding.message == (
        "no font here has Ω\u0331, Ω U+03A9 (GREEK CAPITAL LETTER OMEGA)"
        " and U+0331 (COMBINING MACRON BELOW) together"
    )
    assert finding.place is not None
    assert (finding.place.column, finding.place.length) == (13, 2)


@pytest.mark.parametrize(
    ("cluster", "instead"),
    [
        ("👩\u200d💻", "leave out U+200D (ZERO WIDTH JOINER)"),
        ("👍🏽", "leave out 🏽 U+1F3FD (EMOJI MODIFIER FITZPATRICK TYPE-4)"),
        ("🇩🇪", "write the name of the country"),
        ("1\ufe0f\u20e3", "leave out U+20E3 (COMBINING ENCLOSING KEYCAP)"),
    ],
)
def test_a_picture_that_no_font_joins_is_named_with_the_way_out(cluster: str, instead: str) -> None:
    everything = FaceSet([Face("text", ("text",) * 4)], coverage=lambda _: ALL)
    (finding,) = lost_characters(cv(f"a {cluster} b"), everything)
    assert finding.code == "missing-glyph"
    assert all(f"U+{ord(character):04X}" in finding.message for character in cluster)
    assert finding.message.endswith(" as one picture of its own")
    assert finding.hint is not None
    assert finding.hint.startswith(f"{instead}, or put a font")
    assert finding.place is not None
    assert (finding.place.column, finding.place.length) == (13, len(cluster))


@pytest.mark.parametrize("cluster", ["葛\U000e0100", "∅\ufe00", "0\ufe00"])
def test_a_form_that_no_machine_reads_is_named_with_the_way_out(cluster: str) -> None:
    everything = FaceSet([Face("text", ("text",) * 4)], coverage=lambda _: ALL)
    (finding,) = lost_characters(cv(f"a {cluster} b"), everything)
    assert finding.code == "variation-selector"
    assert all(f"U+{ord(character):04X}" in finding.message for character in cluster)
    assert finding.hint is not None
    assert finding.hint.startswith(f"leave out U+{ord(cluster[1]):04X} (VARIATION SELECTOR-")
    assert finding.place is not None
    assert (finding.place.column, finding.place.length) == (13, 2)


@pytest.mark.parametrize("text", ["❤\ufe0f ☎\ufe0e", "می\u200cخواهم", "क्\u200dष", "🇽 🏽 A\u20e3"])
def test_single_signs_and_joiners_of_scripts_are_no_finding(text: str) -> None:
    everything = FaceSet([Face("text", ("text",) * 4)], coverage=lambda _: ALL)
    assert lost_characters(cv(text), everything) == []


def test_the_hint_says_how_to_get_a_font() -> None:
    class Nothing:
        def find(self, *_: object, **__: object) -> None:
            return None

        def hint(self, character: str, *, language: str = "") -> str:
            return f"install {character} for {language}"

        def files_read(self) -> tuple[Path, ...]:
            return ()

        def skipped(self) -> tuple[str, ...]:
            return ()

    faces = FaceSet([Face("text", ("text",) * 4)], coverage=lambda _: LATIN, chain=Nothing)
    (finding,) = lost_characters(cv("é\u20dd"), faces)
    assert finding.hint == "install \u20dd for en"


EVERYTHING = FaceSet(
    [Face("text", ("text",) * 4), Face("code", ("code",) * 4)],
    coverage=lambda _file: frozenset(range(0x800)),
)


@pytest.mark.parametrize("text", ["see עברית", "**سلام**"])
def test_text_from_right_to_left_is_refused_where_the_engine_cannot_set_it(text: str) -> None:
    (finding,) = lost_characters(cv(text), EVERYTHING, engine="lualatex")
    assert finding.code == "right-to-left"
    assert finding.place is not None
    assert finding.place.line == 7
    assert lost_characters(cv(text), EVERYTHING, engine="xelatex") == []
