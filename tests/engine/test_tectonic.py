"""Tectonic, played by a script: how it is called, and what is taken from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.engine.base import TexJob
from cvforge.engine.tectonic import Tectonic
from cvforge.engine.texlive import TexLive
from cvforge.errors import EngineMissingError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

JOB = TexJob("source\n", {"cvforge-core.sty": b"core\n"}, 7)


@pytest.fixture
def tectonic(tmp_path: Path) -> Callable[[str], Tectonic]:
    """Make a Tectonic of a script, alone on its PATH."""

    def make(script: str) -> Tectonic:
        program = tmp_path / "tectonic"
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        return Tectonic(TexLive({"PATH": str(tmp_path), "SECRET": "x"}, tmp_path))

    return make


def test_it_is_run_untrusted_beside_the_files_and_its_pdf_is_returned(
    tectonic: Callable[[str], Tectonic], tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    run = tectonic(
        f'{{ echo "$@"; echo *; echo "$SOURCE_DATE_EPOCH$SECRET"; }} > "{seen}"\n'
        'printf "a fine log\\n" > cv.log; printf "%%PDF of tectonic" > cv.pdf'
    ).run(JOB)
    assert run.pdf == b"%PDF of tectonic"
    assert run.findings == ()
    assert run.log == "a fine log\n"
    assert seen.read_text(encoding="utf-8").splitlines() == [
        "--untrusted --keep-logs cv.tex",
        "cv.tex cvforge-core.sty",
        "7",
    ]


def test_what_its_log_says_is_found(tectonic: Callable[[str], Tectonic]) -> None:
    run = tectonic('printf "! Undefined control sequence.\\nl.3 x\\n" > cv.log; exit 1').run(JOB)
    assert run.pdf is None
    assert [(finding.code, finding.line) for finding in run.findings] == [("tex", 3)]


def test_without_a_log_its_last_words_are_the_finding(
    tectonic: Callable[[str], Tectonic],
) -> None:
    run = tectonic('echo "error: no network" >&2; exit 1').run(JOB)
    assert [finding.message for finding in run.findings] == [
        "the engine ended with status 1: error: no network"
    ]


def test_it_says_its_version(tectonic: Callable[[str], Tectonic]) -> None:
    assert tectonic('echo "tectonic 0.15.0"; echo more').version() == "tectonic 0.15.0"


def test_it_is_missing_where_it_is_not_installed(tmp_path: Path) -> None:
    with pytest.raises(EngineMissingError, match='"tectonic"'):
        Tectonic(TexLive({"PATH": str(tmp_path)}, tmp_path)).run(JOB)
