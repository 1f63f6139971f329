"""Overlays and settings: what lies over a profile before it is validated."""

from __future__ import annotations

import pytest

from cvforge.errors import ProfileError
from cvforge.profile.overlay import merged, with_settings
from cvforge.profile.source import SourceList, SourceMapping, SourceText, read_tree

BASE = """\
person:
  name: Ada Quill
  phone: none
tags: [a, b]
shared: &shared {title: One}
again: *shared
"""


def base() -> SourceMapping:
    return read_tree(BASE, file="ada.yaml")


def over(text: str) -> SourceMapping:
    return merged(base(), read_tree(text, file="over.yaml"))


def test_mappings_merge_key_by_key() -> None:
    assert over("person: {phone: 555}")["person"] == {"name": "Ada Quill", "phone": "555"}


def test_lists_and_texts_are_replaced_whole() -> None:
    tree = over("tags: [c]\nperson: nobody")
    assert tree["tags"] == ["c"]
    assert tree["person"] == "nobody"


def test_a_key_without_counterpart_is_added_at_the_end() -> None:
    assert list(over("new: 1")) == ["person", "tags", "shared", "again", "new"]


def test_what_is_replaced_has_its_place_in_the_overlay_and_the_rest_keeps_its_own() -> None:
    person = over("person:\n  phone: 555")["person"]
    assert isinstance(person, SourceMapping)
    phone, name = person["phone"], person["name"]
    assert isinstance(phone, SourceText)
    assert isinstance(name, SourceText)
    assert (phone.place.file, phone.place.line) == ("over.yaml", 2)
    assert person.key_place("phone").file == "over.yaml"
    assert name.place.file == "ada.yaml"


def test_neither_side_of_a_merge_is_changed() -> None:
    below, above = base(), read_tree("person: {phone: 555}", file="over.yaml")
    merged(below, above)
    assert below == base()
    assert above == {"person": {"phone": "555"}}


def test_a_setting_replaces_a_value_and_makes_the_mappings_on_its_way() -> None:
    tree = with_settings(base(), ["person.phone=555", "variants.full.design.paper=a4"])
    assert tree["person"] == {"name": "Ada Quill", "phone": "555"}
    assert tree["variants"] == {"full": {"design": {"paper": "a4"}}}


def test_a_setting_reaches_into_lists_by_position() -> None:
    assert with_settings(base(), ["tags.1=c"])["tags"] == ["a", "c"]


def test_the_last_of_two_settings_wins() -> None:
    assert with_settings(base(), ["new=1", "new=2"])["new"] == "2"


def test_a_value_may_hold_an_equals_sign_and_be_empty() -> None:
    assert with_settings(base(), ["new=a=b"])["new"] == "a=b"
    assert with_settings(base(), ["new="])["new"] == ""


def test_a_setting_leaves_what_shares_an_alias_alone() -> None:
    tree = with_settings(base(), ["again.title=Two"])
    assert tree["shared"] == {"title": "One"}
    assert tree["again"] == {"title": "Two"}


def test_a_setting_leaves_the_tree_that_it_is_put_into_alone() -> None:
    below = base()
    with_settings(below, ["tags.0=z", "person.name=Bo", "shared.title=Two"])
    assert below == base()


def test_a_setting_has_its_place_on_the_command_line() -> None:
    value = with_settings(base(), ["a=1", "new=abc"])["new"]
    assert isinstance(value, SourceText)
    assert (value.place.file, value.place.line, value.place.column) == ("--set", 2, 5)
    assert (value.place.length, value.place.text) == (3, "new=abc")


def test_lists_keep_their_kind_and_place() -> None:
    tags = with_settings(base(), ["tags.0=z"])["tags"]
    assert isinstance(tags, SourceList)
    assert tags.place.line == 4


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ("title", "setting"),
        ("person.name=\udcff", "not-utf-8"),
        ("person.\udcff=x", "not-utf-8"),
        ("=x", "setting"),
        ("a..b=x", "setting"),
        (".=x", "setting"),
        (".".join("a" * 30) + "=x", "setting"),
        ("tags.2=x", "setting-path"),
        ("tags.-1=x", "setting-path"),
        ("tags.first=x", "setting-path"),
        ("tags.²=x", "setting-path"),
        ("person.name.first=x", "setting-path"),
    ],
)
def test_a_setting_that_leads_nowhere_is_refused(setting: str, code: str) -> None:
    with pytest.raises(ProfileError) as raised:
        with_settings(base(), [setting])
    assert [d.code for d in raised.value.diagnostics] == [code]


def test_all_bad_settings_are_reported_together() -> None:
    with pytest.raises(ProfileError) as raised:
        with_settings(base(), ["title", "new=1", "tags.7=x"])
    assert [d.place.line for d in raised.value.diagnostics if d.place is not None] == [1, 3]
