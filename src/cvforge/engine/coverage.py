"""Which characters the installed font files have, remembered in the cache folder."""

from __future__ import annotations

import json
import struct
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from cvforge.errors import CvforgeError, EngineMissingError
from cvforge.files import write_again
from cvforge.latex.fonts import read_coverage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cvforge.engine.texlive import TexLive
    from cvforge.fonts.chain import Chain


class FontCoverage:
    """Looks up font files by name and reads what they can print."""

    def __init__(self, tex: TexLive) -> None:
        self._folder = tex.cache / "coverage"
        self._tex = tex
        self._paths: dict[str, Path] = {}
        self._known: dict[Path, frozenset[int]] = {}
        self._search: threading.Thread | None = None

    def look_ahead(self, names: Iterable[str]) -> None:
        """Look for files beside what goes on here: kpsewhich has to read its lists."""
        self._search = threading.Thread(target=self._look, args=(tuple(names),), daemon=True)
        self._search.start()

    def require(self, names: Iterable[str]) -> None:
        """Find the files of these names.

        Raises:
            EngineMissingError: naming every file that is not installed.
        """
        if self._search is not None:
            self._search.join()
            self._search = None
        wanted = dict.fromkeys(name for name in names if name not in self._paths)
        self._paths |= self._tex.find(wanted)
        missing = [name for name in wanted if name not in self._paths]
        if missing:
            raise EngineMissingError.one(
                "no-font",
                "these fonts are not installed: " + ", ".join(missing),
                hint='"cvforge doctor" says what to install on this system',
            )

    def _look(self, names: Iterable[str]) -> None:
        with suppress(OSError, CvforgeError):  # whoever needs them meets it again
            self._paths |= self._tex.find(names)

    def chain(self, user: Path | None = None) -> Chain:
        """Return what finds fonts on this system; ``user`` is the folder of the person's own."""
        from cvforge.engine.fallbacks import fallback_fonts  # noqa: PLC0415  seldom needed

        return fallback_fonts(self._tex, user=user)

    def __call__(self, name: str) -> frozenset[int]:
        """Return the code points that the font file has."""
        self.require([name])
        path = self._paths[name]
        status = path.stat()
        record = self._folder / f"{name}-{status.st_size:x}-{status.st_mtime_ns:x}.json"
        known = self._known.get(record)
        if known is None:
            known = _read(record)
        if known is None:
            known = _read_font(path)
            _write(record, known)
        self._known[record] = known
        return known


def _read_font(path: Path) -> frozenset[int]:
    try:
        return read_coverage(path)
    except (OSError, ValueError, struct.error) as cause:
        raise EngineMissingError.one(
            "no-font",
            f"the font {path} cannot be read: {cause}",
            hint="install it again",
        ) from None


def _read(record: Path) -> frozenset[int] | None:
    try:
        ranges = json.loads(record.read_text(encoding="ascii"))
        return frozenset().union(*(range(first, last + 1) for first, last in ranges))
    except (OSError, ValueError, TypeError):
        return None  # absent or damaged: read the font again


def _write(record: Path, coverage: frozenset[int]) -> None:
    ranges: list[list[int]] = []
    for code in sorted(coverage):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    with suppress(OSError):  # it is a cache: the next run reads the font again
        write_again(record, json.dumps(ranges).encode())
