"""A profile file to a valid profile."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from cvforge.errors import OutputError, ProfileError
from cvforge.profile.load import load_profile

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = """\
person:
  name: Ada Quill
  phone: none
sections:
  - id: interests
    title: Interests
    kind: bullets
    bullets:
      - Type design
      - text: NO
        priority: 80
"""


@pytest.fixture
def ada(tmp_path: Path) -> Path:
    path = tmp_path / "ada.yaml"
    path.write_text(PROFILE)
    return path


def test_a_valid_profile_is_loaded_with_its_path_and_inputs(ada: Path) -> None:
    loaded = load_profile(ada)
    assert loaded.profile.person.name.in_language("en").plain == "Ada Quill"
    assert loaded.path == ada
    assert loaded.inputs == (ada,)


def test_scalars_stay_text(ada: Path) -> None:
    section = load_profile(ada).profile.sections[0]
    assert section.kind == "bullets"
    assert [b.text.in_language("en").plain for b in section.bullets] == ["Type design", "NO"]


def test_every_part_knows_its_place(ada: Path) -> None:
    section = load_profile(ada).profile.sections[0]
    assert section.kind == "bullets"
    places = [bullet.place for bullet in section.bullets]
    assert [(p.line, p.column) for p in places if p is not None] == [(9, 9), (10, 9)]


def test_the_private_overlay_beside_the_profile_is_used(ada: Path) -> None:
    private = ada.with_name("ada.private.yaml")
    private.write_text("person:\n  phone: 555 0100\n")
    loaded = load_profile(ada)
    assert loaded.inputs == (ada, private)
    assert loaded.profile.person.phone is not None
    assert loaded.profile.person.phone.value.in_language("en").plain == "555 0100"


def test_an_overlay_that_is_named_stands_in_place_of_the_private_one(
    ada: Path, tmp_path: Path
) -> None:
    ada.with_name("ada.private.yaml").write_text("person:\n  phone: 555 0100\n")
    other = tmp_path / "other.yaml"
    other.write_text("person:\n  location: Lisbon\n")
    loaded = load_profile(ada, overlay=other)
    assert loaded.inputs == (ada, other)
    assert loaded.profile.person.phone is not None
    assert loaded.profile.person.phone.value.in_language("en").plain == "none"


def test_a_finding_in_an_overlay_names_the_overlay(ada: Path) -> None:
    private = ada.with_name("ada.private.yaml")
    private.write_text("person:\n  fone: 555 0100\n")
    with pytest.raises(ProfileError) as raised:
        load_profile(ada)
    place = raised.value.diagnostics[0].place
    assert place is not None
    assert (place.file, place.line, place.column) == (private.as_posix(), 2, 3)


def test_faults_of_profile_and_overlay_are_reported_together(ada: Path) -> None:
    ada.write_text("person: [\n")
    ada.with_name("ada.private.yaml").write_text("person: {\n")
    with pytest.raises(ProfileError) as raised:
        load_profile(ada)
    assert len(raised.value.diagnostics) == 2


def test_settings_lie_over_the_overlay(ada: Path) -> None:
    ada.with_name("ada.private.yaml").write_text("design: {paper: letter, density: tight}\n")
    design = load_profile(ada, settings=["design.paper=a4"]).profile.design
    assert (design.paper, design.density) == ("a4", "tight")


def test_a_missing_file_names_the_nearest_one(ada: Path) -> None:
    with pytest.raises(OutputError) as raised:
        load_profile(ada.with_name("adda.yaml"))
    hint = raised.value.diagnostics[0].hint
    assert hint == f'did you mean "{ada.as_posix()}"?'


def test_a_folder_is_refused_and_its_profiles_are_named(ada: Path) -> None:
    with pytest.raises(OutputError) as raised:
        load_profile(ada.parent)
    assert raised.value.diagnostics[0].hint == "the folder has ada.yaml"


def test_what_is_no_regular_file_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    with pytest.raises(OutputError, match="no regular file"):
        load_profile(pipe)


def test_a_file_of_more_than_a_megabyte_is_refused(ada: Path) -> None:
    ada.write_text(PROFILE + "#" * (1024 * 1024))
    with pytest.raises(ProfileError) as raised:
        load_profile(ada)
    assert raised.value.diagnostics[0].code == "too-large"


def test_more_values_than_allowed_are_refused(ada: Path) -> None:
    ada.write_text(PROFILE + "x: [" + "a," * 50_001 + "]\n")
    with pytest.raises(ProfileError) as raised:
        load_profile(ada)
    assert raised.value.diagnostics[0].code == "too-many-values"


def test_findings_of_the_models_and_between_the_parts_come_together(ada: Path) -> None:
    ada.write_text(PROFILE + "variants: {full: {sections: [interest], pages: none}}\n")
    with pytest.raises(ProfileError) as raised:
        load_profile(ada)
    assert {d.code for d in raised.value.diagnostics} == {"unknown-section", "not-a-number"}


def test_the_same_finding_through_an_alias_is_reported_once(ada: Path) -> None:
    ada.write_text(PROFILE + "      - &b {titel: x}\n      - *b\n      - *b\n")
    with pytest.raises(ProfileError) as raised:
        load_profile(ada)
    assert [d.code for d in raised.value.diagnostics].count("unknown-key") == 1


@pytest.mark.parametrize("text", ["", "# later\n", "---\n", "--- # later\n...\n"])
def test_an_overlay_that_says_nothing_changes_nothing(ada: Path, text: str) -> None:
    before = load_profile(ada)
    private = ada.with_name("ada.private.yaml")
    private.write_text(text)
    loaded = load_profile(ada)
    assert loaded.tree == before.tree
    assert loaded.inputs == (ada, private)
    assert load_profile(ada, overlay=private).tree == before.tree


@pytest.mark.parametrize("text", ["", "# later\n", "---\n"])
def test_a_profile_that_says_nothing_is_refused(ada: Path, text: str) -> None:
    ada.write_text(text)
    with pytest.raises(ProfileError, match="the file is empty"):
        load_profile(ada)


@pytest.mark.parametrize("text", ["''\n", "text\n", "[]\n"])
def test_an_overlay_of_another_form_is_refused(ada: Path, text: str) -> None:
    ada.with_name("ada.private.yaml").write_text(text)
    with pytest.raises(ProfileError, match="mapping of keys"):
        load_profile(ada)


@pytest.mark.parametrize(
    ("target", "reason"),
    [("nowhere.yaml", "links to"), ("ada.private.yaml", "symbolic links"), (".", "a folder")],
)
def test_a_private_overlay_that_is_there_and_cannot_be_read_is_an_error(
    ada: Path, target: str, reason: str
) -> None:
    ada.with_name("ada.private.yaml").symlink_to(target)
    with pytest.raises(OutputError, match=f"ada.private.yaml.*cannot be read: .*{reason}"):
        load_profile(ada)
