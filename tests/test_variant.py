"""A profile through a variant: what is shown, in which order, language and design."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.cv import Bullet, Cv, Entry, Keep, Labelled, OneLiner, Paragraph, Publication
from cvforge.errors import ProfileError
from cvforge.inline import Owner, plain
from cvforge.library import read_library
from cvforge.profile.load import load_profile
from cvforge.profile.references import variant_names
from cvforge.publications import Works
from cvforge.variant import find_variant, finish, show

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cvforge.profile.model import Profile

PERSON = "person:\n  name: Ada Quill\n"
SECTIONS = """\
sections:
  - id: aims
    title: Aims
    kind: text
    paragraphs: [Words.]
    bullets: [One.]
  - id: work
    title: Work
    kind: timeline
    entries:
      - organization: Example Press
        title: Designer
        location: Lisbon
        start: 2019-03
        end: present
        details: [Part-time]
        bullets:
          - Everywhere.
          - {text: Tagged a., tags: [a]}
          - {text: Tagged b., tags: [b], priority: 80, keep: always}
          - {text: Tagged a and b., tags: [a, b]}
          - {text: Only full., only: [full]}
          - {text: Not on one page., except: [one-page]}
          - {text: Never., keep: never}
        roles:
          - {title: Head, date: 2022, bullets: [Led.]}
          - {title: Hand, only: [full]}
      - {title: Freelance, only: [full]}
  - id: awards
    title: Awards
    kind: one-liners
    entries: [{text: Golden Nib, date: 2021.10}]
  - id: skills
    title: Skills
    kind: labelled
    entries: [{label: Tools, text: Pen}]
"""
BIB = """\
@article{one, author = {Ada Quill and Bo Rune}, title = {On kerning}, year = 2021,
  journal = {Letters}, abstract = {What stands between.}, author+an = {1=equal; 2=equal}}
@article{two, author = {Rune, Bo}, title = {On serifs}, year = 2022, journal = {Letters}}
@article{three, author = {Quill, Ada}, title = {On ink}, year = 2023, journal = {Letters}}
"""
PUBLICATIONS = """\
bibliography: ada.bib
sections:
  - id: papers
    title: Papers
    kind: publications
"""


@pytest.fixture
def shown(tmp_path: Path) -> Callable[..., Cv]:
    """Return what a variant shows of a profile, given as text."""

    def shown(variant: str, text: str = PERSON + SECTIONS) -> Cv:
        path = tmp_path / "ada.yaml"
        path.write_text(text, encoding="utf-8")
        path.with_suffix(".bib").write_text(BIB, encoding="utf-8")
        loaded = load_profile(path)
        return show(loaded.profile, variant, works=Works(read_library(loaded).references))

    return shown


@pytest.fixture
def profile(tmp_path: Path) -> Callable[[str], Profile]:
    def profile(variants: str) -> Profile:
        path = tmp_path / "ada.yaml"
        path.write_text(PERSON + SECTIONS + variants, encoding="utf-8")
        return load_profile(path).profile

    return profile


def first_entry(cv: Cv) -> Entry:
    (entry, *_) = next(section.items for section in cv.sections if section.id == "work")
    assert isinstance(entry, Entry)
    return entry


def bullets(cv: Cv) -> list[str]:
    return [bullet.text.plain.rstrip(".") for bullet in first_entry(cv).bullets]


def variants(text: str) -> str:
    return f"{PERSON}{SECTIONS}variants:\n  mine: {{{text}}}\n"


def test_two_variants_exist_without_being_written(profile: Callable[[str], Profile]) -> None:
    bare = profile("")
    assert variant_names(bare) == ("one-page", "full")
    assert find_variant(bare, "one-page").pages == 1
    assert find_variant(bare, "full").pages is None


def test_a_built_in_variant_may_be_written_upon(profile: Callable[[str], Profile]) -> None:
    made = profile("variants:\n  one-page: {minimum_priority: 40}\n  short: {pages: 2}\n")
    assert variant_names(made) == ("one-page", "full", "short")
    assert find_variant(made, "one-page").pages == 1
    assert find_variant(made, "one-page").minimum_priority == 40
    assert find_variant(made, "short").pages == 2


def test_a_built_in_variant_may_have_other_pages(profile: Callable[[str], Profile]) -> None:
    made = profile("variants:\n  one-page: {pages: 2}\n")
    assert find_variant(made, "one-page").pages == 2


def test_an_unknown_variant_is_refused_with_the_nearest_name(
    profile: Callable[[str], Profile],
) -> None:
    with pytest.raises(ProfileError) as refused:
        find_variant(profile(""), "onepage")
    (finding,) = refused.value.diagnostics
    assert finding.code == "unknown-variant"
    assert finding.hint == 'did you mean "one-page"?'


def test_every_kind_of_section_is_shown_in_the_order_written(shown: Callable[..., Cv]) -> None:
    cv = shown("full")
    assert [section.id for section in cv.sections] == ["aims", "work", "awards", "skills"]
    kinds = [[type(item) for item in section.items] for section in cv.sections]
    assert kinds == [[Paragraph, Bullet], [Entry, Entry], [OneLiner], [Labelled]]


def test_an_entry_shows_all_that_it_has(shown: Callable[..., Cv]) -> None:
    entry = first_entry(shown("full"))
    assert entry.heading.plain == "Example Press"
    assert entry.subheading is not None
    assert entry.subheading.plain == "Designer"
    assert entry.location is not None
    assert entry.location.plain == "Lisbon"
    assert entry.date is not None
    assert "2019" in entry.date.plain
    assert [detail.plain for detail in entry.details] == ["Part-time"]
    assert [role.title.plain for role in entry.roles] == ["Head", "Hand"]
    assert [bullet.text.plain for bullet in entry.roles[0].bullets] == ["Led."]


def test_a_title_alone_is_the_heading(shown: Callable[..., Cv]) -> None:
    entry = shown("full").sections[1].items[1]
    assert isinstance(entry, Entry)
    assert (entry.heading.plain, entry.subheading) == ("Freelance", None)


def test_a_date_stays_as_it_was_typed(shown: Callable[..., Cv]) -> None:
    award = shown("full").sections[2].items[0]
    assert isinstance(award, OneLiner)
    assert award.date is not None
    assert award.date.plain == "2021.10"


def test_only_and_except_name_variants(shown: Callable[..., Cv]) -> None:
    full, one_page = shown("full"), shown("one-page")
    assert {"Only full", "Not on one page"} <= set(bullets(full))
    assert {"Only full", "Not on one page"}.isdisjoint(bullets(one_page))
    assert len(full.sections[1].items) == 2
    assert len(one_page.sections[1].items) == 1
    assert [role.title.plain for role in first_entry(one_page).roles] == ["Head"]


def test_never_is_shown_nowhere(shown: Callable[..., Cv]) -> None:
    assert "Never" not in bullets(shown("full"))
    assert "Never" not in bullets(shown("one-page"))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("include: [a]", ["Everywhere", "Tagged a", "Tagged a and b"]),
        ("include: [b]", ["Everywhere", "Tagged b", "Tagged a and b"]),
        ("include: []", ["Everywhere"]),
        ("exclude: [a]", ["Everywhere", "Tagged b"]),
        ("include: [b], exclude: [a]", ["Everywhere", "Tagged b"]),
        ("exclude: []", ["Everywhere", "Tagged a", "Tagged b", "Tagged a and b"]),
    ],
)
def test_tags_are_included_and_excluded(
    shown: Callable[..., Cv], wanted: str, expected: list[str]
) -> None:
    found = bullets(shown("mine", variants(wanted)))
    assert [text for text in found if text != "Not on one page"] == expected


def test_sections_are_chosen_and_ordered_by_id(shown: Callable[..., Cv]) -> None:
    cv = shown("mine", variants("sections: [skills, aims]"))
    assert [section.id for section in cv.sections] == ["skills", "aims"]


def test_a_section_of_which_nothing_is_left_is_not_shown(shown: Callable[..., Cv]) -> None:
    text = variants("").replace("{text: Golden Nib,", "{text: Golden Nib, only: [full],")
    assert "awards" in [section.id for section in shown("full", text).sections]
    assert "awards" not in [section.id for section in shown("mine", text).sections]


def test_a_section_may_be_for_some_variants_alone(shown: Callable[..., Cv]) -> None:
    text = variants("").replace("title: Skills", "title: Skills\n    only: [full]")
    assert "skills" in [section.id for section in shown("full", text).sections]
    assert "skills" not in [section.id for section in shown("mine", text).sections]


def test_rank_and_place_come_along(shown: Callable[..., Cv]) -> None:
    by_text = {bullet.text.plain: bullet for bullet in first_entry(shown("full")).bullets}
    assert by_text["Tagged b."].rank.priority == 80
    assert by_text["Tagged b."].rank.keep is Keep.ALWAYS
    assert by_text["Everywhere."].rank.priority == 50
    place = by_text["Tagged b."].place
    assert place is not None
    assert (PERSON + SECTIONS).split("\n")[place.line - 1].lstrip().startswith("- {text: Tagged b.")


def test_limits_and_priorities_leave_the_choice_to_the_next_stage(
    shown: Callable[..., Cv], profile: Callable[[str], Profile]
) -> None:
    text = "minimum_priority: 60, limits: {work: {entries: 2, bullets: 1}, awards: 0}"
    made = find_variant(profile(f"variants:\n  mine: {{{text}}}\n"), "mine")
    assert made.minimum_priority == 60
    assert (made.limits["work"].entries, made.limits["work"].bullets) == (2, 1)
    assert (made.limits["awards"].entries, made.limits["awards"].bullets) == (0, None)
    assert shown("mine", variants(text)).sections == shown("mine", variants("")).sections


def test_texts_are_of_the_variant_s_language(shown: Callable[..., Cv]) -> None:
    text = (
        "language: en\nperson:\n  name: {en: Ada Quill, de: Ada Feder}\nsections:\n"
        "  - {id: a, title: {en: Aims, de: Ziele}, kind: bullets, bullets: [{en: One, de: Eins}]}\n"
        "variants:\n  deutsch: {language: de}\n"
    )
    english, german = shown("full", text), shown("deutsch", text)
    assert [leaf.plain for leaf in english.leaves()] == ["Ada Quill", "Aims", "One"]
    assert [leaf.plain for leaf in german.leaves()] == ["Ada Feder", "Ziele", "Eins"]
    assert (english.language, german.language) == ("en", "de")


def test_design_is_the_variant_s_then_the_profile_s_then_ours(shown: Callable[..., Cv]) -> None:
    ours = shown("full").design
    assert (ours.paper, ours.density) == ("a4", "regular")
    text = f"design: {{paper: letter, density: tight}}\n{variants('design: {density: compact}')}"
    assert shown("full", text).design.density == "tight"
    assert shown("mine", text).design.density == "compact"
    assert shown("mine", text).design.paper == "letter"


def test_pages_come_from_the_variant(shown: Callable[..., Cv]) -> None:
    assert shown("one-page").pages == 1
    assert shown("full").pages is None
    assert shown("mine", variants("pages: 3")).pages == 3


CONTACTS = """\
person:
  name: Ada Quill
  location: Lisbon
  phone: (+1) 555 0100
  email: {label: E-mail, value: ada@example.org}
  website: example.org/ada
  links:
    - {label: ORCID, value: 0000-0000-0000-0000}
    - {label: Code, value: "https://example.org/code"}
    - {label: Chat, value: ada, url: "https://example.org/chat"}
"""


def test_contacts_have_their_order_labels_and_targets(shown: Callable[..., Cv]) -> None:
    contacts = shown("full", CONTACTS + SECTIONS).header.contacts
    assert [(c.label.plain if c.label else "", c.text.plain, c.target) for c in contacts] == [
        ("", "Lisbon", None),
        ("", "(+1) 555 0100", "tel:+15550100"),
        ("E-mail", "ada@example.org", "mailto:ada@example.org"),
        ("", "example.org/ada", "https://example.org/ada"),
        ("ORCID", "0000-0000-0000-0000", None),
        ("Code", "https://example.org/code", "https://example.org/code"),
        ("Chat", "ada", "https://example.org/chat"),
    ]


def papers(cv: Cv) -> list[Publication]:
    (section,) = cv.sections
    made = [item for item in section.items if isinstance(item, Publication)]
    assert len(made) == len(section.items)
    return made


def test_publications_are_all_of_the_bibliography_or_those_named(
    shown: Callable[..., Cv],
) -> None:
    every = PERSON + PUBLICATIONS
    assert [paper.key for paper in papers(shown("full", every))] == ["one", "two", "three"]
    named = f"{every}    entries: [three, {{key: one, priority: 90, only: [full]}}]\n"
    assert [paper.key for paper in papers(shown("full", named))] == ["three", "one"]
    assert papers(shown("full", named))[1].rank.priority == 90
    assert [paper.key for paper in papers(shown("one-page", named))] == ["three"]


def test_the_owner_is_known_by_name_and_alias(shown: Callable[..., Cv]) -> None:
    def owned(text: str) -> list[list[bool]]:
        return [
            [isinstance(span, Owner) for span in paper.authors if plain((span,)).strip(", *")]
            for paper in papers(shown("full", text))
        ]

    assert owned(PERSON + PUBLICATIONS) == [[True, False], [False], [True]]
    other = "person:\n  name: Robert Rune\n  aliases: [Bo Rune]\n"
    assert owned(other + PUBLICATIONS) == [[False, True], [True], [False]]


def test_abstracts_are_shown_where_the_variant_asks_for_them(shown: Callable[..., Cv]) -> None:
    text = f"{PERSON}{PUBLICATIONS}variants:\n  long: {{publications: {{abstracts: true}}}}\n"
    assert papers(shown("full", text))[0].abstract == ()
    assert papers(shown("long", text))[0].abstract != ()
    assert papers(shown("long", text))[1].abstract == ()


def test_what_is_left_is_numbered_and_its_marks_explained(shown: Callable[..., Cv]) -> None:
    text = (
        f"{PERSON}{PUBLICATIONS}    entries: [two, {{key: one, only: [full]}}, three]\n"
        "variants:\n  other: {}\n"
    )
    full, other = finish(shown("full", text)), finish(shown("other", text))
    assert [(paper.label, paper.key) for paper in papers(full)] == [
        ("1.", "two"),
        ("2.", "one"),
        ("3.", "three"),
    ]
    assert [(paper.label, paper.key) for paper in papers(other)] == [("1.", "two"), ("2.", "three")]
    assert full.sections[0].note is not None
    assert full.sections[0].note.plain == "(* denotes equal contribution)"
    assert other.sections[0].note is None


def test_finishing_leaves_other_sections_alone(shown: Callable[..., Cv]) -> None:
    assert finish(shown("full")) == shown("full")
