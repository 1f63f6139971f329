"""What blocks measured is remembered: the PDF is the same, and new blocks alone are measured."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest

from cvforge.engine.coverage import FontCoverage
from cvforge.engine.registry import engine
from cvforge.fit.measures import BlockMeasure, GapMeasure, Ruler
from cvforge.library import read_library
from cvforge.memory import KEPT, MOST_KEPT, Shelf
from cvforge.pipeline import build
from cvforge.profile.load import load_profile
from cvforge.publications import Works
from cvforge.setting import Tools

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cvforge.engine.base import Engine, TexJob, TexRun
    from cvforge.engine.texlive import TexLive
    from cvforge.outcome import BuildResult

PROFILE = """\
person:
  name: Ada Quill
sections:
  - id: work
    title: Work
    kind: bullets
    bullets:
      - Cut the letters of a whole alphabet, twice.
      - {text}
"""


@dataclass(slots=True)
class Noting:
    """An engine that notes the jobs it is given."""

    engine: Engine
    jobs: list[TexJob] = field(default_factory=list)
    name = "xelatex"

    def run(self, job: TexJob) -> TexRun:
        self.jobs.append(job)
        return self.engine.run(job)


@dataclass(slots=True)
class Bench:
    """Builds of one profile whose last bullet changes, with a memory."""

    folder: Path
    tools: Tools
    noting: Noting

    @property
    def record(self) -> Path:
        return self.folder / "heights/mine.json"

    def build(self, text: str, *, identity: str = "this machine") -> BuildResult:
        path = self.folder / "ada.yaml"
        path.write_text(PROFILE.format(text=text), "utf-8")
        loaded = load_profile(path)
        tools = replace(self.tools, heights=Shelf(self.record, identity))
        works = Works(read_library(loaded).references)
        return build(loaded.profile, "one-page", works=works, tools=tools)

    def measured(self) -> int:
        """Return how many boxes the last job measures before it asks for the first time."""
        before, asks, _ = self.noting.jobs[-1].source.partition("\\CvAsk")
        return before.count("\\CvOpen") * bool(asks)


@pytest.fixture
def bench(tex: TexLive, tmp_path: Path) -> Bench:
    noting = Noting(engine("xelatex", tex))
    return Bench(tmp_path, Tools(noting, FontCoverage(tex), epoch=0), noting)  # type: ignore[arg-type]  # what a build uses of an engine


def test_an_unchanged_document_is_not_measured_again_and_is_the_same(bench: Bench) -> None:
    first, second = bench.build("Nothing else."), bench.build("Nothing else.")
    assert [job.answer is None for job in bench.noting.jobs] == [False, True]
    assert first.pdf == second.pdf
    assert first.fitting is not None
    assert second.fitting is not None
    assert first.fitting.solution == second.fitting.solution
    assert first.fitting.ruler == second.fitting.ruler


def test_of_a_changed_document_the_new_block_alone_is_measured(bench: Bench) -> None:
    bench.build("Nothing else.")
    every = bench.measured()
    changed = bench.build("Taught three apprentices " + "and wrote about it " * 9)
    assert bench.measured() * 4 == every  # name, heading, two bullets
    bench.record.unlink()
    assert bench.build("Taught three apprentices " + "and wrote about it " * 9).pdf == changed.pdf


def test_what_is_not_shown_any_more_is_forgotten(bench: Bench) -> None:
    bench.build("Nothing else.")
    bench.build("Another text.")
    assert len(json.loads(bench.record.read_bytes())["blocks"]) == 4


def test_another_machine_measures_for_itself(bench: Bench) -> None:
    bench.build("Nothing else.")
    bench.build("Nothing else.", identity="another one")
    assert bench.measured() > 0


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("*.gaps.json", lambda content: content.pop("rooms")),
        ("*.gaps.json", lambda content: content.update(gaps=[])),
        ("*.gaps.json", lambda content: content.update(rooms=dict.fromkeys(content["rooms"], "?"))),
        ("mine.json", lambda content: content.pop("blocks")),
        (
            "mine.json",
            lambda content: content.update(blocks={b: {} for b in content["blocks"]}),
        ),
    ],
    ids=["absent", "other-kind", "no-number", "no-blocks", "empty"],
)
def test_a_damaged_record_is_as_good_as_none(
    bench: Bench, name: str, damage: Callable[[dict[str, Any]], object]
) -> None:
    first = bench.build("Nothing else.")
    (record,) = bench.record.parent.glob(name)
    content = json.loads(record.read_bytes())
    damage(content)
    record.write_text(json.dumps(content), "utf-8")
    assert bench.build("Nothing else.").pdf == first.pdf
    assert bench.measured() > 0
    assert bench.build("Nothing else.").pdf == first.pdf
    assert bench.measured() == 0


def test_another_document_of_the_same_kinds_measures_no_gaps(bench: Bench) -> None:
    first = bench.build("Nothing else.")
    bench.record.unlink()
    assert bench.build("Nothing else.").pdf == first.pdf
    assert bench.measured() > 0
    early = [job.source.partition("\\CvAsk")[0] for job in bench.noting.jobs]
    assert ["\\CvRulerGap" in source for source in early] == [True, False]


def ruler(heights: dict[int, int]) -> Ruler:
    blocks = {number: BlockMeasure(height, 0, 1) for number, height in heights.items()}
    return Ruler("tight", 700, 500, blocks, {("a", "a"): GapMeasure(1, 2, 3)})


def test_blocks_are_known_by_their_sources_wherever_they_stand(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "one.json", "here")
    first = shelf.memory(["a", "b"])
    assert first.missing("tight") is None
    first.rulers({"tight": ruler({0: 10, 1: 20})})
    first.keep()
    later = shelf.memory(["b", "c", "a"])
    assert later.missing("tight") == (1,)
    assert later.rulers({}) == {}
    found = later.rulers({"tight": ruler({1: 30})})["tight"]
    assert {number: block.height for number, block in found.blocks.items()} == {0: 20, 1: 30, 2: 10}
    assert found.gaps == ruler({}).gaps


def test_a_document_without_blocks_is_measured_once(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "one.json", "here")
    memory = shelf.memory([])
    assert memory.rulers({}) == {}
    memory.rulers({"tight": ruler({})})
    memory.keep()
    assert [*shelf.memory([]).rulers({})] == ["tight"]


def test_the_documents_built_longest_ago_are_forgotten(tmp_path: Path) -> None:
    for number in range(MOST_KEPT + 3):
        shelf = Shelf(tmp_path / f"{number}.json", "here")
        memory = shelf.memory(["a"])
        memory.rulers({"tight": ruler({0: number})})
        memory.keep()
    assert KEPT <= len([*tmp_path.iterdir()]) <= MOST_KEPT
    assert not (tmp_path / "0.json").exists()
    assert (tmp_path / f"{MOST_KEPT + 2}.json").exists()


def test_a_folder_that_cannot_be_written_remembers_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    shelf = Shelf(tmp_path / "file/one.json", "here")
    memory = shelf.memory(["a"])
    memory.rulers({"tight": ruler({0: 1})})
    memory.keep()
    assert shelf.memory(["a"]).missing("tight") is None


LONG = "and wrote at length about the shapes of letters and the white between them " * 200


def test_what_is_enough_is_measured_and_the_rest_when_it_takes_that(bench: Bench) -> None:
    short = bench.build("Nothing else.").fitting
    assert short is not None
    assert short.ruler.density == "comfortable"
    rooms = json.loads(next(bench.record.parent.glob("*.gaps.json")).read_bytes())["rooms"]
    assert [*rooms] == ["comfortable", "regular"]
    changed = bench.build(LONG)
    assert changed.fitting is not None
    assert changed.fitting.solution.kept < {*range(4)}
    assert bench.measured() == 2  # the long one, at two densities
    rooms = json.loads(next(bench.record.parent.glob("*.gaps.json")).read_bytes())["rooms"]
    assert [*rooms] == ["comfortable", "regular", "compact", "tight", "dense"]
    assert bench.build(LONG).pdf == changed.pdf
    assert bench.measured() == 0
    bench.record.unlink()
    assert bench.build(LONG).pdf == changed.pdf
