"""What is read of a font file, and that no file makes reading it fail in another way."""

from __future__ import annotations

import os
import random
import struct
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.ttCollection import TTCollection

from cvforge.engine.fallbacks import font_trees
from cvforge.fonts import sfnt
from cvforge.fonts.files import system_folders
from cvforge.fonts.indexing import open_index
from cvforge.fonts.sfnt import Font, UnusableFontError, read_fonts

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.engine.texlive import TexLive

    Smith = Callable[..., Path]

MAX_BYTES = 600_000  # of installed fonts that are compared: fontTools takes seconds for large ones


def characters(font: Font) -> set[int]:
    pairs = zip(*font.covered, strict=True)
    return {code for first, last in pairs for code in range(first, last + 1)}


def refusal(path: Path) -> str:
    with pytest.raises(UnusableFontError) as raised:
        read_fonts(path)
    return str(raised.value)


def test_a_font_says_its_family_its_style_and_its_characters(smith: Smith, tmp_path: Path) -> None:
    path = smith(tmp_path / "a.ttf", "AZa\u05d0\u05d1\U0001f600", family="Forge", weight=700)
    (font,) = read_fonts(path)
    assert (font.number, font.family, font.weight, font.width) == (0, "Forge", 700, 5)
    assert not font.is_italic
    assert not font.is_variable
    assert characters(font) == set(map(ord, "AZa\u05d0\u05d1\U0001f600"))
    assert read_fonts(smith(tmp_path / "i.ttf", italic=True))[0].is_italic


def test_the_fonts_of_a_collection_are_numbered(smith: Smith, tmp_path: Path) -> None:
    collection: Any = TTCollection()  # type: ignore[no-untyped-call]  # it has no types
    for name in ("One", "Two"):
        collection.fonts.append(TTFont(smith(tmp_path / f"{name}.ttf", family=name), lazy=False))
    collection.save(tmp_path / "both.ttc")
    collection.close()
    found = read_fonts(tmp_path / "both.ttc")
    assert [(font.number, font.family) for font in found] == [(0, "One"), (1, "Two")]


def test_it_reads_what_fonttools_reads(tex: TexLive, tmp_path: Path) -> None:
    folders = [*system_folders(os.environ, platform="linux"), *font_trees(tex)]
    faces = open_index(folders, cache=tmp_path / "absent").faces
    small = [face for face in faces if Path(face.path).stat().st_size < MAX_BYTES]
    assert len(small) > 30
    for face in random.Random(7).sample(small, 30):  # noqa: S311  which does not matter
        font = read_fonts(Path(face.path))[face.number]
        with TTFont(face.path, fontNumber=face.number, lazy=True) as known:
            best = known.getBestCmap() or {}
            names: Any = known["name"]
            expected = {code for code in best if known.getGlyphID(best[code]) != 0}
        assert characters(font) == expected, face.path
        assert font.family == (names.getDebugName(16) or names.getDebugName(1))


@pytest.mark.parametrize(
    ("tables", "os2", "reason"),
    [
        ({"glyf": None, "loca": None}, {}, "it has no outlines"),
        ({"glyf": None, "loca": None, "CFFx": b"\0"}, {}, "it has no outlines"),
        ({"COLR": b"\0"}, {}, "its characters are coloured pictures"),
        ({"sbix": b"\0"}, {}, "its characters are coloured pictures"),
        ({"CBDT": b"\0", "glyf": None, "loca": None}, {}, "it has no outlines"),
        ({}, {"fsType": 2}, "its licence bits do not let it be embedded"),
        ({"name": None}, {}, 'it has no table "name"'),
        ({"name": b"\0" * 6}, {}, "it does not say its name"),
        ({"name": bytes(2 << 20)}, {}, 'its table "name" has 2097152 bytes'),
        ({"cmap": bytes(9 << 20)}, {}, 'its table "cmap" has 9437184 bytes'),
        ({"cmap": b"\0\0\0\1"}, {}, "it is cut off or damaged"),
        ({"cmap": b"\0\0\0\0"}, {}, "it has no characters of Unicode"),
        ({"OS/2": b"\0\1"}, {}, "it is cut off or damaged"),
    ],
)
def test_what_tex_cannot_print_with_is_refused_with_the_reason(
    smith: Smith,
    tmp_path: Path,
    tables: dict[str, bytes | None],
    os2: dict[str, int],
    reason: str,
) -> None:
    assert refusal(smith(tmp_path / "a.ttf", tables=tables, **os2)) == reason


def test_a_table_of_outlines_that_is_empty_counts_for_none(smith: Smith, tmp_path: Path) -> None:
    path = smith(tmp_path / "a.ttf")
    content = bytearray(path.read_bytes())
    length = content.index(b"glyf") + 12
    content[length : length + 4] = bytes(4)
    path.write_bytes(content)
    assert refusal(path) == "it has no outlines"


def test_bits_that_allow_printing_or_editing_are_enough(smith: Smith, tmp_path: Path) -> None:
    for allowed in (0, 4, 8, 12):
        assert read_fonts(smith(tmp_path / f"{allowed}.ttf", fsType=allowed))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is cut off"),
        (b"This is a letter to a friend, not a font.", "it is no font"),
        (b"\0\1\0\0\xff\xff" + bytes(100), "it is no font"),
        (b"\0\1\0\0\0\7" + bytes(20), "it is cut off"),
        (b"ttcf\0\2\0\0\xff\xff\xff\xff", "it is a collection of 4294967295 fonts"),
        (b"ttcf\0\2\0\0\0\0\0\1\xff\xff\xff\xff", "it is cut off"),
        (b"ttcf\0\2\0\0\0\0\0\1\0\0\0\0", "it is no font"),
    ],
)
def test_a_file_that_is_no_font_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.ttf"
    path.write_bytes(content)
    assert refusal(path) == reason


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ttf")
    assert refusal(tmp_path / "pipe.ttf") == "it is no file"
    assert refusal(tmp_path) == "is a directory"
    assert refusal(tmp_path / "absent.ttf") == "no such file or directory"
    assert "null" in refusal(tmp_path / "a\0.ttf")


def test_a_file_is_bounded_in_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sfnt, "MAX_BYTES", 1 << 20)
    with (tmp_path / "a.ttf").open("wb") as file:
        file.truncate((1 << 20) + 1)
    assert refusal(tmp_path / "a.ttf") == "it has more than 1 MB"


def test_a_font_that_is_cut_anywhere_is_read_or_refused(smith: Smith, tmp_path: Path) -> None:
    whole = smith(tmp_path / "a.ttf", "ABC").read_bytes()
    cut = tmp_path / "cut.ttf"
    refused = 0
    for length in range(len(whole)):
        cut.write_bytes(whole[:length])
        try:
            read_fonts(cut)
        except UnusableFontError:
            refused += 1
    assert refused > len(whole) // 2


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_font_is_read_or_refused(smith: Smith, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  the same damage each time
    whole = smith(tmp_path / "a.ttf", "ABC\u05d0\U0001f600").read_bytes()
    path = tmp_path / "damaged.ttf"
    started = time.process_time()
    for _ in range(500):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.choice((0, 1, 0x7F, 0xFF))
        path.write_bytes(damaged)
        try:
            fonts = read_fonts(path)
        except UnusableFontError:
            continue
        assert all(len(font.covered[0]) == len(font.covered[1]) for font in fonts)
    assert time.process_time() - started < 10


def test_a_character_map_without_end_claims_no_more_than_there_are_glyphs(
    smith: Smith, tmp_path: Path
) -> None:
    groups = struct.pack(">HHLLL3L", 12, 0, 28, 0, 1, 0, 0x10FFFF, 1)
    cmap = struct.pack(">HHHHL", 0, 1, 3, 10, 12) + groups
    (font,) = read_fonts(smith(tmp_path / "a.ttf", "AB", tables={"cmap": cmap}))
    assert characters(font) == {0, 1}


def test_a_family_with_names_without_end_is_cut(smith: Smith, tmp_path: Path) -> None:
    (font,) = read_fonts(smith(tmp_path / "a.ttf", family="Forge\x1b[2J " + "x" * 9_000))
    assert font.family.startswith("Forge[2J xx")
    assert len(font.family) < 201
