"""What the parts of a profile say about each other."""

from __future__ import annotations

import pytest

from cvforge.profile.findings import validated
from cvforge.profile.references import language_findings, reference_findings, variant_names
from cvforge.profile.source import read_tree

PROFILE = """\
person: {name: {en: Ada, id: Ada}, headline: {en: Engineer, id: Insinyur}}
bibliography: a.bib
sections:
  - id: work
    title: {en: Work, id: Kerja}
    kind: timeline
    tags: [craft]
    entries:
      - id: foundry
        organization: Foundry
        only: [full, short]
        roles: [{title: {en: A, id: B}, bullets: [{id: satu, en: one}, {text: x, id: b}]}]
  - {id: papers, title: Papers, kind: publications, except: [one-page]}
variants:
  short: {sections: [work], limits: {work: 1}, include: [craft]}
  indonesian: {language: id}
"""


def codes(old: str = "", new: str = "") -> list[str]:
    text = PROFILE.replace(old, new, 1)
    assert text != PROFILE or old == new
    tree = read_tree(text, file="ada.yaml")
    profile, found = validated(tree)
    found += reference_findings(tree)
    return [d.code for d in found + (language_findings(profile) if profile is not None else [])]


def test_what_fits_together_has_no_findings() -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("id: foundry", "id: work", "duplicate-id"),
        ("{text: x, id: b}", "{text: x, id: papers}", "duplicate-id"),
        ("only: [full, short]", "only: [full, shrt]", "unknown-variant"),
        ("except: [one-page]", "except: [two-page]", "unknown-variant"),
        ("sections: [work]", "sections: [wrok]", "unknown-section"),
        ("sections: [work]", "sections: [foundry]", "unknown-section"),
        ("sections: [work]", "sections: [work, work]", "repeated-section"),
        ("limits: {work: 1}", "limits: {wrok: 1}", "unknown-section"),
        ("include: [craft]", "include: [crafts]", "unknown-tag"),
        ("bibliography: a.bib\n", "", "missing-bibliography"),
        ("title: {en: Work, id: Kerja}", "title: {en: Work}", "missing-language"),
        ("{id: satu, en: one}", "{zh: 一}", "missing-language"),
        ("{en: Ada, id: Ada}", "{id: Ada}", "missing-language"),
        ("headline: {en: Engineer, id: Insinyur}", "headline: {en: Engineer}", "missing-language"),
    ],
)
def test_what_does_not_fit_is_found(old: str, new: str, code: str) -> None:
    assert set(codes(old, new)) == {code}


def test_a_language_is_needed_only_where_the_text_may_be_shown() -> None:
    assert codes("{id: satu, en: one}", "{text: {en: one}, except: [indonesian]}") == []
    assert codes("{id: satu, en: one}", "{text: {id: satu}, only: [indonesian]}") == []
    assert codes("title: Papers", "title: {en: Papers}") == ["missing-language"]
    papers = "title: Papers, kind: publications, except: [one-page"
    by_language = papers.replace("Papers", "{en: Papers}")
    assert codes(papers, by_language) == ["missing-language"]
    assert codes(papers, f"{by_language}, indonesian") == []
    short = "{language: id, sections: [work]}"
    assert codes("title: Papers", "title: {en: Papers}") == ["missing-language"]
    text = PROFILE.replace("title: Papers", "title: {en: Papers}")
    profile, _ = validated(read_tree(text.replace("{language: id}", short), file="ada.yaml"))
    assert profile is not None
    assert language_findings(profile) == []


def test_references_are_checked_although_the_models_refuse() -> None:
    assert set(codes("kind: timeline\n    tags: [craft]", "kind: tmeline\n    tags: [crafts]")) == {
        "unknown-kind",
        "unknown-tag",
    }


@pytest.mark.parametrize(
    "text",
    [
        "sections: x",
        "sections: [x, [y], {entries: z}, {entries: [[], x]}]",
        "variants: x\nsections: {}",
        "variants: {a: [], b: {sections: {}, limits: [], include: x}}",
        "sections: [{id: [], kind: {}, tags: {}, only: x}]",
    ],
)
def test_any_shape_of_a_tree_is_survived(text: str) -> None:
    assert isinstance(reference_findings(read_tree(text, file="ada.yaml")), list)


def test_the_built_in_variants_come_first() -> None:
    profile, _ = validated(read_tree(PROFILE, file="ada.yaml"))
    assert profile is not None
    assert variant_names(profile) == ("one-page", "full", "short", "indonesian")
