"""Profiles of invented people, made by a seed: every kind of section, in several scripts."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

import yaml

from cvforge.fit.wishes import DENSITIES
from cvforge.library import check_publications, read_library
from cvforge.profile.load import load_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from cvforge.bibliography.reference import Reference
    from cvforge.profile.model import Profile

WORDS = {
    "en": "set page type line proof press margin glyph kerning ligature serif folio galley quire"
    " of and the with for under colophon incunabula Übergröße naïve façade Łódź œuvre Žitava",
    "el": "γράμμα σελίδα γραμμή τύπος χαρτί μελάνι βιβλίο στοιχείο περιθώριο και με για ώχρα ίχνος",
    "ru": "буква страница строка набор бумага чернила книга поле шрифт и для под объём ёмкость",
    "zh": "字 体 排 版 印 刷 纸 张 墨 水 书 页 行 距 铅 字 设 计 与 的 在 上 研 究 样 本",
}
NAMES = {"en": "Ada Quill", "el": "Άδα Πένα", "ru": "Ада Перова", "zh": "羽笔"}
COAUTHORS = ("Rune, Bo", "Vellum, Cleo", "Folio, Dan", "Ink, Eve")


@dataclass(frozen=True, slots=True)
class Invented:
    """A profile as it would be written, with its bibliography."""

    written: dict[str, Any]
    bib: str

    def load(self, folder: Path) -> tuple[Profile, Mapping[str, Reference]]:
        """Write both into a folder and read them as any profile is read."""
        path = folder / "ada.yaml"
        path.write_text(yaml.safe_dump(self.written, allow_unicode=True), encoding="utf-8")
        path.with_suffix(".bib").write_text(self.bib, encoding="utf-8")
        loaded = load_profile(path)
        read = read_library(loaded)
        check_publications(loaded, read)
        return loaded.profile, read.references


@dataclass(slots=True)
class Inventor:
    """Makes one profile; ``left`` counts the blocks that are still to be made."""

    random: Random
    language: str
    left: int
    pinned: float
    abstracts: bool
    formulas: bool
    references: list[str] = field(default_factory=list)
    groups: int = 0

    def profile(self, variant: dict[str, Any]) -> Invented:
        makers: list[Callable[[], dict[str, Any]]] = [
            self.text,
            self.bullets,
            self.timeline,
            self.one_liners,
            self.labelled,
            self.publications,
        ]
        self.random.shuffle(makers)
        sections: list[dict[str, Any]] = []
        while self.left > 0:
            self.left -= 1
            made = makers[len(sections) % len(makers)]()
            made |= {"id": f"s{len(sections)}", "title": self.words(1, 3)} | self.rank()
            sections.append(made)
        self.limit(variant, [section["id"] for section in sections])
        return Invented(
            {
                "language": self.language,
                "person": {
                    "name": NAMES[self.language],
                    "headline": [self.words(2, 9) for _ in range(self.random.randrange(3))],
                    "email": "ada@example.org",
                    "aliases": ["Ada Quill"],
                },
                "bibliography": "ada.bib",
                "sections": sections,
                "variants": {"mine": variant},
            },
            "\n".join(self.references),
        )

    def limit(self, variant: dict[str, Any], sections: list[str]) -> None:
        """Now and then limit and weigh sections."""
        if self.random.random() < 0.4:
            most = self.random.randint(2, 9)
            limit = {"entries": most, "bullets": self.random.randint(0, 4)}
            variant["limits"] = {
                self.random.choice(sections): limit,
                self.random.choice(sections): {"at_least": self.random.randint(1, 2)},
            }
        if self.random.random() < 0.3:
            variant["fit"]["weights"] = {self.random.choice(sections): self.random.uniform(0.3, 3)}

    def words(self, fewest: int, most: int) -> str:
        known = WORDS[self.language].split()
        chosen = self.random.choices(known, k=self.random.randint(fewest, most))
        return ("" if self.language == "zh" else " ").join(chosen)

    def sentence(self) -> str:
        longest = 60 if self.language == "zh" else 34
        plain = self.words(1, self.random.choice([5, 14, longest]))
        marked = self.random.choice(
            ["{}"] * 6 + ["**{}**", "*{}*", "`{}`", "[{}](https://example.org)"]
        )
        if self.formulas and self.random.random() < 0.2:
            plain += r" $\sum_{i=1}^{n} x_i^2$"
        return f"{plain} {marked.format(self.words(1, 3))}."

    def rank(self) -> dict[str, Any]:
        made: dict[str, Any] = {"priority": self.random.choice([50, self.random.randint(0, 100)])}
        if self.random.random() < self.pinned:
            made["keep"] = "always"
        if self.random.random() < 0.04:
            self.groups += self.random.random() < 0.5
            made["group"] = f"g{self.groups}"
        return made

    def some(self, make: Callable[[], Any], most: int) -> list[Any]:
        """Make one or more, as many as blocks are left."""
        made = []
        for _ in range(self.random.randint(1, most)):
            self.left -= 1
            made.append(make())
            if self.left <= 0:
                break
        return made

    def passage(self) -> dict[str, Any]:
        return {"text": self.sentence()} | self.rank()

    def text(self) -> dict[str, Any]:
        return {"kind": "text", "paragraphs": self.some(self.passage, 2)}

    def bullets(self) -> dict[str, Any]:
        return {"kind": "bullets", "bullets": self.some(self.passage, 12)}

    def timeline(self) -> dict[str, Any]:
        return {"kind": "timeline", "entries": self.some(self.entry, 6)}

    def one_liners(self) -> dict[str, Any]:
        return {"kind": "one-liners", "entries": self.some(self.one_liner, 12)}

    def labelled(self) -> dict[str, Any]:
        return {"kind": "labelled", "entries": self.some(self.skill, 6)}

    def publications(self) -> dict[str, Any]:
        return {"kind": "publications", "entries": self.some(self.publication, 12)}

    def entry(self) -> dict[str, Any]:
        made = {"title": self.words(1, 9), "date": self.date()} | self.rank()
        if self.random.random() < 0.7:
            made |= {"organization": self.words(1, 6), "location": self.words(1, 2)}
        if self.random.random() < 0.2:
            made["details"] = [self.words(2, 12)]
        if self.left > 0 and self.random.random() < 0.3:
            made["roles"] = self.some(self.role, 3)
        if self.left > 0 and self.random.random() < 0.7:
            made["bullets"] = self.some(self.passage, 5)
        return made

    def role(self) -> dict[str, Any]:
        made = {"title": self.words(1, 6), "date": self.date()} | self.rank()
        if self.left > 0 and self.random.random() < 0.7:
            made["bullets"] = self.some(self.passage, 4)
        return made

    def one_liner(self) -> dict[str, Any]:
        return {"text": self.words(1, 14), "date": self.date()} | self.rank()

    def skill(self) -> dict[str, Any]:
        return {"label": self.words(1, 2), "text": self.sentence()} | self.rank()

    def date(self) -> str:
        return f"{self.random.randint(1990, 2025)}"

    def publication(self) -> dict[str, Any]:
        key = f"p{len(self.references)}"
        authors = [NAMES[self.language], *self.random.sample(COAUTHORS, self.random.randint(0, 4))]
        fields = [
            f"author = {{{' and '.join(authors)}}}",
            f"title = {{{self.words(2, 16)}}}",
            f"journal = {{{self.words(1, 6)}}}",
            f"year = {self.date()}",
        ]
        if self.random.random() < 0.3:
            fields.append("author+an = {1=equal}")
        if self.abstracts and self.left > 0 and self.random.random() < 0.5:
            self.left -= 1
            fields.append(f"abstract = {{{self.words(10, 60)}}}")
        self.references.append(f"@article{{{key}, {', '.join(fields)}}}")
        return {"key": key} | self.rank()


def invented(seed: int, *, pages: int, paper: str, prefer: str, blocks: int) -> Invented:
    """Return the profile of a seed, whose variant "mine" has these wishes."""
    random = Random(seed)  # noqa: S311  not for secrets
    language = random.choices(list(WORDS), weights=[5, 2, 2, 2])[0]
    variant: dict[str, Any] = {
        "pages": pages,
        "publications": {"abstracts": random.random() < 0.5},
        "design": {"paper": paper},
        "fit": {"prefer": prefer},
    }
    if random.random() < 0.15:
        variant["fit"]["floor"] = random.choice(DENSITIES)
    pinned = random.choice([0.0, 0.0, 0.02, 0.05, 0.2])
    formulas = random.random() < 0.06
    abstracts = variant["publications"]["abstracts"]
    made = Inventor(random, language, blocks, pinned, abstracts, formulas)
    return made.profile(variant)
