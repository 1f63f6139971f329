"""A person's own template that lies to Python, and folders that nobody has named."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attacks.conftest import PROFILE, SECRET

from cvforge.cli import main
from cvforge.engine.preload import Shelf
from cvforge.engine.preloading import make
from cvforge.engine.sandbox import Limits
from cvforge.errors import TemplateError
from cvforge.templates.folder import class_files, templates_folder

if TYPE_CHECKING:
    from attacks.conftest import Scene

LIMITS = Limits(wall_seconds=20)
TELL = r"\immediate\write16{cvforge-%s}"
NINES = "9" * 5000
# What a class may tell instead of what it measured; each with what is then said, or a CV.
UNMEASURED = {
    "nothing": (
        (
            r"\gdef\CvRuler##1{\begingroup\let\CvOpen\cv@ruleopen\let\CvClose\cv@ruleclose"
            r"\let\CvBookmark\@gobble\def\cv@ruled{##1}}"
        ),
        "not every block",
    ),
    "no gaps": (r"\gdef\CvRulerGap##1##2{}", "declares no gap between"),
    "words": (TELL % "block: dense one two three four", "no measure"),
    "too little": (TELL % "room: dense 1", "no measure"),
    "too much": (TELL % f"room: dense {NINES} 1", "no measure"),
    "too many": (TELL % "gap: dense a b 1 2 3 4", "no measure"),
    "another density": (TELL % "room: roomy 1 1", None),
    "no number of a page": (TELL % "page: 1 1.2.3pt 1pt 1pt", None),
    "a long number": (TELL % f"page: {NINES} 1pt 1pt 1pt", None),
}
NO_HEIGHT = r"\AtEndDocument{\clearpage\immediate\write16{cvforge-page: 9 1.0pt 0.0pt 0.0pt}}"
NAMES = ("template", "templates", "latex_templates", "classic", "core", ".cvforge")


@pytest.mark.parametrize(("code", "said"), UNMEASURED.values(), ids=UNMEASURED)
def test_what_a_class_tells_is_believed_or_refused_by_name(
    scene: Scene, code: str, said: str | None
) -> None:
    if said is None:
        assert scene.attack(code, limits=LIMITS, variant="one-page").page_count == 1
        return
    with pytest.raises(TemplateError, match=said) as refused:
        scene.attack(code, limits=LIMITS, variant="one-page")
    assert len(refused.value.diagnostics) == 1


def test_a_page_without_height_is_not_divided_by(scene: Scene) -> None:
    assert scene.attack(NO_HEIGHT, limits=LIMITS).page_count == 1


def test_a_class_that_forges_what_was_found_brings_no_file_into_a_format_s_tree(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Documents would read it there, where no eye sees that it is a link."""
    monkeypatch.setattr(type(scene.tex), "wall", lambda _: None)
    files = class_files("classic")
    forged = f"\\typeout{{kdebug:search(x) => {scene.outside}/secret.txt}}\n"
    files["cvforge-classic.cls"] = forged.encode() + files["cvforge-classic.cls"]
    tex = replace(scene.tex, preloads=tmp_path)
    shelf = Shelf.of(tex, files)
    assert shelf is not None
    make(tex, shelf, wait_seconds=60)
    _, preloaded, reason = shelf.look()
    assert preloaded is not None, reason
    names = {path.name for path in preloaded.folder.iterdir()}
    assert "LinLibertine_R.otf" in names
    assert "secret.txt" not in names


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a profile and, under every likely name, a template that prints something."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    Path("ada.yaml").write_text(PROFILE, "utf-8")
    shutil.copytree(templates_folder(), "mine")
    with Path("mine/classic/cvforge-classic.cls").open("a", encoding="utf-8") as file:
        file.write("\\AtBeginDocument{\\input{/etc/passwd}}\n")
    for name in NAMES:
        shutil.copytree("mine/classic", name)
        shutil.copytree("mine", name, dirs_exist_ok=True)
    for path in Path("mine").rglob("*.*"):
        shutil.copy(path, path.name)
    return tmp_path


def build(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["build", "ada.yaml", "--variant", "full", *arguments])
    return int(ended.value.code or 0)


def test_a_template_comes_only_from_the_folder_that_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for variable in ("CVFORGE_TEMPLATE_FOLDER", "TEMPLATE_FOLDER"):
        monkeypatch.setenv(variable, str(home / "mine"))
    assert build() == 0
    assert capsys.readouterr().out == "build/ada-full.pdf: 1 page\n"
    for key in ("template_folder", "template-folder"):
        Path("ada.yaml").write_text(f"{PROFILE}{key}: mine\n", "utf-8")
        assert build() == 3
    capsys.readouterr()
    Path("ada.yaml").write_text(PROFILE, "utf-8")
    assert build("--template-folder", "mine") == 8
    told = capsys.readouterr().err
    assert told.count("error: ") == 1
    assert "/etc/passwd" in told
    assert "the template" in told
    assert not {SECRET, "root:"} & {*told.split()}
    assert (home / "build/ada-full.pdf").exists()  # the one before
