"""Readings that are kept."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.reading import store as module
from cvforge.bibliography.reading.reader import Bibliography, read_bibliography
from cvforge.bibliography.reading.storage import restored, stored
from cvforge.bibliography.reading.store import MAX_FILES, BibliographyStore
from cvforge.bibliography.select import Choice
from cvforge.errors import BibliographyError

if TYPE_CHECKING:
    from pathlib import Path

TEXT = r"""@misc{one, title={A {\bf bold} \emph{and \textbf{nested}} $x^2$ \texttt{code}},
 ids={eins},
 author={Bo van der Rune and {Team Quill} and 许, 靖 and others}, author+an={1=equal,owner},
 note={\href{https://x.org}{here}}, url={https://x.org}}
@article{two, title={T}, crossref={three}}
@proceedings{three, title={P}, year=2024}
@misc{four, title={\nonsense}, author={A B}}
"""
FILES = [("ada.bib", TEXT.encode())]


class Reader:
    """Counts how often the files are read."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, *arguments: object, **options: object) -> Bibliography:
        self.count += 1
        return read_bibliography(*arguments, **options)  # type: ignore[arg-type]  # handed on


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    """What reads; everything is worth being kept."""
    made = Reader()
    monkeypatch.setattr(module, "read_bibliography", made)
    monkeypatch.setattr(module, "WORTH_BYTES", 0)
    return made


def test_what_is_read_at_once_is_not_kept(
    tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WORTH_BYTES", len(TEXT.encode()) + 1)
    store = BibliographyStore(tmp_path / "kept")
    for _ in range(2):
        assert list(store.read(FILES, lenient=True).references) == ["one", "two", "three"]
    assert reader.count == 2
    assert not (tmp_path / "kept").exists()
    store.read([*FILES, ("b.bib", b"% ")], lenient=True)
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_what_is_stored_comes_back_whole() -> None:
    read = read_bibliography(FILES, lenient=True)
    back = restored(stored(read))
    assert list(back.references) == ["one", "two", "three"]
    assert back.references == read.references
    assert back.references["eins"] == read.references["one"]
    assert (back.findings, back.left_out, back.known) == (
        read.findings,
        frozenset({"four"}),
        read.known,
    )
    assert len(back.findings) == 2


def test_a_second_reading_reads_nothing(tmp_path: Path, reader: Reader) -> None:
    first, second = (
        BibliographyStore(tmp_path / "new").read(FILES, lenient=True) for _ in range(2)
    )
    assert reader.count == 1
    assert first == second


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.read([("bo.bib", FILES[0][1])], lenient=True),
        lambda store: store.read([("ada.bib", FILES[0][1] + b" ")], lenient=True),
        lambda store: store.read(FILES, lenient=True, wanted=["one"]),
        lambda store: store.read(FILES, lenient=True, wanted=[]),
        lambda store: store.read(FILES, lenient=True, choices=[Choice(years=(2024, None))]),
        lambda store: store.read([*FILES, ("b.bib", b"")], lenient=True),
        lambda store: store.read(FILES, wanted=["one"]),
    ],
)
def test_another_reading_is_made(tmp_path: Path, reader: Reader, change: object) -> None:
    store = BibliographyStore(tmp_path)
    store.read(FILES, lenient=True)
    assert callable(change)
    change(store)
    assert reader.count == 2


def test_other_choices_are_another_reading(tmp_path: Path, reader: Reader) -> None:
    store = BibliographyStore(tmp_path)
    choices = [Choice(years=(2024, None)), Choice(years=(2023, None)), Choice(selected=True)]
    for choice in (*choices, *choices):
        store.read(FILES, wanted=[], choices=[choice], lenient=True)
    assert reader.count == len(choices)


def test_another_program_reads_again(
    tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    BibliographyStore(tmp_path).read(FILES, lenient=True)
    monkeypatch.setattr(module, "_program", lambda: b"the next version")
    BibliographyStore(tmp_path).read(FILES, lenient=True)
    assert reader.count == 2


def test_errors_are_never_kept(tmp_path: Path, reader: Reader) -> None:
    for _ in range(2):
        with pytest.raises(BibliographyError):
            BibliographyStore(tmp_path).read(FILES)
    assert reader.count == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "broken", [b"", b"x" * 100, b"\x00" * 32, b"\x80\x04]\x94.", bytes(32) + b"{}", None]
)
def test_a_broken_file_is_read_again_and_mended(
    tmp_path: Path, reader: Reader, broken: bytes | None
) -> None:
    store = BibliographyStore(tmp_path)
    good = store.read(FILES, lenient=True)
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] if broken is None else broken)
    assert store.read(FILES, lenient=True) == good
    assert reader.count == 2
    assert path.read_bytes() == whole


@pytest.mark.usefixtures("reader")
def test_only_the_newest_files_are_kept(tmp_path: Path) -> None:
    store = BibliographyStore(tmp_path)
    store.read([("0.bib", b"")])
    (oldest,) = tmp_path.iterdir()
    os.utime(oldest, (0, 0))
    for number in range(1, MAX_FILES + 1):
        store.read([(f"{number}.bib", b"")])
    assert len(list(tmp_path.iterdir())) == MAX_FILES
    assert not oldest.exists()


@pytest.mark.usefixtures("reader")
def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    store = BibliographyStore(tmp_path / "file" / "below")
    assert len(store.read(FILES, lenient=True).references) == 3
