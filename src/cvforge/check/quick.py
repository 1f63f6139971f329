"""The part of the check that is cheap enough for every build: one reader, the texts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.check.characters import character_findings, mapped_findings
from cvforge.check.expected import expect
from cvforge.check.text import PDFIUM, text_findings
from cvforge.pdf.inspection import page_texts
from cvforge.pdf.unicode_maps import mapped_characters

if TYPE_CHECKING:
    from cvforge.cv import Cv
    from cvforge.diagnostics import Diagnostic


def check_quickly(pdf: bytes, cv: Cv) -> list[Diagnostic]:
    """Return what is lost, changed, moved or invented, and bad characters, by pdfium alone.

    Raises:
        ValueError: when this is no PDF that can be opened.
    """
    expected = expect(cv)
    texts = page_texts(pdf)
    if found := text_findings(expected, {PDFIUM: texts}):  # is it PDFium that has lost it?
        texts = page_texts(pdf, exactly=True)
        found = text_findings(expected, {PDFIUM: texts})
    return [
        *found,
        *character_findings({PDFIUM: texts}, expected.typed),
        *mapped_findings(mapped_characters(pdf), expected.typed),  # pdfium hides ligatures
    ]
