"""What a record holds, when it still holds, and what becomes of one that is broken."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from cvforge.diagnostics import Diagnostic, Place, Severity
from cvforge.engine.places import Stamp
from cvforge.record import (
    Inputs,
    Record,
    as_finding,
    as_row,
    content_sum,
    program_key,
    read_record,
    record_key,
    write_record,
)

ENVIRONMENT = {"HOME": "/home/ada", "PATH": "/bin"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("ada.yaml").write_text("one", "utf-8")
    Path("font.otf").write_text("font", "utf-8")
    Path("bin").mkdir()
    program("bin/xetex")
    return tmp_path


def program(name: str) -> None:
    Path(name).write_text("#!/bin/sh\n", "utf-8")
    Path(name).chmod(0o755)


def inputs() -> Inputs:
    sums = {"ada.yaml": content_sum("ada.yaml"), "ada.private.yaml": None}
    return Inputs(sums, (Stamp.of("font.otf"),), {"xetex": str(Path("bin/xetex"))})


def record() -> Record:
    return Record("key", inputs(), {"warnings": ["é"]}, "sum")


def replaced() -> None:
    Path("ada.new").write_text("two", "utf-8")
    Path("ada.new").replace("ada.yaml")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda: Path("ada.yaml").write_text("two", "utf-8"), id="written"),
        pytest.param(replaced, id="replaced"),
        pytest.param(lambda: Path("ada.yaml").unlink(), id="removed"),
        pytest.param(lambda: Path("ada.private.yaml").touch(), id="appeared"),
        pytest.param(lambda: Path("font.otf").write_text("longer", "utf-8"), id="font"),
        pytest.param(lambda: Path("font.otf").unlink(), id="font removed"),
        pytest.param(lambda: Path("bin/xetex").unlink(), id="program removed"),
    ],
)
def test_what_changes_is_noticed(change: object) -> None:
    made = inputs()
    assert made.hold(path="bin")
    assert callable(change)
    change()
    assert not made.hold(path="bin")


def test_another_program_of_the_name_is_noticed() -> None:
    Path("other").mkdir()
    program("other/xetex")
    assert inputs().hold(path="bin:other")
    assert not inputs().hold(path="other:bin")


def test_times_alone_do_not_matter_for_what_is_known_by_content() -> None:
    made = inputs()
    os.utime("ada.yaml", ns=(1, 1))
    assert made.hold(path="bin")


@pytest.mark.parametrize("name", ["absent", ".", "a\0b", "a" * 5000])
def test_what_cannot_be_read_has_no_sum(name: str) -> None:
    assert content_sum(name) is None


def test_a_record_is_read_as_it_was_written() -> None:
    write_record(Path("build/.cvforge/ada.json"), record())
    assert read_record(Path("build/.cvforge/ada.json")) == record()
    assert [path.name for path in Path("build/.cvforge").iterdir()] == ["ada.json"]


def test_a_record_that_was_cut_off_or_altered_anywhere_is_none() -> None:
    path = Path("ada.json")
    write_record(path, record())
    whole = path.read_bytes()
    for position in range(len(whole)):
        path.write_bytes(whole[:position])
        assert read_record(path) is None
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
        assert read_record(path) is None


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b"null", b'{"inputs": {"stamps": [[1]]}}'])
def test_a_record_of_another_kind_is_none(text: bytes) -> None:
    Path("ada.json").write_bytes(sha256(text).hexdigest().encode() + b"\n" + text)
    assert read_record(Path("ada.json")) is None


@pytest.mark.parametrize("name", ["/proc/none/ada.json", "ada.yaml/ada.json", "a\0b"])
def test_where_no_record_can_be_there_is_none(name: str) -> None:
    write_record(Path(name), record())
    assert read_record(Path(name)) is None


def test_a_key_stands_for_all_that_was_asked() -> None:
    assert record_key("a", None) == record_key("a", None)
    assert len({record_key("a", None), record_key("a", "None"), record_key(["a", None])}) == 3


def test_the_program_is_known_by_its_sources_and_by_what_tex_is_told() -> None:
    known = program_key(ENVIRONMENT)
    assert program_key(ENVIRONMENT | {"PATH": "/usr/bin", "TERM": "dumb"}) == known
    assert program_key(ENVIRONMENT | {"TEXMFHOME": "/home/ada/tex"}) != known
    assert program_key(ENVIRONMENT | {"HOME": "/home/bo"}) != known


@pytest.mark.parametrize(
    "finding",
    [
        Diagnostic("code", "message"),
        Diagnostic(
            "code", "m", Place("ada.yaml", 2, 3, 4, "  text"), "a hint", severity=Severity.WARNING
        ),
    ],
)
def test_a_finding_is_remembered_whole(finding: Diagnostic) -> None:
    remembered = as_finding(as_row(finding))
    assert repr(remembered) == repr(finding)  # a place compares without its text
