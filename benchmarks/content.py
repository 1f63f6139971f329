"""Invented CVs of one page each, written as a profile of cvforge with its bibliography."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

EDIT = "100000 pages"  # what changes from run to run, equal in size
VARIANT = "one-page"
GIVEN = ("Ada", "Bo", "Cleo", "Dorian", "Esra", "Fjodor", "Ivo", "Jun", "Mira", "Odo")
FAMILY = ("Quill", "Rune", "Vellum", "Glyph", "Kern", "Serif", "Folio", "Galley", "Quire", "Ink")
PLACES = ("Port Ficta", "Nether Wallow", "Lower Examplia", "Upper Margin")
VOCABULARY = (
    "layout paper measure column search model graph result reader engine bound proof proofs"
    " invented careful exact small large early new several open shared sparse noisy quick plain"
    " of for with under across between about builds sets reads finds checks explains maintains"
)
WORDS = VOCABULARY.split()


@dataclass(frozen=True, slots=True)
class Content:
    """A profile as it would be written, and the works that it shows."""

    profile: dict[str, Any]
    works: tuple[dict[str, Any], ...]

    def write(self, folder: Path, name: str) -> Path:
        """Write the profile and its bibliography, and return where the profile is."""
        document = self.profile | {"bibliography": f"{name}.bib"}
        path = folder / f"{name}.yaml"
        path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
        references = "\n".join(_reference(work) for work in self.works)
        path.with_suffix(".bib").write_text(references, encoding="utf-8")
        return path

    def with_formula(self) -> Content:
        """Return the same CV with a formula in its first award."""
        profile = deepcopy(self.profile)
        profile["sections"][-1]["entries"][0]["text"] += r" $\sum_{i=1}^n \alpha_i x^2$"
        return replace(self, profile=profile)


def edited(text: str, number: int) -> str:
    """Return a text of the content as it stands after an edit."""
    if text.count(EDIT) != 1:
        raise AssertionError("what is edited stands in the text once")
    return text.replace(EDIT, mark(number))


def mark(number: int) -> str:
    """Return what stands in the content after an edit."""
    return f"{100_000 + number} pages"


def content(seed: int) -> Content:
    """Return the CV of a seed."""
    random = Random(seed)  # noqa: S311  not for secrets
    name = f"{random.choice(GIVEN)} {random.choice(FAMILY)}"
    works = tuple(_work(random, number, name) for number in range(3))
    keys = [work["key"] for work in works]
    sections = [
        _section("Profile", "text", paragraphs=[_sentence(random, 34)]),
        _section(
            "Experience", "timeline", entries=[_job(random, year, 2) for year in (2021, 2017)]
        ),
        _section("Education", "timeline", entries=[_job(random, year, 1) for year in (2013, 2010)]),
        _section("Publications", "publications", entries=keys, show={"links": ["doi"]}),
        _section("Skills", "labelled", entries=[_skill(random) for _ in range(3)]),
        _section("Awards", "one-liners", entries=[_award(random) for _ in range(2)]),
    ]
    sections[1]["entries"][0]["bullets"].append(f"Set {EDIT} in a year.")
    person = {
        "name": name,
        "location": random.choice(PLACES),
        "email": f"{name.replace(' ', '.').lower()}@example.org",
        "website": "https://example.org",
    }
    variants = {VARIANT: {"pages": 1, "fit": {"prefer": "content"}}}
    profile = {"language": "en", "person": person, "sections": sections, "variants": variants}
    return Content(profile, works)


def _section(title: str, kind: str, **items: Any) -> dict[str, Any]:
    return {"id": title.lower(), "title": title, "kind": kind, **items}


def _job(random: Random, start: int, bullets: int) -> dict[str, Any]:
    return {
        "organization": _title(random, 3),
        "title": _title(random, 2),
        "location": random.choice(PLACES),
        "start": f"{start}-{random.randint(1, 9):02}",
        "end": f"{start + 3}-{random.randint(1, 9):02}",
        "bullets": [_sentence(random, random.randint(10, 20)) for _ in range(bullets)],
    }


def _skill(random: Random) -> dict[str, Any]:
    return {"label": _title(random, 1), "text": _sentence(random, 9)}


def _award(random: Random) -> dict[str, Any]:
    return {"text": _title(random, 6), "date": str(random.randint(2005, 2025))}


def _work(random: Random, number: int, owner: str) -> dict[str, Any]:
    people = [owner, f"{random.choice(GIVEN)} Colophon", f"{random.choice(GIVEN)} Imprint"]
    return {
        "key": f"work{number}",
        "title": _title(random, 8),
        "authors": people,
        "journal": f"Journal of Invented {_title(random, 1)}",
        "year": str(random.randint(2005, 2025)),
        "doi": f"10.1000/{random.randint(1, 9999)}",
    }


def _reference(work: dict[str, Any]) -> str:
    fields = {name: work[name] for name in ("title", "journal", "year", "doi")}
    fields["author"] = " and ".join(work["authors"])
    lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items())
    return f"@article{{{work['key']},\n{lines}}}\n"


def _title(random: Random, count: int) -> str:
    return " ".join(random.choices(WORDS, k=count)).capitalize()


def _sentence(random: Random, count: int) -> str:
    words = random.choices(WORDS, k=count)
    words[count // 2] = f"**{words[count // 2]}**"
    return " ".join(words).capitalize() + "."
