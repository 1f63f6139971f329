"""Makes a preloaded format: dumps the class, records what a sample reads, and tries both out."""

from __future__ import annotations

import gzip
import re
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cvforge.engine import glyph_lists, preload, sandbox, xetex
from cvforge.engine.base import TexJob
from cvforge.engine.lock import making
from cvforge.engine.passes import JOB_NAME, write_files
from cvforge.engine.places import Stamp, write_json
from cvforge.engine.preload import Condition, Preloaded, Start
from cvforge.engine.serving import Serving
from cvforge.engine.waiting import Waiting
from cvforge.engine.wall import is_shown
from cvforge.engine.xdv import font_files
from cvforge.frozen import dataclass
from cvforge.patterns import pattern
from cvforge.signals import is_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cvforge.engine.preload import Shelf
    from cvforge.engine.texlive import TexLive

KEPT = 4  # formats; those that were used last
LIMITS = sandbox.Limits()
# The class is loaded where an old TeX font is selected: XeTeX cannot dump one of another kind.
DRIVER = (
    r"\usefont{{OT1}}{{cmr}}{{m}}{{n}}\documentclass{{{name}}}\CvDump{{{name}}}{{{options}}}" + "\n"
)
# What kpathsea says of each search when bit 5 of KPATHSEA_DEBUG is set (kpathsea manual, 3.4).
SEARCHES = {"KPATHSEA_DEBUG": "32"}
_FOUND = pattern(
    r"kdebug:(?:returning from )?(?:generic )?search\([^()\n]*\) =>[ ]*(/[^\n]+)$", re.MULTILINE
)
_READ = pattern(r"^INPUT (/.+)$", re.MULTILINE)
# Lists of fonts that are known by their TeX metrics: megabytes that OpenType does not need.
_MAP_LINE = pattern(r"^\s*f\s", re.MULTILINE)
# Where one size of a font was read another document may need the next, which lies beside it.
_SIZES = {".otf", ".tfm"}
_NOT_IN_TREE = {".fmt", ".cnf", ".map", ""}


def make(tex: TexLive, shelf: Shelf, *, wait_seconds: float) -> None:
    """Make the format of a class unless it is there, or another process is making it.

    What makes it impossible is remembered, so that nobody tries again before something changes.

    Raises:
        OSError: when the cache cannot be written.
        CvforgeError: when LaTeX's own format cannot be made.
    """
    root = shelf.folder.parent
    with making(root, wait_seconds=wait_seconds) as work:
        if work is not None and shelf.look()[0] in {Condition.ABSENT, Condition.STALE}:
            _Making(tex, shelf, work).run()
            _prune(root)


class _ImpossibleError(Exception):
    """Why a class has no preloaded format."""


@dataclass(frozen=True, slots=True)
class _Sample:
    """What the plain way makes of the sample, what it reads for that, and the fonts in it."""

    pdf: bytes
    files: set[Path]
    fonts: set[Path]


@dataclass(frozen=True, slots=True)
class _Making:
    tex: TexLive
    shelf: Shelf
    work: Path

    def run(self) -> None:
        """Put the format in its place, or a record of why there is none."""
        made = self.work / "made"
        made.mkdir()
        base = self.tex.xelatex_format()
        read = {base, *(self.tex.required(name) for name in preload.PROGRAMS)}
        preloaded, reason = Preloaded(made, has_tree=False), ""
        try:
            read |= self._dump(base, made / preload.FORMAT)
            sample = self._sample(base)
            read |= sample.files
            _fill(made, sample.files)
            preloaded = self._working(Preloaded(made, fonts=_listed(made, sample)), sample.pdf)
            serving = replace(preloaded, serves=True)
            preloaded = serving if self._serves(serving, sample.pdf) else preloaded
        except _ImpossibleError as error:
            if is_told():  # it was ended, and says nothing of the class
                return
            reason = str(error)
        self._place(preloaded, read, reason)

    def _dump(self, base: Path, made: Path) -> set[Path]:
        """Dump the class on top of LaTeX, and return the files that were read for it."""
        folder = self._folder("dump")
        shutil.copy(base, folder / "base.fmt")
        (folder / f"{JOB_NAME}.tex").write_text(self._driver(), "utf-8")
        done = sandbox.run(
            [
                self.tex.required("xetex"),
                "-ini",
                "-no-shell-escape",
                "-interaction=nonstopmode",
                "-halt-on-error",
                "-recorder",
                "&base",
                f"{JOB_NAME}.tex",
            ],
            folder=folder,
            environment=self.tex.variables(),
            limits=LIMITS,
            guard=self.tex.guard(),
        )
        dumped = folder / f"{JOB_NAME}.fmt"
        if done.status != 0 or not dumped.exists():
            raise _ImpossibleError(f"the class cannot be dumped: {_complaint(done.output)}")
        _unpack(dumped, made)
        recorded = (folder / f"{JOB_NAME}.fls").read_text("utf-8", "replace")
        return {Path(path) for path in _READ.findall(recorded)}

    def _sample(self, base: Path) -> _Sample:
        """Set the sample the plain way, and note every file that is found for it."""
        folder = self._folder("sample")
        (folder / f"{JOB_NAME}.tex").write_text(self.shelf.sample(), "utf-8")
        command = xetex.command(
            self.tex.required("xetex"), base, f"{JOB_NAME}.tex", mode="nonstopmode"
        )
        environment = self.tex.variables() | SEARCHES
        set_ = sandbox.run(
            command, folder=folder, environment=environment, limits=LIMITS, guard=self.tex.guard()
        )
        start = Start(base, "", SEARCHES)
        driven = xetex.drive(self.tex, folder, start=start, epoch=0, limits=LIMITS)
        pdf = folder / f"{JOB_NAME}.pdf"
        if set_.status != 0 or driven.status != 0 or not pdf.exists():
            raise _ImpossibleError(f"the sample cannot be set: {_complaint(set_.output)}")
        found = _found(set_.output + driven.output)
        # A class can write such lines too: what lies elsewhere never gets into the tree.
        shown = {path for path in found if is_shown(self.tex, str(path), folder=folder)}
        fonts = {Path(path) for path in font_files((folder / f"{JOB_NAME}.xdv").read_bytes())}
        return _Sample(pdf.read_bytes(), shown, fonts & shown)

    def _working(self, whole: Preloaded, wanted: bytes) -> Preloaded:
        """Return what works, at best with the files in its folder alone, without any others."""
        files, job = self.shelf.files, TexJob(self.shelf.sample(), self.shelf.files, 0)
        for preloaded in (whole, replace(whole, fonts=()), replace(whole, has_tree=False)):
            waiting = Waiting(self.tex, preloaded.start(), files, limits=LIMITS)
            if waiting.typeset(job).pdf == wanted:
                return preloaded
        raise _ImpossibleError("with the class in the format a document is not the same")

    def _serves(self, preloaded: Preloaded, wanted: bytes) -> bool:
        """Say whether an engine can set a document, and another one after it."""
        job = TexJob(self.shelf.sample(), self.shelf.files, 0, is_shipped=True)
        tex = replace(self.tex, stays=True)
        start = preloaded.start(serves=True, options=self.shelf.options)
        serving = Serving(tex, start, self.shelf.files, limits=LIMITS)
        try:
            return all(serving.is_alive() and serving.typeset(job).pdf == wanted for _ in range(2))
        finally:
            serving.end()

    def _place(self, made: Preloaded, read: Iterable[Path], reason: str) -> None:
        stamps = [Stamp.of(path) for path in sorted(read) if path.is_file()]
        if not reason:
            own = Stamp.of(made.format)
            stamps.append(Stamp(str(self.shelf.folder / preload.FORMAT), own.size, own.time))
        write_json(made.folder / preload.RECORD, preload.record(stamps, made, reason))
        with suppress(FileNotFoundError):
            self.shelf.folder.rename(self.work / "stale")
        made.folder.rename(self.shelf.folder)

    def _driver(self) -> str:
        return DRIVER.format(name=self.shelf.class_name, options=",".join(self.shelf.options))

    def _folder(self, name: str) -> Path:
        folder = self.work / name
        folder.mkdir()
        write_files(folder, self.shelf.files)
        return folder


def _unpack(packed: Path, made: Path) -> None:
    """Store a format as it is: XeTeX reads it in a third of the time."""
    with packed.open("rb") as file:
        is_packed = file.read(2) == b"\x1f\x8b"
    with gzip.open(packed) if is_packed else packed.open("rb") as source, made.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)


def _found(output: str) -> Iterator[Path]:
    for line in _FOUND.findall(output):
        whole = Path(line)
        parts = [whole] if whole.is_file() else [Path(part) for part in line.split()]
        yield from (part for part in parts if part.is_absolute() and part.is_file())


def _fill(folder: Path, seen: Iterable[Path]) -> None:
    """Link what was seen into a folder, with the driver's settings but for its font maps."""
    (folder / preload.FONTS).write_text("<fontconfig></fontconfig>\n", "utf-8")
    for path in sorted(seen):
        link = folder / path.name
        if path.suffix in _NOT_IN_TREE or link.exists():
            continue
        if path.name == "dvipdfmx.cfg":
            settings = path.read_text("utf-8", "surrogateescape").splitlines(keepends=True)
            kept = "".join(line for line in settings if not _MAP_LINE.match(line))
            link.write_text(kept, "utf-8", "surrogateescape")
        else:
            link.symlink_to(path)
    for family, suffix in {(path.parent, path.suffix) for path in seen if path.suffix in _SIZES}:
        for path in family.glob(f"*{suffix}"):
            with suppress(FileExistsError):
                (folder / path.name).symlink_to(path)


def _listed(folder: Path, sample: _Sample) -> tuple[str, ...]:
    """Write short lists of glyphs beside a tree; return the names of the fonts that they suffice.

    That is none, where a font is not understood.
    """
    lists = [path for path in sample.files if path.name in glyph_lists.LISTS]
    fonts = sorted(
        path for path in sample.fonts if (folder / path.name).resolve() == path.resolve()
    )
    short = folder / preload.LISTS
    short.mkdir()
    try:
        glyph_lists.shorten(lists, fonts, short)
    except (OSError, ValueError):
        shutil.rmtree(short)
        return ()
    return tuple(path.name for path in fonts)


def _complaint(output: str) -> str:
    lines = [line for line in output.splitlines() if line.startswith("!")]
    return (lines or output.split("\n")[-1:])[0].lstrip("! ")


def _prune(root: Path) -> None:
    """Remove the formats that were not used for longest."""
    used: list[tuple[float, Path]] = []
    for folder in root.iterdir():
        with suppress(OSError):
            used.append(((folder / preload.RECORD).stat().st_mtime, folder))
    for _, folder in sorted(used)[:-KEPT]:
        shutil.rmtree(folder, ignore_errors=True)
