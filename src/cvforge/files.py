"""A user's files: read within bounds, written whole or not at all, found when misspelt."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

try:
    import fcntl
except ImportError:  # no such locks here: what a killed writer leaves behind stays
    fcntl = None  # type: ignore[assignment]  # what is not there on Windows

from cvforge.diagnostics import Place, nearest
from cvforge.errors import CvforgeError, OutputError
from cvforge.reads import note

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

MAX_NAMES_SHOWN = 5
_BESIDE, _DIGITS = ".cvforge-", 16  # begin and end the names of files that are being written
_TRIES = 10
_FULL_BYTES = 1 << 16
_BINARY = getattr(os, "O_BINARY", 0)
_UNFOLLOWED = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_ELSEWHERE = "make the file and its folder writable, or write to another folder"
_MAKE_ROOM = "make room on its disk, or write to another folder"
_WAYS_OUT = {
    errno.EACCES: _ELSEWHERE,
    errno.EPERM: _ELSEWHERE,
    errno.EROFS: "write to another folder",
    errno.ENOSPC: _MAKE_ROOM,
    errno.EDQUOT: _MAKE_ROOM,
    errno.EFBIG: 'files may not be that large here: see "ulimit -f"',
    errno.EBUSY: "something is mounted at its place: mount the folder around it instead",
}


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
            content = file.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError):
        note(path, None)
        raise error.one(
            "no-file", f'there is no file "{path.as_posix()}"', place=place, hint=_near_names(path)
        ) from None
    except (OSError, ValueError) as cause:  # ValueError: a null character in the name
        note(path, None)
        raise error.one(
            "unreadable-file",
            f'"{path.as_posix()}" cannot be read: {reason(cause)}',
            place=place,
            hint=_names_within(path),
        ) from None
    note(path, content)
    return content


def write_file(path: Path, content: bytes) -> None:
    """Write ``content`` beside ``path`` and move it there; missing folders are made.

    Whatever happens, the file at ``path`` is the old one or the new one, whole; after power has
    failed as well. It keeps its permissions. A link is replaced, and what it leads to is not
    touched. What killed writers left behind in the folder is removed before the first is written.

    Raises:
        OutputError: if that is not possible, or the file there is read-only.
    """
    try:
        mode = _replaceable_mode(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(path.parent.absolute())
        _replace(path, content, mode, lasts=True)
    except OSError as cause:
        raise OutputError.one(
            "unwritable-file",
            f'"{path.as_posix()}" cannot be written: {reason(cause)}',
            hint=way_out(cause),
        ) from None


def write_again(path: Path, content: bytes) -> None:
    """Write what can be made again, such as a cache, without waiting for the disk.

    What is at ``path`` is old or new, and whole; after power has failed it may be broken, which
    whoever reads it has to see. Missing folders are made.

    Raises:
        OSError: if that is not possible.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(path.parent.absolute())
    _replace(path, content, None, lasts=False)


def way_out(cause: OSError) -> str | None:
    """Return what to do when the system has refused to write a file."""
    return _WAYS_OUT.get(cause.errno or 0)


def refused(cause: OSError) -> CvforgeError:
    """Return the error for what the system refused where nobody expected it."""
    reason = (cause.strerror or str(cause)).lower()
    what = "the system refuses to go on" if cause.filename is None else f'"{cause.filename}"'
    return OutputError.one("system", f"{what}: {reason}")


def _replaceable_mode(path: Path) -> int | None:
    """Return the permissions of the file at ``path``, None where there is none.

    Raises:
        OSError: if it is not to be replaced.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    _check_kind(mode)
    if not mode & _WRITABLE:
        raise PermissionError(errno.EACCES, "it is read-only")
    return stat.S_IMODE(mode) & 0o777


def _replace(path: Path, content: bytes, mode: int | None, *, lasts: bool) -> None:
    """Move a file of this content to a path; one that ``lasts`` is there after power has failed."""
    beside, file = _new_file(path.parent, 0o666 if mode is None else mode)
    try:
        with file:
            if mode is not None:
                with suppress(OSError):  # no permissions on this file system
                    os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            if lasts:
                os.fsync(file.fileno())
            if fcntl is None:  # an open file is not moved on Windows
                file.close()
            beside.replace(path)  # while it is locked
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    if lasts:
        _sync_folder(path.parent)


def _new_file(folder: Path, mode: int) -> tuple[Path, IO[bytes]]:
    """Make a file to write; its lock says that its writer lives."""
    for _ in range(_TRIES):
        path = folder / f"{_BESIDE}{os.urandom(_DIGITS // 2).hex()}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
        file = os.fdopen(os.open(path, flags, mode), "wb")
        if hold(path, file.fileno()):
            return path, file
        file.close()
    raise OSError(errno.EAGAIN, "other programs remove what is written there")


@lru_cache(maxsize=64)  # folders; one may hold thousands of files, and as many be written there
def _remove_abandoned(folder: Path) -> None:
    """Remove the files that writers left in ``folder`` when they were killed; looks once."""
    for path in folder.glob(_BESIDE + "[0-9a-f]" * _DIGITS):
        with suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY | _UNFOLLOWED)
            try:
                lock(descriptor)
                path.unlink()
            finally:
                os.close(descriptor)


def is_full(folder: Path) -> bool:
    """Say whether the disk of a folder has no room; few programs say that when they fail of it."""
    with suppress(OSError):
        return shutil.disk_usage(folder).free < _FULL_BYTES
    return False


def hold(path: Path, descriptor: int) -> bool:
    """Lock what has just been made; False when another process has just taken it for abandoned."""
    try:
        lock(descriptor)
    except BlockingIOError:
        return False
    except OSError:  # no locks on this file system: nobody takes anything for abandoned
        return True
    return path.exists()


def lock(descriptor: int) -> None:
    """Lock a file or folder until it is closed, also by its holder's death.

    Raises:
        OSError: if another process holds it, or there are no locks here.
    """
    if fcntl is None:
        raise OSError(errno.ENOLCK, "no locks here")
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sync_folder(folder: Path) -> None:
    """Let the move last as well, where the system can do that for a folder."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _check_regular(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if path.is_symlink():
            raise OSError(errno.ENOLINK, f'it links to "{path.readlink()}", which is not') from None
        raise
    _check_kind(mode)


def _check_kind(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is no regular file")


def reason(cause: OSError | ValueError) -> str:
    """Return why the system has refused something, as the end of a sentence."""
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
