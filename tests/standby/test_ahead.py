"""The engine that waits is given to a command that it fits, once, and ended otherwise."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cvforge.batch import machine
from cvforge.batch.job import Form
from cvforge.engine.preload import Making
from cvforge.standby import ahead
from cvforge.standby.ahead import Ahead
from cvforge.standby.report import Report
from cvforge.templates.folder import class_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from cvforge.engine.texlive import TexLive

FORMS = {("b.yaml", "full"): Form("classic", frozenset({"math"})), ("a.yaml", "full"): Form()}


class Played:
    """An engine that notes what it is asked for."""

    name = "xelatex"

    def __init__(self) -> None:
        self.calls: list[object] = []
        self.making = Making.HERE

    def started(self, name: str, tex: TexLive) -> Played:
        assert name == self.name
        self.making = tex.making
        return self

    def reserve(self, files: Mapping[str, bytes], *, options: Iterable[str]) -> None:
        self.calls.append((files, set(options)))

    def close(self) -> None:
        self.calls.append("closed")


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Played]:
    """The engine that is started; the environment is put back afterwards."""
    played = Played()
    before = dict(os.environ)
    monkeypatch.setattr(ahead, "engine", played.started)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    yield played
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def tex(engine: Played) -> Iterator[TexLive]:
    """TeX as the command finds it."""
    assert engine.calls == []
    with machine.find_tex() as found:
        yield found


def test_it_waits_for_a_document_like_the_first_of_the_last_command(engine: Played) -> None:
    made = Ahead()
    made.start(Report(forms=FORMS))
    assert engine.calls == [(class_files("classic"), {"math"})]
    assert made.forms == FORMS
    assert made.waits()
    made.close()
    made.close()
    assert engine.calls[1:] == ["closed"]
    assert not made.waits()


def test_formats_are_ordered_for_a_command_and_not_for_who_waits_for_one(
    engine: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may end because its cache was cleared, which is not to be filled again."""
    made = []
    Ahead().start(Report())
    made.append(engine.making)
    monkeypatch.delenv("CI", raising=False)
    Ahead().start_first()
    made.append(engine.making)
    assert made == [Making.NOT, Making.APART]


def test_it_is_not_given_to_who_keeps_the_folders_of_documents(
    engine: Played, tex: TexLive, tmp_path: Path
) -> None:
    made = Ahead()
    made.start(Report())
    assert made.engine("xelatex", replace(tex, kept_in=tmp_path)) is None
    assert made.waits()
    made.close()
    assert engine.calls[1:] == ["closed"]


def test_it_is_given_once(engine: Played, tex: TexLive) -> None:
    made = Ahead()
    made.start(Report())
    given: object = made.engine("xelatex", tex)
    assert given is engine
    assert made.engine("xelatex", tex) is None
    made.close()
    assert "closed" not in engine.calls


@pytest.mark.parametrize("name", ["PATH", "HOME", "TEXMFHOME", "LANG", "TMPDIR"])
def test_it_is_not_given_to_a_command_in_other_surroundings(
    engine: Played, tex: TexLive, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Ahead()
    made.start(Report())
    os.environ[name] = str(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert made.engine("xelatex", tex) is None
    made.close()
    assert engine.calls[1:] == ["closed"]


def test_another_engine_is_not_given(engine: Played, tex: TexLive) -> None:
    made = Ahead()
    made.start(Report())
    assert made.engine("lualatex", tex) is None
    made.close()
    assert engine.calls[1:] == ["closed"]


def test_a_template_that_has_gone_is_no_matter(engine: Played, tex: TexLive) -> None:
    made = Ahead()
    made.start(Report(forms={("a.yaml", "full"): Form("gone")}))
    given: object = made.engine("xelatex", tex)
    assert given is engine
