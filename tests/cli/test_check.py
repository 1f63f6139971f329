"""What ``cvforge check`` compares, what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from drawn import Drawing

from cvforge import pipeline
from cvforge.cli import main
from cvforge.cv import Bullet, Cv, Header, Section
from cvforge.inline import verbatim

if TYPE_CHECKING:
    from cvforge.profile.model import Profile

PROFILE = "person: {name: Ada Quill}\nsections: [{id: a, title: A, kind: bullets, bullets: [x]}]\n"
SOUND = Drawing([["Ada Quill", "Experience", "• Drew a serif"]], bookmarks=["Experience"])
FAULTY = Drawing([["Ada Quill", "Experience", "• Drew a sans"]], bookmarks=["Experience"])
Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    (tmp_path / "ada.yaml").write_text(PROFILE, "utf-8")
    (tmp_path / "sound.pdf").write_bytes(SOUND.pdf())
    (tmp_path / "ada-full.pdf").write_bytes(FAULTY.pdf())
    return tmp_path


@pytest.fixture(autouse=True)
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Play the pipeline; return the names of the variants that it is asked for."""
    names: list[str] = []
    bullets = (Bullet(text=verbatim("Drew a serif")),)
    section = Section(id="a", title=verbatim("Experience"), items=bullets)

    def build(_profile: Profile, name: str, **_: object) -> SimpleNamespace:
        names.append(name)
        cv = Cv(
            variant=name,
            language="en",
            header=Header(name=verbatim("Ada Quill")),
            sections=(section,),
        )
        return SimpleNamespace(cv=cv, pdf=SOUND.pdf(), warnings=())

    monkeypatch.setattr(pipeline, "build", build)
    return names


def status(*arguments: str) -> int:
    with pytest.raises(SystemExit) as raised:
        main(["check", *arguments])
    return int(raised.value.code or 0)


def test_every_variant_of_a_profile_is_built_and_compared_and_nothing_written(
    folder: Path, built: list[str], capsys: Printed
) -> None:
    before = sorted(folder.iterdir())
    assert status("ada.yaml") == 0
    assert built == ["one-page", "full"]
    assert sorted(folder.iterdir()) == before
    printed = capsys.readouterr().out
    assert printed.startswith("ada.yaml, one-page\n  ok     text        3 texts, in order, by pdf")
    assert "\nada.yaml, full\n" in printed
    assert "  what a machine reads\n    name       Ada Quill\n    e-mail     none\n" in printed


def test_a_pdf_alone_needs_no_profile(built: list[str], capsys: Printed) -> None:
    assert status("sound.pdf") == 0
    assert built == []
    assert "pdfium and pdfminer read the same words" in capsys.readouterr().out


def test_a_pdf_is_compared_with_the_variant_of_its_name(built: list[str], capsys: Printed) -> None:
    assert status("ada.yaml", "--pdf", "ada-full.pdf") == 9
    assert built == ["full"]
    printed = capsys.readouterr()
    assert 'error: "serif" came out as "sans" (read by pdfium and pdfminer)' in printed.err
    assert "  found  text        1 finding\n" in printed.out


def test_a_pdf_of_any_name_is_compared_with_the_one_variant_named(built: list[str]) -> None:
    assert status("ada.yaml", "--pdf", "sound.pdf", "--variant", "one-page") == 0
    assert built == ["one-page"]
    assert status("ada.yaml", "--pdf", "sound.pdf") == 2


def test_one_bad_file_does_not_keep_the_others_from_being_checked(capsys: Printed) -> None:
    Path("bad.pdf").write_text("no PDF", "utf-8")
    assert status("bad.pdf", "absent.pdf", "sound.pdf", "ada.yaml", "--variant", "full") == 10
    printed = capsys.readouterr()
    assert '"bad.pdf" is no PDF that can be read' in printed.err
    assert 'there is no file "absent.pdf"' in printed.err
    assert "sound.pdf\n" in printed.out
    assert "ada.yaml, full\n" in printed.out


def test_quiet_prints_errors_alone(capsys: Printed) -> None:
    assert status("sound.pdf", "--quiet") == 0
    assert capsys.readouterr() == ("", "")
    assert status("ada.yaml", "--pdf", "ada-full.pdf", "--quiet") == 9
    assert capsys.readouterr().out == ""


def test_json_is_one_document(capsys: Printed) -> None:
    assert status("ada.yaml", "--pdf", "ada-full.pdf", "sound.pdf", "--json") == 9
    document = json.loads(capsys.readouterr().out)
    assert document["exit_status"] == 9
    assert [found["code"] for found in document["diagnostics"]] == ["text-changed"]
    alone, compared = document["checked"]
    assert (alone["subject"], compared["subject"]) == ("sound.pdf", "ada.yaml, full")
    assert compared["checks"]["text"] is False
    assert compared["checks"]["fonts"] is True
    assert compared["reading"]["name"] == ["Ada Quill"]
    assert (compared["pages"], compared["bytes"]) == (1, len(FAULTY.pdf()))
