"""The page of measurements, from numbers that nobody measured."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))  # the benchmarks are not installed

from benchmarks import content, rendercv
from benchmarks.page import Bar, Chapter, Findings, Row, Topic, page
from benchmarks.samples import Samples, Unit

MOST = Bar("a build, against another", 0.4, Unit.TIMES)
LEAST = Bar("many builds", 20.0, Unit.TIMES, is_least=True)


def unmeasured(_bench: object) -> Findings:
    raise AssertionError("nothing is measured here")


def written(findings: Findings | None, failure: str = "") -> str:
    topic = Topic("Builds", "Run by turns.", unmeasured, (MOST, LEAST))
    return page([Chapter(topic, findings, failure)], {"cores": "2"})


@pytest.mark.parametrize(
    ("bar", "values", "line"),
    [
        (MOST, (0.3, 0.4, 0.9), "| at most 0.40 × | 0.40 × (0.30 to 0.90) | yes |"),
        (MOST, (0.3, 0.41, 0.41), "| at most 0.40 × | 0.41 × (0.30 to 0.41) | **no** |"),
        (LEAST, (19.0, 20.0, 21.0), "| at least 20.00 × | 20.00 × (19.00 to 21.00) | yes |"),
        (LEAST, (21.0, 19.9, 0.1), "| at least 20.00 × | 19.90 × (0.10 to 21.00) | **no** |"),
    ],
)
def test_a_bar_is_met_by_the_median(bar: Bar, values: tuple[float, ...], line: str) -> None:
    assert f"| {bar.what} {line}" in written(Findings([], {bar: Samples(values)}))


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    made = written(None, "`pip` ended with status 1")
    assert "| a build, against another | at most 0.40 × | not measured |  |" in made
    assert "Not measured in this run: `pip` ended with status 1." in made
    assert "yes" not in made
    assert "**no**" not in made


def test_rows_show_median_spread_and_number_of_runs() -> None:
    rows = [
        Row("a build", Samples((0.0312, 0.5, 0.04)), Unit.MILLISECONDS),
        Row("its memory", Samples((120_400_000.0,)), Unit.MEGABYTES),
    ]
    made = written(Findings(rows, notes=["A note."]))
    assert "| a build | 40 ms | 31 to 500 | 3 |" in made
    assert "| its memory | 120 MB | 120 to 120 | 1 |" in made
    assert "\nA note.\n" in made
    assert "| cores | 2 |" in made


def test_ratios_are_taken_turn_by_turn() -> None:
    slow_machine_in_the_middle = Samples((1.0, 10.0, 1.2)), Samples((2.0, 20.0, 2.0))
    assert Samples.over(*slow_machine_in_the_middle).values == (0.5, 0.5, 0.6)


def test_a_seed_gives_one_cv_and_another_gives_another() -> None:
    assert content.content(7) == content.content(7)
    assert content.content(7) != content.content(8)


def test_an_edit_changes_both_files_and_neither_size(tmp_path: Path) -> None:
    made = content.content(7)
    for path in (made.write(tmp_path, "ada"), rendercv.write(made, tmp_path, "other")):
        before = path.read_text(encoding="utf-8")
        after = content.edited(before, 12)
        assert content.mark(12) in after
        assert len(after) == len(before)


def test_the_peer_gets_every_text_of_the_profile(tmp_path: Path) -> None:
    made = content.content(7)
    given = " ".join(rendercv.write(made, tmp_path, "other").read_text("utf-8").split())
    for section in made.profile["sections"]:
        assert section["title"] in given
        for text in section.get("paragraphs", []):
            assert text in given
        for entry in section.get("entries", []):
            values = [] if isinstance(entry, str) else list(entry.values())
            assert all(text in given for text in values if isinstance(text, str))
    assert all(work["title"] in given for work in made.works)
