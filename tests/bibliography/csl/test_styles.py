"""References in styles, held against the styles' published rules.

Sources: APA's Publication Manual (7th ed.), chapter 10; the IEEE Reference Style Guide; NLM's
Citing Medicine (2nd ed.) and the ICMJE samples; ACM's citation style; the Chicago Manual of Style
(17th and 18th ed.), author-date; the MLA Handbook (9th ed.); Nature's guide for authors; Cite
Them Right's Harvard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Print = Callable[..., str]

ARTICLE = r"""@article{a, title={An odd result}, author={Quill, Ada Maria and Rune, Bo and
van der Beek, Cleo}, journal={Journal of Inks}, volume=12, number=3, pages={45--67}, year=2024,
month=mar, doi={10.1000/182}}"""
PAPER = r"""@inproceedings{p, title={An odd result}, author={Rune, Bo and Quill, Ada Maria},
editor={Vellum, Dora and Sepia, Edo}, booktitle={Proceedings of the Ink Conference},
pages={45--67}, publisher={Inkwell Press}, address={Ghent}, year=2024}"""
BOOK = r"""@book{b, title={An odd book}, author={Quill, Ada Maria}, publisher={Inkwell Press},
address={Ghent}, edition={Second}, year=2024}"""
EDITED = r"""@book{e, title={An odd book}, editor={Rune, Bo and Quill, Ada Maria},
publisher={Inkwell Press}, address={Ghent}, year=2024}"""
THESIS = r"""@phdthesis{t, title={An odd thesis}, author={Quill, Ada Maria},
school={University of Ghent}, year=2024}"""
PREPRINT = r"""@misc{x, title={An odd preprint}, author={Quill, Ada Maria and Rune, Bo},
eprint={2401.01234}, eprinttype={arxiv}, year=2024}"""

EXPECTED = {
    ("apa", ARTICLE): "<Quill, A. M.>, Rune, B., & van der Beek, C. (2024). An odd result. "
    "_Journal of Inks_, _12_(3), 45–67. [https://doi.org/10.1000/182]",
    ("apa", PAPER): "Rune, B., & <Quill, A. M.> (2024). An odd result. In D. Vellum & E. Sepia "
    "(Eds.), _Proceedings of the Ink Conference_ (pp. 45–67). Inkwell Press.",
    ("apa", BOOK): "<Quill, A. M.> (2024). _An odd book_ (2nd ed.). Inkwell Press.",
    ("apa", EDITED): "Rune, B., & <Quill, A. M.> (Eds.). (2024). _An odd book_. Inkwell Press.",
    ("apa", THESIS): "<Quill, A. M.> (2024). _An odd thesis_ [PhD thesis]. University of Ghent.",
    ("apa", PREPRINT): "<Quill, A. M.>, & Rune, B. (2024). _An odd preprint_ (arXiv:2401.01234). "
    "arXiv. [https://arxiv.org/abs/2401.01234]",
    ("ieee", ARTICLE): "<A. M. Quill>, B. Rune, and C. van der Beek, “An odd result,” "
    "_Journal of Inks_, vol. 12, no. 3, pp. 45–67, Mar. 2024, doi: [10.1000/182].",
    ("ieee", PAPER): "B. Rune and <A. M. Quill>, “An odd result,” in _Proceedings of the Ink "
    "Conference_, D. Vellum and E. Sepia, Eds., Ghent: Inkwell Press, 2024, pp. 45–67.",
    ("ieee", BOOK): "<A. M. Quill>, _An odd book_, 2nd ed. Ghent: Inkwell Press, 2024.",
    ("ieee", EDITED): "B. Rune and <A. M. Quill>, Eds., _An odd book_. Ghent: Inkwell Press, 2024.",
    ("ieee", THESIS): "<A. M. Quill>, “An odd thesis,” PhD thesis, University of Ghent, 2024.",
    ("ieee", PREPRINT): "<A. M. Quill> and B. Rune, “An odd preprint,” 2024, _arXiv_: "
    "arXiv:2401.01234. [Online]. Available: [https://arxiv.org/abs/2401.01234]",
    ("vancouver", ARTICLE): "<Quill AM>, Rune B, van der Beek C. An odd result. Journal of Inks. "
    "2024 Mar;12(3):45–67. doi:[10.1000/182]",
    ("vancouver", PAPER): "Rune B, <Quill AM>. An odd result. In: Vellum D, Sepia E, editors. "
    "Proceedings of the Ink Conference. Ghent: Inkwell Press; 2024. p. 45–67.",
    ("vancouver", BOOK): "<Quill AM>. An odd book. 2nd ed. Ghent: Inkwell Press; 2024.",
    ("vancouver", EDITED): "Rune B, <Quill AM>, editors. An odd book. Ghent: Inkwell Press; 2024.",
    ("vancouver", THESIS): "<Quill AM>. An odd thesis [PhD thesis]. University of Ghent; 2024.",
    ("vancouver", PREPRINT): "<Quill AM>, Rune B. An odd preprint [Internet]. arXiv; 2024. "
    "Available from: [https://arxiv.org/abs/2401.01234]",
    ("acm", ARTICLE): "<Ada Maria Quill>, Bo Rune, and Cleo van der Beek. 2024. An odd result. "
    "_Journal of Inks_ 12, 3 (March 2024), 45–67. [https://doi.org/10.1000/182]",
    ("acm", PAPER): "Bo Rune and <Ada Maria Quill>. 2024. An odd result. In _Proceedings of the "
    "Ink Conference_, 2024. Inkwell Press, Ghent, 45–67.",
    ("acm", BOOK): "<Ada Maria Quill>. 2024. _An odd book_ (2nd ed.). Inkwell Press, Ghent.",
    ("acm", EDITED): "Bo Rune and <Ada Maria Quill> (Eds.). 2024. _An odd book_. Inkwell Press, "
    "Ghent.",
    ("acm", THESIS): "<Ada Maria Quill>. 2024. An odd thesis. PhD thesis. University of Ghent.",
    ("acm", PREPRINT): "<Ada Maria Quill> and Bo Rune. 2024. An odd preprint. Retrieved from "
    "[https://arxiv.org/abs/2401.01234]",
    ("chicago", ARTICLE): "<Quill, Ada Maria>, Bo Rune, and Cleo van der Beek. 2024. “An Odd "
    "Result.” _Journal of Inks_ 12 (3): 45–67. [https://doi.org/10.1000/182].",
    ("chicago", PAPER): "Rune, Bo, and <Ada Maria Quill>. 2024. “An Odd Result.” In _Proceedings "
    "of the Ink Conference_, edited by Dora Vellum and Edo Sepia. Inkwell Press.",
    ("chicago", BOOK): "<Quill, Ada Maria>. 2024. _An Odd Book_. 2nd ed. Inkwell Press.",
    ("chicago", EDITED): "Rune, Bo, and <Ada Maria Quill>, eds. 2024. _An Odd Book_. Inkwell "
    "Press.",
    ("chicago", THESIS): "<Quill, Ada Maria>. 2024. “An Odd Thesis.” PhD thesis, University of "
    "Ghent.",
    ("chicago", PREPRINT): "<Quill, Ada Maria>, and Bo Rune. 2024. “An Odd Preprint.” "
    "arXiv:2401.01234. Preprint, arXiv. [https://arxiv.org/abs/2401.01234].",
    ("mla", ARTICLE): "<Quill, Ada Maria>, et al. “An Odd Result.” _Journal of Inks_, vol. 12, "
    "no. 3, Mar. 2024, pp. 45–67, [https://doi.org/10.1000/182].",
    ("nature", ARTICLE): "<Quill, A. M.>, Rune, B. & van der Beek, C. An odd result. "
    "_Journal of Inks_ *12*, 45–67 (2024).",
}


@pytest.mark.parametrize(("style", "entry"), EXPECTED)
def test_an_entry_is_printed_by_the_rules_of_its_style(
    cited: Print, *, style: str, entry: str
) -> None:
    assert cited(style, entry) == EXPECTED[style, entry]


@pytest.mark.parametrize(
    ("style", "language", "expected"),
    [
        ("harvard", "en-GB", "<Quill, A.M.> (2024) _An odd book_. 2nd edn. Ghent: Inkwell Press."),
        ("apa", "de", "<Quill, A. M.> (2024). _An odd book_ (2. Aufl.). Inkwell Press."),
        ("apa", "tlh", "<Quill, A. M.> (2024). _An odd book_ (2nd ed.). Inkwell Press."),
    ],
)
def test_a_style_speaks_the_language_of_the_page(
    cited: Print, *, style: str, language: str, expected: str
) -> None:
    assert cited(style, BOOK, language) == expected


def article(**fields: str) -> str:
    """Return an article with ``fields`` in place of its own."""
    own = {"title": "{An odd result}", "author": "{Quill, Ada}", "journal": "{Inks}"}
    own |= {"year": "2024"} | {name: f"{{{value}}}" for name, value in fields.items()}
    return f"@article{{a, {', '.join(f'{name} = {value}' for name, value in own.items())}}}"


@pytest.mark.parametrize(
    ("style", "title", "expected"),
    [
        ("ieee", "Is ``it'' odd?", "“Is ‘it’ odd?,”"),
        ("chicago", "Is ``it'' odd?", "“Is ‘It’ Odd?” _"),
        ("chicago", "Odd... or \\emph{not} even $O(n)$", "“Odd... or _Not_ Even $O(n)$.”"),
        ("apa", "<i>a</i> \\& \\{b\\} &amp; c < d", "<i>a</i> & {b} &amp; c < d. _"),
        ("apa", "Odd?", "Odd? _Inks_"),
        ("apa", "Odd etc.", "Odd etc. _Inks_"),
        ("apa", "A~tie", "A\u00a0tie."),
    ],
)
def test_a_title_keeps_its_markup_and_signs(
    cited: Print, *, style: str, title: str, expected: str
) -> None:
    assert expected in cited(style, article(title=title))


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Rune, Bo and Quill, Ada and others", "Rune, B., <Quill, A.>, et al. (2024)"),
        ("{The Ink Group} and Quill, Ada", "The Ink Group, & <Quill, A.> (2024)"),
        ("{许}, 靖 and Quill, Ada", "许靖, & <Quill, A.> (2024)"),
        ("Рунова, Ольга and Quill, Ada", "Рунова, О., & <Quill, A.> (2024)"),
        ("Rune, Jr, Bo and Quill, Ada", "Rune, B., Jr, & <Quill, A.> (2024)"),
    ],
)
def test_names_of_every_kind_are_printed(cited: Print, author: str, expected: str) -> None:
    assert cited("apa", article(author=author)).startswith(expected)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"year": "", "date": "2023/2024"}, "(2023–2024)"),
        ({"year": "", "pubstate": "inpress"}, "(in press)"),
        ({"year": ""}, "(n.d.)"),
        ({"pages": "12--123"}, "Inks_, 12–123."),
        ({"pages": "45--45"}, "Inks_, 45."),
        ({"eid": "e7"}, "Inks_, e7."),
        ({"journal": "arXiv preprint arXiv:2401.01234"}, "(arXiv:2401.01234). arXiv. [https"),
        ({"url": "https://example.org/a_b"}, "[https://example.org/a_b]"),
    ],
)
def test_fields_find_their_place(cited: Print, fields: dict[str, str], expected: str) -> None:
    assert expected in cited("apa", article(**fields))


@pytest.mark.parametrize(
    ("pages", "expected"), [("145--147", "145–7."), ("12--123", "12–123."), ("S5--S7", "S5–7.")]
)
def test_ranges_of_pages_are_shortened_where_both_ends_are_of_one_length(
    cited: Print, pages: str, expected: str
) -> None:
    assert cited("vancouver", article(pages=pages)).endswith(expected)


def test_an_entry_is_printed_the_same_twice(cited: Print) -> None:
    assert cited("ieee", ARTICLE) == cited("ieee", ARTICLE) == EXPECTED["ieee", ARTICLE]


def test_what_stands_in_for_the_author_is_not_printed_again(cited: Print) -> None:
    assert cited("mla", EDITED).count("Rune") == 1
