"""The torture bibliography: every entry as it is to be read, and as it is to stand on the page.

`cases/torture/expected.txt` is written by hand. A block is an entry's key, then its title, its
authors, its venue ("-" for none) and after an arrow where the title leads. There ``⟦bold|text⟧`` is
marked text, ``⟦math|source⟧`` a formula, ``⟦https://…|text⟧`` a link, and ``⍽`` a no-break space.
`broken.txt` tells of each `broken-*.bib` what is found, and what of it can be read.
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fidelity import BETWEEN_CHARACTERS, extracted_pages

from cvforge.bibliography.reading.reader import Bibliography, read_bibliography
from cvforge.engine.coverage import FontCoverage
from cvforge.engine.registry import engine
from cvforge.errors import BibliographyError, CvforgeError
from cvforge.fonts.chain import Chain
from cvforge.inline import Code, Emphasis, Inline, Link, Math, Owner, Span, Strong, Text
from cvforge.latex.math import math_plain
from cvforge.pipeline import build
from cvforge.profile.load import load_profile
from cvforge.publications import Works
from cvforge.setting import Tools
from cvforge.variant import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cvforge.cv import Cv, Publication
    from cvforge.engine.texlive import TexLive
    from cvforge.outcome import BuildResult
    from cvforge.profile.model import Profile

CASES = Path(__file__).parent / "cases" / "torture"
# The files that are kept as UTF-8 with line feeds, and read as something else.
STORED = {
    "encoding-bom.bib": ("utf-8-sig", "\n"),
    "encoding-latin-1.bib": ("latin-1", "\n"),
    "encoding-utf-16.bib": ("utf-16", "\n"),
    "encoding-utf-16-be.bib": ("utf-16-be", "\n"),
    "encoding-windows-1252.bib": ("cp1252", "\n"),
    "line-ends-crlf.bib": ("utf-8", "\r\n"),
    "line-ends-cr.bib": ("utf-8", "\r"),
}
WITHOUT_GLYPHS = "unprintable.bib"
BROKEN = sorted(path.name for path in CASES.glob("broken-*.bib"))
_MARKS = {Strong: "bold", Emphasis: "italic", Owner: "owner"}
_FORMULA = re.compile(r"⟦math\|(.*?)⟧")
_UNSEEN = str.maketrans("⍽", " ", "\u00ad\u200b")
_LINK = re.compile(r"⟦(https?://[^|]+)\|")
_MARK = re.compile(r"⟦[^⟦⟧|]*\||⟧")


@cache
def expected() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the lines of each entry by the file and the key."""
    made: dict[str, dict[str, tuple[str, ...]]] = {}
    for block in (CASES / "expected.txt").read_text("utf-8").rstrip().split("\n\n"):
        key, *lines = block.split("\n")
        if key.startswith("== "):
            made[key.removeprefix("== ")] = entries = {}
        else:
            assert key not in entries, key
            entries[key] = tuple(line.removeprefix("  ") for line in lines)
    return made


ENTRIES = [(name, key) for name, entries in expected().items() for key in entries]


def stored(name: str) -> bytes:
    """Return the bytes of a file as a program of its encoding would have written them."""
    encoding, line_end = STORED.get(name, ("utf-8", "\n"))
    text = (CASES / name).read_text("utf-8")
    return text.replace("\n", line_end).encode(encoding)


@cache
def library() -> Bibliography:
    """Return all that can be read of all files together."""
    return read_bibliography([(name, stored(name)) for name in expected()], lenient=True)


def profile(name: str) -> Profile:
    """Return a profile, its sections without the entries that could not be read."""
    loaded = load_profile(CASES / f"{name}.yaml").profile
    sections = []
    for section in loaded.sections:
        assert section.kind == "publications"
        assert section.entries is not None
        entries = tuple(e for e in section.entries if e.key in library().references)
        sections.append(section.model_copy(update={"entries": entries}))
    return loaded.model_copy(update={"sections": tuple(sections)})


@cache
def shown() -> dict[str, Publication]:
    """Return what the two profiles show, by key."""
    works = Works(library().references)
    cvs = [show(profile(name), "full", works=works) for name in ("profile", "unprintable")]
    return {paper.key: paper for cv in cvs for paper in publications(cv)}


def publications(cv: Cv) -> Iterator[Publication]:
    for section in cv.sections:
        yield from section.publications


def lines(paper: Publication) -> Iterator[str]:
    """Yield a publication as `expected.txt` has it."""
    yield marked(paper.title)
    yield marked(paper.authors)
    yield marked(paper.venue) or "-"
    if paper.link is not None:
        yield f"→ {paper.link}"


def marked(content: Inline) -> str:
    return "".join(_marked(span) for span in content)


def _marked(span: Span) -> str:
    match span:
        case Text(text):
            return text.replace("\u00a0", "⍽")
        case Code(text):
            return f"⟦code|{_marked(Text(text))}⟧"
        case Math(source):
            return f"⟦math|{source}⟧"
        case Link(children, target):
            return f"⟦{target}|{marked(children)}⟧"
        case _:
            return f"⟦{_MARKS[type(span)]}|{marked(span.children)}⟧"


def test_the_bibliography_is_long_enough_and_shown_as_a_whole() -> None:
    assert len(ENTRIES) >= 300
    assert len({key for _, key in ENTRIES}) == len(ENTRIES)
    listed = [
        e.key
        for name in ("profile", "unprintable")
        for section in load_profile(CASES / f"{name}.yaml").profile.sections
        if section.kind == "publications"
        for e in section.entries or ()
    ]
    assert sorted(listed) == sorted(key for _, key in ENTRIES)


@pytest.mark.parametrize(("name", "key"), ENTRIES, ids=[key for _, key in ENTRIES])
def test_an_entry_is_read_as_it_is_meant(name: str, key: str) -> None:
    assert key in shown(), f"{key} of {name} is not shown"
    assert tuple(lines(shown()[key])) == expected()[name][key]


def test_no_entry_is_read_that_was_not_expected() -> None:
    read = {key for key, each in library().references.items() if each.kind != "xdata"}
    assert read == {key for _, key in ENTRIES}


def test_only_what_is_doubtful_is_reported() -> None:
    found = [(f.code, f.place.file if f.place else "") for f in library().findings]
    assert sorted(found) == [
        ("encoding", "encoding-latin-1.bib"),
        ("encoding", "encoding-utf-16-be.bib"),
        ("encoding", "encoding-utf-16.bib"),
        ("encoding", "encoding-windows-1252.bib"),
    ]


@pytest.mark.parametrize("name", expected())
def test_an_entry_is_the_same_when_others_are_not_wanted(name: str) -> None:
    """But for ``is_parent``: children that are not wanted do not count."""
    whole = {key: replace(each, is_parent=False) for key, each in library().references.items()}
    keys = [key for key in expected()[name] if key in whole]
    for wanted in (keys[::2], keys[1::2]):
        some = read_bibliography([(name, stored(name))], wanted=wanted, lenient=True).references
        assert [replace(some[key], is_parent=False) for key in wanted] == [
            whole[key] for key in wanted
        ]


@pytest.fixture(scope="module")
def made(tex: TexLive) -> BuildResult:
    """The PDF of all entries whose characters have a glyph."""
    tools = Tools(engine("xelatex", tex), FontCoverage(tex))
    return build(profile("profile"), "full", works=Works(library().references), tools=tools)


@pytest.fixture(scope="module")
def pdf(made: BuildResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("torture") / "torture.pdf"
    path.write_bytes(made.pdf)
    return path


def test_nothing_is_reported_about_the_pages(made: BuildResult) -> None:
    assert made.warnings == ()


def test_every_entry_stands_on_the_page_in_order(pdf: Path) -> None:
    text = "".join(extracted_pages(pdf, foot="Ada Quill"))
    assert list(missing(text, has_formula=False)) == []


def test_every_formula_stands_in_its_entry_in_order(pdf: Path) -> None:
    """Read in the order in which it was set: what hangs above and below has no line of its own."""
    out = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True)
    assert list(missing(out.stdout.decode("utf-8"), has_formula=True)) == []


def test_every_link_leads_where_it_should(pdf: Path) -> None:
    """A link over two lines is two in the PDF."""
    done = subprocess.run(["pdfinfo", "-url", str(pdf)], capture_output=True, text=True, check=True)
    found = [line.split()[2] for line in done.stdout.splitlines()[1:]]
    wanted = [link for name, key in ENTRIES for link in targets(expected()[name][key])]
    assert [link for link, _ in groupby(found)] == [link for link, _ in groupby(wanted)]


def targets(read: Iterable[str]) -> Iterator[str]:
    """Yield the links of an entry, that of its title first."""
    yield from (line[2:] for line in read if line[0] == "→")
    yield from _LINK.findall("".join(read))


def missing(text: str, *, has_formula: bool) -> Iterator[str]:
    """Yield the entries that are not as a whole in ``text`` after the one before them."""
    normal = unicodedata.normalize("NFKC", text)
    position = 0
    for name, key in ENTRIES:
        read = [line for line in expected()[name][key] if line != "-" and line[0] != "→"]
        if name != WITHOUT_GLYPHS and has_formula == any(map(_FORMULA.search, read)):
            found = page_pattern(*read).search(normal, position)
            if found is None:
                yield f"{key}: {' | '.join(read)}"
            else:
                position = found.end()


def page_pattern(*read: str) -> re.Pattern[str]:
    """Return what finds lines on a page, each of them a sentence."""
    return re.compile(r"(?<!\S)" + r" ?\.?\s+".join([*map(_sentence, read), ""]))


def _sentence(line: str) -> str:
    """Return the pattern of a line; formulas have spaces of their own."""
    parts = _FORMULA.split(line)
    words = [_between(_MARK.sub("", part).translate(_UNSEEN)) for part in parts[::2]]
    formulas = [_spaced(math_plain(source)) for source in parts[1::2]]
    pairs = zip(formulas, words[1:], strict=True)
    return r"\s*".join([words[0], *(part for pair in pairs for part in pair)])


def _between(text: str) -> str:
    words = unicodedata.normalize("NFKC", text).split()
    return r"\s+".join(BETWEEN_CHARACTERS.join(map(re.escape, word)) for word in words)


def _spaced(formula: str) -> str:
    characters = "".join(unicodedata.normalize("NFKC", formula).split())
    return r"\s*".join(map(re.escape, characters))


def test_an_entry_that_is_not_on_the_page_is_noticed() -> None:
    entry = ("On ⟦italic|⟦math|x^2⟧⟧ and⍽so", "Ada Quill")
    page = unicodedata.normalize("NFKC", "1. On 𝑥 2\nand so.\nAda Quill.\n")
    assert page_pattern(*entry).search(page)
    assert not page_pattern(*entry[::-1]).search(page)
    assert not page_pattern(entry[0].replace("x", "y"), entry[1]).search(page)
    assert not page_pattern(*entry).search(page.replace("so", "sot"))


def test_what_has_no_glyph_is_refused_at_its_place(
    tex: TexLive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FontCoverage, "chain", lambda *_: Chain([], cache=tmp_path))
    tools = Tools(engine("xelatex", tex), FontCoverage(tex))
    with pytest.raises(CvforgeError) as refused:
        build(profile("unprintable"), "full", works=Works(library().references), tools=tools)
    found = refused.value.diagnostics
    assert {f.code for f in found} == {"missing-glyph"}
    assert {f.place.file for f in found if f.place} == {WITHOUT_GLYPHS}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_about_and_the_rest_of_it_is_read(
    name: str, *, update_golden: bool
) -> None:
    golden = CASES / "broken.txt"
    known = dict(_blocks(golden.read_text("utf-8")))
    answer = "\n".join(broken(name)) + "\n"
    if update_golden:
        known[name] = answer
        text = "\n".join(f"== {name}\n{known[name]}" for name in BROKEN if name in known)
        golden.write_text(text, "utf-8")
    assert answer == known[name]


def _blocks(text: str) -> Iterable[tuple[str, str]]:
    for block in text.split("== ")[1:]:
        name, _, told = block.partition("\n")
        yield name, told.removesuffix("\n") if told.endswith("\n\n") else told


def broken(name: str) -> Iterator[str]:
    """Yield what is found in a file, and the keys that can be read all the same.

    A finding begins with its severity, or with "then" where only the rest of the file leads to it.
    """
    files = [(name, (CASES / name).read_bytes())]
    with pytest.raises(BibliographyError) as refused:
        read_bibliography(files)
    lenient = read_bibliography(files, lenient=True)
    told = {(found.place, found.code): found.message for found in lenient.findings}
    strict = {(found.place, found.code): found for found in refused.value.diagnostics}
    for at, found in strict.items():
        assert told[at].startswith(found.message)
    for found in lenient.findings:
        at = (found.place, found.code)
        assert found.severity == "warning"
        assert found.place is not None
        severity = strict[at].severity if at in strict else "then"
        where = f"{found.place.line}:{found.place.column}"
        yield f"{severity} {where} {found.code}: {found.message}"
        yield f"    {found.hint}"
    yield f"read: {' '.join(lenient.references) or '-'}"
