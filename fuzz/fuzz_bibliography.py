"""Searches for bytes that the reader of bibliographies does not answer, strictly and leniently."""  # noqa: INP001  a script that is run, never imported

from __future__ import annotations

import atheris

with atheris.instrument_imports(include=["cvforge", "bibtexparser"]):
    from cvforge.bibliography.reading.reader import read_bibliography
    from cvforge.errors import BibliographyError

import target


def read(raw: bytes) -> None:
    """Read leniently, which may refuse a file as a whole; what is read strictly is the same."""
    files = [("ada.bib", raw)]
    lenient = read_bibliography(files, lenient=True)
    try:
        strict = read_bibliography(files)
    except BibliographyError:
        return
    if dict(strict.references) != dict(lenient.references):
        raise AssertionError("a strict and a lenient reading differ")


if __name__ == "__main__":
    target.run(read)
