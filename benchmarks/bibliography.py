"""What reading a bibliography of 5,000 entries and choosing 20 of them costs, cold and kept.

Each figure is a median over fresh processes. "20, keys" is a profile that lists what it shows,
"20, year" one that chooses, and "20, all" one for which every entry is read.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cvforge.bibliography.reference import Reference
    from cvforge.bibliography.select import Choice

ENTRIES = 5_000
CHOSEN = 20
RUNS = 7
YEAR = 2020

GIVEN = [
    *("Ada", "Bo", "Cleo", "Dorian", "Esra", "Fjodor", "Ivo", "Jun", "Mira"),
    *(r"G{\"u}nther", r"H{\'e}l{\`e}ne", r"Ji{\v{r}}\'{\i}", "Bo Esra", "许"),
]
FAMILY = [
    *("Quill", "Rune", "Vellum", "Glyph", "Kern", "Serif", "Folio", "Galley", "Quire"),
    *(r"L{\"u}ckenfu{\ss}", r"{\O}rsted", r"Mu{\~n}oz", "van der Serif", r"{\v{C}}apek"),
]
SENTENCE = (
    "on the measure of invented results in sparse graphs with noise and bounds for models under"
    " shift a note about learning from few examples of typeset pages {Bayesian} $L^2$ {LaTeX}"
)


def main() -> None:
    """Print a line for each way of choosing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "invented.bib"
        path.write_text(bibliography(Random(5_000)), encoding="utf-8")  # noqa: S311  no secret
        print(f"{ENTRIES:,} entries, {path.stat().st_size / 1e6:.1f} MB")  # noqa: T201  the output
        for way in ("keys", "year", "all"):
            cold = [measured(folder, way, number) for number in range(RUNS)]
            kept = [measured(folder, way, 0) for _ in range(RUNS)]
            print(f"{CHOSEN}, {way}: cold {medians(cold)}; kept {medians(kept)}")  # noqa: T201  the same


def bibliography(random: Random) -> str:
    """Return a file of invented entries."""
    return "\n".join(entry(number, random) for number in range(ENTRIES))


def entry(number: int, random: Random) -> str:
    """Return one entry: every third has an abstract."""
    people = [
        f"{random.choice(FAMILY)}, {random.choice(GIVEN)}" for _ in range(random.randint(1, 6))
    ]
    fields = {
        "title": words(random, random.randint(5, 12)),
        "author": " and ".join(people),
        "journal": f"Journal of Invented Results {random.choice('ABCDE')}",
        "year": str(random.randint(1990, 2025)),
        "volume": str(random.randint(1, 60)),
        "pages": f"{number}--{number + 12}",
        "doi": f"10.1000/{number}",
        "url": f"https://example.org/{number}",
        "keywords": ", ".join(random.sample(["type", "graphs", "noise", "pages"], 2)),
    }
    if number % 3 == 0:
        fields["abstract"] = words(random, 80)
    lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items())
    return f"@article{{key{number},\n{lines}  month = may,\n}}\n"


def words(random: Random, count: int) -> str:
    """Return ``count`` words."""
    return " ".join(random.choice(SENTENCE.split()) for _ in range(count))


def measured(folder: Path, way: str, number: int) -> tuple[float, float]:
    """Return the seconds of one process: of reading and choosing, and with the imports.

    The readings of another ``number`` are kept elsewhere.
    """
    command = [sys.executable, __file__, str(folder), way, str(number)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603  this file
    reading, whole = json.loads(done.stdout)
    return reading, whole


def read(folder: Path, way: str, number: int) -> None:
    """Read the file and choose, and print what that took."""
    start = time.perf_counter()
    from cvforge.bibliography.reading.store import BibliographyStore  # noqa: PLC0415  the same
    from cvforge.bibliography.select import Choice  # noqa: PLC0415  imports are measured

    imported = time.perf_counter()
    files = [("invented.bib", (folder / "invented.bib").read_bytes())]
    keys = [f"key{n}" for n in range(0, ENTRIES, ENTRIES // CHOSEN)]
    store = BibliographyStore(folder / way / str(number))
    by_year = Choice(years=(YEAR, YEAR))
    match way:
        case "keys":
            library = store.read(files, wanted=keys).references
            shown = [library[key] for key in keys]
        case "year":
            library = store.read(files, wanted=(), choices=[by_year]).references
            shown = choose(library.values(), by_year)
        case _:
            shown = choose(store.read(files).references.values(), by_year)
    titles = [reference.title for reference in shown[:CHOSEN]]
    end = time.perf_counter()
    if len(titles) != CHOSEN or not all(titles):
        raise AssertionError("not what was asked for")
    print(json.dumps([end - imported, end - start]))  # noqa: T201  for the process that measures


def choose(references: Iterable[Reference], by: Choice) -> list[Reference]:
    """Return the references that meet ``by``."""
    from cvforge.bibliography.select import chosen  # noqa: PLC0415  imports are measured

    return chosen(references, by, owned=lambda _reference: frozenset(), tags=lambda _reference: ())


def medians(runs: list[tuple[float, float]]) -> str:
    """Return the medians in milliseconds."""
    reading, whole = (statistics.median(each) * 1000 for each in zip(*runs, strict=True))
    return f"{reading:.0f} ms ({whole:.0f} ms with imports)"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        read(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
    else:
        main()
