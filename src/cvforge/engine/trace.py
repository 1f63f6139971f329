"""What TeX opens, as kpathsea tells it: the second best, where no wall stands around TeX.

kpathsea's own guard, ``openin_any``, looks at a name before ``~`` and ``$`` in it are replaced, so
that ``$SELFAUTOPARENT/etc/passwd`` passes. What was opened is told on standard error, which the
document cannot take back.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cvforge.frozen import dataclass
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_VARIABLE, _OPENED_FILES = "KPATHSEA_DEBUG", 4  # kpathsea's debug.h: KPSE_DEBUG_FOPEN
_MARK = "kdebug:fopen("
_OPENED = pattern(r"(.*), [a-z+]+\) => (?:0x[0-9a-f]+|\(nil\))")


@dataclass(frozen=True, slots=True)
class Trace:
    """What a program may open: files of its folder, and of the ``trees``."""

    trees: tuple[str, ...]

    def told(self, environment: Mapping[str, str]) -> dict[str, str]:
        """Return the environment in which kpathsea tells what it opens."""
        asked = int(environment.get(_VARIABLE, "0")) | _OPENED_FILES
        return {**environment, _VARIABLE: str(asked)}

    def strange(self, errors: str, folder: Path) -> str | None:
        """Return the first path that was opened elsewhere, given the standard error."""
        for text in errors.split(_MARK)[1:]:
            match = _OPENED.match(text)
            path = text.partition("\n")[0] if match is None else match[1]
            if not is_below(os.path.normpath(folder / path), (str(folder), *self.trees)):
                return path
        return None


def is_below(path: str, folders: tuple[str, ...] | list[str]) -> bool:
    """Say whether a path is one of the folders, or leads into one."""
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)
