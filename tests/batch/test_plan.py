"""What is to be built, and what is refused before anything is."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvforge.batch.archive import Known
from cvforge.batch.job import Options
from cvforge.batch.plan import Plan, plan
from cvforge.errors import OutputError

GOOD = "person: {name: Ada Quill}\nsections: [{id: a, title: A, kind: bullets, bullets: [x]}]\n"


class Shelf:
    """Records that know these variants, and hold these PDFs for up to date."""

    def __init__(self, variants: dict[str, tuple[str, ...]], *good: str) -> None:
        self._variants = variants
        self._good = good

    def output(self, profile: Path, variant: str) -> Path:
        return Path("build", f"{profile.stem}-{variant}.pdf")

    def variants(self, profile: Path) -> tuple[str, ...] | None:
        return self._variants.get(profile.name)

    def known(self, profile: Path, variant: str) -> Known | None:
        is_good = self.output(profile, variant).stem in self._good
        return Known({}, ()) if is_good else None


def planned(
    names: list[str], shelf: Shelf, *, variants: list[str] | None = None, anew: bool = False
) -> Plan:
    paths = [Path(name) for name in names]
    return plan(paths, Options(), shelf, variants=variants, anew=anew)  # type: ignore[arg-type]  # a stand-in


def asked(made: Plan) -> list[tuple[str, tuple[str, ...] | None]]:
    return [(job.profile.name, job.variants) for job in made.jobs]


def test_a_profile_that_is_not_known_is_asked_for_all_its_variants() -> None:
    made = planned(["ada.yaml"], Shelf({}))
    assert asked(made) == [("ada.yaml", None)]
    assert made.builds() == 2


def test_what_is_up_to_date_is_left_out() -> None:
    shelf = Shelf({"ada.yaml": ("one-page", "full"), "bo.yaml": ("full",)}, "ada-full", "bo-full")
    made = planned(["ada.yaml", "bo.yaml"], shelf)
    assert asked(made) == [("ada.yaml", ("one-page",))]
    assert [(job.number, name) for job, name, _ in made.known] == [(0, "full"), (1, "full")]
    assert asked(planned(["ada.yaml"], shelf, anew=True)) == [("ada.yaml", ("one-page", "full"))]


def test_a_named_variant_needs_no_record_of_the_profile() -> None:
    made = planned(["ada.yaml"], Shelf({}, "ada-full"), variants=["full", "x", "full"])
    assert asked(made) == [("ada.yaml", ("x",))]
    assert len(made.known) == 1


def test_few_jobs_are_split_into_their_variants() -> None:
    made = planned(["ada.yaml", "bo.yaml"], Shelf({"ada.yaml": ("one-page", "full")}))
    parts = [(job.profile.name, job.variants) for job in made.split()]
    assert parts == [("ada.yaml", ("one-page",)), ("ada.yaml", ("full",)), ("bo.yaml", None)]


@pytest.mark.parametrize(
    ("names", "clash"),
    [
        (["a/cv.yaml", "b/cv.yaml"], "cv-full.pdf"),
        (["cv.yaml", "cv-one.yaml"], "cv-one-page.pdf"),
        (["cv-x.yaml", "cv.yaml"], None),
        (["cv.yaml", "cva.yaml"], None),
    ],
)
def test_profiles_that_would_write_the_same_file_are_refused(
    names: list[str], clash: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in names:
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(GOOD + ("variants: {page: {}}" if "one" in name else ""), "utf-8")
    if clash is None:
        planned(names, Shelf({}))
    else:
        with pytest.raises(OutputError, match=clash):
            planned(names, Shelf({}))


def test_a_broken_namesake_is_left_to_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("cv.yaml").write_text("person: [", "utf-8")
    Path("cv-a.yaml").write_text(GOOD, "utf-8")
    made = planned(["cv.yaml", "cv-a.yaml"], Shelf({}))
    assert [name for name, _ in asked(made)] == ["cv.yaml", "cv-a.yaml"]
