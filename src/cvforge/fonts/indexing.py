"""Makes the index of some folders, and keeps it in one file of the cache folder."""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from cvforge.errors import OutputError
from cvforge.files import write_file
from cvforge.fonts.files import Search, Seen
from cvforge.fonts.index import Face, Index

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_NUMBERS = 16_000_000  # of ranges, two each; a whole TeX Live has 4,000,000
FORMAT = 1  # of what is written here
_BROKEN = (OSError, ValueError, TypeError, KeyError, IndexError)
_MADE_BY = [FORMAT, sys.byteorder, array("I").itemsize]


def open_index(folders: Sequence[Path], *, cache: Path, is_watched: bool = False) -> Index:
    """Return the index of folders: the one in ``cache``, or a new one where that is outdated.

    Of the fonts, only those are read that have come or changed; see ``Index.holds`` for
    ``is_watched``. A cache that is not there is not made.
    """
    names = "\n".join(map(str, folders)).encode(errors="surrogateescape")
    record = cache / "fonts" / sha256(names).hexdigest()[:20]
    known = _read(record)
    if known is not None and known.holds(is_watched=is_watched):
        return known
    made = Index(Search.below(folders))
    _fill(made, Index(Search()) if known is None else known)
    if cache.is_dir() and (made.faces or made.skipped):
        _write(record, made)
    return made


def _fill(index: Index, known: Index) -> None:
    """Take in the fonts of all files that were found, those of unchanged files from ``known``."""
    unchanged = {file.path: file for file in known.search.files}
    faces: dict[str, list[Face]] = {}
    for face in known.faces:
        faces.setdefault(face.path, []).append(face)
    for file in index.search.files:
        if unchanged.get(file.path) != file:
            _add(index, file)
        elif file.path in known.skipped:
            index.skipped[file.path] = known.skipped[file.path]
        else:
            for face in faces.get(file.path, ()):
                index.take(face, known)


def _add(index: Index, file: Seen) -> None:
    from cvforge.fonts.sfnt import UnusableFontError, read_fonts  # noqa: PLC0415  once a font

    try:
        file.path.encode()  # TeX knows no names but those in UTF-8
        fonts = read_fonts(Path(file.path))
    except UnusableFontError as cause:
        index.skipped[file.path] = str(cause)
    except UnicodeEncodeError:
        index.skipped[file.path] = "its name is not written in UTF-8"
    else:
        if len(index.numbers) > MAX_NUMBERS:
            index.skipped[file.path] = "the fonts before it have too many ranges of characters"
            return
        for font in fonts:
            index.add(file.path, font)


def _read(record: Path) -> Index | None:
    """Return the index of a file, None where it is absent or damaged."""
    try:
        content = record.read_bytes()
        view = memoryview(content)  # it has megabytes, which a slice of bytes would copy
        start = content.index(b"\n") + 1
        middle = content.index(b"\n", start) + 1
        if int(content[:start], 16) != zlib.crc32(view[start:]):
            return None
        known = json.loads(content[start:middle])
        if known["made by"] != _MADE_BY:
            return None
        files = [Seen(*row) for row in known["files"]]
        search = Search(files, known["folders"], known["notes"])
        faces = [Face(*row) for row in known["faces"]]
        numbers = array("I")
        numbers.frombytes(view[middle:])
        return Index(search, faces, known["skipped"], numbers)
    except _BROKEN:
        return None


def _write(record: Path, index: Index) -> None:
    """Write an index; where that is not possible, the fonts are read again the next time."""
    search = index.search
    known = {
        "made by": _MADE_BY,
        "folders": search.folders,
        "notes": search.notes,
        "files": [[file.path, file.size, file.time] for file in search.files],
        "skipped": index.skipped,
        "faces": [[getattr(face, name) for name in Face.__slots__] for face in index.faces],
    }
    head = json.dumps(known, separators=(",", ":")).encode()
    text = b"\n".join((head, index.numbers.tobytes()))
    with suppress(OutputError):
        write_file(record, b"%08x\n" % zlib.crc32(text) + text)
