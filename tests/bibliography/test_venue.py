"""The line after the authors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.venue import venue
from cvforge.inline import Emphasis, Link, Text, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reference import Reference

    Read = Callable[[str], dict[str, Reference]]

ICML = "booktitle={Forty-Second International Conference on Machine Learning}"


def entry(fields: str, kind: str = "misc") -> str:
    return f"@{kind}{{a, title={{T}}, author={{Ada Quill}}, {fields}}}"


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
         "Advances (NeurIPS 2025, volume 38)"),
        ("booktitle={Advances}, volume={38}", "Advances 38"),
        ("booktitle={CON}, booksubtitle={Old and New}, pages={77--88}",
         "CON: Old and New, pp.\u00a077–88"),
        ("booktitle={CON}, pages={77}", "CON, p.\u00a077"),
        ("booktitle={NeurIPS 2024}, year={2024}", "NeurIPS 2024"),
        ("booktitle={Proceedings (Volume 1: Long Papers)}, year={2025}",
         "Proceedings (Volume 1: Long Papers), 2025"),
        ("series={CON 2024}, year={2024}", "(CON 2024)"),
    ],
)  # fmt: skip
def test_a_conference(read: Read, fields: str, expected: str) -> None:
    assert plain(venue(read(entry(fields))["a"])) == expected


@pytest.mark.parametrize("name", ["journal", "journaltitle"])
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("volume=12, number=3, pages={45--67}, year=2021",
         "Journal of Invented Results 12(3), 45–67, 2021"),
        ("volume=12, pages={45-67}, year=2021", "Journal of Invented Results 12, 45–67, 2021"),
        ("number=3, date={2021-05-04}", "Journal of Invented Results 3, 2021"),
        ("volume=2021, number=3, year=2021", "Journal of Invented Results 2021(3)"),
        ("volume=3, pages={1999--2021}, year=2021",
         "Journal of Invented Results 3, 1999–2021, 2021"),
        ("year=2021, pubstate={inpress}", "Journal of Invented Results, 2021, in press"),
        ("", "Journal of Invented Results"),
    ],
)  # fmt: skip
def test_a_journal(read: Read, name: str, fields: str, expected: str) -> None:
    text = entry(f"{name}={{Journal of Invented Results}}, {fields}", "article")
    assert plain(venue(read(text)["a"])) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("eprinttype={arxiv}, eprint={2605.07588}", "arXiv preprint arXiv:2605.07588"),
        ("archiveprefix={arXiv}, eprint={2605.07588}, year=2026",
         "arXiv preprint arXiv:2605.07588, 2026"),
        ("eprinttype={arxiv}, eprint={2026.07588}, year=2026",
         "arXiv preprint arXiv:2026.07588, 2026"),
        ("howpublished={arXiv preprint}", "arXiv preprint"),
        ("howpublished={arXiv preprint}, eprint={2605.07588}", "arXiv preprint arXiv:2605.07588"),
        ("publisher={arXiv}, eprint={2605.07588}", "arXiv preprint arXiv:2605.07588"),
        ("journal={arXiv preprint arXiv:2605.07588}, year=2026",
         "arXiv preprint arXiv:2605.07588, 2026"),
        ("booktitle={CON}, eprinttype={arxiv}, eprint={2605.07588}", "CON"),
        ("eprinttype={HAL}, eprint={hal-2026}, year=2026", "HAL:hal-2026, 2026"),
    ],
)  # fmt: skip
def test_a_preprint(read: Read, fields: str, expected: str) -> None:
    assert plain(venue(read(entry(fields))["a"])) == expected


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("phdthesis", "school={University of Nowhere}, year=2024",
         "PhD thesis, University of Nowhere, 2024"),
        ("thesis", "type={mathesis}, institution={University of Nowhere}",
         "Master's thesis, University of Nowhere"),
        ("thesis", "type={Habilitation}, institution={U}", "Habilitation, U"),
        ("techreport", "number={7}, institution={U}", "Technical report 7, U"),
        ("report", "institution={U}", "U"),
        ("book", "publisher={Press of Nowhere}, year=2020", "Press of Nowhere, 2020"),
        ("inproceedings", "booktitle={CON}, publisher={Press of Nowhere}", "CON"),
        ("unpublished", "eventtitle={CON 2020}, date={2020-01-02/2020-01-03}", "CON 2020"),
    ],
)  # fmt: skip
def test_other_places(read: Read, kind: str, fields: str, expected: str) -> None:
    assert plain(venue(read(entry(fields, kind))["a"])) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("", ""),
        ("year=2024", "2024"),
        ("year={in press}", "in press"),
        ("date={forthcoming}", "forthcoming"),
        ("booktitle={CON}, pubstate={to appear}", "CON, to appear"),
        ("booktitle={CON}, note={best paper}", "CON, best paper"),
        ("booktitle={CON}, note={Best paper}", "CON. Best paper"),
        ("booktitle={CON Inc.}, note={Best paper.}", "CON Inc. Best paper."),
        ("note={Best paper}", "Best paper"),
        ("booktitle={CON 20245}, year=2024", "CON 20245, 2024"),
        ("address={Lisbon}, month=jan, isbn={1}", ""),
    ],
)
def test_only_what_is_given_is_shown(read: Read, fields: str, expected: str) -> None:
    assert plain(venue(read(entry(fields))["a"])) == expected


def test_markup_of_the_fields_is_kept(read: Read) -> None:
    text = entry(r"howpublished={\url{https://x.org}}, note={\emph{Best} paper}")
    assert venue(read(text)["a"]) == (
        Link((Text("https://x.org"),), "https://x.org"),
        Text(". "),
        Emphasis((Text("Best"),)),
        Text(" paper"),
    )
