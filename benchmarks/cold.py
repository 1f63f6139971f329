"""The first build ever, against TeX alone with the same document."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from benchmarks import content
from benchmarks.bench import CVFORGE, ROOT, Bench, Home, NotMeasuredError, by_turns, run, timed
from benchmarks.page import Bar, Findings, Row, Topic
from benchmarks.samples import Unit
from cvforge.engine.texlive import FONT_FOLDERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROUNDS = 9
SEED = 2
FIRST, PLAIN = "first `cvforge build`", "plain XeLaTeX, the same `.tex`"
PLAIN_WAY = "a build in cvforge's plain way"
FIRST_BARE, PLAIN_BARE = f"{FIRST}, TeX without a format", f"{PLAIN}, its format made first"
AGAINST_PLAIN = Bar("first build ever, against plain XeLaTeX", 1.5, Unit.TIMES)
AGAINST_WAY = Bar("the same, against a build in cvforge's plain way", 1.5, Unit.TIMES)
AGAINST_BARE = Bar("the same, where TeX comes without LaTeX's format", 1.5, Unit.TIMES)
DUMP = ["xetex", "-ini", "-etex", "-interaction=batchmode", "-jobname=xelatex", "xelatex.ini"]
SET = ["xetex", "-fmt=xelatex", "-interaction=nonstopmode", "-halt-on-error", "cv.tex"]
# As the program does it: `loading` comes before all that is loaded.
_PLAINLY = """
import sys
from pathlib import Path
from cvforge import loading
loading.begin()
from benchmarks.plain import main
main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
"""
NO_FORMAT = (
    "The TeX here comes without LaTeX's format for XeTeX (Debian puts it into texlive-xetex, which"
    " cvforge does not need). So there are two comparisons: in the first pair the format lay in"
    " `TEXMFHOME` for both, as if it were installed; in the second pair both have to make it."
)


@dataclass(frozen=True, slots=True)
class _Stage:
    """A folder for each of the two, and the home that is new in every run."""

    profile: Path
    plain: Path
    home: Home

    @property
    def product(self) -> Path:
        return self.profile.parent

    def first(self, _number: int) -> float:
        self.home.clear()
        shutil.rmtree(self.product / "build", ignore_errors=True)
        command = [CVFORGE, "build", self.profile.name, "--variant", content.VARIANT]
        taken = timed(command, folder=self.product, home=self.home)
        self.home.settle()
        return taken

    def build_plainly(self, _number: int = 0) -> float:
        self.home.clear()
        return timed(_script(self.profile, self.plain), folder=ROOT, home=self.home)

    def set(self, _number: int) -> float:
        self.home.clear()
        for old in self.plain.glob("cv.[!t]*"):
            old.unlink()
        return timed(SET, folder=self.plain, home=self.home)

    def set_by_a_new_format(self, _number: int) -> float:
        self.home.clear()
        dumped = timed(DUMP, folder=self.plain, home=self.home)
        taken = dumped + self.set(0)
        (self.plain / "xelatex.fmt").unlink()  # nobody else finds it
        return taken


def measure(bench: Bench) -> Findings:
    """Measure both by turns, with LaTeX's format in place and, where TeX has none, without."""
    stage = _stage(bench)
    notes = []
    bare = None
    if not _has_format(stage):
        bare = stage
        texmf = bench.place("texmf/web2c/xetex")
        run(DUMP, folder=texmf, home=bench.home)
        home = replace(
            stage.home, more=dict(stage.home.more) | {"TEXMFHOME": str(bench.folder / "texmf")}
        )
        stage = replace(stage, home=home)
        notes.append(NO_FORMAT)
    actions: dict[str, Callable[[int], float]] = {
        FIRST: stage.first,
        PLAIN: stage.set,
        PLAIN_WAY: stage.build_plainly,
    }
    bars = {AGAINST_PLAIN: (FIRST, PLAIN), AGAINST_WAY: (FIRST, PLAIN_WAY)}
    if bare is not None:
        actions |= {FIRST_BARE: bare.first, PLAIN_BARE: bare.set_by_a_new_format}
        bars |= {AGAINST_BARE: (FIRST_BARE, PLAIN_BARE)}
    times = by_turns(bench.rounds(ROUNDS), actions)
    return Findings(
        [Row(name, samples, Unit.SECONDS) for name, samples in times.items()],
        {bar: times[a].over(times[b]) for bar, (a, b) in bars.items()},
        notes,
    )


def _stage(bench: Bench) -> _Stage:
    product, plain = bench.place("cold/product"), bench.place("cold/plain")
    path = content.content(SEED).write(product, "ada")
    run(_script(path, plain), folder=ROOT, home=bench.home)
    # Fonts are found by their files' names in the folders of the system, which TeX must be told.
    fonts = os.pathsep.join(folder for folder in FONT_FOLDERS if not folder.startswith("~"))
    home = Home(bench.folder / "cold/home", {"OSFONTDIR": fonts}).alone()
    return _Stage(path, plain, home)


def _script(profile: Path, folder: Path) -> list[str]:
    return [sys.executable, "-c", _PLAINLY, str(profile), content.VARIANT, str(folder)]


def _has_format(stage: _Stage) -> bool:
    stage.home.clear()
    try:
        return bool(
            run(["kpsewhich", "-engine=xetex", "xelatex.fmt"], folder=stage.plain, home=stage.home)
        )
    except NotMeasuredError:
        return False


TOPIC = Topic(
    "The first build ever",
    "TeX is installed, and nothing of cvforge is in any cache: the home folder is new in every run,"
    " for both. Plain XeLaTeX is what `xelatex cv.tex` does, one pass of XeTeX with LaTeX's format"
    " and xdvipdfmx behind it, over the `.tex` that cvforge writes, beside its class: TeX's part"
    " alone. cvforge's plain way is a whole build by that XeLaTeX from the profile, with the same"
    " templates, where nothing is started ahead and nothing is kept. The time of"
    " cvforge ends with its command: what it prepares then for later builds, its own format above"
    " all, is made by another process.",
    measure,
    (AGAINST_PLAIN, AGAINST_WAY, AGAINST_BARE),
)
