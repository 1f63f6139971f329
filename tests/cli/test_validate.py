"""``cvforge validate`` where profiles are valid; what is broken is in ``cases/broken``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cvforge.cli import main

ROOT = Path(__file__).parents[2]
GOOD = "person: {name: Ada Quill}\nsections: [{id: a, title: A, kind: bullets, bullets: [x]}]\n"
Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "ada.yaml").write_text(GOOD)
    return tmp_path


def status(*arguments: str) -> int:
    with pytest.raises(SystemExit) as raised:
        main(["validate", *arguments])
    return int(raised.value.code or 0)


def test_a_valid_profile_is_named_with_its_variants(capsys: Printed) -> None:
    assert status("ada.yaml") == 0
    assert capsys.readouterr() == ("ada.yaml: valid (2 variants)\n", "")


def test_a_character_that_no_font_has_is_told_once_at_its_place(
    folder: Path, capsys: Printed
) -> None:
    (folder / "ada.yaml").write_text(GOOD.replace("[x]", "['in \U0001e290']"), "utf-8")
    assert status("ada.yaml") == 9
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("U+1E290") == 1
    assert "ada.yaml:2:59" in told.err


def test_without_fonts_it_says_that_it_did_not_look_for_glyphs(
    monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert status("ada.yaml") == 0
    printed = capsys.readouterr()
    assert "glyphs not looked for" in printed.out
    assert printed.err == ""


def test_the_profiles_of_this_repository_are_valid(
    monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    monkeypatch.chdir(ROOT)
    assert status() == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(": valid (")[0] for line in lines] == [
        "profiles/jin-xu.yaml",
        "profiles/jing-xu.yaml",
    ]


def test_without_names_all_but_the_overlays_of_the_folder_are_checked(
    folder: Path, capsys: Printed
) -> None:
    (folder / "profiles").mkdir()
    shutil.copy("ada.yaml", "profiles/bo.yaml")
    (folder / "profiles" / "bo.private.yaml").write_text("person: {phone: 555 0100}\n")
    assert status() == 0
    assert capsys.readouterr().out == "profiles/bo.yaml: valid (2 variants)\n"


def test_the_first_failure_decides_and_the_others_are_checked(
    folder: Path, capsys: Printed
) -> None:
    (folder / "bad.yaml").write_text(GOOD + "design: {paper: a5}\n")
    assert status("no.yaml", "bad.yaml", "ada.yaml") == 10
    assert status("bad.yaml", "no.yaml", "ada.yaml") == 3
    printed = capsys.readouterr()
    assert printed.out == "ada.yaml: valid (2 variants)\n" * 2
    assert printed.err.count("is not known here") == 2


def test_quiet_says_nothing_about_what_is_valid(capsys: Printed) -> None:
    assert status("ada.yaml", "-q") == 0
    assert capsys.readouterr() == ("", "")


def test_json_lists_every_profile(capsys: Printed) -> None:
    assert status("ada.yaml", "no.yaml", "--json") == 10
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    assert printed.err == ""
    assert document["exit_status"] == 10
    assert document["profiles"] == [
        {
            "profile": "ada.yaml",
            "valid": True,
            "variants": ["one-page", "full"],
            "publications": 0,
            "glyphs": True,
        },
        {"profile": "no.yaml", "valid": False},
    ]


def test_overlay_and_settings_are_checked_too(folder: Path, capsys: Printed) -> None:
    (folder / "over.yaml").write_text("design: {paper: a5}\n")
    assert status("ada.yaml", "--overlay", "over.yaml") == 3
    assert "over.yaml:1:17" in capsys.readouterr().err
    assert status("ada.yaml", "--overlay", "over.yaml", "--set", "design.paper=letter") == 0


CITED = """\
person: {name: Ada Quill}
bibliography: ada.bib
sections: [{id: p, title: P, kind: publications, entries: [one, two, uno]}]
"""
BIB = r"""@misc{one, title={T}, author={Ada Quill}}
@misc{two, title={\nonsense}, author={Ada Quill}}
@misc{three, ids={uno}, title={T}}
@misc{four, title={\nonsense}}
"""


def test_leniency_leaves_out_entries_that_cannot_be_read(folder: Path, capsys: Printed) -> None:
    (folder / "ada.yaml").write_text(CITED)
    (folder / "ada.bib").write_text(BIB)
    assert status("ada.yaml") == 4
    assert "error: the macro \\nonsense is not known\n" in capsys.readouterr().err
    assert status("ada.yaml", "--lenient") == 0
    printed = capsys.readouterr()
    assert printed.out == "ada.yaml: valid (2 variants, 2 publications)\n"
    assert [line for line in printed.err.splitlines() if line.startswith(("warning", "error"))] == [
        'warning: the macro \\nonsense is not known; the entry "two" is left out',
        'warning: the entry "three" has no author',
        'warning: the entry "two" of the bibliography cannot be read; it is not shown',
    ]


def test_warnings_are_told_again_when_the_bibliography_is_read_from_the_cache(
    folder: Path, capsys: Printed
) -> None:
    (folder / "ada.yaml").write_text(CITED.replace("two, ", ""))
    (folder / "ada.bib").write_text(BIB)
    for _ in range(2):
        assert status("ada.yaml") == 0
        assert 'warning: the entry "three" has no author' in capsys.readouterr().err
