"""The photo of a variant as it is printed: encoded anew, and kept by its content."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from cvforge.cv import Photo
from cvforge.engine import sandbox
from cvforge.errors import OutputError, ProfileError
from cvforge.files import write_file
from cvforge.frozen import dataclass
from cvforge.photo.file import is_shown, read_photo, written
from cvforge.scratch import WorkFolder, write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cvforge.profile.load import LoadedProfile

REVISION = b"1"  # of how it is encoded: another one makes everything anew
REFUSED = 3  # the encoder's exit status when it says why
MAX_FILES = 50
MAX_KEPT_BYTES = 4 * 1024 * 1024
LIMITS = sandbox.Limits(
    wall_seconds=30.0, cpu_seconds=20, memory_kib=2 * 1024 * 1024, file_kib=MAX_KEPT_BYTES // 1024
)
_ENCODER = Path(__file__).with_name("encoding.py")
_CHECKSUM = 32  # bytes, before what is stored
_WAY_OUT = "save it anew as a JPEG or PNG in an image program"


@dataclass(frozen=True, slots=True)
class PhotoStore:
    """Photos kept in ``folder``, at most MAX_FILES; what cannot be kept is encoded again."""

    folder: Path

    def photo(self, loaded: LoadedProfile, variant: str) -> Photo | None:
        """Return the photo that a variant shows; None where it shows none.

        Raises:
            ProfileError: if it cannot be read or decoded within its limits; or if there is no
                such variant.
        """
        return self.check(loaded) if is_shown(loaded, variant) else None

    def check(self, loaded: LoadedProfile) -> Photo | None:
        """Return the photo of a profile, shown or not; None where it has none.

        Raises:
            ProfileError: if it cannot be read or decoded within its limits.
        """
        if loaded.profile.person.photo is None:
            return None
        content, name = read_photo(loaded), written(loaded)
        path = self.folder / f"{sha256(REVISION + content).hexdigest()}.photo"
        made = _kept(path)
        if made is None:
            try:
                made = encoded(content)
            except ValueError as error:
                raise ProfileError.one(
                    "bad-photo", f'"{name}" {error}', place=name.place, hint=_WAY_OUT
                ) from None
            self._keep(made, path)
        return Photo(made, name.place)

    def _keep(self, made: bytes, path: Path) -> None:
        with suppress(OutputError):
            write_file(path, sha256(made).digest() + made)
        with suppress(OSError):
            times = {old: old.stat().st_mtime_ns for old in self.folder.glob("*.photo")}
            for old in sorted(times, key=lambda each: times[each])[:-MAX_FILES]:
                old.unlink(missing_ok=True)


def encoded(content: bytes, *, limits: sandbox.Limits = LIMITS) -> bytes:
    """Return an image encoded anew, by a process that has limits.

    Raises:
        ValueError: when there is none; the message is the end of a sentence.
    """
    with WorkFolder() as folder:
        write(folder / "given", content)
        done = sandbox.run(
            [sys.executable, "-P", "-B", "-W", "ignore", _ENCODER, "given", "made.jpg"],
            folder=folder,
            environment=_environment(),
            limits=limits,
        )
        if done.status == REFUSED:
            raise ValueError(done.output)
        if done.timed_out:
            raise ValueError(f"takes more than {limits.wall_seconds:g} s to decode")
        made = folder / "made.jpg"
        if done.status != 0 or not made.is_file():
            raise ValueError("is broken, or takes too much to decode")
        return made.read_bytes()


def _environment() -> Mapping[str, str]:
    """Return what leads the encoder to the packages that this program has."""
    return {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}


def _kept(path: Path) -> bytes | None:
    """Return what stands in ``path``, None where that is missing or broken."""
    try:
        if path.stat().st_size > MAX_KEPT_BYTES:
            return None
        content = path.read_bytes()
        if sha256(content[_CHECKSUM:]).digest() != content[:_CHECKSUM]:
            return None
        os.utime(path)  # used last
    except OSError:
        return None
    return content[_CHECKSUM:]
