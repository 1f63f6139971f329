"""Code of an attacker put into the source on purpose: contained, and called by its name.

No profile can bring code there; this is the second wall. `attacks/` has more of it.
"""

from __future__ import annotations

import base64
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from walls import LUA, WALLS

from cvforge.engine.base import TexJob, TexRun
from cvforge.engine.registry import ENGINES
from cvforge.engine.sandbox import Limits
from cvforge.engine.serving import Serving
from cvforge.engine.texlive import TexLive
from cvforge.engine.waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cvforge.engine.preload import Preloaded
    from cvforge.templates.registry import TemplateFiles

QUICK = Limits(wall_seconds=20)
# XeLaTeX that was started, with a format of ours, before there was a document.
WAITING: dict[str, type[Waiting | Serving]] = {"waiting": Waiting, "serving": Serving}
EVERY = pytest.mark.parametrize("name", ["xelatex", *WAITING, *LUA])
XETEX = pytest.mark.parametrize("name", ["xelatex", *WAITING])
NEIGHBOUR = "what the neighbour wrote"
PICTURE = (  # one black point
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
# What reads a file line by line and prints it, when TeX lets it.
READ = (
    r"\newread\stream \openin\stream={FILE} "
    r"\ifeof\stream \immediate\write16{refused}\else \read\stream to\stolen \stolen\fi"
)
# Says what an engine says at its end, after what takes a while to be looked through; and goes on.
GO_ON = (
    r"\def\stolen{}\count255=0 \loop\immediate\write16{what takes a while}\advance\count255 1 "
    r"\ifnum\count255<60000 \repeat\immediate\write16{WORDS}"
    # What fills the buffer behind them, so that they are heard while it goes on.
    r"\count255=0 \loop\immediate\write16{what follows}\advance\count255 1 "
    r"\ifnum\count255<300 \repeat"
    r"\count255=0 \loop\advance\count255 1 \ifnum\count255<40000 \repeat\openin15=FILE "
    r"\ifeof15 \else\read15 to\stolen \fi\setbox0\hbox{\stolen}"
    r"\csname tex_shipout:D\endcsname\box0 "
    r"\csname tex_shipout:D\endcsname\hbox{\special{\csname cv@filler\endcsname}}"
    r"\csname @@end\endcsname"
)
WRITE = r"\newwrite\stream \immediate\openout\stream={FILE} \immediate\write\stream{x}"


@dataclass(frozen=True)
class Scene:
    """A folder with a secret beside the folder where the engine works."""

    tex: TexLive
    folder: Path
    preloaded: Preloaded
    files: Mapping[str, bytes]

    @property
    def secret(self) -> Path:
        return self.folder / "secret.txt"

    def run(self, name: str, body: str, *, limits: Limits = QUICK) -> TexRun:
        if name in WAITING:
            start = self.preloaded.start(serves=name == "serving")
            waiting = WAITING[name](self.tex, start, self.files, limits=limits)
            return waiting.typeset(TexJob(_source("cvforge-classic", body), self.files, 0))
        return ENGINES[name](self.tex, limits=limits).run(TexJob(_source("minimal", body), {}, 0))

    def untouched(self) -> bool:
        """Say whether nothing was written beside the secret, and no working folder is left."""
        return [path.name for path in self.folder.iterdir()] == ["secret.txt"]


def _source(class_name: str, body: str) -> str:
    return f"\\documentclass{{{class_name}}}\\begin{{document}}x\n{body}\n\\end{{document}}\n"


@pytest.fixture(autouse=True, params=WALLS)
def walled(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each wall that there is; Lua has bubblewrap alone."""
    if request.param == "alone" and "lualatex" not in request.node.name:
        monkeypatch.setattr(TexLive, "wall", lambda _: None)


@pytest.fixture
def scene(
    tex: TexLive,
    preloaded: Preloaded,
    classic: TemplateFiles,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Scene:
    folder = tmp_path / "scene"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    tex.xelatex_format()
    made = Scene(tex, folder, preloaded, classic.files)
    made.secret.write_text(f"{NEIGHBOUR}\n", encoding="utf-8")
    return made


def text_of(run: TexRun) -> str:
    if run.pdf is None:
        return run.log
    done = subprocess.run(["pdftotext", "-", "-"], input=run.pdf, capture_output=True, check=True)
    return run.log + done.stdout.decode()


def engines_left(scene: Scene) -> list[str]:
    """Return the command lines of processes that still run below the scene."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            folder = (process / "cwd").readlink()
            command = (process / "cmdline").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if folder.is_relative_to(scene.folder):
            found.append(command)
    return found


@XETEX
def test_the_attacks_below_work_where_they_are_allowed(scene: Scene, name: str) -> None:
    """The same code reads and writes inside its own folder: a refusal is not a slip of the pen."""
    write = WRITE.replace("FILE", "own.txt") + r"\immediate\closeout\stream "
    run = scene.run(name, write + READ.replace("FILE", "own.txt"))
    assert run.findings == ()
    assert "refused" not in run.log
    assert "xx" in text_of(run).replace(" ", "")


@pytest.mark.parametrize("name", WAITING)
@pytest.mark.parametrize("words", ["cvforge-done", "Transcript written on it"])
def test_what_is_read_after_words_that_sound_like_the_end_is_not_handed_out(
    scene: Scene, name: str, words: str
) -> None:
    """Kpathsea replaces the variable after it has judged the name."""
    file = f"$SELFAUTOPARENT{scene.secret}"
    run = scene.run(name, GO_ON.replace("WORDS", words).replace("FILE", file))
    assert NEIGHBOUR not in text_of(run)


@EVERY
@pytest.mark.parametrize("target", ["{secret}", "../secret.txt", "./../secret.txt"])
def test_a_file_outside_is_not_opened_for_reading(scene: Scene, name: str, target: str) -> None:
    file = target.format(secret=scene.secret)
    run = scene.run(name, READ.replace("FILE", file))
    assert "refused" in run.log
    assert NEIGHBOUR not in text_of(run)


@EVERY
@pytest.mark.parametrize("target", ["{secret}", "../secret.txt", "/etc/passwd"])
def test_a_file_outside_is_not_input(scene: Scene, name: str, target: str) -> None:
    run = scene.run(name, rf"\input{{{target.format(secret=scene.secret)}}}")
    assert run.pdf is None
    (finding,) = run.findings
    assert (finding.code, finding.line) == ("tex", 2)
    assert "not found" in finding.message
    assert NEIGHBOUR not in text_of(run)


@EVERY
@pytest.mark.parametrize("target", ["{folder}/written", "../written", "../secret.txt", ".hidden"])
def test_a_file_outside_is_not_opened_for_writing(scene: Scene, name: str, target: str) -> None:
    run = scene.run(name, WRITE.replace("FILE", target.format(folder=scene.folder)))
    assert run.pdf is None
    (finding,) = run.findings
    assert finding.code == "tex"
    assert "can't write on file" in finding.message
    assert scene.untouched()
    assert scene.secret.read_text(encoding="utf-8") == f"{NEIGHBOUR}\n"


@EVERY
@pytest.mark.parametrize(
    "code",
    [
        r"\immediate\write18{touch FOLDER/written}",
        r'\input{|"touch FOLDER/written"}',
        r'\newread\stream \openin\stream=|"touch FOLDER/written" ',
        r'\font\x="|touch FOLDER/written" ',
    ],
)
def test_no_program_is_run(scene: Scene, name: str, code: str) -> None:
    scene.run(name, code.replace("FOLDER", str(scene.folder)))
    assert scene.untouched()


@pytest.mark.parametrize(
    "special",
    [
        "pdf:fstream @x (FILE)",
        "pdf:image (FILE)",
        "pdf:epdf (FILE)",
        "pdf:mapfile FILE",
        "psfile=FILE",
        "ps: plotfile FILE",
        "dvipdfmx:config i FILE",
        'dvipdfmx:config D "touch FOLDER/written"',
    ],
)
@XETEX
def test_the_driver_is_not_told_to_open_a_file(scene: Scene, name: str, special: str) -> None:
    wanted = special.replace("FILE", str(scene.secret)).replace("FOLDER", str(scene.folder))
    run = scene.run(name, rf"\special{{{wanted}}}\special{{pdf:put @catalog << /X @x >>}}")
    assert run.pdf is None
    (finding,) = run.findings
    assert finding.is_error
    assert rf"\special{{{wanted}}} is not allowed" in finding.message
    assert scene.untouched()


@XETEX
def test_a_picture_from_outside_is_not_shown(scene: Scene, name: str) -> None:
    picture = scene.folder / "picture.png"
    picture.write_bytes(base64.b64decode(PICTURE))
    run = scene.run(name, rf'\XeTeXpicfile "{picture}" ')
    assert run.pdf is None
    (finding,) = run.findings
    assert finding.is_error
    assert "picture.png" in finding.message


@EVERY
def test_an_endless_loop_is_ended_with_all_its_processes(scene: Scene, name: str) -> None:
    run = scene.run(name, r"\def\x{\x}\x", limits=Limits(wall_seconds=1.5))
    assert run.pdf is None
    assert [finding.code for finding in run.findings] == ["timeout"]
    assert engines_left(scene) == []
    assert scene.untouched()


@EVERY
def test_endless_output_is_ended(scene: Scene, name: str) -> None:
    code = r"\def\x{\immediate\write16{aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}\x}\x"
    run = scene.run(name, code, limits=Limits(file_kib=1024))
    assert run.pdf is None
    assert len(run.findings) == 1
    assert scene.untouched()


@EVERY
def test_eating_memory_is_ended(scene: Scene, name: str) -> None:
    code = r"\def\x{\edef\y{\y\y aaaaaaaa}\x}\def\y{a}\x"
    run = scene.run(name, code, limits=Limits(memory_kib=512 * 1024))
    assert run.pdf is None
    assert len(run.findings) >= 1
    assert engines_left(scene) == []
    assert scene.untouched()


def test_a_forged_log_is_not_believed(scene: Scene) -> None:
    """The document may write over its own log and pages: then there are none."""
    body = r"\newwrite\w \immediate\openout\w=cv.xdv \immediate\write\w{x}\csname @@end\endcsname"
    source = f"\\documentclass{{minimal}}\\begin{{document}}{body}\n"
    run = ENGINES["xelatex"](scene.tex).run(TexJob(source, {}, 0))
    assert run.pdf is None
    assert len(run.findings) == 1
