"""A user's files: read within bounds, written whole or not at all, found when misspelt."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from cvforge.diagnostics import Place, nearest
from cvforge.errors import CvforgeError, OutputError

if TYPE_CHECKING:
    from pathlib import Path

MAX_NAMES_SHOWN = 5


def read_file(
    path: Path,
    *,
    limit: int,
    error: type[CvforgeError] = OutputError,
    place: Place | None = None,
) -> bytes:
    """Return the bytes of ``path``: at most ``limit``, and one more when there are too many.

    Raises:
        CvforgeError: of the class ``error``, at ``place``, if it is missing, no regular file or
            not to be read.
    """
    try:
        _check_regular(path)
        with path.open("rb") as file:
            return file.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise error.one(
            "no-file", f'there is no file "{path.as_posix()}"', place=place, hint=_near_names(path)
        ) from None
    except (OSError, ValueError) as cause:  # ValueError: a null character in the name
        raise error.one(
            "unreadable-file",
            f'"{path.as_posix()}" cannot be read: {_reason(cause)}',
            place=place,
            hint=_names_within(path),
        ) from None


def write_file(path: Path, content: bytes) -> None:
    """Write ``content`` beside ``path`` and move it there; missing folders are made.

    Raises:
        OutputError: if that is not possible.
    """
    beside = path.parent / f".{path.name}.{os.getpid()}"
    try:
        if path.is_dir():
            raise _is_folder()
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as cause:
        raise OutputError.one(
            "unwritable-file", f'"{path.as_posix()}" cannot be written: {_reason(cause)}'
        ) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _check_regular(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if path.is_symlink():
            raise OSError(errno.ENOLINK, f'it links to "{path.readlink()}", which is not') from None
        raise
    if stat.S_ISDIR(mode):
        raise _is_folder()
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is no regular file")


def _is_folder() -> IsADirectoryError:
    return IsADirectoryError(errno.EISDIR, "it is a folder")


def _reason(cause: OSError | ValueError) -> str:
    text = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)
    return text[:1].lower() + text[1:]


def _near_names(path: Path) -> str | None:
    """Return a hint with the files of the same kind in the folder, the nearest one first of all."""
    names = _names(path.parent, path.suffix)
    near = nearest(path.stem, [name.removesuffix(path.suffix) for name in names])
    if near is not None:
        return f'did you mean "{(path.parent / near).as_posix()}{path.suffix}"?'
    return _listed(names)


def _names_within(path: Path) -> str | None:
    return _listed(_names(path, ".yaml"))


def _names(folder: Path, suffix: str) -> list[str]:
    try:
        return sorted(p.name for p in folder.iterdir() if p.suffix == suffix and p.is_file())
    except (OSError, ValueError):
        return []


def _listed(names: list[str]) -> str | None:
    if not names:
        return None
    more = ", …" if len(names) > MAX_NAMES_SHOWN else ""
    return "the folder has " + ", ".join(names[:MAX_NAMES_SHOWN]) + more
