"""``cvforge fit``, and what ``cvforge build`` says about fitting: choices by the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from cvforge.cli import main
from cvforge.pdf.inspection import page_count

ADA = Path(__file__).parents[2] / "examples/ada-quill.yaml"
Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work beside a copy of the example, without a private overlay of it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    for path in (ADA, ADA.with_suffix(".bib"), ADA.with_suffix(".png")):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def status(command: str, *arguments: str) -> int:
    with pytest.raises(SystemExit) as raised:
        main([command, ADA.name, *arguments])
    return int(raised.value.code or 0)


def fits(capsys: Printed, *arguments: str) -> list[dict[str, Any]]:
    assert status("fit", "--json", *arguments) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["fits"]
    return found


def test_every_block_is_explained_and_no_file_is_written(folder: Path, capsys: Printed) -> None:
    before = sorted(folder.rglob("*"))
    assert status("fit") == 0
    title, head, *lines = capsys.readouterr().out.splitlines()
    assert re.match(r"ada-quill\.yaml, one-page: 1 page, \d+ of \d+ blocks, \w+, \d+% full", title)
    assert head == " page     mm   value"
    blocks = [line for line in lines if re.match(r" +(\d|-) +\d+\.\d +\d+  ", line)]
    assert len(blocks) == int(re.findall(r"of (\d+) blocks", title)[0])
    assert {line.split()[0] for line in blocks} == {"1", "-"}
    assert any(line.startswith("next: ") for line in lines)
    assert sorted(folder.rglob("*")) == before


def test_json_has_all_of_it(capsys: Printed) -> None:
    (found,) = fits(capsys)
    assert (found["profile"], found["variant"]) == ("ada-quill.yaml", "one-page")
    assert found["pages"] == 1
    assert 0.9 < found["fullness"] <= 1
    assert found["density"] in {"comfortable", "regular", "compact", "tight"}
    for line in found["lines"]:
        assert set(line) >= {"kind", "label", "height", "value", "page", "reason", "place", "key"}
        assert line["page"] in {1, None}
        assert line["height"] > 0
    assert {"label", "needs", "drop", "shorten"} <= set(found["candidate"])
    assert found["candidate"]["needs"] > 0


def test_a_variant_is_fitted_where_it_is_named(capsys: Printed) -> None:
    found = fits(capsys, "--variant", "academic", "--variant", "lebenslauf")
    assert [(one["variant"], one["pages"]) for one in found] == [
        ("academic", 2),
        ("lebenslauf", 2),
    ]


def test_the_options_decide_instead_of_the_variant(capsys: Printed) -> None:
    (found,) = fits(capsys, "--pages", "2", "--density", "regular")
    assert found["pages"] == 2
    assert found["density"] == "regular"
    assert {line["page"] for line in found["lines"]} >= {1, 2}


def test_a_setting_decides_how_much_air_there_is(capsys: Printed) -> None:
    kept = {}
    for prefer in ("content", "air"):
        (found,) = fits(capsys, "--set", f"variants.one-page.fit.prefer={prefer}")
        kept[prefer] = sum(line["page"] is not None for line in found["lines"])
    assert kept["air"] < kept["content"]


def test_a_variant_without_pages_has_nothing_to_fit(capsys: Printed) -> None:
    assert status("fit", "--variant", "full") == 3
    assert "has no number of pages to fit" in capsys.readouterr().err
    assert status("fit", "--variant", "full", "--pages", "2") == 0


@pytest.mark.parametrize(
    "arguments",
    [("--density", "airy"), ("--pages", "0"), ("--pages", "101"), ("--pages", "many")],
)
def test_wrong_wishes_are_wrong_usage(arguments: tuple[str, ...], capsys: Printed) -> None:
    assert status("fit", *arguments) == 2
    assert "Error: " in capsys.readouterr().err


def test_too_many_pages_have_a_status_of_their_own(capsys: Printed) -> None:
    assert status("fit", "--pages", "9") == 6
    assert "fills 2 pages, not the 9 asked for" in capsys.readouterr().err


def test_a_build_says_in_one_line_what_it_chose(folder: Path, capsys: Printed) -> None:
    assert status("build", "--variant", "one-page", "--pages", "2", "--density", "compact") == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert re.match(r"build/ada-quill-one-page\.pdf: 2 pages; \d+ of \d+ blocks, compact, ", line)
    assert page_count((folder / "build/ada-quill-one-page.pdf").read_bytes()) == 2


def test_a_build_as_json_names_what_was_left_out(capsys: Printed) -> None:
    setting = "variants.one-page.fit.prefer=air"
    assert status("build", "--json", "--variant", "one-page", "--set", setting) == 0
    (built,) = json.loads(capsys.readouterr().out)["built"]
    assert built["pages"] == 1
    assert built["blocks"] - built["kept"] == len(built["left_out"]) > 0
    assert 0.9 < built["fullness"] <= 1
    assert built["density"] in {"comfortable", "regular", "compact"}
