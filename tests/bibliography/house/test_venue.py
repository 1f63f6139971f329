"""The line after the authors as a whole: its order, preprints, and what is said twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.bibliography.house.setting import Setting
from cvforge.bibliography.house.venue import venue
from cvforge.bibliography.owner import Owner
from cvforge.inline import Emphasis, Link, Text, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.reference import Reference
    from cvforge.inline import Inline

    Read = Callable[[str], dict[str, Reference]]


def spans(read: Read, fields: str, kind: str = "misc", *, language: str = "en") -> Inline:
    reference = read(f"@{kind}{{a, title={{T}}, author={{Ada Quill}}, {fields}}}")["a"]
    return venue(reference, Owner(()), setting=Setting(language=language))


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
        ("journal={CoRR}, volume={abs/2605.07588}, eprint={2605.07588}, year=2026",
         "arXiv preprint arXiv:2605.07588, 2026"),
        (("journal={arXiv e-prints}, eid={arXiv:2605.07588}, pages={arXiv:2605.07588}, "
          "eprint={2605.07588}"), "arXiv preprint arXiv:2605.07588"),
        ("journal={arXiv preprint arXiv:2605.07588}, year=2026",
         "arXiv preprint arXiv:2605.07588, 2026"),
        ("booktitle={CON}, eprinttype={arxiv}, eprint={2605.07588}", "CON"),
        ("eprinttype={HAL}, eprint={hal-2026}, year=2026", "HAL:hal-2026, 2026"),
        ("eprint={hal-2026}, year=2026", "hal-2026, 2026"),
        ("type={Lecture notes}, eprint={2605.07588}, version={2}",
         "Lecture notes, arXiv preprint arXiv:2605.07588, version\u00a02"),
    ],
)  # fmt: skip
def test_a_preprint(read: Read, fields: str, expected: str) -> None:
    assert plain(spans(read, fields)) == expected


def test_a_preprint_is_worded(read: Read) -> None:
    made = plain(spans(read, "eprint={2605.07588}, pubstate={submitted}", language="zh"))
    assert made == "arXiv 预印本 arXiv:2605.07588, 已投稿"


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("inproceedings", "publisher={Press of Nowhere}, editor={Bo Rune}",
         "Ed. Bo Rune, Press of Nowhere"),
        ("inproceedings", "booktitle={CON}, publisher={Press}, editor={Bo Rune}, edition=2", "CON"),
        ("article", "institution={U}, year=2020", "U, 2020"),
        ("incollection", "booktitle={B}, institution={U}, publisher={Press}", "In B, Press"),
        ("misc", "booktitle={CON}, organization={Con}", "CON"),
        ("report", "institution={U}, publisher={U}, location={Lisbon}, address={Porto}",
         "U, Lisbon"),
        ("misc", "month=jan, isbn={1}, langid={english}, keywords={x}", ""),
        ("misc", "", ""),
    ],
)  # fmt: skip
def test_only_what_readers_look_for_is_shown_and_once(
    read: Read, kind: str, fields: str, expected: str
) -> None:
    assert plain(spans(read, fields, kind)) == expected


@pytest.mark.parametrize(
    ("kind", "fields", "language", "expected"),
    [
        ("inbook", "chapter=7", "de", "Kap.\u00a07"),
        ("inbook", "chapter=7", "sv", "Kap.\u00a07"),
        ("book", "translator={Bo Rune}", "de", "Übers. von Bo Rune"),
        ("book", "edition=2, volumes=3", "pl", "Wyd.\u00a02, 3\u00a0t."),
        ("book", "volume=7, number=2", "es", "Vol.\u00a07, n.º\u00a02"),
        ("misc", "pubstate={inpress}, note={Accepted}", "fr", "Sous presse, accepté"),
        ("software", "version=2", "ja", "バージョン\u00a02"),
        ("misc", "howpublished={in print}, version=2", "en", "in print, version\u00a02"),
        ("software", "version={v2}", "en", "v2"),
        ("inbook", "type={paragraph}, chapter=7", "en", "paragraph 7"),
        ("book", "editor={Bo Rune}, editortype={compiler}", "en", "compiler: Bo Rune"),
        ("book", "publisher={van Press}", "en", "van Press"),
        ("misc", "note={to be seen}", "en", "to be seen"),
        ("misc", "eprint={2605.07588}", "nl", "arXiv-preprint arXiv:2605.07588"),
    ],
)  # fmt: skip
def test_words_of_the_table_begin_the_line_with_a_capital_and_no_others_do(
    read: Read, kind: str, fields: str, language: str, expected: str
) -> None:
    assert plain(spans(read, fields, kind, language=language)) == expected


def test_markup_of_the_fields_is_kept(read: Read) -> None:
    fields = r"howpublished={\url{https://x.org}}, note={\emph{Best} paper}"
    assert spans(read, fields) == (
        Link((Text("https://x.org"),), "https://x.org"),
        Text(". "),
        Emphasis((Text("Best"),)),
        Text(" paper"),
    )
