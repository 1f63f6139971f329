"""Every type of entry in the styles that are handed in most; no word of a title is lost."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cvforge.bibliography.csl.kinds import KINDS
from cvforge.bibliography.reading.reader import read_bibliography
from cvforge.inline import formulas, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from cvforge.bibliography.csl import CitationStyle
    from cvforge.diagnostics import Diagnostic

    Load = Callable[..., CitationStyle]

STYLES = ("apa", "ieee", "vancouver", "acm", "chicago", "mla", "nature", "harvard", "lncs")
# Bluebook citations name no author, and no list of references holds a letter.
BLUEBOOK = {"jurisdiction", "legislation"}
FIELDS = """booktitle={A Booktitle}, journaltitle={A Journal}, series={A Series}, volume={12},
number={3}, pages={45--67}, edition={2}, publisher={Inkwell Press}, location={Ghent},
institution={Nowhere Labs}, date={2024-03-05/2024-04-06}, eventtitle={CON 24}, venue={Paris},
isbn={123}, url={https://example.org/a}, urldate={2024-05-06}, note={Best paper}, version={2.0},
chapter={4}, pagetotal={300}, editor={Vellum, Dora}, translator={Ink, Edo}, eventdate={2023-02-01},
bookauthor={Sepia, Fay}, pubstate={inpress}, langid={english}, part={2}, volumes={3}"""


def squeezed(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text.casefold()))


def nobody(_reference: object) -> frozenset[int]:
    return frozenset()


@pytest.mark.parametrize("style", STYLES)
def test_every_type_is_printed_with_title_and_authors(loaded: Load, style: str) -> None:
    head = "title={An odd result}, author={Quill, Ada and Rune, Bo}"
    kinds = sorted(set(KINDS) - BLUEBOOK - {"letter"} | {"misc", "talk"})
    text = "\n".join(
        f"@{kind}{{{kind}{number}, {head}, {fields}}}"
        for kind in kinds
        for number, fields in enumerate((FIELDS, "year=2024, publisher={Inkwell Press}", ""))
    )
    entries = list(read_bibliography([("ada.bib", text.encode())]).references.values())
    left_out: list[Diagnostic] = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = loaded(style).cite(entries, owner=nobody, report=left_out.append)
    assert len(made) == len(entries)
    assert [finding.message for finding in left_out] == []
    assert [text for text in map(plain, made) if re.search(r"\(\)|\[\]|“”| ,|\.\.|  ", text)] == []


WORDS = st.sampled_from(
    (
        *("result", "Odd", "ICML", "iPhone", "a", "the", r"\emph{deep}", "$O(n)$", r"\&", "``so''"),
        *("Été", "<b>", "x:", "why?", "3.5", "...", "B--C", "naïve", "(sic)", "\\%", "~", "不"),
    )
)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(
    words=st.lists(WORDS, min_size=1, max_size=8),
    kind=st.sampled_from(["article", "inproceedings", "book", "phdthesis", "misc", "techreport"]),
    more=st.sampled_from(["", "year=2024", "date={2024-03}, publisher={P}, journal={J}"]),
)
def test_no_word_of_a_title_is_lost(
    loaded: Load, *, words: list[str], kind: str, more: str
) -> None:
    text = f"@{kind}{{a, title={{x {' '.join(words)}}}, author={{Quill, Ada}}, {more}}}"
    (entry,) = read_bibliography([("ada.bib", text.encode())]).references.values()
    for style in ("apa", "ieee", "vancouver", "acm", "chicago"):
        (made,) = loaded(style).cite([entry], owner=nobody)
        assert squeezed(plain(entry.title)) in squeezed(plain(made))
        assert list(formulas(made)) == list(formulas(entry.title))
