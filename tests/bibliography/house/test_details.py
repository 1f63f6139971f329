"""The parts of a line beside where and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.house.setting import Setting
from cvforge.bibliography.house.venue import venue
from cvforge.bibliography.owner import Owner
from cvforge.inline import Owner as OwnerSpan
from cvforge.inline import Text, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reference import Reference
    from cvforge.inline import Inline

    Read = Callable[[str], dict[str, Reference]]


def spans(
    read: Read, fields: str, kind: str, *, author: str = "Ada Quill", language: str = "en"
) -> Inline:
    by = f"author={{{author}}}, " if author else ""
    reference = read(f"@{kind}{{a, title={{T}}, {by}{fields}}}")["a"]
    return venue(reference, Owner(("Ada Quill",)), setting=Setting(language=language))


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("phdthesis", "school={University of Nowhere}, year=2024",
         "PhD thesis, University of Nowhere, 2024"),
        ("mastersthesis", "school={U}, address={Lisbon}", "Master's thesis, U, Lisbon"),
        ("mastersthesis", "school={U}, type={Diploma thesis}", "Diploma thesis, U"),
        ("thesis", "type={bathesis}, institution={U}", "Bachelor's thesis, U"),
        ("thesis", "type={candthesis}, institution={U}", "Candidate thesis, U"),
        ("thesis", "type={Habilitation}, institution={U}, pages={210}",
         "Habilitation, U, 210\u00a0pp."),
        ("techreport", "number={7}, institution={U}, version={2}",
         "Technical report 7, U, version\u00a02"),
        ("report", "institution={U}, type={resreport}", "Research report, U"),
        ("report", "institution={U}, number={TR-7}", "TR-7, U"),
        ("report", "institution={U}, type={Report}, series={Studies}, number=7", "7, Studies, U"),
        ("patent", "number={7,654,321}, type={patentus}", "Patent US 7,654,321"),
        ("patent", "number={EP1234567}, type={patreqeu}", "Patent application EP1234567"),
        ("patent", "number={GB 7}, type={patentuk}, location={countryuk and countryde}",
         "Patent GB 7, GB, DE"),
        ("patent", "number={7}, type={Utility model}, holder={{Rune Inc.}}",
         "Utility model 7, Rune Inc."),
        ("patent", "number={7}, location={Nowhere}", "Patent 7, Nowhere"),
        ("software", "version={2.1}, organization={Guild}, publisher={Vault}",
         "Guild, Vault, version\u00a02.1"),
        ("dataset", "version={v1}, type={software}", "Software, v1"),
        ("unpublished", "type={Invited talk}, eventtitle={CON}, venue={Lisbon}",
         "Invited talk, CON, Lisbon"),
        ("misc", ("howpublished={Invited talk}, institution={U}, organization={Guild}, "
          "address={Lisbon}"), "Invited talk, U, Guild, Lisbon"),
        ("misc", "type={Web Page}, number={RFC 9}", "RFC 9"),
        ("standard", "organization={Guild}, number={ISO 9}", "ISO 9, Guild"),
        ("online", "organization={Guild}, publisher={guild}, urldate={2020-01-01}", "Guild"),
        ("booklet", "howpublished={By hand}, location={Lisbon}", "By hand, Lisbon"),
    ],
)  # fmt: skip
def test_what_it_is_and_whose(read: Read, kind: str, fields: str, expected: str) -> None:
    assert plain(spans(read, fields, kind)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "Dissertation, U, Version\u00a02, 9\u00a0S."),
        ("fr", "Thèse de doctorat, U, version\u00a02, 9\u00a0p."),
        ("es", "Tesis doctoral, U, versión\u00a02, 9\u00a0pp."),
        ("ja", "博士論文, U, バージョン\u00a02, 全9頁"),
        ("tlh", "PhD thesis, U, version\u00a02, 9\u00a0pp."),
    ],
)
def test_words_are_those_of_the_list(read: Read, language: str, expected: str) -> None:
    fields = "school={U}, version=2, pagetotal=9"
    assert plain(spans(read, fields, "phdthesis", language=language)) == expected


@pytest.mark.parametrize("kind", ["manual", "techreport", "online"])
def test_a_body_that_stands_as_author_is_not_told_again(read: Read, kind: str) -> None:
    fields = "organization={Guild}, institution={U}, year=2020"
    assert plain(spans(read, fields, kind, author="")).endswith("U, 2020")
    assert "Guild" not in plain(spans(read, fields, kind, author=""))
    assert "Guild" in plain(spans(read, fields, kind))


@pytest.mark.parametrize("field", ["institution", "organization", "publisher"])
def test_a_body_that_is_the_author_is_not_told_again(read: Read, field: str) -> None:
    for author in ("{Guild}", "Ada Quill and {guild}"):
        made = spans(read, f"{field}={{Guild}}, location={{Lisbon}}", "standard", author=author)
        assert plain(made) == "Lisbon"


def test_the_owner_is_emphasised_among_editors_and_translators(read: Read) -> None:
    fields = "booktitle={B}, editor={Bo Rune and Ada Quill}, translator={A. Quill}"
    ada, short = OwnerSpan((Text("Ada Quill"),)), OwnerSpan((Text("A. Quill"),))
    expected = (Text("In B, ed. Bo Rune & "), ada, Text(", trans. "), short)
    assert spans(read, fields, "incollection", author="Bo Rune") == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("editor={Bo Rune}, editortype={compiler}", "compiler: Bo Rune"),
        ("editor={Bo Rune and others}", "Ed. Bo Rune et al."),
    ],
)
def test_editors_of_what_another_wrote(read: Read, fields: str, expected: str) -> None:
    assert plain(spans(read, fields, "book")) == expected


@pytest.mark.parametrize(
    ("written", "language", "expected"),
    [
        ("1", "en", "1st\u00a0ed."),
        ("2nd", "en", "2nd\u00a0ed."),
        ("Third", "de", "3.\u00a0Aufl."),
        ("2", "fr", "2e\u00a0éd."),
        ("1", "fr", "1re\u00a0éd."),
        ("2", "sv", "2:a\u00a0uppl."),
        ("Revised", "en", "Revised\u00a0ed."),
        ("Revised edition", "en", "Revised edition"),
        ("neu bearbeitet", "de", "neu bearbeitet"),
    ],
)
def test_editions(read: Read, written: str, language: str, expected: str) -> None:
    made = spans(read, f"edition={{{written}}}", "book", language=language)
    assert plain(made) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1--9", "pp.\u00a01–9"),
        ("1-9", "pp.\u00a01–9"),
        ("1 -- 9, 12-15", "pp.\u00a01–9, 12–15"),
        ("1---9", "pp.\u00a01–9"),
        ("12", "p.\u00a012"),
        ("12+", "pp.\u00a012+"),
        ("A-12", "p.\u00a0A-12"),
        ("xi--xv", "pp.\u00a0xi–xv"),
        ("i-xii", "pp.\u00a0i–xii"),
        ("xii-4", "pp.\u00a0xii–4"),
        ("I-XII, 1-4", "pp.\u00a0I–XII, 1–4"),
        ("C-12", "p.\u00a0C-12"),
        ("12-C", "p.\u00a012-C"),
        ("S12-S15", "pp.\u00a0S12–S15"),
        ("3:1--3:9", "pp.\u00a03:1–3:9"),
    ],
)
def test_pages(read: Read, written: str, expected: str) -> None:
    made = spans(read, f"howpublished={{X}}, pages={{{written}}}", "misc")
    assert plain(made) == f"X, {expected}"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("pages=321", "321\u00a0pp."),
        ("pagetotal={xii, 321}", "xii, 321\u00a0pp."),
        ("pagetotal={321 pp.}", "321 pp."),
        ("pages={1--9}", "Pp.\u00a01–9"),
        ("version={Version 2}", "Version 2"),
        ("volumes={3}, chapter={4}", "3\u00a0vols., chap.\u00a04"),
    ],
)
def test_a_work_has_so_many_pages(read: Read, fields: str, expected: str) -> None:
    assert plain(spans(read, fields, "book")) == expected
