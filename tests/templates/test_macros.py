"""What Python writes and what the class declares: the same macros, with the same arguments."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from portraits import portrait

from cvforge.cv import (
    Bullet,
    Contact,
    Cv,
    Entry,
    Header,
    Item,
    Labelled,
    OneLiner,
    Paragraph,
    Photo,
    Publication,
    PublicationGroup,
    Role,
    Section,
)
from cvforge.engine.base import TexJob
from cvforge.engine.registry import engine
from cvforge.inline import Owner, Text, parse, phrase
from cvforge.latex import nodes
from cvforge.latex.nodes import Macro, Writer
from cvforge.photo.encoding import encoded
from cvforge.templates import base, blocks, header, settings
from cvforge.templates.macros import OF_TEX_ALONE
from cvforge.templates.registry import TemplateFiles, find_template

if TYPE_CHECKING:
    from types import ModuleType

    from cvforge.engine.texlive import TexLive

SOURCES = Path(base.__file__).parents[1]
DECLARED = re.compile(
    r"^[^%\n]*?\\(?:newcommand|DeclareRobustCommand)\*?\\(Cv[A-Za-z]+)(?:\[(\d)\])?", re.MULTILINE
)
GAP = re.compile(r"^\\CvDeclareGap\{([a-z*]+)\}\{([a-z*]+)\}", re.MULTILINE)
OPENED = re.compile(r"^\\CvOpen\{([a-z]+)\}", re.MULTILINE)


def declared(classic: TemplateFiles) -> set[tuple[str, int]]:
    sources = (content.decode() for content in classic.files.values())
    found = {(m[1], int(m[2] or 0)) for source in sources for m in DECLARED.finditer(source)}
    assert len(found) > 20
    return found


def used(*modules: ModuleType) -> set[tuple[str, int]]:
    values = [value for module in modules for value in vars(module).values()]
    pairs = [value for value in values if isinstance(value, tuple)]
    macros = [value for value in chain(values, *pairs) if isinstance(value, Macro)]
    assert len(macros) > 20
    return {(macro.name, macro.arity) for macro in macros}


def written_by_name() -> set[str]:
    r"""Return the macros that stand in a string of Python, such as ``\CvBreak{}``."""
    files = [*SOURCES.glob("latex/*.py"), *SOURCES.glob("templates/*.py")]
    texts = [
        node.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    found = set(chain.from_iterable(re.findall(r"\\(Cv[A-Za-z]+)", text) for text in texts))
    assert "CvBreak" in found
    return found


def test_every_macro_of_python_is_declared_with_its_arguments(classic: TemplateFiles) -> None:
    assert used(nodes, base, blocks, header, settings) <= declared(classic)
    assert written_by_name() <= {name for name, _ in declared(classic)}


def test_every_declared_macro_is_python_s_or_tex_s_own(classic: TemplateFiles) -> None:
    names = {name for name, _ in declared(classic)}
    assert names >= OF_TEX_ALONE
    written = written_by_name() | {name for name, _ in used(nodes, base, blocks, header, settings)}
    assert names - OF_TEX_ALONE <= written


def test_both_engines_declare_a_macro_alike(classic: TemplateFiles) -> None:
    arities: dict[str, int] = {}
    for name, arity in declared(classic):
        assert arities.setdefault(name, arity) == arity, name


PHOTO = Photo(encoded(portrait()))
# Sections as profiles make them: what each may begin with, hold and end with.
AUTHORS = (Owner((Text("Ada Quill"),)), Text("*, Bo Rune"))
BULLETS = tuple(Bullet(text=phrase(text)) for text in ("One.", "Two.", "Three."))
ROLES = (
    Role(title=phrase("Head"), date=phrase("2022"), bullets=BULLETS),
    Role(title=phrase("Member")),
    Role(title=phrase("Apprentice")),
)
FULL_ENTRY = Entry(
    heading=phrase("Example Press"),
    date=phrase("2020"),
    subheading=phrase("Designer"),
    location=phrase("Lisbon"),
    details=(phrase("Part-time"),),
)
PAPER = Publication(key="a", label="1.", title=parse("On kerning"), authors=AUTHORS)
CITED = Publication(key="b", label="[J2]", title=parse("Why?"), citation=parse("Quill (2020)."))
SECTIONS: dict[str, tuple[Item, ...]] = {
    "text": (Paragraph(text=phrase("Words.")), Paragraph(text=phrase("More."))),
    "text with bullets": (Paragraph(text=phrase("Words.")), *BULLETS),
    "bullets": BULLETS,
    "one bullet": BULLETS[:1],
    "entries": (FULL_ENTRY, Entry(heading=phrase("Rune")), FULL_ENTRY),
    "entries with bullets": tuple(
        Entry(heading=phrase("Example Press"), bullets=BULLETS) for _ in range(2)
    ),
    "entries with roles": tuple(
        Entry(heading=phrase("Example Press"), roles=ROLES) for _ in range(2)
    ),
    "entries with both": tuple(
        Entry(heading=phrase("Example Press"), bullets=BULLETS, roles=ROLES[:1]) for _ in range(2)
    ),
    "one-liners": tuple(OneLiner(text=phrase(t), date=phrase("2020")) for t in ("A", "B", "C")),
    "labelled": tuple(Labelled(label=phrase(t), text=phrase("x")) for t in ("A", "B", "C")),
    "publications": (PAPER, PAPER),
    "publications with abstracts": (replace(PAPER, abstract=parse("Because.")),) * 2,
    "publications in a style": (CITED, replace(CITED, abstract=parse("Because."))),
    "publications in groups": (
        PublicationGroup(title=phrase("2020"), items=(PAPER, CITED)),
        PublicationGroup(title=phrase("2019"), items=(replace(PAPER, abstract=parse("So.")),)),
        PublicationGroup(title=phrase("2018"), items=(PAPER,)),
    ),
}


def every_pair_in_a_row(kinds: list[str]) -> list[str]:
    """Return a row in which each of ``kinds`` follows each, itself too (an Euler circuit)."""
    left = {kind: list(kinds) for kind in kinds}
    path, row = [kinds[0]], []
    while path:
        if left[path[-1]]:
            path.append(left[path[-1]].pop())
        else:
            row.append(path.pop())
    return row[::-1]


def headers() -> list[Header]:
    name, line = phrase("Ada Quill"), phrase("Designer")
    contacts = (Contact(phrase("Lisbon")),)
    return [
        Header(name=name),
        Header(name=name, headline=(line, line)),
        Header(name=name, contacts=contacts),
        Header(name=name, native_name=name, headline=(line,), contacts=contacts),
        Header(name=name, headline=(line,), contacts=contacts, photo=PHOTO),
    ]


def documents(writer: Writer) -> list[str]:
    row = every_pair_in_a_row(list(SECTIONS))
    assert len(set(pairwise(row))) == len(SECTIONS) ** 2
    plain = [Section(id="a", title=phrase(kind), items=SECTIONS[kind]) for kind in row]
    noted = [
        Section(id="a", title=phrase(kind), note=phrase("(a note)"), items=items)
        for kind, items in SECTIONS.items()
    ]
    template = find_template("classic")
    return [
        template.document(
            Cv(
                variant="a",
                language="en",
                header=about,
                sections=tuple(sections),
                pages=1,
                labels=("[J0]",),
            ),
            writer,
        ).source
        for about, sections in zip(headers(), (plain, noted, *[noted[:1]] * 3), strict=True)
    ]


def emitted_kinds() -> set[str]:
    """Return the kinds of block that the template can write."""
    trees = [ast.parse(Path(str(m.__file__)).read_text("utf-8")) for m in (base, blocks, header)]
    calls = [
        node.args[0].value
        for node in chain.from_iterable(map(ast.walk, trees))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"Block.of", "HeaderLine"}
        and isinstance(node.args[0], ast.Constant)
    ]
    assert len(calls) >= 12
    return {str(kind) for kind in calls}


def test_these_documents_hold_every_kind_of_block(writer: Writer) -> None:
    opened = chain.from_iterable(map(OPENED.findall, documents(writer)))
    assert set(opened) == emitted_kinds()


def test_a_gap_is_declared_between_all_blocks_that_can_meet(
    classic: TemplateFiles, writer: Writer
) -> None:
    gaps = set(GAP.findall(classic.class_source))
    assert len(gaps) > 10
    met = {pair for source in documents(writer) for pair in pairwise(OPENED.findall(source))}
    assert len(met) > 40
    assert {
        (above, below)
        for above, below in met
        if gaps.isdisjoint({(above, below), ("*", below), (above, "*")})
    } == set()


def test_gaps_name_kinds_that_exist(classic: TemplateFiles) -> None:
    kinds = set(chain.from_iterable(GAP.findall(classic.class_source)))
    assert kinds - {"*"} <= emitted_kinds()


@pytest.mark.parametrize("number", range(5))
def test_any_section_may_follow_any_other(
    tex: TexLive, classic: TemplateFiles, writer: Writer, number: int
) -> None:
    job = TexJob(
        documents(writer)[number],
        classic.files,
        0,
        pictures={header.PHOTO_FILE: PHOTO.jpeg},
    )
    run = engine("xelatex", tex).run(job)
    assert run.findings == ()
    assert run.pdf is not None
