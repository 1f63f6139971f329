"""A job as bytes: the person's own template and fonts come along, and are known at home."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fonts.conftest import forge

from cvforge.batch import parcel
from cvforge.batch.job import Failed, Job, Made, Options
from cvforge.batch.parcel import pack
from cvforge.batch.workshop import Workshop
from cvforge.engine.coverage import FontCoverage
from cvforge.engine.registry import engine
from cvforge.errors import OutputError, TemplateError
from cvforge.setting import Tools
from cvforge.templates.folder import templates_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvforge.batch.job import Event
    from cvforge.engine.texlive import TexLive

GOOD = "person: {name: Ada Quill}\nsections: [{id: a, title: A, kind: bullets, bullets: [%s]}]\n"
RARE = "\U00016e80\U00016e81"  # letters of a script that few fonts have
JOB = Job(0, Path("ada.yaml"), ("full",), Options())
OWN = replace(JOB, options=Options(template_folder=Path("mine")))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.chdir(folder)
    Path("ada.yaml").write_text(GOOD % "x", "utf-8")
    shutil.copytree(templates_folder() / "classic", "mine/classic")
    return folder


@pytest.fixture
def workshop(tex: TexLive) -> Iterator[Workshop]:
    made = engine("xelatex", tex)
    yield Workshop(tex, Tools(made, FontCoverage(tex), epoch=0))
    made.close()


def made_of(events: list[Event]) -> Made:
    _, made = events
    assert isinstance(made, Made), made
    return made


def away(job: Job, workshop: Workshop) -> Made:
    return made_of(pack(job).do(lambda _: workshop))


def test_an_own_template_travels_and_is_known_at_home_by_content(workshop: Workshop) -> None:
    Path("mine/classic/looks.sty").write_text("% x\n", "utf-8")
    Path("mine/classic/notes.md").write_text("x", "utf-8")
    shipped = away(JOB, workshop)
    Path("mine/classic/cvforge-classic.cls").write_text(
        Path("mine/classic/cvforge-classic.cls").read_text("utf-8").replace("{21mm}", "{50mm}")
        + "\\RequirePackage{looks}\n",
        "utf-8",
    )
    sent = away(OWN, workshop)
    assert sent.pdf == made_of(list(workshop.do(OWN))).pdf
    assert sent.pdf != shipped.pdf
    assert {name for name in sent.inputs.files if name.startswith("mine/")} == {
        "mine/core/cvforge-core.sty",
        "mine/classic/",
        "mine/classic/cvforge-classic.cls",
        "mine/classic/looks.sty",
        "mine/classic/template.yaml",
    }
    assert sent.inputs.hold()
    Path("mine/classic/more.sty").touch()
    assert not sent.inputs.hold()


def test_a_template_beside_the_profile_is_told_from_it(workshop: Workshop) -> None:
    here = replace(JOB, options=Options(template_folder=Path()))
    shutil.move("mine/classic", "classic")
    made = pack(here)
    assert set(made.files) == {"ada.yaml"}
    assert set(made.templates) == {"classic/cvforge-classic.cls", "classic/template.yaml"}
    sent = made_of(made.do(lambda _: workshop))
    assert {"ada.yaml", "classic/", "classic/template.yaml"} <= set(sent.inputs.files)
    assert sent.inputs.hold()


def test_a_template_that_cannot_be_used_is_not_sent() -> None:
    Path("mine/classic/looks.sty").symlink_to("/etc/passwd")
    with pytest.raises(TemplateError, match="links out of"):
        pack(OWN)


def test_what_is_wrong_in_it_is_told_by_its_name_at_home(workshop: Workshop) -> None:
    with Path("mine/classic/cvforge-classic.cls").open("a", encoding="utf-8") as file:
        file.write("\\input{/etc/passwd}\n")
    _, failed = pack(OWN).do(lambda _: workshop)
    assert isinstance(failed, Failed)
    assert failed.exit_status == 8
    assert "/etc/passwd" in failed.diagnostics[0].message
    assert "mine/classic/" in failed.inputs.files


def test_a_cv_that_needs_a_font_of_the_person_comes_out_the_same(workshop: Workshop) -> None:
    """Where the fonts are is in no byte of it; that one comes or goes is noticed at home."""
    Path("ada.yaml").write_text(GOOD % RARE, "utf-8")
    _, failed = pack(JOB).do(lambda _: workshop)
    assert isinstance(failed, Failed)
    assert failed.exit_status == 9
    forge(Path("fonts/rare/forged.ttf"), f"{RARE} ")
    sent, here = away(JOB, workshop), made_of(list(workshop.do(JOB)))
    assert sent.pdf == here.pdf
    assert {"fonts/", "fonts/rare/", "fonts/rare/forged.ttf"} <= set(sent.inputs.files)
    assert sent.inputs.hold()
    forge(Path("fonts/rare/more.ttf"), "A")
    assert not sent.inputs.hold()


def test_fonts_that_a_cv_does_not_need_do_not_matter_to_it(workshop: Workshop) -> None:
    forge(Path("fonts/forged.ttf"), f"{RARE} ")
    assert "fonts/forged.ttf" in pack(JOB).files
    sent = away(JOB, workshop)
    assert not [name for name in sent.inputs.files if name.startswith("fonts")]


def test_of_what_lies_elsewhere_fonts_alone_are_sent(tmp_path: Path) -> None:
    Path("fonts").mkdir()
    Path("fonts/secret.ttf").symlink_to("/etc/passwd")
    Path("fonts/broken.ttf").write_text("no font", "utf-8")
    Path("fonts/linked.ttf").symlink_to(forge(tmp_path / "forged.ttf", f"{RARE} "))
    Path("fonts/notes.txt").write_text("x", "utf-8")
    assert set(pack(JOB).files) == {"ada.yaml", "fonts/broken.ttf", "fonts/linked.ttf"}


def test_too_many_fonts_are_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    forge(Path("fonts/forged.ttf"), f"{RARE} ")
    monkeypatch.setattr(parcel, "MAX_FONT_BYTES", 100)
    with pytest.raises(OutputError, match='the fonts in "fonts" have more than') as refused:
        pack(JOB)
    assert (
        refused.value.diagnostics[0].hint == "leave there what these profiles need, or build here"
    )
