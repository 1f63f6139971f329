"""``cvforge cache`` and what ``cvforge doctor`` says of it: shown, made ready, thrown away."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from bystander import Bystander, processes

from cvforge.cli import main
from cvforge.engine import preloading

Printed = pytest.CaptureFixture[str]
NAMES = ("classic", "classic with math")
READY = "".join(
    f"preloaded format of {name}: ready, with files of its own; engines can wait\n"
    for name in NAMES
)


def ended(*arguments: str) -> int | str | None:
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    return raised.value.code or 0


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache of a user who has none yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "cvforge"


def test_an_empty_cache_has_nothing_to_show(folder: Path, capsys: Printed) -> None:
    assert ended("cache", "info") == 0
    assert capsys.readouterr().out == f"cache: {folder}\n" + "".join(
        [*(f"preloaded format of {name}: not built\n" for name in NAMES), "no process stands by\n"]
    )
    assert ended("cache", "info", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["standby"] is None
    assert document["bytes"] == {}
    state = {"condition": "not built", "reason": "", "tree": False, "waiting": False}
    assert document["preloaded"] == dict.fromkeys(NAMES, state)


def test_warm_makes_what_info_and_doctor_show_and_clear_removes_it(
    folder: Path, capsys: Printed
) -> None:
    assert ended("cache", "warm") == 0
    assert capsys.readouterr().out == READY
    assert ended("cache", "info") == 0
    shown = capsys.readouterr().out
    assert "  preloaded: 6" in shown  # 6x.x MB
    assert shown.endswith(f"{READY}no process stands by\n")
    assert ended("doctor") == 0
    assert READY in capsys.readouterr().out
    assert ended("doctor", "--json") == 0
    state = json.loads(capsys.readouterr().out)["preloaded"]["classic"]
    assert state == {"condition": "ready", "reason": "", "tree": True, "waiting": True}
    assert ended("doctor") == 0
    assert "\nno process stands by\n" in capsys.readouterr().out
    (folder / "leftover").write_text("x", encoding="utf-8")
    assert ended("cache", "clear") == 0
    assert " MB removed" in capsys.readouterr().out
    assert list(folder.iterdir()) == []


def test_a_process_that_stands_by_is_shown_and_ended_by_clearing(
    capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory(prefix="cv") as short:
        bystander = Bystander(Path(short))
        monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
        for name, text in bystander.environment.items():
            monkeypatch.setenv(name, text)
        number = bystander.start()
        assert ended("cache", "info") == 0
        assert capsys.readouterr().out.endswith(f"\nprocess {number} stands by\n")
        assert ended("cache", "clear") == 0
        assert not processes(bystander.folder)
        bystander.close()


def test_clearing_follows_no_link(folder: Path, tmp_path: Path, capsys: Printed) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").touch()
    folder.mkdir()
    (folder / "link").symlink_to(kept)
    assert ended("cache", "clear", "--quiet") == 0
    assert capsys.readouterr().out == ""
    assert [path.name for path in kept.iterdir()] == ["file"]
    assert list(folder.iterdir()) == []


def test_clearing_a_cache_that_is_not_there_is_no_error(folder: Path, capsys: Printed) -> None:
    assert ended("cache", "clear") == 0
    assert capsys.readouterr().out == f"{folder}: 0.0 MB removed\n"


def test_a_format_that_cannot_be_made_ends_warm_with_8(
    folder: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preloading, "make", lambda *_, **__: None)
    assert ended("cache", "warm") == 8
    assert "preloaded format of classic: not built" in capsys.readouterr().err
    assert not list(folder.glob("preloaded"))
