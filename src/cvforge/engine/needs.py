"""What a build needs of the system, read from the one table that names it: ``packages.txt``."""

from __future__ import annotations

import shutil
from importlib.resources import files
from typing import TYPE_CHECKING

from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cvforge.engine.texlive import TexLive

# By the package manager's program: the kinds of rows that are its packages, and its command.
MANAGERS = {
    "apt-get": ("apt", "apt-get install --no-install-recommends"),
    "dnf": ("dnf", "dnf install"),
    "pacman": ("pacman", "pacman -S --needed"),
    "brew": ("tlmgr", "tlmgr install"),
}
USER = "user"


@dataclass(frozen=True, slots=True)
class Need:
    """One row of the table: ``kind`` is a package manager, "program", "file" or "python"."""

    kind: str
    level: str
    name: str


def table() -> tuple[Need, ...]:
    """Return the rows of ``packages.txt``."""
    text = files("cvforge.engine").joinpath("packages.txt").read_text(encoding="utf-8")
    rows = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return tuple(Need(*row) for row in rows if row)


def names(kind: str, *, level: str = USER) -> tuple[str, ...]:
    """Return the names of one kind at one level."""
    return tuple(need.name for need in table() if (need.kind, need.level) == (kind, level))


def missing(tex: TexLive) -> Iterator[str]:
    """Yield the programs and TeX files that a build needs and this system does not have."""
    programs = [name for name in names("program") if tex.program(name) is None]
    yield from programs
    wanted = names("file")
    found: Iterable[str] = () if "kpsewhich" in programs else tex.find(wanted)
    yield from (name for name in wanted if name not in found)


def install_command(path: str | None) -> str:
    """Return what installs everything here; ``path`` is the PATH to look on."""
    for program, (kind, command) in MANAGERS.items():
        if shutil.which(program, path=path) is not None:
            return f"{command} {' '.join(names(kind))}"
    return f"tlmgr install {' '.join(names('tlmgr'))}"
