"""What ``cvforge build`` builds, where it writes, and what its cache may do."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cvforge import pipeline
from cvforge.cli import main
from cvforge.diagnostics import Diagnostic, Severity
from cvforge.outcome import BuildResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.profile.model import Profile

GOOD = "person: {name: Ada Quill}\nsections: [{id: a, title: A, kind: bullets, bullets: [x]}]\n"
Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    for name in ("ada.yaml", "a/cv.yaml", "b/cv.yaml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(GOOD, "utf-8")
    return tmp_path


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Play the pipeline; return the names of the variants that it is asked for."""
    names: list[str] = []

    warning = Diagnostic("code", "look out", severity=Severity.WARNING)

    def build(_profile: Profile, name: str, **_: object) -> BuildResult:
        names.append(name)
        cv: Any = None  # nobody looks at it
        return BuildResult(cv, "", b"%PDF", 1, (), None, (warning,))

    monkeypatch.setattr(pipeline, "build", build)
    return names


def status(*arguments: str) -> int:
    with pytest.raises(SystemExit) as raised:
        main(["build", *arguments])
    return int(raised.value.code or 0)


def test_a_repeated_profile_or_variant_is_built_once(built: list[str]) -> None:
    assert status("ada.yaml", "./ada.yaml", "--variant", "full", "--variant", "full") == 0
    assert built == ["full"]
    assert status("ada.yaml", "ada.yaml", "--force") == 0
    assert built == ["full", "one-page", "full"]


def test_profiles_that_would_write_the_same_file_are_refused_before_any_is_built(
    built: list[str], capsys: Printed
) -> None:
    assert status("ada.yaml", "a/cv.yaml", "b/cv.yaml") == 10
    printed = capsys.readouterr()
    assert built == []
    assert printed.out == ""
    assert printed.err.count('of "a/cv.yaml" and') == printed.err.count('of "b/cv.yaml" would') == 2
    assert not Path("build").exists()


def test_profiles_of_one_name_may_go_into_different_folders(built: list[str]) -> None:
    assert status("a/cv.yaml", "--output", "one") == status("b/cv.yaml", "--output", "two") == 0
    assert len(built) == 4


def test_a_broken_profile_does_not_keep_the_others_from_being_built(
    built: list[str], capsys: Printed
) -> None:
    Path("bad.yaml").write_text(GOOD + "design: {paper: a5}\n", "utf-8")
    assert status("bad.yaml", "ada.yaml", "--variant", "full") == 3
    assert built == ["full"]
    assert capsys.readouterr().out == "build/ada-full.pdf: 1 page\n"


@pytest.mark.parametrize("cache", ["/dev/null/cache", "/proc/cache"])
def test_without_a_cache_to_write_a_build_is_the_same_and_leaves_nothing(
    folder: Path, cache: str, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    (folder / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "tmp"))
    monkeypatch.setenv("XDG_CACHE_HOME", cache)
    assert status("ada.yaml", "--variant", "full") == 0
    assert capsys.readouterr().out == "build/ada-full.pdf: 1 page\n"
    assert list((folder / "tmp").iterdir()) == []


def test_what_has_not_changed_is_not_built_again_and_says_the_same(
    built: list[str], capsys: Printed
) -> None:
    assert status("ada.yaml") == 0
    first = capsys.readouterr()
    assert status("ada.yaml") == 0
    second = capsys.readouterr()
    assert built == ["one-page", "full"]
    assert first.out == "build/ada-one-page.pdf: 1 page\nbuild/ada-full.pdf: 1 page\n"
    assert second.out == first.out.replace("1 page\n", "up to date\n")
    assert second.err == "warning: look out\n\n"
    assert second.err in first.err


def test_as_a_document_it_is_the_same_but_for_one_field(built: list[str], capsys: Printed) -> None:
    documents = []
    for _ in range(2):
        assert status("ada.yaml", "--json") == 0
        documents.append(json.loads(capsys.readouterr().out))
    assert [r.pop("up_to_date") for d in documents for r in d["built"]] == [False] * 2 + [True] * 2
    assert documents[0] == documents[1]
    assert [result["variant"] for result in documents[0]["built"]] == ["one-page", "full"]
    assert len(built) == 2


def overlaid() -> None:
    Path("ada.private.yaml").write_text("person: {phone: '1'}\n", "utf-8")


def damaged() -> None:
    Path("build/ada-full.pdf").write_bytes(b"%PDX")


def unrecorded() -> None:
    shutil.rmtree("build/.cvforge")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda: Path("ada.yaml").write_text(f"{GOOD}#\n", "utf-8"), id="profile"),
        pytest.param(overlaid, id="overlay"),
        pytest.param(lambda: Path("build/ada-full.pdf").unlink(), id="no PDF"),
        pytest.param(lambda: os.truncate("build/ada-full.pdf", 3), id="PDF cut off"),
        pytest.param(damaged, id="PDF altered"),
        pytest.param(unrecorded, id="no record"),
        pytest.param(lambda: os.truncate("build/.cvforge/ada-full.json", 90), id="broken record"),
    ],
)
def test_whatever_has_changed_it_is_built_again_once(
    change: Callable[[], object], built: list[str]
) -> None:
    for _ in range(2):
        assert status("ada.yaml", "--variant", "full") == 0
    assert len(built) == 1
    change()
    for _ in range(2):
        assert status("ada.yaml", "--variant", "full") == 0
    assert len(built) == 2
    assert Path("build/ada-full.pdf").read_bytes() == b"%PDF"


@pytest.mark.parametrize(
    "options",
    [
        ("--set", "person.name=Bo Rune"),
        ("--density", "tight"),
        ("--pages", "2"),
        ("--template", "classic"),
        ("--lenient",),
        ("--overlay", "over.yaml"),
        ("--force",),
        ("-B",),
    ],
)
def test_other_options_are_another_build(options: tuple[str, ...], built: list[str]) -> None:
    Path("over.yaml").write_text("person: {phone: '1'}\n", "utf-8")
    assert status("ada.yaml", "--variant", "full") == 0
    assert status("ada.yaml", "--variant", "full", *options) == 0
    assert len(built) == 2


def test_another_date_is_another_build(built: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for epoch in ("0", "1", "1"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        assert status("ada.yaml", "--variant", "full") == 0
    assert len(built) == 2


def test_a_bibliography_that_changes_is_noticed_and_a_variant_that_appears_is_built(
    built: list[str],
) -> None:
    Path("ada.yaml").write_text(f"{GOOD}bibliography: x.bib\n", "utf-8")
    for year in ("2020", "2020", "2021"):
        entry = f"@misc{{a, title = {{T}}, author = {{Quill, Ada}}, year = {year}}}"
        Path("x.bib").write_text(entry, "utf-8")
        assert status("ada.yaml") == 0
    assert built == ["one-page", "full"] * 2
    Path("ada.yaml").write_text(f"{GOOD}variants: {{bid: {{}}}}\n", "utf-8")
    assert status("ada.yaml") == 0
    assert built[4:] == ["one-page", "full", "bid"]


def test_what_failed_is_tried_again_and_what_did_not_fail_is_not(built: list[str]) -> None:
    for _ in range(2):
        assert status("ada.yaml", "--variant", "full", "--variant", "none") == 3
    assert built == ["full"]


def test_the_first_error_in_the_order_of_the_profiles_decides(built: list[str]) -> None:
    Path("bad.yaml").write_text("person: [", "utf-8")
    Path("bib.yaml").write_text(f"{GOOD}bibliography: none.bib\n", "utf-8")
    assert status("ada.yaml", "bib.yaml", "bad.yaml") == 4
    assert status("bad.yaml", "bib.yaml", "ada.yaml", "--jobs", "1") == 3
    assert len(built) == 2


HEAVY = (
    "pydantic",
    "pylatex",
    "yaml",
    "pypdfium2",
    "babel",
    "bibtexparser",
    "rich",
    "fontTools",
    "cvforge.pipeline",
    "cvforge.profile",
    "cvforge.engine.xelatex",
)
COUNTED = f"""
import sys
opened, started = [], []
def hook(event, arguments):
    if event == "open" and str(arguments[0]).endswith((".yaml", ".pdf", ".cls", ".sty", ".json")):
        opened.append(arguments[0])
    elif event == "subprocess.Popen":
        started.append(arguments[0])
sys.addaudithook(hook)
from cvforge.cli import main
try:
    main(["build", "ada.yaml"])
finally:
    print(sorted({HEAVY} & sys.modules.keys()), len(opened), len(started))
""".replace(f"{HEAVY}", f"{set(HEAVY)}")


def test_what_is_up_to_date_loads_nothing_starts_nothing_and_reads_little(
    built: list[str],
) -> None:
    assert status("ada.yaml") == 0
    done = subprocess.run(
        [sys.executable, "-c", COUNTED], capture_output=True, text=True, check=True
    )
    *lines, counted = done.stdout.splitlines()
    assert [line.partition(": ")[2] for line in lines] == ["up to date"] * 2
    # Three records and a profile; for each of two variants the PDF, the profile and three files of
    # the template.
    assert counted == f"[] {3 + 1 + 2 * 5} 0"
    assert len(built) == 2


@pytest.mark.parametrize(
    "options",
    [
        ("--executor", "slurm"),
        ("--executor", "dask"),
        ("--scheduler", "tcp://127.0.0.1:1"),
        ("--jobs", "0"),
    ],
)
def test_options_that_make_no_sense_are_wrong_usage(
    options: tuple[str, ...], built: list[str]
) -> None:
    assert status("ada.yaml", *options) == 2
    assert built == []


def test_without_the_extra_dask_is_one_clear_error(
    monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "cvforge.batch.cluster", raising=False)
    assert status("ada.yaml", "--executor", "dask", "--scheduler", "tcp://127.0.0.1:1") == 10
    assert capsys.readouterr().err == (
        "error: a Dask cluster needs the package distributed, which is not installed\n"
        'hint: pip install "cvforge[dask]"\n\n'
    )
