"""Whole PDFs with one planted fault each: what the check of them says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from drawn import A4, INFO, LETTER, Drawing

from cvforge.check.expected import Expected, expect
from cvforge.check.quick import check_quickly
from cvforge.check.report import check
from cvforge.cv import Photo
from cvforge.diagnostics import Place, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.check.report import Report
    from cvforge.cv import Cv

NAME, DATE = 0, "2019 – 2024"


def lines_of(expected: Expected) -> list[str]:
    """Return the texts of a CV as a template sets them, one a line; formulas there are none."""
    return [
        " ".join([*leaf.labels, leaf.plain]) + ("." if leaf.may_stop else "")
        for leaf in expected.leaves
    ]


@pytest.fixture
def sound(small_cv: Cv) -> Drawing:
    """A PDF of the small CV without a fault."""
    expected = expect(small_cv)
    lines = lines_of(expected)
    pages = [[*lines[:20], "Ada Quill 1 of 2"], [*lines[20:], "Ada Quill 2 of 2"]]
    return Drawing(
        pages,
        bookmarks=expected.headings,
        links=[target.uri for target in expected.targets],
    )


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


def test_a_sound_pdf_has_no_finding(sound: Drawing, small_cv: Cv) -> None:
    report = check(sound.pdf(), small_cv)
    assert report.findings == ()
    assert check_quickly(sound.pdf(), small_cv) == []
    assert check(sound.pdf()).findings == ()
    assert (report.pages, report.size) == (2, len(sound.pdf()))
    assert [each.name for each in report.checks] == [
        *("text", "characters", "fonts", "metadata", "bookmarks", "links", "pages", "images"),
        *("size", "reading"),
    ]


def edited(change: Callable[[list[str]], object]) -> Callable[[Drawing], Drawing]:
    """Return what makes a PDF with its lines changed."""

    def plant(sound: Drawing) -> Drawing:
        lines = list(sound.pages[1])
        change(lines)
        return replace(sound, pages=[sound.pages[0], lines])

    return plant


def with_(**changes: Any) -> Callable[[Drawing], Drawing]:
    return lambda sound: replace(sound, **changes)


@pytest.mark.parametrize(
    ("has_photo", "images", "expected"),
    [
        (False, set(), set()),
        (False, {1}, {"image-invented"}),
        (False, {2}, {"image-invented"}),
        (True, set(), {"photo-lost"}),
        (True, {1}, set()),
        (True, {2}, {"photo-lost", "image-invented"}),
        (True, {1, 2}, {"image-invented"}),
    ],
)
def test_the_only_image_is_the_photo_on_the_first_page(
    sound: Drawing, small_cv: Cv, *, has_photo: bool, images: set[int], expected: set[str]
) -> None:
    photo = Photo(b"", Place("ada-quill.yaml", 3, 10)) if has_photo else None
    cv = replace(small_cv, header=replace(small_cv.header, photo=photo))
    report = check(replace(sound, images=frozenset(images)).pdf(), cv)
    found = [finding for finding in report.findings if finding.code != "image-page"]
    assert {finding.code for finding in found} == expected
    lost = [finding.place for finding in found if finding.code == "photo-lost"]
    assert lost == [Place("ada-quill.yaml", 3, 10)] * len(lost)


TEXT_FAULTS = {
    "a text is lost": (edited(lambda lines: lines.pop(1)), "text-lost"),
    "two texts are swapped": (
        edited(lambda lines: lines.insert(2, lines.pop(1))),
        "text-moved",
    ),
    "two sections are swapped": (
        edited(lambda lines: lines.__setitem__(slice(0, -1), [*lines[3:-1], *lines[:3]])),
        "text-moved",
    ),
    "a line is invented": (edited(lambda lines: lines.insert(3, "Hire her")), "text-invented"),
    "a letter is changed": (with_(unicode={"D": "d"}), "text-changed"),
    "a space is lost": (
        edited(lambda lines: lines.__setitem__(0, lines[0].replace(" ", ""))),
        "text-spaced",
    ),
    "the foot tells another number": (
        edited(lambda lines: lines.__setitem__(-1, "Ada Quill 3 of 2")),
        "text-invented",
    ),
    "a page is lost": (lambda sound: replace(sound, pages=sound.pages[:1]), "text-lost"),
    "a letter becomes a ligature": (with_(unicode={"x": "ﬃ"}), "bad-character"),
    "a letter is not known": (with_(unicode={"p": "\ufffd"}), "bad-character"),
    "a letter is private": (with_(unicode={"p": "\ue000"}), "bad-character"),
}


@pytest.mark.parametrize(("plant", "code"), TEXT_FAULTS.values(), ids=TEXT_FAULTS)
def test_a_fault_in_the_text_is_found_by_the_whole_check_and_by_the_quick_one(
    plant: Callable[[Drawing], Drawing], code: str, sound: Drawing, small_cv: Cv
) -> None:
    pdf = plant(sound).pdf()
    assert code in codes(check(pdf, small_cv))
    assert code in {finding.code for finding in check_quickly(pdf, small_cv)}


DOCUMENT_FAULTS = {
    "no ToUnicode map": (with_(is_mapped=False), "bad-font"),
    "a glyph outside the map": (with_(unicode={"x": None}), "bad-font"),
    "a font that is not embedded": (with_(is_embedded=False), "bad-font"),
    "a font of Type 3": (with_(font_kind="Type3"), "bad-font"),
    "no title": (with_(info={"Author": "Ada Quill"}), "bad-metadata"),
    "no author": (with_(info={"Title": INFO["Title"]}), "bad-metadata"),
    "no language": (with_(language=None), "bad-metadata"),
    "no metadata at all": (with_(info={}), "bad-metadata"),
    "a path": (with_(info={**INFO, "Source": "/home/ada/cv.tex"}), "bad-metadata"),
    "an image for a page": (with_(images=frozenset([2])), "image-page"),
    "text off the page": (with_(size=(120, 800)), "off-page"),
    "a link to run": (with_(links=["javascript:alert(1)"]), "bad-link"),
}


@pytest.mark.parametrize(("plant", "code"), DOCUMENT_FAULTS.values(), ids=DOCUMENT_FAULTS)
def test_a_fault_of_the_document_is_found_with_and_without_the_profile(
    plant: Callable[[Drawing], Drawing], code: str, sound: Drawing, small_cv: Cv
) -> None:
    pdf = plant(sound).pdf()
    assert code in codes(check(pdf, small_cv))
    assert code in codes(check(pdf))


@pytest.mark.parametrize(
    ("stream", "found"),
    [
        (b"<< /Length 9 >>\nstream\nC:\\ada x\nendstream", {"bad-metadata"}),
        (b"<< /Length 9 /Filter /FlateDecode >>\nstream\nC:\\ada x\nendstream", set()),
    ],
    ids=["plain", "compressed"],
)
def test_bytes_of_a_compressed_stream_are_no_path(
    stream: bytes, found: set[str], sound: Drawing, small_cv: Cv
) -> None:
    pdf = sound.pdf() + b"\n99 0 obj\n" + stream + b"\nendobj\n"
    assert codes(check(pdf, small_cv)) == found


def another_link(sound: Drawing) -> Drawing:
    return replace(sound, links=[*sound.links[:-1], "https://elsewhere.example/"])


COMPARED = {
    "a link that goes elsewhere": (another_link, {"link-lost", "link-invented"}),
    "a link too few": (lambda sound: replace(sound, links=sound.links[1:]), {"link-lost"}),
    "links that are swapped": (
        lambda sound: replace(sound, links=list(reversed(sound.links))),
        {"link-moved"},
    ),
    "a bookmark too few": (
        lambda sound: replace(sound, bookmarks=sound.bookmarks[1:]),
        {"bad-bookmark"},
    ),
    "another's name": (with_(info={**INFO, "Author": "Bo Rune"}), {"bad-metadata"}),
    "another language": (with_(language="de"), {"bad-metadata"}),
}


@pytest.mark.parametrize(("plant", "found"), COMPARED.values(), ids=COMPARED)
def test_a_fault_against_the_profile_is_found(
    plant: Callable[[Drawing], Drawing], found: set[str], sound: Drawing, small_cv: Cv
) -> None:
    pdf = plant(sound).pdf()
    assert codes(check(pdf, small_cv)) == found
    assert codes(check(pdf)) == set()


def test_a_finding_names_the_place_and_both_readers(sound: Drawing, small_cv: Cv) -> None:
    lines = [line.replace(DATE, "2019 – 2042") for line in sound.pages[0]]
    pdf = replace(sound, pages=[lines, sound.pages[1]]).pdf()
    [finding] = [each for each in check(pdf, small_cv).findings if each.code == "text-changed"]
    assert finding.message == '"2024" came out as "2042" (read by pdfium and pdfminer)'
    assert finding.place in [leaf.place for leaf in small_cv.leaves() if leaf.plain == DATE]


def test_a_ligature_is_shown_as_it_came(sound: Drawing, small_cv: Cv) -> None:
    found = check(replace(sound, unicode={"x": "ﬃ"}).pdf(), small_cv).findings
    assert any("Eﬃperience" in each.message and "pdfminer" in each.message for each in found)


def test_the_pdf_of_another_cv_is_said_in_one_finding_a_reader(small_cv: Cv) -> None:
    other = Drawing([["Bo Rune", "Draws letters", "and cuts them"]]).pdf()
    lost = [each for each in check(other, small_cv).findings if each.code == "text-lost"]
    assert len(lost) == 2
    assert all("texts are not in what" in each.message for each in lost)


def test_a_page_without_text_or_image_is_found() -> None:
    assert codes(check(Drawing([["text"], []]).pdf())) == {"empty-page"}


def test_what_is_only_worth_knowing_is_a_warning(small_cv: Cv, sound: Drawing) -> None:
    large = sound.pdf() + b"\n" * 2_000_000
    [finding] = check(large, small_cv).findings
    assert (finding.code, finding.severity) == ("large-file", Severity.WARNING)


@pytest.mark.parametrize(("size", "named"), [(A4, "A4"), (LETTER, "US letter")])
def test_the_paper_is_named(size: tuple[float, float], named: str) -> None:
    pages = {c.name: c.summary for c in check(Drawing([["text"]], size=size).pdf()).checks}
    assert pages["pages"] == f"1 page of {named}, all of text"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"no PDF at all"])
def test_what_is_no_pdf_is_refused(content: bytes, small_cv: Cv) -> None:
    for refused in (lambda: check(content), lambda: check_quickly(content, small_cv)):
        with pytest.raises(ValueError, match="PDF"):
            refused()
