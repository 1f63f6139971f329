"""``cvforge bib`` where all is well; what is broken is in ``cases/broken``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cvforge.cli import main

if TYPE_CHECKING:
    from pathlib import Path

Printed = pytest.CaptureFixture[str]
GOOD = r"""
@article{quill2021,
  title = {Grids of {\emph{Letters}}}, author = {Quill, Ada and Rune, Bo and Vale, Cy},
  author+an = {1=equal; 2=equal}, journal = {Journal of Invented Results}, volume = 3,
  year = 2021, doi = {10.1000/182},
}
@inproceedings{rune2022, title = {Ink\_flow}, author = {Rune, Bo}, crossref = {type22}}
@proceedings{type22, title = {Type Meeting}, year = 2022}
"""
WARNED = "@misc{q, title = {The DNA of type}, author = {Quill, Ada}}\n"
BROKEN = "@misc{b, title = {The \\zzz}, author = {Quill, Ada}}\n"
JOURNAL = "Journal of Invented Results 3, 2021"
GRIDS = "Ada Quill*, Bo Rune*, Cy Vale."
DOI = "https://doi.org/10.1000/182"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    for name, text in (("good", GOOD), ("warned", WARNED), ("broken", BROKEN)):
        (tmp_path / f"{name}.bib").write_text(text)
    return tmp_path


def status(*arguments: str) -> int:
    with pytest.raises(SystemExit) as raised:
        main(["bib", *arguments])
    return int(raised.value.code or 0)


@pytest.mark.parametrize("command", ["check", "format"])
def test_the_help_has_an_example(command: str, capsys: Printed) -> None:
    assert status(command, "--help") == 0
    assert f"Example: cvforge bib {command} " in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    "arguments", [("check",), ("format", "good.bib", "--as", "html"), ("check", "--as", "text")]
)
def test_wrong_usage_has_exit_status_2(arguments: tuple[str, ...]) -> None:
    assert status(*arguments) == 2


def test_a_clean_file_is_counted_and_nothing_more(capsys: Printed) -> None:
    assert status("check", "good.bib", "./good.bib") == 0
    assert capsys.readouterr() == ("good.bib: 3 entries, 0 errors, 0 warnings\n", "")


def test_warnings_leave_the_status_0_unless_they_count_as_errors(capsys: Printed) -> None:
    assert status("check", "warned.bib") == 0
    printed = capsys.readouterr()
    assert printed.out == "warned.bib: 1 entry, 0 errors, 1 warning\n"
    assert printed.err.startswith("warning: styles would lower the capitals")
    assert status("check", "--quiet", "warned.bib") == 0
    assert capsys.readouterr() == ("", "")
    assert status("check", "--strict", "warned.bib") == 4


def test_each_file_has_its_line_and_errors_come_before_warnings(capsys: Printed) -> None:
    assert status("check", "warned.bib", "broken.bib") == 4
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [
        "warned.bib: 1 entry, 0 errors, 1 warning",
        "broken.bib: 1 entry, 1 error, 0 warnings",
    ]
    assert printed.err.startswith("error: the macro \\zzz is not known")


def test_one_document_tells_all(capsys: Printed) -> None:
    assert status("check", "--json", "good.bib", "warned.bib") == 0
    document = json.loads(capsys.readouterr().out)
    assert [finding["code"] for finding in document["diagnostics"]] == ["unprotected-capitals"]
    assert document["files"] == [
        {"file": "good.bib", "entries": 3, "errors": 0, "warnings": 0},
        {"file": "warned.bib", "entries": 1, "errors": 0, "warnings": 1},
    ]


def test_the_list_is_in_the_order_of_the_file_with_its_legend(capsys: Printed) -> None:
    assert status("format", "good.bib") == 0
    assert capsys.readouterr().out.splitlines() == [
        f"1. Grids of Letters. {GRIDS} {JOURNAL}. {DOI}",
        "2. Ink_flow. Bo Rune. Type Meeting, 2022.",
        "",
        "(* denotes equal contribution)",
    ]


def test_the_list_in_markdown_has_links_and_the_owner_in_bold(capsys: Printed) -> None:
    arguments = ("--as", "markdown", "--owner", "B. Rune", "--owner", "Bo Rune")
    assert status("format", "good.bib", *arguments) == 0
    assert capsys.readouterr().out.splitlines() == [
        rf"1. [Grids of *Letters*]({DOI}). Ada Quill\*, **Bo Rune**\*, Cy Vale. {JOURNAL}.",
        r"2. Ink\_flow. **Bo Rune**. Type Meeting, 2022.",
        "",
        r"(\* denotes equal contribution)",
    ]


def test_keys_choose_and_a_parent_is_shown_when_it_is_named(capsys: Printed) -> None:
    assert status("format", "good.bib", "--key", "type22", "--key", "rune2022") == 0
    assert capsys.readouterr().out.splitlines() == [
        "1. Ink_flow. Bo Rune. Type Meeting, 2022.",
        "2. Type Meeting. 2022.",
    ]


def test_what_cannot_be_read_stops_the_list_unless_it_may_be_left_out(capsys: Printed) -> None:
    assert status("format", "broken.bib", "warned.bib") == 4
    assert capsys.readouterr().out == ""
    assert status("format", "--lenient", "broken.bib", "warned.bib") == 0
    printed = capsys.readouterr()
    assert printed.out == "1. The DNA of type. Ada Quill.\n"
    assert printed.err.startswith("warning: the macro \\zzz is not known")


def test_another_style_sets_the_list(capsys: Printed) -> None:
    arguments = ("--style", "apa", "--key", "quill2021", "--as", "markdown")
    assert status("format", "good.bib", *arguments, "--owner", "Ada Quill") == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("1. **Quill, A.**, Rune, B., & Vale, C. (2021). ")
    assert DOI in line
