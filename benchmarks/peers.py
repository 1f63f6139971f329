"""RenderCV and the typst wheel, as pip gives them for this Python, in their own environment."""

from __future__ import annotations

import platform
import re
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools.ttLib import TTFont

from benchmarks.bench import Home, NotMeasuredError, run

if TYPE_CHECKING:
    from collections.abc import Iterable

# RenderCV 2.3 imports click without declaring it.
PACKAGES = ("rendercv[full]", "click")
PDF_ALONE = ("--dont-generate-markdown", "--dont-generate-html", "--dont-generate-png")
# A port that refuses: RenderCV asks the package index for its newest version in every run.
OFFLINE = dict.fromkeys(
    ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9"
)
FONTS = "import rendercv_fonts as f; print(*f.paths_to_font_folders, sep='\\n')"
VERSIONS = "from importlib.metadata import version as v; print(v('rendercv'), v('typst'))"
PLACE = "from importlib.util import find_spec as f; print(f('rendercv').origin)"
COMPILE = (
    "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=sys.argv[3:])"
)
STAND_IN = "stand-in.typ"
MANIFEST = '[package]\nname = "fontawesome"\nversion = "{version}"\nentrypoint = "{file}"\n'
ICONS = """\
#let fa-icon(name, solid: false, ..rest) = context text(
  font: ("Font Awesome 7 Free" + if solid { " Solid" }, "Font Awesome 7 Brands"),
  weight: if solid { 900 } else { 400 }, icons.at(name, default: name), ..rest.named(),
)
"""
NOTE = (
    "Typst could not load the package of icons that RenderCV's files import. Another stood in for"
    " it, which like that one defines every icon of the font by name."
)
_IMPORT = re.compile(r'^#import "@preview/fontawesome:([0-9.]+)"', re.MULTILINE)
_VERSION = re.compile(r'^version = "([0-9.]+)"', re.MULTILINE)
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Peers:
    """The peers; ``fonts`` are the folders that RenderCV gives to Typst.

    ``source`` is where RenderCV itself is installed.
    """

    folder: Path
    home: Home
    source: Path
    rendercv: str
    typst: str
    fonts: tuple[str, ...]
    note: str = ""

    def render(self, path: Path) -> list[str]:
        """Return the command that makes RenderCV's PDF of a file, and nothing else."""
        return [_program(self.folder, "rendercv"), "render", path.name, *PDF_ALONE]

    def compile(self, typ: Path, pdf: Path) -> list[str]:
        """Return the command that compiles a ``.typ``."""
        return [_program(self.folder, "python"), "-c", COMPILE, str(typ), str(pdf), *self.fonts]

    def tried(self, path: Path) -> Peers:
        """Return the peers after they have set a CV, with what had to be done for it.

        Raises:
            NotMeasuredError: when they cannot.
        """
        try:
            run(self.render(path), folder=path.parent, home=Home(self.home.folder))
        except NotMeasuredError:
            _stand_in(self)
            run(self.render(path), folder=path.parent, home=self.home)
        stands_in = any(self.home.folder.rglob(STAND_IN))
        return replace(self, note=NOTE) if stands_in else self


def written(path: Path, suffix: str) -> Path:
    """Return what RenderCV wrote beside a file, by its suffix.

    Raises:
        NotMeasuredError: when it wrote none.
    """
    found = sorted((path.parent / "rendercv_output").glob(f"*{suffix}"))
    if not found:
        raise NotMeasuredError(f"RenderCV wrote no {suffix}")
    return found[0]


def installed(cache: Path) -> Peers:
    """Return the peers; installed when they are not yet.

    Raises:
        NotMeasuredError: when they cannot be installed.
    """
    folder = cache / f"peers-{platform.python_version()}"
    home = Home(cache / f"{folder.name}-home", OFFLINE)
    home.folder.mkdir(parents=True, exist_ok=True)
    python = _program(folder, "python")
    if not (folder / "complete").exists():
        _install(folder, python)
    rendercv, typst = run([python, "-c", VERSIONS], folder=cache, home=home).split()
    fonts = run([python, "-c", FONTS], folder=cache, home=home).splitlines()
    source = Path(run([python, "-c", PLACE], folder=cache, home=home).strip()).parent
    _unpack(source, _packages(home))
    return Peers(folder, home, source, rendercv, typst, tuple(fonts))


def _install(folder: Path, python: str) -> None:
    own = Home(Path.home())
    run([sys.executable, "-m", "venv", "--clear", str(folder)], folder=folder.parent, home=own)
    run([python, "-m", "pip", "install", *PACKAGES], folder=folder, home=own)
    (folder / "complete").touch()


def _packages(home: Home) -> Path:
    """Return where Typst keeps what it has loaded from its universe."""
    return home.folder / ".cache/typst/packages/preview"


def _unpack(source: Path, packages: Path) -> None:
    """Put the Typst package that later versions of RenderCV bring along where Typst finds it."""
    for manifest in source.rglob("typst.toml"):
        version = _VERSION.search(manifest.read_text(encoding="utf-8"))
        if version is not None:
            place = packages / "rendercv" / version[1]
            shutil.copytree(manifest.parent, place, dirs_exist_ok=True)


def _stand_in(peers: Peers) -> None:
    """Write a package of icons in each version that RenderCV's files import."""
    files = [path.read_text(encoding="utf-8") for path in peers.source.rglob("*.typ")]
    versions = {found for text in files for found in _IMPORT.findall(text)}
    known = _icons(Path(folder) for folder in peers.fonts)
    rows = "".join(f'  "{name}": "\\u{{{code:x}}}",\n' for name, code in known.items())
    each = "".join(f'#let fa-{name} = fa-icon.with("{name}")\n' for name in known)
    for version in versions:
        package = _packages(peers.home) / "fontawesome" / version
        package.mkdir(parents=True, exist_ok=True)
        (package / STAND_IN).write_text(f"#let icons = (\n{rows})\n{ICONS}{each}", "utf-8")
        manifest = MANIFEST.format(version=version, file=STAND_IN)
        (package / "typst.toml").write_text(manifest, encoding="utf-8")


def _icons(folders: Iterable[Path]) -> dict[str, int]:
    """Return the characters of all icons by their glyphs' names."""
    fonts = [
        path for folder in folders if "Awesome" in folder.name for path in folder.glob("*.otf")
    ]
    named: dict[str, int] = {}
    for path in fonts:
        with TTFont(path) as font:
            named |= {name: code for code, name in (font.getBestCmap() or {}).items()}
    named["external-link"] = named["arrow-up-right-from-square"]  # as RenderCV calls it
    return {name: code for name, code in named.items() if _NAME.fullmatch(name)}


def _program(folder: Path, name: str) -> str:
    return str(folder / ("Scripts" if sys.platform == "win32" else "bin") / name)
