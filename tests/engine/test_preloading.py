"""Preloaded formats: made once, thrown away when out of date, and done without where they fail."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cvforge.engine import preloading
from cvforge.engine.base import TexJob
from cvforge.engine.coverage import FontCoverage
from cvforge.engine.lock import locked
from cvforge.engine.preload import Condition, Preloaded, Shelf
from cvforge.engine.preloading import make
from cvforge.engine.state import state
from cvforge.engine.texlive import TexLive
from cvforge.engine.xelatex import XeLatex

if TYPE_CHECKING:
    from pathlib import Path

    from cvforge.templates.registry import TemplateFiles

CLASS = "cvforge-classic.cls"
ASKS_FOR_A_FONT = rb'\font\native="[lmroman10-regular.otf]" \native'


def shelf_of(tex: TexLive, files: dict[str, bytes]) -> Shelf:
    shelf = Shelf.of(tex, files)
    assert shelf is not None
    return shelf


def page(files: dict[str, bytes]) -> TexJob:
    return TexJob("\\documentclass{cvforge-classic}\\begin{document}x\\end{document}\n", files, 0)


@pytest.fixture
def private(tex: TexLive, tmp_path: Path) -> TexLive:
    """TeX with a folder of its own for formats."""
    return replace(tex, preloads=tmp_path / "cache")


def test_the_driver_has_all_the_settings_that_it_has_in_the_plain_way(
    preloaded: Preloaded, tex: TexLive
) -> None:
    """Debian's TeX writes the paper into another tree than the rest."""
    names = ("dvipdfmx.cfg", "dvipdfmx-paper.cfg")
    options = ("-progname=dvipdfmx", "-format=othertext")
    found = subprocess.run(
        [tex.required("kpsewhich"), *options, *names],
        env=tex.variables(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "dvipdfmx.cfg" in found.stdout
    for name in names:
        assert (preloaded.folder / name).exists() == (name in found.stdout)


def test_a_document_reads_no_file_but_those_beside_its_format(preloaded: Preloaded) -> None:
    assert preloaded.has_tree
    names = {path.name for path in preloaded.folder.iterdir()}
    assert {"LinLibertine_R.otf", "gkai00mp.ttf", "ts1cmr.fd"} <= names
    assert not [name for name in names if name.endswith(".map")]
    assert all(
        str(preloaded.folder) in path
        for name, path in preloaded.variables().items()
        if name not in {"TEXMFDBS", "texmf_casefold_search", "hash_extra"}
    )


def test_a_warm_build_asks_nobody_where_files_are(
    warm: TexLive, classic: TemplateFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    FontCoverage(warm).require(["LinLibertine_R.otf", "gkai00mp.ttf"])
    monkeypatch.setattr(TexLive, "_kpsewhich", lambda *_: pytest.fail("kpsewhich was started"))
    FontCoverage(warm).require(["LinLibertine_R.otf", "gkai00mp.ttf"])
    with XeLatex(warm) as engine:
        assert engine.run(page(classic.files)).pdf is not None


def test_the_first_job_is_set_while_the_format_is_made(
    private: TexLive, classic: TemplateFiles
) -> None:
    assert shelf_of(private, classic.files).look()[0] is Condition.ABSENT
    with XeLatex(private) as engine:
        assert engine.run(page(classic.files)).pdf is not None
    assert shelf_of(private, classic.files).look()[0] is Condition.READY
    assert str(state(private, classic.files)) == "ready, with files of its own; engines can wait"


MAKING = """
import os, sys
from pathlib import Path
from cvforge.engine import preloading
from cvforge.engine.preload import Shelf
from cvforge.engine.texlive import TexLive
counter, cache, kept, *files = map(Path, sys.argv[1:])
really = preloading._Making.run
def noted(making):
    with counter.open("a") as file:
        file.write("made\\n")
    really(making)
preloading._Making.run = noted
tex = TexLive(os.environ, cache, preloads=kept)
contents = {path.name: path.read_bytes() for path in files}
shelf = Shelf.of(tex, contents)
preloading.make(tex, shelf, wait_seconds=120)
sys.exit(0 if shelf.look()[1] is not None else 1)
"""


@pytest.mark.parametrize("number", [2, 20])
def test_processes_that_ask_at_once_make_one_format(
    number: int, tex: TexLive, classic: TemplateFiles, tmp_path: Path
) -> None:
    tex.xelatex_format()
    files = [tmp_path / name for name in classic.files]
    for path in files:
        path.write_bytes(classic.files[path.name])
    arguments = map(str, (tmp_path / "counter", tex.cache, tmp_path / "kept", *files))
    command = [sys.executable, "-c", MAKING, *arguments]
    programs = [subprocess.Popen(command) for _ in range(number)]
    assert [program.wait() for program in programs] == [0] * number
    assert (tmp_path / "counter").read_text("utf-8") == "made\n"
    made = [path.name for path in (tmp_path / "kept/preloaded").iterdir()]
    assert len(made) == 2
    assert "lock" in made


def test_who_finds_the_format_being_made_does_not_wait_for_it(
    private: TexLive, classic: TemplateFiles
) -> None:
    shelf = shelf_of(private, classic.files)
    shelf.folder.parent.mkdir(parents=True)
    with locked(shelf.folder.parent / "lock", wait_seconds=0) as is_ours:
        assert is_ours
        make(private, shelf_of(private, classic.files), wait_seconds=0)
        assert shelf.look()[0] is Condition.ABSENT


def changed_record(shelf: Shelf) -> None:
    record = shelf.folder / "record.json"
    content = json.loads(record.read_bytes())
    content["stamps"][0][1] += 1  # the size of the first file that it depends on
    record.write_text(json.dumps(content), "utf-8")


def cut_record(shelf: Shelf) -> None:
    record = shelf.folder / "record.json"
    record.write_bytes(record.read_bytes()[:100])


def changed_format(shelf: Shelf) -> None:
    os.utime(shelf.folder / "cvforge.fmt", (1, 1))


def lost_format(shelf: Shelf) -> None:
    (shelf.folder / "cvforge.fmt").unlink()


@pytest.mark.parametrize("change", [changed_record, cut_record, changed_format, lost_format])
def test_a_format_that_is_out_of_date_is_made_anew(
    change: object, private: TexLive, classic: TemplateFiles
) -> None:
    assert callable(change)
    make(private, shelf_of(private, classic.files), wait_seconds=0)
    shelf = shelf_of(private, classic.files)
    assert shelf.look()[1] is not None
    change(shelf)
    assert shelf.look()[1] is None
    assert shelf.look()[0] in {Condition.STALE, Condition.ABSENT}
    make(private, shelf_of(private, classic.files), wait_seconds=0)
    assert shelf.look()[1] is not None
    assert {path.name for path in shelf.folder.parent.iterdir()} == {"lock", shelf.folder.name}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({CLASS: b"% another line\n"}, id="class"),
        pytest.param({"cvforge-core.sty": b"% another line\n"}, id="core"),
    ],
)
def test_other_files_have_another_format(
    other: dict[str, bytes], warm: TexLive, classic: TemplateFiles
) -> None:
    files = {name: content + other.get(name, b"") for name, content in classic.files.items()}
    assert shelf_of(warm, files).folder != shelf_of(warm, classic.files).folder


def test_an_option_that_loads_packages_has_a_format_with_them(
    warm: TexLive, preloaded: Preloaded, classic: TemplateFiles
) -> None:
    shelf = Shelf.of(warm, classic.files, ["a4", "math", "regular"])
    assert shelf is not None
    assert shelf.options == ("math",)
    other = Shelf.of(warm, classic.files, ["math"])
    assert other is not None
    assert other.folder == shelf.folder
    assert (shelf.ahead, other.ahead) == (("a4", "regular", "math"), ("math",))
    found = shelf.look()[1]
    assert found is not None
    assert found != preloaded
    assert (found.folder / "texgyretermes-math.otf").exists()


@pytest.mark.parametrize("name", ["TEXMFHOME", "PATH", "HOME"])
def test_another_tex_has_another_format(
    name: str, warm: TexLive, classic: TemplateFiles, tmp_path: Path
) -> None:
    value = os.pathsep.join([str(tmp_path), warm.environment.get(name, "")])
    other = replace(warm, environment=dict(warm.environment) | {name: value})
    assert shelf_of(other, classic.files).folder != shelf_of(warm, classic.files).folder


def test_a_class_that_cannot_be_dumped_is_tried_once_and_set_the_plain_way(
    private: TexLive, classic: TemplateFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = classic.files | {CLASS: classic.files[CLASS] + ASKS_FOR_A_FONT}
    with XeLatex(private) as engine:
        assert engine.run(page(files)).pdf is not None
    condition, found, reason = shelf_of(private, files).look()
    assert (condition, found) == (Condition.IMPOSSIBLE, None)
    assert "native fonts" in reason
    tries: list[Shelf] = []
    monkeypatch.setattr(preloading, "make", lambda _, shelf, **__: tries.append(shelf))
    with XeLatex(private) as engine:
        assert engine.run(page(files)).pdf is not None
    assert tries == []
    os.utime(shelf_of(private, files).folder / "record.json", (1, 1))  # long ago
    with XeLatex(private) as engine:
        assert engine.run(page(files)).pdf is not None
    assert len(tries) == 1


def test_where_nothing_can_be_kept_documents_are_set_the_plain_way(
    tex: TexLive, classic: TemplateFiles, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    hopeless = replace(tex, preloads=tmp_path / "file/cache")
    with XeLatex(hopeless) as engine:
        engine.reserve(classic.files)
        assert engine.run(page(classic.files)).pdf is not None
    assert state(hopeless, classic.files).condition is Condition.ABSENT


def test_a_kept_format_is_used_by_who_has_another_cache(
    warm: TexLive, classic: TemplateFiles, tmp_path: Path
) -> None:
    """A cache that cannot be written is replaced for a run, but what is in it still serves."""
    assert shelf_of(replace(warm, cache=tmp_path), classic.files).look()[1] is not None


def test_the_formats_used_last_are_kept(private: TexLive, classic: TemplateFiles) -> None:
    make(private, shelf_of(private, classic.files), wait_seconds=0)
    shelf = shelf_of(private, classic.files)
    root = shelf.folder.parent
    for number in range(8):
        other = root / f"other{number}"
        other.mkdir()
        (other / "record.json").touch()
        os.utime(other / "record.json", (number + 1, number + 1))
    (root / "making-left").mkdir()  # whoever made it was killed: the lock is ours
    lost_format(shelf)
    make(private, shelf_of(private, classic.files), wait_seconds=0)
    kept = {path.name for path in root.iterdir()}
    assert kept == {"lock", shelf.folder.name, "other5", "other6", "other7"}
    assert shelf.look()[1] is not None


def test_a_format_that_is_used_counts_as_used(private: TexLive, classic: TemplateFiles) -> None:
    make(private, shelf_of(private, classic.files), wait_seconds=0)
    shelf = shelf_of(private, classic.files)
    record = shelf.folder / "record.json"
    os.utime(record, (1, 1))
    with XeLatex(private) as engine:
        assert engine.run(page(classic.files)).pdf is not None
    assert record.stat().st_mtime > time.time() - 60
