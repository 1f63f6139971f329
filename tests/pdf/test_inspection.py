"""Pages and texts of a finished PDF."""

from __future__ import annotations

import pytest

from cvforge.pdf.inspection import is_whole, page_count, page_texts


def a_pdf(*pages: str) -> bytes:
    """Return a PDF with one line of text a page (ISO 32000-1:2008, annex H)."""
    numbers = [4 + 2 * index for index in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    for number, text in zip(numbers, pages, strict=True):
        stream = f"BT /F 12 Tf 72 72 Td ({text}) Tj ET"
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>"
        )
        objects[number + 1] = f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"
    return _written(objects)


def _written(objects: dict[int, str]) -> bytes:
    body = b"%PDF-1.4\n"
    offsets = []
    for number, content in sorted(objects.items()):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("ascii")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return body + f"{end}startxref\n{len(body)}\n%%EOF\n".encode("ascii")


def test_pages_are_counted() -> None:
    assert page_count(a_pdf("one")) == 1
    assert page_count(a_pdf("one", "two", "three")) == 3


def test_the_text_of_each_page_comes_in_their_order() -> None:
    assert [text.strip() for text in page_texts(a_pdf("one", "two"))] == ["one", "two"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4\n", b"no PDF at all", b"\x00" * 100])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="PDF"):
        page_count(content)
    with pytest.raises(ValueError, match="PDF"):
        page_texts(content)


def test_it_may_be_asked_many_times() -> None:
    """Nothing stays open: a file handle or a page left behind warns, and a warning fails."""
    pdf = a_pdf("one", "two")
    assert {page_count(pdf) for _ in range(50)} == {2}
    assert {len(page_texts(pdf)) for _ in range(50)} == {2}


@pytest.mark.parametrize("missing", [1, 6, 8, 20, 30, 400])
def test_a_pdf_whose_end_is_missing_is_refused(missing: int) -> None:
    pdf = a_pdf("One")
    assert is_whole(pdf)
    assert not is_whole(pdf.rstrip()[:-missing])
    with pytest.raises(ValueError, match="the end of the PDF is missing"):
        page_count(pdf.rstrip()[:-missing])


LINES_OF_ONE_LETTER = "A) Tj 0 -20 Td (b) Tj 10 0 Td (c"


def test_the_exact_way_parts_lines_that_the_quick_way_joins() -> None:
    """PDFium takes letters of one line for lines, and two of two lines for a word."""
    pdf = a_pdf(LINES_OF_ONE_LETTER)
    assert page_texts(pdf)[0].split() == ["Ab", "c"]
    assert page_texts(pdf, exactly=True) == ("A\nb c",)


@pytest.mark.parametrize("exactly", [False, True])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("inside) Tj 300 0 Td (outside) Tj -300 -20 Td (next", ["inside", "next"]),
        ("in) Tj 0 -200 Td (below) Tj", ["in"]),
        ("close) Tj 28.7 0 Td (by", ["closeby"]),
        ("x) Tj 3 4 Td /F 8 Tf (2) Tj 5 -4 Td /F 12 Tf (y", ["x", "2y"]),
    ],
)
def test_only_what_lies_on_the_sheet_is_read(text: str, words: list[str], *, exactly: bool) -> None:
    (found,) = page_texts(a_pdf(text), exactly=exactly)
    assert found.split() == words


@pytest.mark.parametrize("exactly", [False, True])
def test_a_word_that_runs_off_the_sheet_is_read_up_to_its_edge(*, exactly: bool) -> None:
    (found,) = page_texts(a_pdf("x" * 60), exactly=exactly)
    assert 30 < len(found) < 45
