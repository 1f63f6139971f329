"""The profiles of this repository: valid, and holding every fact of the two documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from cvforge.bibliography.house.style import Setting, publication
from cvforge.bibliography.owner import Owner
from cvforge.bibliography.reading.reader import read_bibliography
from cvforge.bibliography.select import listed
from cvforge.cv import Keep, Rank
from cvforge.inline import plain
from cvforge.profile.base import ProfileModel, Selectable
from cvforge.profile.dates import CvDate
from cvforge.profile.load import load_profile
from cvforge.profile.sections import PublicationsSection
from cvforge.profile.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cvforge.profile.model import Profile

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("profiles/jing-xu.yaml", "profiles/jin-xu.yaml", "examples/ada-quill.yaml")
# The fields that hold text, as a reader meets them; the others follow in the model's order.
READING_ORDER = (
    *("name", "native_name", "headline", "label", "value"),
    *("organization", "title", "text", "details", "date"),
)


class Printed(NamedTuple):
    """A publication as a reader sees it: four lines of its facts, empty where there is nothing."""

    title: str
    authors: str
    venue: str
    abstract: str


@pytest.fixture
def profile(request: pytest.FixtureRequest, tmp_path: Path) -> Profile:
    """Load a copy, beside which no private overlay lies."""
    source = ROOT / request.param
    copy = tmp_path / source.name
    copy.write_bytes(source.read_bytes())
    return load_profile(copy).profile


@pytest.mark.parametrize("profile", DOCUMENTS, indirect=True)
def test_a_profile_is_valid_and_every_publication_is_in_its_bibliography(
    profile: Profile, request: pytest.FixtureRequest
) -> None:
    document = str(request.node.callspec.params["profile"])
    assert printed_publications(profile, folder=(ROOT / document).parent)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_profile_names_its_schema_in_the_first_line(document: str) -> None:
    first = (ROOT / document).read_text(encoding="utf-8").partition("\n")[0]
    assert first == "# yaml-language-server: $schema=../docs/profile.schema.json"


@pytest.mark.parametrize(
    ("profile", "name"),
    [("profiles/jing-xu.yaml", "jing-xu"), ("profiles/jin-xu.yaml", "jin-xu")],
    indirect=["profile"],
)
def test_a_profile_holds_the_facts_of_the_document_in_order_and_no_others(
    profile: Profile, name: str
) -> None:
    assert list(leaves(profile)) == facts(f"{name}.txt")


@pytest.mark.parametrize(
    ("profile", "name"),
    [("profiles/jing-xu.yaml", "jing-xu"), ("profiles/jin-xu.yaml", "jin-xu")],
    indirect=["profile"],
)
def test_the_publications_read_as_in_the_document(profile: Profile, name: str) -> None:
    lines = iter(facts(f"{name}-publications.txt"))
    expected = [Printed(*four) for four in zip(lines, lines, lines, lines, strict=True)]
    assert printed_publications(profile, folder=ROOT / "profiles") == expected


@pytest.mark.parametrize("profile", ["examples/ada-quill.yaml"], indirect=True)
def test_the_example_uses_every_kind_and_every_field(profile: Profile) -> None:
    used = {name for part in parts(profile) for name in fields_used(part)}
    every = {name for model in models(ProfileModel) for name in own_fields(model)}
    assert len(every) > 40
    assert every - used == set()


@pytest.mark.parametrize("profile", ["examples/ada-quill.yaml"], indirect=True)
def test_the_example_says_keep_in_every_way(profile: Profile) -> None:
    assert {part.keep for part in parts(profile) if isinstance(part, Selectable)} == set(Keep)


def facts(name: str) -> list[str]:
    """Return what the document says, written down apart from the profile: one leaf a line."""
    return (Path(__file__).parent / "facts" / name).read_text(encoding="utf-8").splitlines()


def leaves(part: ProfileModel) -> Iterator[str]:
    """Yield every text and date in ``part`` as typed, in the order of reading."""
    for _name, value in in_reading_order(part):
        if isinstance(value, Text):
            yield from (value.in_language(tag).plain for tag in value.languages() or {"en"})
        elif isinstance(value, CvDate):
            yield value.source
        elif isinstance(value, ProfileModel):
            yield from leaves(value)


def in_reading_order(part: ProfileModel) -> Iterator[tuple[str, object]]:
    """Yield each field's name and value, every member of a list or mapping on its own."""

    def position(name: str) -> int:
        return READING_ORDER.index(name) if name in READING_ORDER else len(READING_ORDER)

    for name in sorted(type(part).model_fields, key=position):
        value = getattr(part, name)
        members = value.values() if isinstance(value, dict) else value
        for member in members if isinstance(value, dict | tuple) else (value,):
            yield name, member


def parts(part: ProfileModel) -> Iterator[ProfileModel]:
    """Yield ``part`` and every model below it."""
    yield part
    for _name, value in in_reading_order(part):
        if isinstance(value, ProfileModel):
            yield from parts(value)


def models(base: type[ProfileModel]) -> Iterator[type[ProfileModel]]:
    """Yield every model of the profile below ``base``."""
    for model in base.__subclasses__():
        if model.__module__.startswith("cvforge."):
            yield model
            yield from models(model)


def own_fields(model: type[ProfileModel]) -> Iterator[str]:
    """Yield the fields that ``model`` itself declares, as "Model.field"."""
    names = set(model.__annotations__) & set(model.model_fields)
    yield from (f"{model.__name__}.{name}" for name in names)


def fields_used(part: ProfileModel) -> Iterator[str]:
    """Yield the fields that are written in ``part``, as its classes declare them."""
    for model in type(part).__mro__:
        if issubclass(model, ProfileModel):
            written = {f"{model.__name__}.{name}" for name in part.model_fields_set}
            yield from written.intersection(own_fields(model))


def printed_publications(profile: Profile, *, folder: Path) -> list[Printed]:
    """Return the publications of ``profile`` in its order."""
    files = [(n, (folder / n).read_bytes()) for n in profile.bibliography]
    keys = [
        (entry.key, entry.place)
        for section in profile.sections
        if isinstance(section, PublicationsSection)
        for entry in section.entries or ()
    ]
    made = (
        publication(r, owner=Owner(()), setting=Setting(abstracts=True), rank=Rank(), place=None)
        for r in listed(read_bibliography(files).references, keys)
    )
    return [
        Printed(plain(p.title), plain(p.authors), plain(p.venue), plain(p.abstract)) for p in made
    ]
