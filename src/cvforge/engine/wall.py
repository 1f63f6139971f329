"""Bubblewrap as one more wall around TeX: what is seen behind it, and whether it stands here."""

from __future__ import annotations

import json
import os
import shutil
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cvforge.engine import sandbox
from cvforge.engine.places import Stamp, digest, write_json
from cvforge.engine.trace import Trace, is_below
from cvforge.frozen import dataclass
from cvforge.scratch import WorkFolder
from cvforge.signals import is_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cvforge.engine.texlive import TexLive

PROGRAM = "bwrap"
_PROGRAMS = ("kpsewhich", "xetex", "xdvipdfmx", "lualatex")
_KEPT = ("formats", "preloaded", "texmf-var")  # what TeX's programs read of our cache
_TREES = ("TEXMFHOME", "TEXMFLOCAL", "TEXMFCNF")
RECORD = "wall.json"
ABSENT = "not installed"
RETRY_SECONDS = 86_400.0  # after which what did not work is tried again
TRY_SECONDS = 20.0
# Programs and their libraries; on most systems all but the first are links into it.
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store")
_WRITTEN = "/var/lib/texmf"  # the tree that a system's TeX writes
# Of the rest what programs read: the list of libraries, the settings of fonts and of TeX.
_SETTINGS = (
    "/etc/ld.so.cache",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/texmf",
    _WRITTEN,
    "/var/cache/fontconfig",
)
# What decides whether this process may make namespaces, besides the program and the user.
_STATE = (
    "/proc/sys/kernel/random/boot_id",
    "/proc/sys/kernel/unprivileged_userns_clone",
    "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
    "/proc/sys/user/max_user_namespaces",
)
_NAMESPACES = ("/proc/self/ns/user", "/proc/self/ns/mnt")


@dataclass(frozen=True, slots=True)
class Wall:
    """Bubblewrap, and the trees that can be read behind it; ``writes`` are written to as well."""

    program: str
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()

    def command(self, command: Sequence[str | Path], folder: Path) -> list[str]:
        """Return what runs ``command`` with nothing to write to but ``folder``, and no network.

        All that it starts is in a namespace of process numbers, and ends with the first of them.
        Two of bubblewrap's options are left out. ``--new-session`` would take it out of reach of
        a signal to the group; whoever starts it makes a session. ``--die-with-parent`` leaves its
        inner process for ever when the outer one is killed while they begin: one kill in a hundred.
        """
        return [
            self.program,
            *("--unshare-all", "--cap-drop", "ALL"),
            *_shown(_SYSTEM),
            *_shown(_outermost([*_SETTINGS, *self.reads])),
            *("--dev-bind-try", "/dev/null", "/dev/null"),
            *(part for path in self.writes for part in ("--bind-try", path, path)),
            *("--bind", str(folder), str(folder), "--chdir", str(folder)),
            *("--remount-ro", "/", "--"),
            *map(str, command),
        ]


@dataclass(frozen=True, slots=True)
class Tried:
    """Whether bubblewrap works here; ``reason`` says why there is no wall."""

    wall: Wall | None
    reason: str = ""

    def __str__(self) -> str:
        if self.wall is not None:
            return "stands around TeX"
        return self.reason if self.reason == ABSENT else f"cannot be used here: {self.reason}"


def tried(tex: TexLive, *, anew: bool = False) -> Tried:
    """Return the wall for TeX's programs, or why there is none; tried once, and remembered.

    ``anew`` does not believe what is remembered.
    """
    if anew:
        _tried.cache_clear()
    return _tried(_surroundings(tex), tex.cache, anew)


def hoped(tex: TexLive) -> Wall | None:
    """Return the wall without trying it, None where it is known that it does not stand."""
    wall = _wall(_surroundings(tex))
    return None if wall is None or _remembered(tex.cache / RECORD, _state(wall)) else wall


def note(tex: TexLive) -> None:
    """Remember that TeX has worked behind the wall, so that nobody has to try it."""
    wall = hoped(tex)
    if wall is not None:
        _remember(tex.cache, _state(wall), "")


def guard(tex: TexLive) -> Wall | Trace:
    """Return what keeps TeX to its files: the wall, or else an eye on what it opens."""
    wall = tex.wall()
    return Trace((*_SYSTEM, *_SETTINGS, *_trees(_surroundings(tex)))) if wall is None else wall


def is_shown(tex: TexLive, path: str, *, folder: Path) -> bool:
    """Say whether a path, seen from the folder of a job, leads to where TeX and fonts are."""
    whole = os.path.normpath(folder / path)
    return is_below(whole, (str(folder), *_SYSTEM, _WRITTEN, *_trees(_surroundings(tex))))


def _surroundings(tex: TexLive) -> tuple[str, ...]:
    """Return what the trees follow from: our caches, and TeX's environment."""
    variables = tex.variables()
    caches = {str(tex.cache), str(tex.cache if tex.preloads is None else tex.preloads)}
    kept = os.pathsep.join(f"{cache}/{name}" for cache in sorted(caches) for name in _KEPT)
    return (*(variables.get(name, "") for name in ("PATH", "HOME", "OSFONTDIR", *_TREES)), kept)


@lru_cache(maxsize=8)
def _tried(
    surroundings: tuple[str, ...],
    cache: Path,
    anew: bool,  # noqa: FBT001  the key of what is kept has no names
) -> Tried:
    path = surroundings[0] or os.defpath
    wall = _wall(surroundings)
    if wall is None:
        return Tried(None, ABSENT)
    state = _state(wall)
    reason = None if anew else _remembered(cache / RECORD, state)
    if reason is None:
        reason = _failure(wall, path)
        if not is_told():  # it was not ended
            _remember(cache, state, reason)
    return Tried(None, reason) if reason else Tried(wall)


@lru_cache(maxsize=8)
def _wall(surroundings: tuple[str, ...]) -> Wall | None:
    program = shutil.which(PROGRAM, path=surroundings[0] or os.defpath)
    return None if program is None else Wall(program, _trees(surroundings))


@lru_cache(maxsize=8)
def _trees(surroundings: tuple[str, ...]) -> tuple[str, ...]:
    """Return the folders that TeX's files and fonts are in, outside the system's own.

    They are named as kpathsea writes them. A TeX that is no package of the system has its trees
    beside its programs: TeX Live's are ``2024/bin/PLATFORM``, ``2024/texmf-dist`` and
    ``texmf-local``. The home folder as a whole is never among them.
    """
    path, home, *lists = surroundings
    named = [part for each in lists for part in each.split(os.pathsep)]
    named += [f"{home}/texmf", f"{home}/Library/texmf"]  # TEXMFHOME, where nobody has set it
    folders = [each.lstrip("!").rstrip("/") for each in named]
    for name in _PROGRAMS:
        found = shutil.which(name, path=path or os.defpath)
        if found is not None:
            folders += _beside(Path(found))
    return tuple(_outermost(f for f in folders if f.startswith("/") and not is_below(home, [f])))


def _beside(program: Path) -> Iterator[str]:
    """Yield the folders of a program, and of the TeX that it belongs to."""
    real = program.resolve()
    yield from (str(program.parent), str(real.parent))
    if not is_below(str(real), _SYSTEM) and real.parent.parent.name == "bin":
        root = real.parents[2]
        yield from (str(root), str(root.parent / "texmf-local"))


def _remembered(record: Path, state: str) -> str | None:
    """Return what came of the last try, None where that tells nothing of today."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        content = json.loads(record.read_bytes())
        reason = str(content["reason"])
        is_old = bool(reason) and time.time() - content["time"] > RETRY_SECONDS
        if content["state"] == state and not is_old:
            return reason
    return None


def _remember(cache: Path, state: str, reason: str) -> None:
    with suppress(OSError):  # it is a cache: the next run tries again
        content = {"state": state, "reason": reason, "time": time.time()}
        write_json(cache / RECORD, content)


def _failure(wall: Wall, path: str) -> str:
    """Return why a wall does not stand, or hides LaTeX; "" where all is well."""
    finder = shutil.which("kpsewhich", path=path)
    command = ("/bin/sh", "-c", ":") if finder is None else (finder, "latex.ltx")
    limits = sandbox.Limits(wall_seconds=TRY_SECONDS)
    with WorkFolder() as folder:
        done = sandbox.run(
            command, folder=folder, environment={"PATH": path}, limits=limits, guard=wall
        )
    if done.timed_out:
        return f"it did not end in {TRY_SECONDS:g} s"
    if done.status == 0:
        return ""
    said = done.output.strip().splitlines()
    return said[-1].removeprefix("bwrap: ") if said else "TeX does not find its files behind it"


def _state(wall: Wall) -> str:
    """Return a name for all that decides whether this process can make namespaces."""
    stamp = Stamp.of(wall.program)
    facts = [wall.program, str(stamp.size), str(stamp.time), str(os.geteuid()), *wall.reads]
    for path in _STATE:
        with suppress(OSError):
            facts.append(Path(path).read_text("ascii"))
    for path in _NAMESPACES:
        with suppress(OSError):
            facts.append(str(Path(path).readlink()))
    return digest(*facts)


@lru_cache(maxsize=8)
def _options(paths: tuple[str, ...]) -> tuple[str, ...]:
    options: list[str] = []
    for path in map(Path, paths):
        if path.is_symlink() and len(path.parts) == 2:  # noqa: PLR2004  "/lib", which is "usr/lib"
            options += ("--symlink", str(path.readlink()), str(path))
        else:
            options += ("--ro-bind-try", str(path), str(path))
    return tuple(options)


def _shown(paths: Iterable[str]) -> tuple[str, ...]:
    return _options(tuple(paths))


def _outermost(paths: Iterable[str]) -> list[str]:
    """Return the paths without those that another one, or the system's, shows already."""
    made: list[str] = []
    for path in sorted(dict.fromkeys(paths)):
        if not is_below(path, (*_SYSTEM, *made)):
            made.append(path)
    return made
