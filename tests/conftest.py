"""What all tests share: the flag that rewrites golden files, TeX with its cache, a small CV."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from cvforge.cv import (
    Bullet,
    Contact,
    Cv,
    Entry,
    Header,
    Labelled,
    OneLiner,
    Paragraph,
    Publication,
    PublicationGroup,
    Role,
    Section,
)
from cvforge.diagnostics import Place
from cvforge.engine.coverage import FontCoverage
from cvforge.engine.texlive import TexLive
from cvforge.engine.waiting import Waiting
from cvforge.inline import Link, Owner, Phrase, Text, parse, phrase
from cvforge.latex.fonts import FaceSet, declared_faces
from cvforge.latex.nodes import Writer
from cvforge.templates.registry import TemplateFiles, find_template, read_template

if TYPE_CHECKING:
    from collections.abc import Iterator


# Where CI is set the same examples are tried every time; elsewhere each run searches anew.
settings.register_profile("ci", derandomize=True)
if "CI" in os.environ:
    settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite golden files; refused under CI"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update-golden") and "CI" in os.environ:
        raise pytest.UsageError("--update-golden is refused where CI is set")


@pytest.fixture(scope="session", autouse=True)
def nothing_apart() -> Iterator[None]:
    """Let no command of a test start a process that outlives it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("CVFORGE_STANDBY", "off")
        patched.setenv("CI", "true")  # no format is made beside a build
        yield


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten instead of compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def tex(pytestconfig: pytest.Config) -> TexLive:
    """TeX with a cache that the tests keep; one a worker, so that none reads half a table."""
    cache = pytestconfig.cache
    assert cache is not None
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    return TexLive(os.environ, cache.mkdir(f"tex-{worker}"))


@pytest.fixture(scope="session")
def classic() -> TemplateFiles:
    """The files of the template "classic"."""
    return read_template(find_template("classic"))


@pytest.fixture(scope="session")
def writer(tex: TexLive, classic: TemplateFiles) -> Writer:
    """A writer in the faces of the template "classic", as they are installed."""
    return Writer(FaceSet(declared_faces(classic.class_source), coverage=FontCoverage(tex)))


@pytest.fixture(scope="session")
def small_cv() -> Cv:
    """A CV of an invented person with every kind of block; each has a line of its own."""
    lines = iter(range(1, 100))
    return Cv(
        variant="full",
        language="en",
        labels=("[J0]", "[T0]"),
        header=Header(
            name=_phrase("Ada Quill", lines),
            native_name=_phrase("羽笔", lines),
            headline=(_phrase("Type designer, Example Press", lines),),
            contacts=(
                Contact(_phrase("Lisbon", lines)),
                Contact(_phrase("(+1) 555 0100", lines), _phrase("Tel", lines), "tel:+15550100"),
                Contact(_phrase("ada@example.org", lines), None, "mailto:ada@example.org"),
            ),
        ),
        sections=tuple(_sections(lines)),
    )


def _sections(lines: Iterator[int]) -> Iterator[Section]:
    yield Section(
        id="interests",
        title=_phrase("Interests & Aims", lines),
        place=_place(lines),
        items=(
            Paragraph(
                text=_phrase(
                    "**Bold**, *italic*, `a_b.c`, [a link](https://example.org/a_b?c=1#d), "
                    "100 % of #1 {x} \\\\ ~ ^ -- <t> & $5, μP² in 字体.",
                    lines,
                ),
                place=_place(lines),
            ),
            _bullet("Letters.", lines),
        ),
    )
    yield Section(
        id="work",
        title=_phrase("Experience", lines),
        place=_place(lines),
        items=(
            Entry(
                heading=_phrase("Example Press", lines),
                date=_phrase("2019 – 2024", lines),
                subheading=_phrase("Designer", lines),
                location=_phrase("Lisbon", lines),
                details=(_phrase("Supervisor: Bo Rune", lines),),
                bullets=(_bullet("Drew a serif.", lines), _bullet("Drew a sans.", lines)),
                roles=(
                    Role(
                        title=_phrase("Head of type", lines),
                        date=_phrase("2022 – 2024", lines),
                        bullets=(_bullet("Led three people.", lines),),
                        place=_place(lines),
                    ),
                    Role(title=_phrase("Apprentice", lines), place=_place(lines)),
                ),
                place=_place(lines),
            ),
            Entry(heading=_phrase("Atelier Rune", lines), place=_place(lines)),
        ),
    )
    yield Section(
        id="papers",
        title=_phrase("Publications", lines),
        summary=_phrase("3 publications", lines),
        note=_phrase("(* equal contribution)", lines),
        place=_place(lines),
        items=(
            Publication(
                key="quill2021",
                label="1.",
                title=parse("On *kerning*"),
                authors=(Owner((Text("Ada Quill"),)), Text("*, Bo Rune")),
                marks=frozenset("*"),
                venue=parse("Journal of Letters, 2021"),
                link="https://doi.org/10.1000/1",
                abstract=parse("What stands between two letters."),
                place=_place(lines),
            ),
            Publication(
                key="quill2023",
                label="[J2]",
                title=parse("Why serifs?"),
                authors=(Text("Bo Rune et al."),),
                links=(Link((Text("PDF"),), "https://example.org/serifs.pdf"),),
                place=_place(lines),
            ),
            PublicationGroup(
                title=_phrase("Theses", lines),
                place=_place(lines),
                items=(
                    Publication(
                        key="quill2019",
                        label="[T1]",
                        title=parse("Letters"),
                        citation=(Owner((Text("Quill, A."),)), Text(" (2019). Letters.")),
                        place=_place(lines),
                    ),
                ),
            ),
        ),
    )
    yield Section(
        id="awards",
        title=_phrase("Awards", lines),
        place=_place(lines),
        items=(
            OneLiner(
                text=_phrase("Golden Nib", lines),
                date=_phrase("(2022.9 & 2023.9)", lines),
                place=_place(lines),
            ),
            OneLiner(text=_phrase("Silver Nib", lines), place=_place(lines)),
        ),
    )
    yield Section(
        id="skills",
        title=_phrase("Skills", lines),
        place=_place(lines),
        items=(
            Labelled(
                label=_phrase("Tools", lines), text=_phrase("Pen, ink", lines), place=_place(lines)
            ),
        ),
    )


def _place(lines: Iterator[int]) -> Place:
    return Place("ada-quill.yaml", next(lines), 1)


def _phrase(text: str, lines: Iterator[int]) -> Phrase:
    return phrase(text, _place(lines))


def _bullet(text: str, lines: Iterator[int]) -> Bullet:
    return Bullet(text=_phrase(text, lines), place=_place(lines))


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Waiting]]:
    """The engines that are started to wait; they end with the test."""
    made: list[Waiting] = []
    really = Waiting.__init__

    def noted(each: Waiting, *arguments: object, **named: object) -> None:
        really(each, *arguments, **named)  # type: ignore[arg-type]  # handed through
        made.append(each)

    monkeypatch.setattr(Waiting, "__init__", noted)
    yield made
    for each in made:
        each.end()
