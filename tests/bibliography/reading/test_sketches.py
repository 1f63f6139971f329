"""What is read of a bibliography where a list chooses: all that it shows, and little else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cvforge.bibliography.reading.reader import Bibliography, read_bibliography
from cvforge.bibliography.select import Choice, chosen, entry_tags, keywords, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cvforge.bibliography.reference import Reference

KEYS = ("a", "b", "c", "d", "e", "f")
VALUES = {
    "year": (
        "{2020}",
        "2021",
        '"2020"',
        "{c.~2020}",
        "y",
        "{20} # {21}",
        "{to appear}",
        "{}",
        "{20{2}1}",
    ),
    "date": ("{2020-05}", "{2019/2020}", "{202X}", "{2021~}", r"{\noopsort{a}2020}"),
    "keywords": ("{type, graphs}", "{Type}", "{{type}}", "k", r"{type\_x}", "k # {, graphs}"),
    "tags": ("{x}", "{x;y}", "t", "{}"),
    "selected": ("{true}", '"yes"', "{no}", "{true} # {}"),
    "crossref": ("{a}", "{b}", '"alias"', "{nowhere}"),
    "xdata": ("{a, b}", "{c}"),
    "entryset": ("{a, b}", "{d}"),
    "ids": ("{alias}", "{other, alias}"),
    "note": ("{, year = 1999}", '"x, keywords = {graphs}"', r"{\nonsense}", "{\n@ x}"),
}
KINDS = ("article", "Misc", "conference", "inproceedings", "proceedings", "xdata", "set", "talk")


@st.composite
def entries(draw: st.DrawFn) -> str:
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=4))
    fields = [f"{name} = {draw(st.sampled_from(VALUES[name]))}" for name in names]
    body = ",\n ".join([draw(st.sampled_from(KEYS)), "title = {T}", "author = {A B}", *fields])
    opening, closing = draw(st.sampled_from([*[("{", "}")] * 5, ("(", ")"), ("{", "")]))
    return f"@{draw(st.sampled_from(KINDS))}{opening}{body}{closing}\n"


STRINGS = "@string{y = {2020}}\n@string{k = {type}}\n@string{t = {x}}\n"
CHOICES = st.builds(
    Choice,
    types=st.sampled_from([(), (), ("article",), ("inproceedings", "misc"), ("talk",), ("x",)]),
    keywords=st.sampled_from([(), (), ("type",), ("Graphs", "type"), ("none",)]),
    tags=st.sampled_from([(), (), ("x",), ("y", "z")]),
    years=st.sampled_from([(None, None), (2020, None), (None, 2020), (2020, 2020), (1999, 1999)]),
    selected=st.booleans(),
)


def meeting(read: Bibliography, choice: Choice) -> list[Reference]:
    """Return what a list without keys shows."""
    shown = listed(read.references, None)
    return chosen(shown, choice, owned=lambda _: frozenset(), tags=lambda _: ())


def words(read: Bibliography, choice: Choice) -> set[str]:
    """Return the words of a choice that an entry of a list without keys has."""
    asked = {word.casefold() for word in (*choice.types, *choice.keywords, *choice.tags)}
    shown = listed(read.references, None)
    had = {w.casefold() for r in shown for w in (r.kind, *keywords(r), *entry_tags(r))}
    return asked & had


@settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    deadline=None,
    max_examples=300,
)
@given(
    st.lists(entries(), max_size=7),
    st.lists(CHOICES, min_size=1, max_size=2),
    st.sampled_from([(), ("a",)]),
)
def test_what_is_chosen_is_the_same_when_not_all_is_read(
    written: Sequence[str], choices: Sequence[Choice], keys: Sequence[str]
) -> None:
    files = [("ada.bib", (STRINGS + "".join(written)).encode())]
    whole = read_bibliography(files, lenient=True)
    assume(not any("twice: in" in finding.message for finding in whole.findings))  # an alias
    some = read_bibliography(files, wanted=keys, choices=choices, lenient=True)
    assert set(some.known) >= set(whole.known)
    for choice in choices:
        assert meeting(some, choice) == meeting(whole, choice)
        assert words(some, choice) >= words(whole, choice) - {"article", "misc", "inproceedings"}
    for key in (key for key in keys if key in whole.references):
        assert replace(some.references[key], is_parent=False) == replace(
            whole.references[key], is_parent=False
        )


TEXT = r"""@string{s = {2020}}
@article{own, title={T}, author={A B}, year=2020}
@article{other, title={T}, author={A B}, year=2019, note={\nonsense}}
@article{string, title={T}, author={A B}, year=s}
@inproceedings{child, title={T}, author={A B}, crossref={parent}}
@inproceedings{dated, title={T}, author={A B}, crossref={parent}, year=2018}
@proceedings{parent, title={P}, year=2020}
@proceedings{alone, title={P}, editor={A B}, year=2020, keywords={type}}
@set{set, entryset={own}}
@misc{latex, title={T}, author={A B}, year={20{2}0}, selected={{t}rue}}
@misc{undated, title={T}, author={A B}}
"""


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        (Choice(years=(2020, 2020)), ["own", "string", "child", "parent", "alone", "set", "latex"]),
        (Choice(types=("proceedings",)), ["own", "alone", "set"]),
        (Choice(keywords=("type",)), ["own", "alone", "set"]),
        (Choice(selected=True), ["own", "set", "latex"]),
        (
            Choice(years=(2018, 2018)),
            ["own", "string", "child", "dated", "parent", "set", "latex"],
        ),
    ],
)
def test_little_else_is_read(choice: Choice, found: list[str]) -> None:
    read = read_bibliography([("ada.bib", TEXT.encode())], wanted=(), choices=[choice])
    assert list(read.references) == found


@pytest.mark.parametrize(
    "choice", [Choice(keywords=("typo",)), Choice(types=("artikel",)), Choice(tags=("x",))]
)
def test_what_nothing_meets_is_looked_for_everywhere(choice: Choice) -> None:
    files = [("ada.bib", TEXT.replace(r"\nonsense", "N").encode())]
    read = read_bibliography(files, wanted=(), choices=[choice])
    assert list(read.references) == list(read_bibliography(files).references)


def test_where_nothing_is_met_all_is_read() -> None:
    files = [("ada.bib", b"@misc{a, title={T}, author={A B}, year=2020}")]
    choices = [Choice(years=(1990, 1990))]
    assert list(read_bibliography(files, wanted=(), choices=choices).references) == ["a"]


def test_a_word_that_is_asked_for_is_known_from_an_entry_that_has_it() -> None:
    choice = Choice(keywords=("type",), years=(2020, 2020))
    files = [("ada.bib", TEXT.replace("year=2020, keywords", "year=2001, keywords").encode())]
    read = read_bibliography(files, wanted=(), choices=[choice])
    assert "alone" in read.references
    assert "other" not in read.references
