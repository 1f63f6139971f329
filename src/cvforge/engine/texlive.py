"""A TeX Live (or MiKTeX) on this machine: its programs, files, formats and environment."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from cvforge.engine import sandbox
from cvforge.engine.lock import making
from cvforge.engine.places import Places, digest
from cvforge.engine.preload import Making
from cvforge.engine.wall import guard, hoped, note, tried
from cvforge.errors import EngineError, EngineMissingError, OutputError
from cvforge.files import is_full
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cvforge.engine.trace import Trace
    from cvforge.engine.wall import Wall

# Where systems keep fonts; kpathsea looks here besides its own trees.
FONT_FOLDERS = (
    "/usr/share/fonts//",
    "/usr/local/share/fonts//",
    "~/.local/share/fonts//",
    "~/.fonts//",
    "/Library/Fonts//",
    "~/Library/Fonts//",
    "/opt/homebrew/share/fonts//",
)
FORMAT_SECONDS = 120.0  # that another process may take for LaTeX's format, twice what XeTeX has
LATEX = ("xelatex.fmt", "latex.ltx")  # its format for XeTeX, and what one is made of
_PASSED_ON = ("PATH", "TEXMFHOME", "TEXMFLOCAL", "TEXMFCNF", "LANG", "LC_ALL")


@dataclass(frozen=True, slots=True)
class TexLive:
    """The TeX programs that ``environment``'s PATH leads to; ``cache`` is ours to write in.

    ``preloads`` is where formats with a class in them are kept for later runs; None is nowhere.
    ``kept_in`` is where the folders of jobs are made and stay; None removes them with the job.
    ``making`` says who makes formats that are missing there. ``stays`` says that there will be many
    documents: an engine that has set one is kept for the next. One that ``is_hopeful`` does not try
    the wall: where it does not stand, programs do not begin.
    """

    environment: Mapping[str, str]
    cache: Path
    preloads: Path | None = None
    kept_in: Path | None = None
    making: Making = Making.HERE
    stays: bool = False
    is_hopeful: bool = False

    def program(self, name: str) -> Path | None:
        """Return the path of a program, or None when it is not installed."""
        found = shutil.which(name, path=self.environment.get("PATH", os.defpath))
        return None if found is None else Path(found)

    def required(self, name: str) -> Path:
        """Return the path of a program.

        Raises:
            EngineMissingError: when it is not installed.
        """
        found = self.program(name)
        if found is None:
            raise EngineMissingError.one(
                "no-engine",
                f'the program "{name}" is not installed',
                hint='"cvforge doctor" says what to install on this system',
            )
        return found

    def variables(self, *, epoch: int = 0) -> dict[str, str]:
        """Return the environment of a TeX program: named variables and nothing else."""
        home = Path(self.environment.get("HOME", "/"))
        folders = [folder.replace("~", str(home), 1) for folder in FONT_FOLDERS]
        kept = {name: self.environment[name] for name in _PASSED_ON if name in self.environment}
        return kept | {
            "HOME": str(home),
            "OSFONTDIR": os.pathsep.join(folders),
            "TEXMFVAR": str(self.cache / "texmf-var"),
            "TEXMFCACHE": str(self.cache / "texmf-var"),
            "openin_any": "p",
            "openout_any": "p",
            "shell_escape": "f",
            # No program is run to make a font or a format that is not there.
            "MKTEXFMT": "0",
            "MKTEXTFM": "0",
            "MKTEXPK": "0",
            "MKTEXMF": "0",
            "MKTEXTEX": "0",
            "max_print_line": "10000",
            "error_line": "254",
            "half_error_line": "238",
            "SOURCE_DATE_EPOCH": str(epoch),
            "FORCE_SOURCE_DATE": "1",
            "TZ": "UTC",
        }

    def wall(self) -> Wall | None:
        """Return bubblewrap around these programs, None where it does not work."""
        return hoped(self) if self.is_hopeful else tried(self).wall

    def note_hope(self) -> None:
        """Remember that TeX has worked behind a wall that nobody had tried."""
        if self.is_hopeful:
            note(self)

    def guard(self) -> Wall | Trace:
        """Return what keeps these programs to their files."""
        return guard(self)

    def find(self, names: Iterable[str]) -> dict[str, Path]:
        """Return the paths of TeX files and fonts, by name; what is not found is left out.

        What was found once is remembered in the cache as long as TeX's lists of files are the same.
        """
        wanted = list(dict.fromkeys(names))
        if not wanted:
            return {}
        places = self.places()
        if missing := [name for name in wanted if name not in places.found]:
            paths = self._kpsewhich("-all", "-engine=xetex", *missing, "ls-R", "texmf.cnf")
            found = {path.name: path for path in reversed(paths) if path.name in missing}
            if found:
                places.learn(found, sources=[p for p in paths if p.name not in found])
            places.found |= {name: str(path) for name, path in found.items()}
        return {name: Path(places.found[name]) for name in wanted if name in places.found}

    def places(self) -> Places:
        """Return where files were found until now, and the lists of TeX's that said so."""
        name = digest(json.dumps(self.variables(), sort_keys=True))
        return Places.read(self.cache / "places" / f"{name}.json")

    def _kpsewhich(self, *arguments: str) -> list[Path]:
        try:
            done = subprocess.run(  # noqa: S603  a fixed program and file names of our templates
                [str(self.required("kpsewhich")), *arguments],
                env=self.variables(),
                capture_output=True,
                text=True,
                check=False,
                timeout=30,
            )
        except subprocess.TimeoutExpired:
            done = None
        if done is None or done.returncode < 0:
            raise EngineError.one(
                "kpsewhich",
                "kpsewhich, which finds TeX's files, does not do its work",
                hint='is TeX installed wholly? "cvforge doctor" looks',
            )
        return [Path(line) for line in done.stdout.splitlines()]

    @property
    def formats(self) -> Path:
        """The folder of our own LaTeX formats, which is there when TeX had none."""
        return self.cache / "formats"

    def xelatex_format(self, *, anew: bool = False) -> Path:
        """Return the path of LaTeX's format for XeTeX; made in our cache when TeX has none.

        Debian's ``texlive-xetex`` brings the format and 55 MB of packages that a CV does not
        need; the program and LaTeX's sources come without it. ``anew`` makes ours once more.

        Raises:
            EngineError: when it cannot be made.
            OutputError: when the cache cannot be written.
        """
        found = self.find(LATEX)
        if "xelatex.fmt" in found:
            return found["xelatex.fmt"]
        engine = self.required("xetex")
        sources = [engine, *([found["latex.ltx"]] if "latex.ltx" in found else [])]
        name = "-".join(_fingerprint(source) for source in sources)
        made = self.formats / f"xelatex-{name}.fmt"
        if anew or not made.exists():
            try:
                self._make_format(engine, made, anew=anew)
            except OSError as cause:
                reason = (cause.strerror or str(cause)).lower()
                raise OutputError.one(
                    "unwritable-cache",
                    f'the cache "{made.parent}" cannot be written: {reason}',
                    hint="set XDG_CACHE_HOME to a folder that can be written",
                ) from None
        return made

    def _make_format(self, engine: Path, made: Path, *, anew: bool) -> None:
        with making(made.parent, wait_seconds=FORMAT_SECONDS) as folder:
            if folder is None:
                raise EngineError.one(
                    "format",
                    "another process makes LaTeX's format for XeTeX, and does not finish",
                    hint="end it, and build again",
                )
            if made.exists() and not anew:  # meanwhile
                return
            done = sandbox.run(
                [
                    engine,
                    "-ini",
                    "-etex",
                    "-interaction=batchmode",
                    "-jobname=xelatex",
                    "xelatex.ini",
                ],
                folder=folder,
                environment=self.variables(),
                guard=self.guard(),
            )
            built = folder / "xelatex.fmt"
            if is_full(made.parent):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            if done.status != 0 or not built.exists():
                raise EngineError.one(
                    "format",
                    "XeTeX cannot load LaTeX to make its format",
                    hint='is LaTeX installed? "cvforge doctor" says what is missing',
                )
            built.replace(made)


def _fingerprint(program: Path) -> str:
    status = program.resolve().stat()
    return f"{status.st_size:x}-{status.st_mtime_ns:x}"
