"""TeX on this machine: its programs, its files, its environment, and the format that is made."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cvforge.engine import sandbox
from cvforge.engine.texlive import TexLive
from cvforge.errors import EngineError, EngineMissingError, OutputError


def stub(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def without_a_format(tex: TexLive, tmp_path: Path) -> TexLive:
    """TeX as installed, but its kpsewhich knows of no format; an empty cache."""
    programs = tmp_path / "bin"
    programs.mkdir()
    real = tex.required("kpsewhich")
    stub(
        programs,
        "kpsewhich",
        f'case "$*" in *xelatex.fmt*) exit 1 ;; esac\nexec "{real}" "$@"',
    )
    path = os.pathsep.join([str(programs), tex.environment["PATH"]])
    return TexLive(dict(tex.environment) | {"PATH": path}, tmp_path / "cache")


def test_a_program_that_is_not_installed_is_an_error_of_its_own(tmp_path: Path) -> None:
    lacking = TexLive({"PATH": str(tmp_path)}, tmp_path)
    assert lacking.program("xetex") is None
    with pytest.raises(EngineMissingError) as missing:
        lacking.required("xetex")
    assert missing.value.exit_status == 7
    (finding,) = missing.value.diagnostics
    assert '"xetex"' in finding.message
    assert finding.hint is not None
    assert "cvforge doctor" in finding.hint


def test_a_program_is_found_on_the_path_given_and_on_no_other(tmp_path: Path) -> None:
    stub(tmp_path, "xetex", ":")
    assert TexLive({"PATH": str(tmp_path)}, tmp_path).required("xetex") == tmp_path / "xetex"


def test_the_format_is_made_once_in_an_empty_cache(
    without_a_format: TexLive, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = without_a_format.xelatex_format()
    assert made.stat().st_size > 1_000_000
    assert made.is_relative_to(without_a_format.cache)
    assert sorted(path.name for path in made.parent.iterdir()) == ["lock", made.name]

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("the format is made a second time")

    monkeypatch.setattr(sandbox, "run", refuse)
    assert without_a_format.xelatex_format() == made


def test_the_format_is_made_anew_for_another_engine(
    without_a_format: TexLive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    makes: list[Path] = []

    def make(_self: TexLive, _engine: Path, made: Path, **_: object) -> None:
        made.parent.mkdir(parents=True, exist_ok=True)
        made.touch()
        makes.append(made)

    monkeypatch.setattr(TexLive, "_make_format", make)
    stub(tmp_path / "bin", "xetex", ": 1")
    without_a_format.xelatex_format()
    stub(tmp_path / "bin", "xetex", ": another")
    without_a_format.xelatex_format()
    without_a_format.xelatex_format()
    assert len(set(makes)) == len(makes) == 2


def test_a_cache_that_cannot_be_written_is_an_error_with_the_way_out(
    without_a_format: TexLive, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    hopeless = TexLive(without_a_format.environment, tmp_path / "file/cache")
    with pytest.raises(OutputError, match="cannot be written: not a directory") as refused:
        hopeless.xelatex_format()
    assert "XDG_CACHE_HOME" in str(refused.value.diagnostics[0].hint)


def test_an_installed_format_is_used_as_it_is(tmp_path: Path) -> None:
    stub(tmp_path, "kpsewhich", "echo /tree/xelatex.fmt")
    installed = TexLive({"PATH": str(tmp_path)}, tmp_path / "cache").xelatex_format()
    assert str(installed) == "/tree/xelatex.fmt"
    assert not (tmp_path / "cache" / "formats").exists()


def test_a_format_that_cannot_be_made_is_an_engine_error(
    without_a_format: TexLive, tmp_path: Path
) -> None:
    stub(tmp_path / "bin", "xetex", "exit 1")
    with pytest.raises(EngineError, match="cannot load LaTeX"):
        without_a_format.xelatex_format()
    assert [path.name for path in (tmp_path / "cache/formats").iterdir()] == ["lock"]


def test_who_meets_the_format_being_made_waits_and_has_the_same(
    without_a_format: TexLive, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts: list[str] = []

    def run(command: list[str], **options: object) -> sandbox.Finished:
        starts.append(str(command[0]))
        return really(command, **options)  # type: ignore[arg-type]  # as they came

    really = sandbox.run
    monkeypatch.setattr(sandbox, "run", run)
    with ThreadPoolExecutor(3) as threads:
        made = set(threads.map(lambda _: without_a_format.xelatex_format(), range(3)))
    assert len(made) == 1
    assert [Path(start).name for start in starts].count("xetex") == 1


def test_the_environment_holds_named_variables_alone(tmp_path: Path) -> None:
    given = {"PATH": "/bin", "HOME": "/home/ada", "SECRET": "x", "TEXINPUTS": "/etc//"}
    variables = TexLive(given, tmp_path).variables(epoch=7)
    assert "SECRET" not in variables
    assert "TEXINPUTS" not in variables
    assert variables["openin_any"] == variables["openout_any"] == "p"
    assert variables["shell_escape"] == "f"
    assert variables["SOURCE_DATE_EPOCH"] == "7"
    assert "/home/ada/.fonts//" in variables["OSFONTDIR"].split(os.pathsep)


def test_what_is_installed_is_found_and_the_rest_left_out(tex: TexLive) -> None:
    found = tex.find(["article.cls", "no-such-file.cls", "lmmono10-regular.otf", "article.cls"])
    assert set(found) == {"article.cls", "lmmono10-regular.otf"}
    assert all(path.is_file() for path in found.values())
