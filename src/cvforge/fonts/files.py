"""Finds the files of fonts below folders, within bounds, and says where systems keep them."""

from __future__ import annotations

import os
import stat
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAX_FILES = 20_000  # a whole TeX Live has 7,000
MAX_FOLDERS = 20_000
MAX_ENTRIES = 500_000
MAX_DEPTH = 16
_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
_SYSTEM: Mapping[str, tuple[str, ...]] = {
    "linux": ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"),
    "darwin": (
        "/System/Library/Fonts",
        "/Library/Fonts",
        "~/Library/Fonts",
        "/opt/homebrew/share/fonts",
    ),
    "win32": ("~/AppData/Local/Microsoft/Windows/Fonts", "C:/Windows/Fonts"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was: its size in bytes, its time of change in nanoseconds."""

    path: str
    size: int
    time: int

    def holds(self) -> bool:
        """Say whether it is as it was."""
        try:
            status = os.stat(self.path)  # noqa: PTH116  a Path for each would cost as much
        except (OSError, ValueError):
            return False
        return (status.st_size, status.st_mtime_ns) == (self.size, self.time)


@dataclass(slots=True)
class Search:
    """What was found: files by path, and the folders looked into with their times of change.

    The time of a folder that is not there is None. ``notes`` say what was not looked at.
    """

    files: list[Seen] = field(default_factory=list)
    folders: dict[str, int | None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    _known: set[tuple[int, int]] = field(default_factory=set)
    _entries: int = 0

    @classmethod
    def below(cls, folders: Iterable[Path]) -> Search:
        """Search folders; each file and folder once, whatever links lead to it."""
        made = cls()
        for folder in folders:
            made._search(str(folder))
        return made

    def holds(self) -> bool:
        """Say whether no file has come, gone or been replaced since."""
        return all(_time(path) == time for path, time in self.folders.items())

    def _search(self, root: str) -> None:
        self.folders.setdefault(root, None)
        waiting = [(root, 0)]
        while waiting:
            folder, depth = waiting.pop()
            if len(self.folders) > MAX_FOLDERS or self._entries > MAX_ENTRIES:
                self.notes.append(f'"{root}" has too many files: not all of it is searched')
                return
            try:
                below = self._listed(folder)
            except OSError:
                continue
            if depth < MAX_DEPTH:
                waiting += [(path, depth + 1) for path in reversed(below)]
            elif below:
                self.notes.append(f'"{folder}" is too deep: folders in it are not searched')

    def _listed(self, folder: str) -> list[str]:
        """Take in the fonts of one folder, and return the folders in it."""
        status = os.stat(folder)  # noqa: PTH116  as above
        if not stat.S_ISDIR(status.st_mode) or not self._is_new(status):
            return []
        self.folders[folder] = status.st_mtime_ns
        with os.scandir(folder) as listing:
            entries = [entry for entry, _ in zip(listing, range(MAX_ENTRIES), strict=False)]
        self._entries += len(entries)
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.lower().endswith(_SUFFIXES):
                self._take(entry)
        return sorted(entry.path for entry in entries if _is_folder(entry))

    def _take(self, entry: os.DirEntry[str]) -> None:
        try:
            status = entry.stat()
        except OSError:  # a link that leads nowhere, or round and round
            return
        if stat.S_ISREG(status.st_mode) and self._is_new(status):
            if len(self.files) < MAX_FILES:
                self.files.append(Seen(entry.path, status.st_size, status.st_mtime_ns))
            else:
                self.notes.append(f'"{entry.path}" is one font too many')

    def _is_new(self, status: os.stat_result) -> bool:
        """Say whether a file or folder is met for the first time; without numbers, it is."""
        key = (status.st_dev, status.st_ino)
        if status.st_ino == 0 or key not in self._known:
            self._known.add(key)
            return True
        return False


def system_folders(environment: Mapping[str, str], *, platform: str) -> tuple[Path, ...]:
    """Return where a system keeps fonts; ``platform`` is that of ``sys.platform``.

    Source: fontconfig's fonts.conf; the XDG Base Directory Specification, 0.8.
    """
    home = environment.get("HOME") or environment.get("USERPROFILE")
    names = list(_SYSTEM.get(platform, _SYSTEM["linux"]))
    if platform not in ("darwin", "win32"):
        shared = environment.get("XDG_DATA_DIRS", "").split(os.pathsep)
        own = environment.get("XDG_DATA_HOME", "")
        names += [os.path.join(name, "fonts") for name in (own, *shared) if os.path.isabs(name)]  # noqa: PTH117, PTH118  names, not yet folders
    if home is None:
        names = [name for name in names if not name.startswith("~")]
    else:
        names = [name.replace("~", home, 1) if name.startswith("~") else name for name in names]
    return tuple(Path(name) for name in dict.fromkeys(names))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _time(folder: str) -> int | None:
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116  as above
    except (OSError, ValueError):
        return None
