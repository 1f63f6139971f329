"""When and in what state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.house.setting import Setting
from cvforge.bibliography.house.venue import venue
from cvforge.bibliography.owner import Owner
from cvforge.inline import Emphasis, Strong, Text, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reference import Reference
    from cvforge.inline import Inline

    Read = Callable[[str], dict[str, Reference]]


def spans(read: Read, fields: str, *, language: str = "en") -> Inline:
    reference = read(f"@misc{{a, title={{T}}, author={{Ada Quill}}, {fields}}}")["a"]
    return venue(reference, Owner(()), setting=Setting(language=language))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("year=2024", "2024"),
        ("date={2024-05-17}", "2024"),
        ("date={2024-05/2024-06}", "2024"),
        ("date={2019/2021}", "2019–2021"),
        ("date={2019/}", "2019–"),
        ("year={2019--2021}", "2019–2021"),
        ("year={2024, corrected}", "2024, corrected"),
        ("date={May 2024}", "2024"),
        ("date={2024}, year={2023}", "2024"),
        ("year={in press}", "In press"),
        ("date={forthcoming}", "Forthcoming"),
        ("eventdate={2024-05-17}", "2024"),
        ("eventdate={2023-05-17}, year=2024", "2024"),
        ("howpublished={Talk of 2019 and 2021}, date={2019/2021}", "Talk of 2019 and 2021"),
        ("howpublished={Talk of 2019}, date={2019/2021}", "Talk of 2019, 2019–2021"),
        ("booktitle={CON 20245}, year=2024", "CON 20245, 2024"),
        ("month=jan", ""),
        ("", ""),
    ],
)
def test_the_year_or_both_years(read: Read, fields: str, expected: str) -> None:
    assert plain(spans(read, fields)) == expected


@pytest.mark.parametrize("field", ["pubstate", "note", "year"])
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("inpreparation", ["in preparation", "in Vorbereitung", "准备中"]),
        ("Under review", ["under review", "in Begutachtung", "审稿中"]),
        ("to~appear.", ["to appear", "erscheint demnächst", "即将发表"]),
        ("in press", ["in press", "im Druck", "印刷中"]),
        ("accepted", ["accepted", "angenommen", "已录用"]),
    ],
)
def test_a_known_state_is_worded(read: Read, field: str, written: str, expected: list[str]) -> None:
    fields = f"howpublished={{X}}, {field}={{{written}}}"
    made = [plain(spans(read, fields, language=tag)) for tag in ("en", "de", "zh")]
    assert made == [f"X, {state}" for state in expected]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("pubstate={minor revision}", "CON, minor revision"),
        ("pubstate={to appear}, note={To appear}", "CON, to appear"),
        ("pubstate={accepted}, note={to appear}", "CON, accepted, to appear"),
        ("year=2024, pubstate={submitted}", "CON, 2024, submitted"),
        ("note={best paper}", "CON, best paper"),
        ("note={12 pages}", "CON, 12 pages"),
        ("note={Best paper}", "CON. Best paper"),
        ("note={Best paper.}, addendum={Reprinted.}", "CON. Best paper. Reprinted."),
        ("addendum={with code}", "CON, with code"),
    ],
)
def test_states_and_notes_follow(read: Read, fields: str, expected: str) -> None:
    assert plain(spans(read, f"booktitle={{CON}}, {fields}")) == expected


def test_a_note_after_a_full_stop_needs_none(read: Read) -> None:
    assert plain(spans(read, "booktitle={CON Inc.}, note={Best paper.}")) == "CON Inc. Best paper."
    assert plain(spans(read, "note={Best paper}")) == "Best paper"


@pytest.mark.parametrize(
    ("award", "expected"),
    [
        ("Best paper", (Text("CON, 2024, "), Strong((Text("Best paper"),)), Text(". Recorded"))),
        (
            r"Best \emph{short} paper; Oral;",
            (
                Text("CON, 2024, "),
                Strong((Text("Best "), Emphasis((Text("short"),)), Text(" paper"))),
                Text(", "),
                Strong((Text("Oral"),)),
                Text(". Recorded"),
            ),
        ),
    ],
)
def test_awards_are_emphasised(read: Read, award: str, expected: Inline) -> None:
    fields = f"booktitle={{CON}}, year=2024, award={{{award}}}, note={{Recorded}}"
    assert spans(read, fields) == expected
