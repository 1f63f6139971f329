"""The chain of fallback fonts on this machine: the user's folder, the system's, and TeX's."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cvforge.engine.places import Stamp, digest, write_json
from cvforge.errors import CvforgeError
from cvforge.fonts.chain import Chain
from cvforge.fonts.files import system_folders

if TYPE_CHECKING:
    from cvforge.engine.texlive import TexLive

_FOLDERS = ("fonts/opentype", "fonts/truetype")


def fallback_fonts(tex: TexLive, *, user: Path | None = None) -> Chain:
    """Return the chain of this machine; ``user`` is a person's own folder of fonts."""
    return Chain(
        system_folders(tex.environment, platform=sys.platform),
        cache=tex.cache,
        user=user,
        trees=lambda: font_trees(tex),
        manager=lambda: _manager(tex),
    )


def font_trees(tex: TexLive) -> tuple[Path, ...]:
    """Return TeX's folders of fonts, which need not be there; none where there is no kpsewhich.

    Its answer is remembered in the cache as long as it and its configuration are the same.
    """
    program = tex.program("kpsewhich")
    if program is None:
        return ()
    name = digest(str(program), json.dumps(tex.variables(), sort_keys=True))
    record = tex.cache / "fonts" / f"trees-{name}.json"
    roots = _remembered(record)
    if roots is None:
        roots = _asked(tex, program, record)
    return tuple(Path(root, folder) for root in roots for folder in _FOLDERS)


def _manager(tex: TexLive) -> str | None:
    """Return the program that installs packages here, by its name."""
    from cvforge.engine.needs import MANAGERS  # noqa: PLC0415  a missing font alone needs it

    return next((name for name in MANAGERS if tex.program(name) is not None), None)


def _remembered(record: Path) -> list[str] | None:
    with suppress(OSError, ValueError, TypeError, KeyError):
        known = json.loads(record.read_bytes())
        if all(Stamp(*row).holds() for row in known["sources"]):
            return [str(root) for root in known["roots"]]
    return None


def _asked(tex: TexLive, program: Path, record: Path) -> list[str]:
    """Return the roots of TeX's trees as kpathsea knows them."""
    try:
        expanded = tex._kpsewhich("-expand-braces=$TEXMF")  # noqa: SLF001  no path of one file
        configurations = tex._kpsewhich("-all", "texmf.cnf")  # noqa: SLF001  the same
    except CvforgeError:  # it does not do its work: the build itself says so
        return []
    listed = os.pathsep.join(map(str, expanded)).split(os.pathsep)
    roots = [root for name in listed if os.path.isabs(root := name.removeprefix("!!"))]  # noqa: PTH117  a name as TeX writes it
    if not tex.cache.is_dir():
        return roots
    with suppress(OSError):  # it is a cache: the next run asks again
        sources = [Stamp.of(path) for path in (program, *configurations)]
        rows = [[source.path, source.size, source.time] for source in sources]
        write_json(record, {"sources": rows, "roots": roots})
    return roots
