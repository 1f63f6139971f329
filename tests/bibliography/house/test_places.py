"""Where something came out: journals, books, events and series."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.house.setting import Setting
from cvforge.bibliography.house.venue import venue
from cvforge.bibliography.owner import Owner
from cvforge.inline import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reference import Reference

    Read = Callable[[str], dict[str, Reference]]

ICML = "booktitle={Forty-Second International Conference on Machine Learning}"


def line(
    read: Read, fields: str, kind: str = "misc", *, venues: str = "both", language: str = "en"
) -> str:
    text = f"@{kind}{{a, title={{T}}, author={{Ada Quill}}, {fields}}}"
    setting = Setting(venues=venues, language=language)
    return plain(venue(read(text)["a"], Owner(("Ada Quill",)), setting=setting))


@pytest.mark.parametrize("kind", ["inproceedings", "conference", "misc"])
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (f"{ICML}, series={{ICML 2025}}",
         "Forty-Second International Conference on Machine Learning (ICML 2025)"),
        (f"{ICML}, series={{ICML 2025}}, year={{2025}}",
         "Forty-Second International Conference on Machine Learning (ICML 2025)"),
        (f"{ICML}, year={{2025}}",
         "Forty-Second International Conference on Machine Learning, 2025"),
        ("booktitle={Advances in Neural Information Processing Systems}",
         "Advances in Neural Information Processing Systems"),
        ("booktitle={Advances}, volume={38}, series={NeurIPS 2025}",
         "Advances (NeurIPS 2025, vol.\u00a038)"),
        ("booktitle={CON}, series={Lecture Notes}, shortseries={LN}, volume={7}, number={3}",
         "CON (Lecture Notes, vol.\u00a07, no.\u00a03)"),
        ("booktitle={Third Conference}, shortbooktitle={CON '24}, series={LNCS}, volume=7",
         "Third Conference (CON '24; LNCS, vol.\u00a07)"),
        ("booktitle={Advances}, volume={38}", "Advances 38"),
        ("booktitle={CON}, booksubtitle={Old and New}, booktitleaddon={Reprints}, pages={77--88}",
         "CON: Old and New, Reprints, pp.\u00a077–88"),
        ("booktitle={CON}, venue={Lisbon}, pages={77}", "CON, Lisbon, p.\u00a077"),
        ("booktitle={NeurIPS 2024}, year={2024}", "NeurIPS 2024"),
        ("booktitle={Proceedings (Volume 1: Long Papers)}, year={2025}",
         "Proceedings (Volume 1: Long Papers), 2025"),
        ("eventtitle={CON}, eventtitleaddon={Day One}, venue={Lisbon}, year=2020",
         "CON, Day One, Lisbon, 2020"),
        ("booktitle={CON}, eventtitle={Other}, journal={Other}", "CON"),
        ("series={CON 2024}, year={2024}", "CON 2024"),
        ("series={Requests}, number={RFC 9}", "Requests, RFC 9"),
        ("booktitle={CON}, howpublished={Poster}", "Poster, CON"),
    ],
)  # fmt: skip
def test_a_conference(read: Read, kind: str, fields: str, expected: str) -> None:
    assert line(read, fields, kind) == expected


@pytest.mark.parametrize("name", ["journal", "journaltitle"])
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("volume=12, number=3, pages={45--67}, year=2021",
         "Journal of Invented Results 12(3), 45–67, 2021"),
        ("volume=12, pages={45-67}, year=2021", "Journal of Invented Results 12, 45–67, 2021"),
        ("number=3, date={2021-05-04}", "Journal of Invented Results 3, 2021"),
        ("volume=12, issue=3", "Journal of Invented Results 12(3)"),
        ("volume=12, number=3, issue=4", "Journal of Invented Results 12(3), no.\u00a04"),
        ("volume=12, issue={Spring}, year=2021", "Journal of Invented Results 12, Spring 2021"),
        ("volume=2021, number=3, issue={Spring}, year=2021",
         "Journal of Invented Results 2021(3), Spring"),
        ("volume=12, issuetitle={Old}, issuesubtitle={And New}, year=2021",
         "Journal of Invented Results 12, Old: And New, 2021"),
        ("journalsubtitle={Part B}, series={2}, volume=12",
         "Journal of Invented Results: Part B (2) 12"),
        ("series={newseries}, volume=12", "Journal of Invented Results (n.s.) 12"),
        ("volume=12, eid={e0123}", "Journal of Invented Results 12, e0123"),
        ("volume=12, articleno={7}", "Journal of Invented Results 12, art.\u00a07"),
        ("volume=3, pages={1999--2021}, year=2021",
         "Journal of Invented Results 3, 1999–2021, 2021"),
        ("pages={45--67}, year=2021", "Journal of Invented Results, pp.\u00a045–67, 2021"),
        ("year=2021, pubstate={inpress}", "Journal of Invented Results, 2021, in press"),
        ("booktitle={Other}, publisher={Press}, address={Lisbon}", "Journal of Invented Results"),
        ("", "Journal of Invented Results"),
    ],
)  # fmt: skip
def test_a_journal(read: Read, name: str, fields: str, expected: str) -> None:
    fields = f"{name}={{Journal of Invented Results}}, {fields}"
    assert line(read, fields, "article") == expected


def test_an_issue_of_a_journal_is_its_numbers(read: Read) -> None:
    assert line(read, "volume=3, number=2, year=2020", "periodical") == "3(2), 2020"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (("booktitle={Collected Inventions}, editor={Rune, Bo}, publisher={Rune Press}, "
          "pages={1--9}, year=2020"),
         "In Collected Inventions, ed. Bo Rune, Rune Press, pp.\u00a01–9, 2020"),
        ("booktitle={Inventions}, volume=2, series={Studies}, number=7",
         "In Inventions (Studies, vol.\u00a02, no.\u00a07)"),
        ("booktitle={Inventions}, volume=2, chapter=3", "In Inventions, vol.\u00a02, chap.\u00a03"),
        ("booktitle={Inventions}, type={Section}, chapter=3", "In Inventions, Section 3"),
        ("booktitle={Inventions}, type={Book Section}, chapter=3", "In Inventions, chap.\u00a03"),
        (("bookauthor={Rune, Bo}, booktitle={Volume Two}, maintitle={Works}, mainsubtitle={All}, "
          "volume=2, number=7, series={Studies}"),
         "In Bo Rune, Volume Two (Works: All, vol.\u00a02; Studies, no.\u00a07)"),
        ("chapter=3, publisher={Rune Press}", "Chap.\u00a03, Rune Press"),
        ("bookauthor={Ada Quill}, booktitle={Letters}", "In Letters"),
        ("bookauthor={Ada Quill and Bo Rune}, booktitle={Letters}",
         "In Ada Quill & Bo Rune, Letters"),
        ("maintitle={Letters}, volume=2, chapter=3", "In Letters, vol.\u00a02, chap.\u00a03"),
    ],
)  # fmt: skip
def test_a_part_of_a_book(read: Read, fields: str, expected: str) -> None:
    assert line(read, fields, "incollection") == expected
    assert line(read, fields, "inbook") == expected


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("book", "publisher={Press of Nowhere}, year=2020", "Press of Nowhere, 2020"),
        ("book", ("publisher={Rune Press}, address={Lisbon}, edition=2, series={Studies}, "
          "volume=7, pagetotal=321, year=2020, isbn={1}"),
         "Studies, vol.\u00a07, 2nd\u00a0ed., Rune Press, Lisbon, 321\u00a0pp., 2020"),
        ("mvbook", "volumes=3, publisher={Rune Press}, date={2019/2021}",
         "3\u00a0vols., Rune Press, 2019–2021"),
        ("book", "maintitle={Works}, volume=2, part=1, series={Studies}, number=7",
         "Works, vol.\u00a02.1, Studies, no.\u00a07"),
        ("book", "booktitle={Works}, booksubtitle={All}, volume=2", "Works: All, vol.\u00a02"),
        ("proceedings", "eventtitle={CON 2020}, series={LNCS}, volume=7, organization={Guild}",
         "LNCS, vol.\u00a07, CON 2020, Guild"),
        ("thesis", "series={Studies}, volume=7, school={U}", "Studies, vol.\u00a07, U"),
    ],
)  # fmt: skip
def test_a_whole_work(read: Read, kind: str, fields: str, expected: str) -> None:
    assert line(read, fields, kind) == expected


@pytest.mark.parametrize(
    ("fields", "full", "short", "both"),
    [
        ("booktitle={Third Conference}, series={CON 2024}",
         "Third Conference", "CON 2024", "Third Conference (CON 2024)"),
        ("booktitle={Third Conference}, series={CON 2024}, volume=7",
         "Third Conference 7", "CON 2024, vol.\u00a07", "Third Conference (CON 2024, vol.\u00a07)"),
        (("booktitle={Third Conference}, shortbooktitle={CON}, series={Lecture Notes}, "
          "shortseries={LN}"),
         "Third Conference (Lecture Notes)", "CON (LN)", "Third Conference (CON; Lecture Notes)"),
        ("booktitle={CON 2024}, series={CON 2024}", "CON 2024", "CON 2024", "CON 2024"),
        ("journal={Inventions}, shortjournal={Inv.}", "Inventions", "Inv.", "Inventions"),
        ("journal={Journal of Inventions}, shortjournal={JoI}",
         "Journal of Inventions", "JoI", "Journal of Inventions (JoI)"),
        ("booktitle={Third Conference}", *["Third Conference"] * 3),
    ],
)  # fmt: skip
def test_venues_have_their_full_or_short_names_or_both(
    read: Read, fields: str, full: str, short: str, both: str
) -> None:
    expected = {"full": full, "short": short, "both": both}
    assert {venues: line(read, fields, venues=venues) for venues in expected} == expected


def test_places_are_worded_in_the_language_of_the_list(read: Read) -> None:
    fields = "booktitle={Inventions}, volume=2, editor={Rune, Bo}, pages={1--9}, edition=2"
    expected = {
        "de": "In Inventions, Bd.\u00a02, hrsg. von Bo Rune, 2.\u00a0Aufl., S.\u00a01–9",
        "zh": "载于 Inventions, 第2卷, Bo Rune 编, 第2版, 第1–9页",
    }
    assert {tag: line(read, fields, "inbook", language=tag) for tag in expected} == expected
