"""A format that holds a class, beside the few files that its documents read: found again here."""

from __future__ import annotations

import json
import os
import re
import time
from contextlib import suppress
from enum import StrEnum
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cvforge.engine.lock import MAKING
from cvforge.engine.places import Stamp, digest
from cvforge.frozen import dataclass
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from cvforge.engine.texlive import TexLive

REVISION = "6"  # of all that is kept: another one makes everything anew
FOLDER = "preloaded"
FORMAT = "cvforge.fmt"
RECORD = "record.json"
FONTS = "fonts.conf"
LISTS = "glyph-lists"
RETRY_SECONDS = 86_400.0  # after which what was impossible is tried again
PROGRAMS = ("xetex", "xdvipdfmx")
_PACKAGES = pattern(rb"^\\CvDeclarePackages\{([a-z]+)\}", re.MULTILINE)
_OPTIONS = pattern(r"\\documentclass\[([^\]]*)\]")
_WITHOUT_EFFECT = {"TEXMFVAR", "TEXMFCACHE", "LANG", "LC_ALL"}
LISTED = "TEXFONTMAPS"  # where xdvipdfmx looks for lists of glyphs
# The paths on which the programs look for what they read; none leads out of our folder.
_PATHS = (
    "TEXMF",
    "TEXMFDBS",
    "TEXFORMATS",
    "TFMFONTS",
    "OPENTYPEFONTS",
    "TTFONTS",
    "T1FONTS",
    "MISCFONTS",
    "ENCFONTS",
    "CMAPFONTS",
    "FONTCIDMAPS",
    "FONTFEATURES",
    "SFDFONTS",
    LISTED,
    "DVIPDFMXINPUTS",
    "OSFONTDIR",
)

# Two tables of XeTeX's have a row for each control sequence above 15,000. LaTeX and the class have
# 21,000; what TeX Live makes room for is 9 MB of nothing. A document with more is set in the plain
# way, which has that room.
_SIZES = {"hash_extra": "50000"}


class Condition(StrEnum):
    """How it is with a preloaded format."""

    READY = "ready"
    STALE = "out of date"
    ABSENT = "not built"
    IMPOSSIBLE = "impossible"


class Making(StrEnum):
    """Where a format is made that is not there: by this process beside its work, or by another.

    The first document never waits for it.
    """

    HERE = "here"
    APART = "apart"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Start:
    """How an engine is started that waits: with a format, a first line and variables.

    With ``serves`` it goes on after a document, and has carried ``options`` out before the first:
    it is for documents that have just these. ``fonts`` are the paths of those whose glyphs the
    driver finds in the lists that the variables lead to.
    """

    format: Path
    first: str
    variables: Mapping[str, str]
    serves: bool = False
    options: tuple[str, ...] = ()
    fonts: frozenset[str] = frozenset()

    @property
    def lists(self) -> Path:
        """Where the longer lists of glyphs are."""
        return self.format.parent

    def needs_longer_lists(self, fonts: frozenset[str]) -> bool:
        """Say whether a driver that embeds these fonts does."""
        return LISTED in self.variables and not fonts <= self.fonts


@dataclass(frozen=True, slots=True)
class Preloaded:
    """A folder with a format.

    With ``has_tree`` it holds all that documents read as well, and lists of glyphs for ``fonts``;
    with ``serves`` the format can set one document after the other.
    """

    folder: Path
    has_tree: bool = True
    serves: bool = False
    fonts: tuple[str, ...] = ()

    @property
    def format(self) -> Path:
        """The format."""
        return self.folder / FORMAT

    def start(
        self, *, loads_fonts: bool = True, serves: bool = False, options: tuple[str, ...] = ()
    ) -> Start:
        """Return how an engine is started, which may load the fonts of the class at once.

        One that ``serves`` sets many documents, where that is possible, all with these options if
        any are given.
        """
        fonts = frozenset(str(self.folder / name) for name in self.fonts)
        if serves and self.serves:
            first = rf"\CvServe{int(loads_fonts)}{{{','.join(options)}}}"
            return Start(
                self.format, first, self.variables(), options=options, fonts=fonts, serves=True
            )
        first = r"\CvWait" if loads_fonts else r"\CvListen"
        return Start(self.format, first, self.variables(), fonts=fonts)

    def variables(self) -> Mapping[str, str]:
        """Return what tells the programs to look nowhere but here, and to take no more."""
        if not self.has_tree:
            return _SIZES
        return dict.fromkeys(_PATHS, str(self.folder)) | {
            **_SIZES,
            LISTED: f"{self.folder / LISTS}{os.pathsep}{self.folder}",
            "TEXINPUTS": f".{os.pathsep}{self.folder}",
            "FONTCONFIG_FILE": str(self.folder / FONTS),
            "texmf_casefold_search": "0",  # or the folder is read for each file that is not there
        }


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the format of one class belongs, for these files and options, and this TeX.

    ``options`` are those that load packages; where there are any, ``ahead`` are all of a document.
    """

    folder: Path
    class_name: str
    files: Mapping[str, bytes]
    options: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, tex: TexLive, files: Mapping[str, bytes], options: Iterable[str] = ()
    ) -> Shelf | None:
        """Return the place; None without a class, the programs or a folder to keep it in."""
        if tex.preloads is None:
            return None
        classes = [name.removesuffix(".cls") for name in files if name.endswith(".cls")]
        programs = [tex.program(name) for name in PROGRAMS]
        if len(classes) != 1 or None in programs:
            return None
        surroundings = {k: v for k, v in tex.variables().items() if k not in _WITHOUT_EFFECT}
        asked, loading = set(options), set(options_with_packages(files))
        chosen = tuple(sorted(asked & loading))
        # Packages go by what the other options have set: the size of the text.
        ahead = (*sorted(asked - loading), *chosen) if chosen else ()
        identity = json.dumps([REVISION, surroundings, chosen, *map(str, programs)], sort_keys=True)
        contents = [part for name in sorted(files) for part in (name, files[name])]
        folder = tex.preloads / FOLDER / digest(identity, *contents)
        return cls(folder, classes[0], files, chosen, ahead)

    def plain_start(self, tex_format: Path) -> Start:
        """Return how an engine is started with LaTeX's format, which loads the class first."""
        options = ",".join(self.options)
        ready = rf"\documentclass{{{self.class_name}}}\CvStandBy{{{self.class_name}}}{{{options}}}"
        return Start(tex_format, ready, _SIZES)

    def sample(self) -> str:
        """Return a document that reads every file that one of the class with these options may."""
        chosen = ",".join(self.options)
        return rf"\documentclass{{{self.class_name}}}\CvSample{{{chosen}}}" + "\n"

    def look(self) -> tuple[Condition, Preloaded | None, str]:
        """Return how it is with the format, the format when it can be used, and why not."""
        try:
            record = json.loads((self.folder / RECORD).read_bytes())
            stamps = [Stamp(*row) for row in record["stamps"]]
            reason = str(record["reason"])
            has_tree, serves = bool(record["has_tree"]), bool(record["serves"])
            fonts = tuple(map(str, record["fonts"]))
        except (OSError, ValueError, TypeError, KeyError):
            return Condition.ABSENT, None, ""
        changed = next((stamp.path for stamp in stamps if not stamp.holds()), None)
        if changed is not None:
            return Condition.STALE, None, f"{changed} has changed"
        if reason and self._is_fresh():
            return Condition.IMPOSSIBLE, None, reason
        if reason:
            return Condition.STALE, None, reason
        return Condition.READY, Preloaded(self.folder, has_tree, serves, fonts), ""

    def _is_fresh(self) -> bool:
        """Say whether the record is so new that another try would end as the last one did."""
        return Stamp.of(self.folder / RECORD).time > (time.time() - RETRY_SECONDS) * 1e9

    def note_use(self) -> None:
        """Note that the format was used; those that were used last are kept."""
        with suppress(OSError):
            os.utime(self.folder / RECORD)

    def discard(self) -> None:
        """Take a format away that is damaged; where the cache cannot be written it stays."""
        with suppress(OSError), TemporaryDirectory(prefix=MAKING, dir=self.folder.parent) as work:
            self.folder.rename(f"{work}/discarded")


def options_with_packages(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the class options that load packages: a format for each choice of them."""
    found = (name for content in files.values() for name in _PACKAGES.findall(content))
    return tuple(dict.fromkeys(name.decode() for name in found))


def options_of(source: str) -> frozenset[str]:
    """Return the class options of a document."""
    match = _OPTIONS.search(source)
    return frozenset() if match is None else frozenset(match[1].replace(" ", "").split(","))


def record(stamps: Iterable[Stamp], made: Preloaded, reason: str) -> dict[str, object]:
    """Return what is written beside a format; ``reason`` says why there is none."""
    return {
        "stamps": [[stamp.path, stamp.size, stamp.time] for stamp in stamps],
        "has_tree": made.has_tree,
        "serves": made.serves,
        "fonts": made.fonts,
        "reason": reason,
    }
