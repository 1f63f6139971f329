"""Reading and writing a user's files."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvforge.diagnostics import Place
from cvforge.errors import BibliographyError, OutputError
from cvforge.files import read_file, write_file


def hint(path: Path) -> str | None:
    with pytest.raises(OutputError) as raised:
        read_file(path, limit=9)
    return raised.value.diagnostics[0].hint


def test_no_more_is_read_than_the_limit_and_one(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 100)
    assert read_file(path, limit=10) == b"x" * 11
    assert read_file(path, limit=100) == b"x" * 100


def test_the_error_is_of_the_class_and_at_the_place_asked_for(tmp_path: Path) -> None:
    place = Place("ada.yaml", 1, 1)
    with pytest.raises(BibliographyError) as raised:
        read_file(tmp_path / "no.bib", limit=9, error=BibliographyError, place=place)
    assert raised.value.diagnostics[0].place == place


def test_the_nearest_file_of_the_same_kind_is_named(tmp_path: Path) -> None:
    for name in ("quill.bib", "quil.yaml", "rune.bib"):
        (tmp_path / name).touch()
    assert hint(tmp_path / "quil.bib") == f'did you mean "{(tmp_path / "quill.bib").as_posix()}"?'


def test_without_a_near_name_the_first_few_are_listed(tmp_path: Path) -> None:
    for number in range(7):
        (tmp_path / f"{number}.bib").touch()
    assert hint(tmp_path / "ada.bib") == "the folder has 0.bib, 1.bib, 2.bib, 3.bib, 4.bib, …"


def test_nothing_is_named_where_there_is_nothing(tmp_path: Path) -> None:
    assert hint(tmp_path / "ada.bib") is None
    assert hint(tmp_path / "no" / "ada.bib") is None


def test_a_file_below_a_file_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert hint(tmp_path / "a" / "b.bib") is None


def test_a_null_character_in_a_name_is_no_fault_of_the_program() -> None:
    assert hint(Path("a\0.bib")) is None


def test_what_is_written_replaces_the_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.txt"
    write_file(path, b"one")
    write_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("name", [".", "a/b"])
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        write_file(tmp_path / name, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
