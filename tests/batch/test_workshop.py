"""What a workshop reads, and what it lets engines wait for, without setting anything."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from portraits import portrait

from cvforge import pipeline
from cvforge.batch import reading
from cvforge.batch.job import Failed, Job, Made, Options, Planned
from cvforge.batch.parcel import pack
from cvforge.batch.workshop import Workshop
from cvforge.engine.coverage import FontCoverage
from cvforge.outcome import BuildResult
from cvforge.profile.load import load_profile
from cvforge.setting import Tools

if TYPE_CHECKING:
    from cvforge.engine.texlive import TexLive
    from cvforge.profile.load import LoadedProfile

GOOD = """
person: {name: Ada Quill}
bibliography: lists/a.bib
sections:
  - {id: p, title: P, kind: publications}
variants: {bid: {publications: {style: own.csl}}}
"""
ENTRY = "@misc{a, title = {Serifs}, author = {Quill, Ada}, year = 2020}"
JOB = Job(0, Path("ada.yaml"), ("full", "one-page"), Options())


class Waiting:
    """An engine that notes what is to wait."""

    name = "xelatex"

    def __init__(self) -> None:
        self.asked: list[tuple[int, frozenset[str]]] = []

    def reserve(self, _: object, count: int = 1, *, options: frozenset[str]) -> None:
        self.asked.append((count, options))


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Waiting:
    monkeypatch.chdir(tmp_path)
    Path("ada.yaml").write_text(GOOD, "utf-8")
    Path("lists").mkdir()
    Path("lists/a.bib").write_text(ENTRY, "utf-8")
    return Waiting()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Note which profiles are read."""
    paths: list[Path] = []

    def noted(path: Path, **options: Any) -> LoadedProfile:
        paths.append(path)
        return load_profile(path, **options)

    monkeypatch.setattr(reading, "load_profile", noted)
    return paths


@pytest.fixture
def workshop(engine: Waiting, tex: TexLive, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    def build(_: object, name: str, **__: object) -> BuildResult:
        source = "\\documentclass[math,a4]{cvforge-classic}\n" if name == "full" else ""
        cv: Any = None  # nobody looks at it
        return BuildResult(cv, source, b"%PDF", 1, (), None, ())

    monkeypatch.setattr(pipeline, "build", build)
    return Workshop(tex, Tools(engine, FontCoverage(tex)))  # type: ignore[arg-type]  # a stand-in


def test_a_profile_is_read_once_for_its_variants_and_again_when_it_has_changed(
    workshop: Workshop, read: list[Path]
) -> None:
    events = [event for _ in range(3) for event in workshop.do(JOB)]
    assert [type(event) for event in events] == [Planned, Made, Made] * 3
    assert len(read) == 1
    Path("lists/a.bib").write_text(f"{ENTRY}\n", "utf-8")
    list(workshop.do(JOB))
    assert len(read) == 2
    list(workshop.do(replace(JOB, options=Options(settings=("person.name=Bo",)))))
    assert len(read) == 3


def test_what_a_variant_was_made_from_is_all_that_was_read_or_looked_for(
    workshop: Workshop,
) -> None:
    planned, made, _ = workshop.do(JOB)
    assert isinstance(planned, Planned)
    assert planned.variants == ("one-page", "full", "bid")
    assert set(planned.inputs.files) == {"ada.yaml", "ada.private.yaml"}
    assert isinstance(made, Made)
    names = {Path(name).name for name in made.inputs.files}
    template = {"cvforge-core.sty", "cvforge-classic.cls", "template.yaml"}
    assert names == {"ada.yaml", "ada.private.yaml", "a.bib"} | template
    assert made.inputs.files["ada.private.yaml"] is None
    assert set(made.inputs.programs) == {"xetex", "xdvipdfmx"}
    kinds = {Path(stamp.path).suffix for stamp in made.inputs.stamps}
    assert {".otf", ".ttf"} <= kinds
    assert any(Path(stamp.path).name == "ls-R" for stamp in made.inputs.stamps)


def test_a_failure_tells_what_was_read_until_then(workshop: Workshop) -> None:
    _, failed = workshop.do(replace(JOB, variants=("bid",)))
    assert isinstance(failed, Failed)
    assert (failed.variant, failed.exit_status) == ("bid", 4)
    assert failed.inputs.files["own.csl"] is None
    Path("lists/a.bib").unlink()
    (failed,) = workshop.do(JOB)
    assert isinstance(failed, Failed)
    assert failed.variant is None
    assert failed.inputs.files["lists/a.bib"] is None


def with_photo() -> dict[str, str]:
    """Give the profile a photo that one of its variants does not show; return its record."""
    profile = Path("ada.yaml").read_text("utf-8").replace("Ada Quill", "Ada Quill, photo: me.jpg")
    Path("ada.yaml").write_text(
        profile.replace("variants: {", "variants: {full: {design: {photo: false}}, "), "utf-8"
    )
    Path("me.jpg").write_bytes(portrait())
    return {"me.jpg": sha256(portrait()).hexdigest()}


def test_a_photo_is_what_the_variants_that_show_it_were_made_from(workshop: Workshop) -> None:
    known = with_photo()
    _, bare, shown = workshop.do(JOB)
    assert isinstance(bare, Made)
    assert isinstance(shown, Made)
    assert "me.jpg" not in bare.inputs.files
    assert known.items() <= shown.inputs.files.items()
    Path("me.jpg").write_bytes(b"another")
    assert bare.inputs.hold()
    assert not shown.inputs.hold()
    _, bare, failed = workshop.do(JOB)
    assert isinstance(bare, Made)
    assert isinstance(failed, Failed)
    assert (failed.exit_status, failed.diagnostics[0].code) == (3, "bad-photo")
    assert failed.inputs.files["me.jpg"] == sha256(b"another").hexdigest()


def test_a_parcel_holds_the_photo_of_variants_that_show_it(engine: Waiting) -> None:
    assert engine.asked == []
    with_photo()
    assert pack(JOB).files["me.jpg"] == portrait()
    assert "me.jpg" not in pack(replace(JOB, variants=("full",))).files
    Path("me.jpg").unlink()
    assert "me.jpg" not in pack(JOB).files
    Path("me.jpg").symlink_to("/etc/passwd")
    assert {"me.jpg", "/etc/passwd"}.isdisjoint(pack(JOB).files)


def test_what_a_variant_was_set_by_is_what_waits_for_the_next_time(
    workshop: Workshop, engine: Waiting
) -> None:
    list(workshop.do(JOB))
    engine.asked.clear()
    workshop.reserve(JOB)
    assert engine.asked == [(1, frozenset({"math", "a4"})), (1, frozenset())]


def test_a_parcel_holds_what_is_read_and_no_more(engine: Waiting) -> None:
    assert engine.asked == []
    Path("own.csl").write_text("<style/>", "utf-8")
    Path("other.yaml").write_text(GOOD, "utf-8")
    Path("over.yaml").write_text("person: {phone: '1'}\n", "utf-8")
    whole = replace(JOB, variants=None)
    assert set(pack(whole).files) == {"ada.yaml", "lists/a.bib", "own.csl"}
    assert set(pack(JOB).files) == {"ada.yaml", "lists/a.bib"}
    overlaid = replace(JOB, options=Options(overlay=Path("over.yaml")))
    assert set(pack(overlaid).files) == {"ada.yaml", "over.yaml", "lists/a.bib"}
    Path("ada.private.yaml").write_text("person: {phone: '1'}\n", "utf-8")
    assert "ada.private.yaml" in pack(JOB).files
    assert "ada.private.yaml" not in pack(overlaid).files
