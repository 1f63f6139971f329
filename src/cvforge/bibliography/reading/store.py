"""Keeps what was read in a folder, by the content of the files, so that it is read once."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from cvforge.bibliography.reading.reader import Bibliography, read_bibliography
from cvforge.files import write_again
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from cvforge.bibliography.select import Choice

MAX_FILES = 20
WORTH_BYTES = 2048  # of files; less is read as soon as it would be kept: in 2 ms
MAX_BYTES = 64 * 1024 * 1024

_CHECKSUM = 32  # bytes, before what is stored


@dataclass(frozen=True, slots=True)
class BibliographyStore:
    """Readings kept in ``folder``, at most MAX_FILES; what is small or cannot be is read again."""

    folder: Path

    def read(
        self,
        files: Sequence[tuple[str, bytes]],
        *,
        wanted: Collection[str] | None = None,
        choices: Collection[Choice] = (),
        lenient: bool = False,
    ) -> Bibliography:
        """Return what `reader.read_bibliography` does.

        Raises:
            BibliographyError: as there; such a reading is never kept.
        """
        if sum(len(content) for _, content in files) < WORTH_BYTES:
            return read_bibliography(files, wanted=wanted, choices=choices, lenient=lenient)
        path = self.folder / f"{_name(files, wanted, choices, lenient=lenient)}.bibliography"
        kept = _kept(path)
        if kept is not None:
            return kept
        read = read_bibliography(files, wanted=wanted, choices=choices, lenient=lenient)
        self._keep(read, path)
        return read

    def _keep(self, read: Bibliography, path: Path) -> None:
        from cvforge.bibliography.reading.storage import stored  # noqa: PLC0415  only the first time

        with suppress(OSError, ValueError):
            content = stored(read)
            write_again(path, sha256(content).digest() + content)
            self._forget()

    def _forget(self) -> None:
        """Remove all but the newest files."""
        with suppress(OSError):
            times = {path: path.stat().st_mtime_ns for path in self.folder.glob("*.bibliography")}
            for path in sorted(times, key=lambda each: times[each])[:-MAX_FILES]:
                path.unlink(missing_ok=True)


def _kept(path: Path) -> Bibliography | None:
    """Return what stands in ``path``, None where that is missing, broken or foreign."""
    from cvforge.bibliography.reading.storage import restored  # noqa: PLC0415  with the reading itself

    try:
        if path.stat().st_size > MAX_BYTES:
            return None
        content = path.read_bytes()
        if sha256(content[_CHECKSUM:]).digest() != content[:_CHECKSUM]:
            return None
        made = restored(content[_CHECKSUM:])
        os.utime(path)  # used last
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return made


def _name(
    files: Sequence[tuple[str, bytes]],
    wanted: Collection[str] | None,
    choices: Collection[Choice],
    *,
    lenient: bool,
) -> str:
    """Return a name for a reading: equal readings have equal names, by the same program."""
    sum_of_all = sha256()
    for part in _parts(files, wanted, choices, lenient=lenient):
        sum_of_all.update(len(part).to_bytes(8, "big"))
        sum_of_all.update(part)
    return sum_of_all.hexdigest()


def _parts(
    files: Sequence[tuple[str, bytes]],
    wanted: Collection[str] | None,
    choices: Collection[Choice],
    *,
    lenient: bool,
) -> Iterator[bytes]:
    yield _program()
    yield b"lenient" if lenient else b"strict"
    for name, content in files:
        yield name.encode(errors="surrogateescape")
        yield content
    yield b"all" if wanted is None else b"wanted"
    for key in sorted(set(wanted or ())):
        yield key.encode(errors="surrogateescape")
    yield b"choices"
    for choice in sorted(map(repr, choices)):  # a dataclass of texts and numbers
        yield choice.encode(errors="surrogateescape")


@lru_cache(maxsize=1)
def _program() -> bytes:
    """Return which program reads: Python's version, and the modules that read, as they are.

    That is a version of cvforge, and of what is changed while it is written.
    """
    read = sha256(sys.version.encode())
    own, above, program = Path(__file__).parents[:3]  # this one, the bibliography's, the program's
    folders = (own, above, program, program / "characters")
    with suppress(OSError):
        for path in sorted(path for folder in folders for path in folder.glob("*.py")):
            status = path.stat()
            read.update(os.fsencode(path) + b"\0%d\0%d\0" % (status.st_size, status.st_mtime_ns))
    return read.digest()
