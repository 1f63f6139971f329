"""The models: what they accept, what they refuse, and in which words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cvforge.profile.findings import validated
from cvforge.profile.model import Profile, PublicationsSection, TextSection, TimelineSection
from cvforge.profile.source import SourceList, SourceMapping, SourceNode, SourceText, read_tree

if TYPE_CHECKING:
    from cvforge.diagnostics import Diagnostic

PROFILE = """\
person:
  name: Ada Quill
  headline: Research engineer
  email: ada@example.org
  website: {value: example.org, url: https://example.org}
bibliography: ada.bib
sections:
  - id: profile
    title: {en: Profile, zh: 简介}
    kind: text
    paragraphs:
      - I **design** type.
  - id: work
    title: Work
    kind: timeline
    tags: [industry]
    entries:
      - organization: Foundry of Examples
        start: 2020-01
        end: 2021-02
        details: Lisbon
        bullets: [One, {en: Two, zh: 二}, {text: Three, priority: 80, only: [full]}]
        roles: [{title: Engineer, date: 2020}]
  - id: papers
    title: Papers
    kind: publications
    entries: [quill2021, {key: quill2023, keep: always}]
  - {id: awards, title: Awards, kind: one-liners, entries: [{text: Best paper, date: 2023}]}
  - {id: skills, title: Skills, kind: labelled, entries: [{label: Programs, text: Python}]}
  - {id: hobbies, title: Hobbies, kind: bullets, bullets: [Walking]}
variants:
  one-page: {pages: 1, limits: {work: 2, papers: {entries: 1}}, exclude: [industry]}
  full: {publications: {abstracts: true}, language: en, sections: [work, papers]}
design: {paper: a4, density: compact}
"""


def tree() -> SourceMapping:
    return read_tree(PROFILE, file="ada.yaml")


def findings(text: str) -> list[Diagnostic]:
    return validated(read_tree(text, file="ada.yaml"))[1]


def profile() -> Profile:
    made, found = validated(tree())
    assert found == []
    assert made is not None
    return made


def test_every_kind_of_section_is_read() -> None:
    kinds = [section.kind for section in profile().sections]
    assert kinds == ["text", "timeline", "publications", "one-liners", "labelled", "bullets"]


def test_a_bare_text_stands_for_a_mapping_and_has_its_place() -> None:
    work = profile().sections[1]
    assert isinstance(work, TimelineSection)
    bullets = work.entries[0].bullets
    assert [b.text.in_language("zh").plain for b in bullets[:2]] == ["One", "二"]
    assert all(b.place is not None and b.place.line == 22 for b in bullets)
    assert bullets[2].priority == 80


def test_a_bare_key_stands_for_a_publication_and_has_its_place() -> None:
    papers = profile().sections[2]
    assert isinstance(papers, PublicationsSection)
    assert papers.entries is not None
    assert [entry.key for entry in papers.entries] == ["quill2021", "quill2023"]
    assert papers.entries[0].place is not None


def test_one_value_stands_for_a_list_of_it() -> None:
    made = profile()
    assert made.bibliography == ("ada.bib",)
    assert [line.in_language("en").plain for line in made.person.headline] == ["Research engineer"]


def test_a_text_by_language_is_not_given_in_others() -> None:
    section = profile().sections[0]
    assert isinstance(section, TextSection)
    assert section.title.languages() == {"en", "zh"}
    with pytest.raises(KeyError):
        section.title.in_language("pt")


def test_models_are_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        profile().language = "zh"  # type: ignore[misc]  # what the test is about


def with_line(line: str) -> str:
    return f"person:\n  name: Ada Quill\n  {line}\nsections:\n  - {SECTION}\n"


SECTION = "{id: a, title: A, kind: bullets, bullets: [x]}"


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("fone: 1", "unknown-key", 3),
        ("location:", "text-empty", 12),
        ("location: [a]", "text", 13),
        ("location: {}", "text", 13),
        ("location: {english: a}", "text-language", 14),
        ("location: {en: [a]}", "text", 14),
        ("location: {en: ''}", "text-empty", 18),
        ("location: see [me](file:///x)", "dangerous-scheme", 22),
        ("location: see $\\foo$", "math", 17),
        ("location: {en: a, zh: $\\foo$}", "math", 25),
        ("aliases: Ada", "not-a-list", 12),
        ("aliases: ['']", "text-empty", 13),
        ("phone: {label: Tel}", "missing-key", 10),
        ("phone: {value: x, url: tel}", "link-scheme", 26),
        ("phone: {value: x, url: 'https://'}", "link-target", 26),
        ("phone: {value: x, url: 'https://a b'}", "link-target", 26),
        ("phone: {url: tel:1}", "missing-key", 10),
        ("links: [{label: a}]", "missing-key", 11),
        ("email: nope", "email", 10),
        ("email: ada@", "email", 10),
        ("email: '@example.org'", "email", 10),
        ("email: ada@example.org@x", "email", 10),
        ("email: mailto:ada@example.org", "email", 10),
        ("email: 'E-mail: ada@example.org'", "email", 10),
        ("email: {label: E-mail, value: nope}", "email", 33),
        ("email: {en: ada@example.org, zh: nope}", "email", 36),
        ("website: ftp://example.org", "website", 12),
        ("website: mailto:ada@example.org", "website", 12),
        ("website: {value: 'javascript:x'}", "website", 20),
        ("links: {label: a}", "not-a-list", 10),
    ],
)
def test_a_fault_is_found_at_its_place(line: str, code: str, column: int) -> None:
    found = findings(with_line(line))
    assert [d.code for d in found] == [code]
    place = found[0].place
    assert place is not None
    assert (place.line, place.column) == (3, column)


@pytest.mark.parametrize(
    "line",
    [
        "email: ada.q+cv@example.org",
        "email: {en: ada@example.org, zh: ada@example.cn}",
        "email: {value: ada (at) example.org, url: 'mailto:ada@example.org'}",
        "website: example.org/ada",
        "website: localhost:8080/ada",
        "website: HTTPS://example.org",
        "website: {value: 'Gopher: home', url: 'https://example.org'}",
        "phone: ask me",
    ],
)
def test_a_contact_that_leads_somewhere_is_taken(line: str) -> None:
    assert findings(with_line(line)) == []


def with_dates(start: str, end: str | None) -> str:
    dates = f"start: {start}" + ("" if end is None else f", end: {end}")
    entry = f"{{title: Typesetter, {dates}}}"
    return with_line("location: x").replace(
        SECTION, SECTION.replace("bullets, bullets: [x]", (f"timeline, entries: [{entry}]"))
    )


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2020", None),
        ("2020-01", "present"),
        ("2020-01-31", "2021"),
        ("2020.1", "2026.7 (expected)"),
        ("Jan 2020", "至今"),
        ("Spring 2020", "(2021)"),
        ("2019/20", "2022/23"),
        ("2022~2023 Spring", "2023–2024 Spring"),
    ],
)
def test_a_start_and_an_end_are_one_date_each(start: str, end: str | None) -> None:
    assert findings(with_dates(start, end)) == []


@pytest.mark.parametrize(
    ("date", "code"),
    [
        *((text, "date-unclear") for text in ("2020-1T", "null", "~", "1e3", "99999-01", "soon")),
        *((text, "date-range") for text in ("2019 & 2021", "2019 - 2021", "2019–2021")),
        ("2019 – present", "date-range"),
        ("2020-13", "date-impossible"),
    ],
)
def test_what_is_not_one_date_is_neither_start_nor_end(date: str, code: str) -> None:
    for text in (with_dates(date, None), with_dates("1999", date)):
        (finding,) = findings(text)
        assert finding.code == code
        assert finding.place is not None
        assert finding.place.text[finding.place.column - 1 :].startswith(date)


@pytest.mark.parametrize("word", ["present", "Now", "heute"])
def test_the_present_is_no_start(word: str) -> None:
    assert [d.code for d in findings(with_dates(word, None))] == ["date-present"]


def test_a_date_alone_is_free() -> None:
    text = with_dates("soon", None).replace("start: soon", "date: soon & later")
    assert findings(text) == []


@pytest.mark.parametrize(
    ("variant", "code"),
    [
        ("pages: 0", "out-of-range"),
        ("pages: 101", "out-of-range"),
        ("pages: 1.5", "not-a-number"),
        ("pages: [1]", "not-a-number"),
        ("pages: 99999999999999999999999999", "out-of-range"),
        ("publications: {abstracts: maybe}", "not-yes-or-no"),
        ("publications: {abstracts: [a]}", "not-yes-or-no"),
        ("language: english", "bad-language"),
        ("language: en_US", "bad-language"),
        ("template: [a]", "not-a-text"),
        ("template:", "text-empty"),
        ("sections: all", "not-a-list"),
        ("include: [Big Tag]", "bad-name"),
        ("limits: 3", "not-a-mapping"),
        ("limits: {a: [1]}", "not-a-mapping"),
        ("limits: {a: -1}", "out-of-range"),
        ("limits: {A A: 1}", "bad-name"),
        ("design: tight", "not-a-mapping"),
        ("design: {density: tigt}", "unknown-value"),
        ("minimum_priority: 101", "out-of-range"),
    ],
)
def test_a_variant_is_checked(variant: str, code: str) -> None:
    text = with_line("location: Lisbon") + f"variants:\n  full:\n    {variant}\n"
    found = findings(text)
    assert [d.code for d in found] == [code]
    assert found[0].place is not None
    assert found[0].place.line == 8


def test_more_entries_than_allowed_are_refused() -> None:
    text = with_line("location: x").replace("[x]", "[" + "x, " * 501 + "]")
    assert [d.code for d in findings(text)] == ["too-many-items"]


def test_a_text_longer_than_allowed_is_refused() -> None:
    assert [d.code for d in findings(with_line("location: " + "x" * 20_001))] == ["text-long"]


def test_a_misspelt_key_is_not_reported_as_missing_as_well() -> None:
    text = "person: {nmae: Ada}\nsections:\n  - " + SECTION
    assert [d.code for d in findings(text)] == ["unknown-key"]


def test_an_unknown_key_and_another_missing_one_are_both_reported() -> None:
    text = "person: {fone: 1}\nsections:\n  - " + SECTION
    assert sorted(d.code for d in findings(text)) == ["missing-key", "unknown-key"]


def paths(node: SourceNode, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [at]
    if isinstance(node, SourceMapping):
        found += [path for key in node for path in paths(node[key], (*at, key))]
    elif isinstance(node, SourceList):
        found += [path for n, item in enumerate(node) for path in paths(item, (*at, n))]
    return found


def changed(at: tuple[str | int, ...], value: str) -> SourceMapping:
    """Return the profile with what stands at ``at`` replaced by ``value``, written as JSON."""
    plain = json.loads(json.dumps(tree()))
    holder = plain
    for step in at[:-1]:
        holder = holder[step]
    holder[at[-1]] = json.loads(value)
    return read_tree(json.dumps(plain), file="ada.yaml")


VALUES = ["[]", "{}", '""', '"x"', '"-7"', '["x"]', '[["x"]]', '{"x": "y"}', '{"foo": {}}']


@settings(deadline=None, max_examples=400)
@given(at=st.sampled_from(paths(tree())[1:]), value=st.sampled_from(VALUES))
def test_whatever_is_wrong_is_said_in_our_words_and_at_a_place(
    at: tuple[str | int, ...], value: str
) -> None:
    made, found = validated(changed(at, value))
    assert (made is None) == bool(found)
    for finding in found:
        assert finding.place is not None
        assert "_" not in finding.code
        for jargon in ("Input should", "Value error", "validation", "pydantic", "Field required"):
            assert jargon not in finding.message


def test_places_are_of_source_texts() -> None:
    name = tree()["person"]
    assert isinstance(name, SourceMapping)
    assert isinstance(name["name"], SourceText)
