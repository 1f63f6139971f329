"""Publications as a list in text or Markdown."""

from __future__ import annotations

import pytest

from cvforge.bibliography.formatted import Form, formatted
from cvforge.cv import Publication
from cvforge.inline import Emphasis, Inline, Link, Owner, Text

DOI = "https://doi.org/10.1000/182"
CODE = "https://a.example/code"
PLAIN = Publication(key="a", title=(Text("Is it *type*?"),), authors=(Text("Bo Rune"),))
FULL = Publication(
    key="b",
    title=(Text("Grids"),),
    authors=(Owner((Text("Ada Quill"),)), Text("*, Bo Rune et al.")),
    venue=(Emphasis((Text("Type"),)), Text(" 2, 2021")),
    link=DOI,
    links=(Link((Text("code"),), CODE),),
)
CITED = Publication(
    key="c",
    title=(Text("Grids"),),
    citation=(Text("[1] Quill, A., Grids. "), Link((Text(DOI),), DOI)),
    link=DOI,
)
DOI_ALONE = Publication(
    key="d",
    title=(Text("Grids"),),
    citation=(Text("Grids, doi: "), Link((Text("10.1000/182"),), DOI), Text(".")),
)
LEGEND = (Text("(* denotes equal contribution)"),)


@pytest.mark.parametrize(
    ("publication", "text", "markdown"),
    [
        (PLAIN, "1. Is it *type*? Bo Rune.", r"1. Is it \*type\*? Bo Rune."),
        (
            FULL,
            f"1. Grids. Ada Quill*, Bo Rune et al. Type 2, 2021. code {DOI} {CODE}",
            rf"1. [Grids]({DOI}). **Ada Quill**\*, Bo Rune et al. *Type* 2, 2021. [code]({CODE})",
        ),
        (
            CITED,
            f"1. [1] Quill, A., Grids. {DOI}",
            rf"1. \[1\] Quill, A., Grids. [{DOI}]({DOI})",
        ),
        (DOI_ALONE, "1. Grids, doi: 10.1000/182.", f"1. Grids, doi: [10.1000/182]({DOI})."),
    ],
)
def test_a_publication_is_one_line(publication: Publication, text: str, markdown: str) -> None:
    assert formatted([publication], Form.TEXT) == text
    assert formatted([publication], Form.MARKDOWN) == markdown


@pytest.mark.parametrize(
    ("legend", "lines"), [((), []), (LEGEND, ["", r"(\* denotes equal contribution)"])]
)
def test_publications_are_numbered_and_the_legend_ends_the_list(
    legend: Inline, lines: list[str]
) -> None:
    listed = formatted([PLAIN, PLAIN], Form.MARKDOWN, legend=legend).split("\n")
    assert [line[:3] for line in listed[:2]] == ["1. ", "2. "]
    assert listed[2:] == lines
