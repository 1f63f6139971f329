"""The index of fonts: read once, made anew for what has changed, never believed when damaged."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cvforge.fonts import indexing, sfnt
from cvforge.fonts.indexing import open_index
from cvforge.fonts.sfnt import read_fonts

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.fonts.index import Index
    from cvforge.fonts.sfnt import Font

    Smith = Callable[..., Path]


class Shop:
    """A folder of fonts with its cache; ``read`` are the files that were opened last."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cache = folder / "fonts", folder / "cache"
        self.folder.mkdir()
        self.cache.mkdir()
        self.read: list[str] = []

    def reading(self, path: Path) -> list[Font]:
        self.read.append(path.name)
        return read_fonts(path)

    def index(self, *, is_watched: bool = False) -> Index:
        self.read.clear()
        return open_index([self.folder], cache=self.cache, is_watched=is_watched)

    @property
    def record(self) -> Path:
        (record,) = (self.cache / "fonts").iterdir()
        return record


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    made = Shop(tmp_path)
    monkeypatch.setattr(sfnt, "read_fonts", made.reading)
    return made


def has(index: Index, family: str, characters: str) -> bool:
    return index.covers(index.families[family.lower()][0], {ord(c) for c in characters})


def later(path: Path) -> None:
    """Let a folder be changed at another time than before, whatever the clock's steps are."""
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1_000_000_000))


def test_fonts_are_read_once(shop: Shop, smith: Smith) -> None:
    smith(shop.folder / "a.ttf", "Aa\U0001f600", family="Forge")
    smith(shop.folder / "b.ttf", "\u05d0\u05d1", family="Anvil", weight=700, italic=True)
    first = shop.index()
    assert sorted(shop.read) == ["a.ttf", "b.ttf"]
    second = shop.index()
    assert shop.read == []
    assert second.faces == first.faces
    assert second.numbers == first.numbers
    assert sorted(second.families) == ["anvil", "forge"]
    assert has(second, "Forge", "Aa\U0001f600")
    assert not has(second, "Forge", "A\u05d0")
    assert not has(second, "Forge", "B")
    assert has(second, "Anvil", "\u05d0\u05d1")
    face = second.families["anvil"][0]
    assert (face.is_bold, face.is_italic) == (True, True)


def test_what_comes_goes_and_is_replaced_is_read_and_nothing_else(shop: Shop, smith: Smith) -> None:
    smith(shop.folder / "a.ttf", "A", family="Forge")
    smith(shop.folder / "b.ttf", "B", family="Anvil")
    shop.index()
    smith(shop.folder / "sub/c.ttf", "C", family="Tongs")
    later(shop.folder)
    assert sorted(shop.index().families) == ["anvil", "forge", "tongs"]
    assert shop.read == ["c.ttf"]
    smith(shop.folder / "b.ttf", "BD", family="Anvil")
    (shop.folder / "a.ttf").unlink()
    later(shop.folder)
    index = shop.index()
    assert shop.read == ["b.ttf"]
    assert sorted(index.families) == ["anvil", "tongs"]
    assert has(index, "Anvil", "BD")
    assert has(index, "Tongs", "C")


def test_a_watched_file_that_is_written_over_is_read(shop: Shop, smith: Smith) -> None:
    path = smith(shop.folder / "a.ttf", "A", family="Forge")
    other = smith(shop.cache / "other.ttf", "AB", family="Forge")
    shop.index()
    time_of_folder = shop.folder.stat().st_mtime_ns
    path.write_bytes(other.read_bytes())
    os.utime(shop.folder, ns=(0, time_of_folder))
    assert has(shop.index(is_watched=True), "Forge", "AB")
    assert shop.read == ["a.ttf"]


def test_an_unusable_file_is_skipped_with_its_reason_and_not_read_again(
    shop: Shop, smith: Smith
) -> None:
    smith(shop.folder / "a.ttf", family="Forge")
    (shop.folder / "empty.ttf").touch()
    (shop.folder / "letter.otf").write_text("not a font at all, but a letter", "utf-8")
    smith(shop.folder / "colours.ttf", tables={"COLR": b"\0"})
    expected = {
        "empty.ttf": "it is cut off",
        "letter.otf": "it is no font",
        "colours.ttf": "its characters are coloured pictures",
    }
    for _ in range(2):
        index = shop.index()
        assert {Path(path).name: why for path, why in index.skipped.items()} == expected
        assert list(index.families) == ["forge"]
    assert shop.read == []
    smith(shop.folder / "b.ttf", family="Anvil")
    later(shop.folder)
    assert len(shop.index().skipped) == 3
    assert shop.read == ["b.ttf"]


def test_a_name_that_tex_cannot_write_is_skipped(shop: Shop, smith: Smith) -> None:
    font = smith(shop.cache / "a.ttf")
    odd = os.fsencode(shop.folder) + b"/\xff.ttf"
    Path(os.fsdecode(odd)).write_bytes(font.read_bytes())
    for _ in range(2):
        index = shop.index()
        assert list(index.skipped.values()) == ["its name is not written in UTF-8"]
        assert index.faces == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:0],
        lambda content: content[:-1],
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"Forge", b"Force"),
        lambda content: b"\xff" + content[1:],
        lambda content: b"00000000\n" + content[:0],
        lambda content: content + b"\0",
    ],
)
def test_a_damaged_index_is_made_again(
    shop: Shop, smith: Smith, damage: Callable[[bytes], bytes]
) -> None:
    smith(shop.folder / "a.ttf", "A", family="Forge")
    whole = shop.index()
    shop.record.write_bytes(damage(shop.record.read_bytes()))
    index = shop.index()
    assert shop.read == ["a.ttf"]
    assert index.faces == whole.faces
    shop.index()
    assert shop.read == []


def test_an_index_of_another_version_is_made_again(
    shop: Shop, smith: Smith, monkeypatch: pytest.MonkeyPatch
) -> None:
    smith(shop.folder / "a.ttf")
    shop.index()
    monkeypatch.setattr(indexing, "_MADE_BY", [0])
    shop.index()
    assert shop.read == ["a.ttf"]


def test_without_a_cache_to_write_in_fonts_are_read_each_time(shop: Shop, smith: Smith) -> None:
    smith(shop.folder / "a.ttf", family="Forge")
    shop.cache.rmdir()
    for _ in range(2):
        assert list(shop.index().families) == ["forge"]
        assert shop.read == ["a.ttf"]
    assert not shop.cache.exists()
    shop.cache.mkdir()
    (shop.cache / "fonts").touch()
    assert list(shop.index().families) == ["forge"]


def test_a_folder_without_fonts_leaves_nothing_in_the_cache(shop: Shop) -> None:
    assert shop.index().faces == []
    assert list(shop.cache.iterdir()) == []


def test_five_hundred_copies_are_read_quickly_and_looked_up_at_once(
    shop: Shop, smith: Smith
) -> None:
    font = smith(shop.folder / "0.ttf", "".join(map(chr, range(0x21, 0x21 + 200, 2))))
    for number in range(1, 500):
        shutil.copyfile(font, shop.folder / f"{number}.ttf")
    started = time.process_time()
    assert len(shop.index().faces) == 500
    assert time.process_time() - started < 5
    started = time.process_time()
    index = shop.index()
    assert has(index, "Forge Serif", "!#")
    assert time.process_time() - started < 0.5
    assert shop.read == []
