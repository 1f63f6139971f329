"""What of a CV must be in its PDF."""

from __future__ import annotations

import pytest

from cvforge.check.expected import Formula, Part, expect, parts
from cvforge.cv import (
    Bullet,
    Contact,
    Cv,
    Entry,
    Header,
    OneLiner,
    Publication,
    PublicationGroup,
    Role,
    Section,
)
from cvforge.diagnostics import Place
from cvforge.inline import Link, Phrase, Text, parse, phrase

CITED = Publication(
    key="cited",
    title=parse("On ink"),
    link="https://doi.org/10.1000/2",
    citation=(Text("Quill, A. On ink. "), Link((Text("doi"),), "https://doi.org/é")),
    label="[J 2]",
)
TITLED = Publication(
    key="titled",
    title=parse("On *kerning*"),
    authors=(Text("Ada Quill, Bo Rune"),),
    venue=parse("Letters, 2021"),
    link="https://doi.org/10.1000/1",
    links=(Link((Text("PDF"),), "https://example.org/1.pdf"),),
    abstract=parse("Short, with [a link](https://example.org/2)."),
    label="1.",
)


def at(line: int, text: str) -> Phrase:
    return phrase(text, Place("ada.yaml", line, 1))


CV = Cv(
    variant="full",
    language="en",
    header=Header(
        name=at(1, "Ada  Quill"),
        headline=(at(2, "Type designer at [Press](https://press.example)"),),
        contacts=(
            Contact(at(3, "(+1) 555 0100"), at(4, "Tel"), "tel:+15550100"),
            Contact(at(5, "Lisbon")),
        ),
    ),
    sections=(
        Section(
            id="work",
            title=at(6, "Experience"),
            items=(
                Entry(
                    heading=at(7, "Press"),
                    date=at(8, "2019 – 2024"),
                    roles=(Role(title=at(9, "Head"), date=at(10, "2022 – 2024")),),
                ),
                OneLiner(text=at(11, "Nib"), date=at(12, "2023")),
                Bullet(text=at(13, "Drew a serif.")),
            ),
        ),
        Section(
            id="papers",
            title=at(14, "Papers & More"),
            items=(TITLED, PublicationGroup(title=at(15, "Journals"), items=(CITED,))),
        ),
    ),
)


def test_every_text_of_the_cv_is_expected_in_its_order() -> None:
    expected = expect(CV)
    texts = [" ".join(leaf.plain.split()) for leaf in CV.leaves()]
    assert [leaf.plain for leaf in expected.leaves] == texts
    assert [leaf.place for leaf in expected.leaves] == [leaf.place for leaf in CV.leaves()]
    assert expected.headings == ("Experience", "Papers & More")
    assert (expected.name, expected.language) == ("Ada Quill", "en")


def test_publications_have_their_labels_and_full_stops() -> None:
    leaves = expect(CV).leaves
    assert {leaf.plain: set(leaf.labels) for leaf in leaves if leaf.labels} == {
        "On kerning": {"1."},
        "Quill, A. On ink. doi": {"[J 2]"},
    }
    assert [leaf.plain for leaf in leaves if leaf.may_stop] == [
        "On kerning",
        "Ada Quill, Bo Rune",
        "Letters, 2021",
    ]


def test_links_are_those_of_contacts_titles_and_texts_in_the_order_of_the_page() -> None:
    """The title of a publication that is cited in a style is not shown, nor is its link."""
    assert [target.uri for target in expect(CV).targets] == [
        "https://press.example",
        "tel:+15550100",
        "https://doi.org/10.1000/1",
        "https://example.org/1.pdf",
        "https://example.org/2",
        "https://doi.org/%C3%A9",
    ]


def test_dates_are_those_of_entries_roles_and_lines() -> None:
    assert expect(CV).dates == ("2019 – 2024", "2022 – 2024", "2023")


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("plain  **bold** `code`", ("plain bold code",)),
        ("in $O(n \\log n)$ and", ("in", Formula("O(nlogn)"), "and")),
        ("$x^2$", (Formula("x2"),)),
        ("$x$$y$", (Formula("x"), Formula("y"))),
        ("*a $x$*, b", ("a", Formula("x"), ", b")),
        ("so\u00adft", ("soft",)),
    ],
)
def test_a_text_is_cut_at_its_formulas(text: str, made: tuple[Part, ...]) -> None:
    assert tuple(parts(parse(text))) == made
