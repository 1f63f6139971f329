"""Folders to work in: private, removed with the work, or by a later run when it was killed."""

from __future__ import annotations

import errno
import os
import secrets
import signal
import tempfile
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from stat import S_ISREG
from typing import TYPE_CHECKING

from cvforge.errors import OutputError
from cvforge.files import hold, is_full, lock, reason
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from types import TracebackType

    from cvforge.errors import CvforgeError

_NAME = pattern(r"cvforge-[0-9a-f]{16}-[a-z0-9_]{8}")
_TRIES = 10
# Follow no link, wait at no pipe; Windows has no such flags.
_PLAIN_FILES = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class WorkFolder:
    """A folder among the system's temporary ones; as a context it gives its path.

    It is locked, which says that its user lives: what a killed run left behind is not, and is
    removed when the next run makes a folder. With ``kept_in`` it is made there, and stays.

    Raises:
        OutputError: if it cannot be made.
    """

    def __init__(self, *, kept_in: Path | None = None) -> None:
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._lock: int | None = None
        parent = _temporary_folder() if kept_in is None else kept_in
        try:
            if kept_in is None:
                remove_abandoned(parent)
                self._make(parent)
            else:
                self.path = Path(tempfile.mkdtemp(prefix="job-", dir=parent))
        except OSError as cause:
            raise _unwritable(parent, cause) from None

    def __enter__(self) -> Path:
        return self.path

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.remove()

    def remove(self) -> None:
        """Remove the folder with all that is in it, unless it is to be kept."""
        if self._temporary is not None:
            self._temporary.cleanup()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def discard(self) -> None:
        """Remove the folder also where it is to be kept: nothing was done in it."""
        self.remove()
        rmtree(self.path, ignore_errors=True)

    def _make(self, parent: Path) -> None:
        """Make the folder; until it is locked another run may take it for abandoned."""
        for _ in range(_TRIES):
            made = tempfile.TemporaryDirectory(
                prefix=f"cvforge-{secrets.token_hex(8)}-", dir=parent, ignore_cleanup_errors=True
            )
            self._temporary, self.path = made, Path(made.name)
            with suppress(FileNotFoundError):
                self._lock = os.open(self.path, os.O_RDONLY)
                if hold(self.path, self._lock):
                    return
            self.remove()
        raise OSError(errno.EAGAIN, "other programs remove what is made there")


def write(path: Path, content: bytes) -> None:
    """Write a file in a work folder, and nowhere else: whoever works there may have left a link.

    Raises:
        OutputError: if that is not possible.
    """
    flags = os.O_WRONLY | os.O_CREAT | _PLAIN_FILES
    try:
        with open(os.open(path, flags, 0o600), "wb") as file:  # noqa: PTH123  a descriptor
            file.write(content)
            file.truncate()  # now: a file that is emptied first waits for its last content's disk
    except OSError as cause:
        raise _unwritable(path.parent.parent, cause) from None


def read(path: Path, most: int, *, start: int = 0) -> bytes | None:
    """Return a file of a work folder from a byte on, at most so many bytes, None of no file.

    A link or a pipe is no file: it would lead out of the folder, or nowhere.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | _PLAIN_FILES)
    except OSError:
        return None
    if not S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return None
    with open(descriptor, "rb") as file:  # noqa: PTH123  a descriptor
        file.seek(start)
        return file.read(most)


def require_room(folder: Path) -> None:
    """Blame a full disk for what went wrong with a program that worked in a work folder.

    Raises:
        OutputError: if the disk is full.
    """
    if is_full(folder):
        raise _unwritable(folder.parent, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))


def remove_abandoned(folder: Path) -> None:
    """Remove the work folders in ``folder`` that are ours and that nobody holds any more.

    A program that still works in one ends. Whoever kills bubblewrap alone, in the millisecond in
    which its inner process waits to begin, leaves that one waiting for ever.
    """
    for path in _work_folders(folder):
        with suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
            try:
                lock(descriptor)
                end_programs(path)
                rmtree(path)
            finally:
                os.close(descriptor)


def end_programs(folder: Path) -> None:
    """End what `sandbox` has started in a folder or below: its temporary files are to go there."""
    mine = b"TMPDIR=" + os.fsencode(folder)
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            variables = (process / "environ").read_bytes().split(b"\0")
            if any(each == mine or each.startswith(mine + b"/") for each in variables):
                os.kill(int(process.name), signal.SIGKILL)


def _work_folders(folder: Path) -> list[Path]:
    """Return the folders of our name that belong to this user."""
    if os.name != "posix":
        return []
    try:
        with os.scandir(folder) as entries:
            return [
                Path(entry.path)
                for entry in entries
                if _NAME.fullmatch(entry.name)
                and entry.is_dir(follow_symlinks=False)
                and entry.stat(follow_symlinks=False).st_uid == os.geteuid()
            ]
    except OSError:
        return []


def _temporary_folder() -> Path:
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError:
        raise OutputError.one(
            "no-temporary-folder",
            "there is no folder for temporary files that can be written",
            hint="set TMPDIR to a folder that can be written",
        ) from None


def _unwritable(folder: Path, cause: OSError) -> CvforgeError:
    return OutputError.one(
        "unwritable-temporary-folder",
        f'temporary files cannot be written in "{folder.as_posix()}": {reason(cause)}',
        hint="make room there, or set TMPDIR to another folder",
    )
