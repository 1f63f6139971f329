"""The file of the photo that a variant shows: which one, where it may lie, how large it may be."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from cvforge.errors import ProfileError
from cvforge.files import read_file
from cvforge.profile.source import SourceMapping, SourceText
from cvforge.variant import find_variant

if TYPE_CHECKING:
    from pathlib import Path

    from cvforge.errors import CvforgeError
    from cvforge.profile.load import LoadedProfile

MAX_BYTES = 10 * 1024 * 1024
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")


def is_shown(loaded: LoadedProfile, variant: str) -> bool:
    """Say whether a variant shows the photo: where there is one, unless its design says no.

    Raises:
        ProfileError: if there is no such variant.
    """
    said = find_variant(loaded.profile, variant).design.photo
    if said is None:
        said = loaded.profile.design.photo
    return said is not False and loaded.profile.person.photo is not None


def photo_path(loaded: LoadedProfile) -> Path:
    """Return where the photo of a profile that has one is.

    Raises:
        ProfileError: if that is not below the profile's folder, or no name of an image.
    """
    name = written(loaded)
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
        raise _outside(name)
    if path.suffix.lower() not in SUFFIXES:
        raise ProfileError.one(
            "photo-path",
            f'"{name}" is no JPEG, PNG or WebP image',
            place=name.place,
            hint="its name ends in " + ", ".join(SUFFIXES[:-1]) + f" or {SUFFIXES[-1]}",
        )
    return loaded.path.parent / name


def read_photo(loaded: LoadedProfile) -> bytes:
    """Return the bytes of the photo of a profile that has one, as they are in its file.

    Raises:
        ProfileError: if it may not or cannot be read, or is too large.
    """
    path, name = photo_path(loaded), written(loaded)
    if not _leads_below(path, loaded.path.parent):
        raise _outside(name)
    content = read_file(path, limit=MAX_BYTES, error=ProfileError, place=name.place)
    if len(content) > MAX_BYTES:
        raise ProfileError.one(
            "too-large",
            f'"{name}" has more than the {MAX_BYTES:,} bytes that are allowed',
            place=name.place,
            hint="save it smaller: 1000 pixels are enough",
        )
    return content


def written(loaded: LoadedProfile) -> SourceText:
    """Return the name of the photo as it is written in a profile that has one."""
    person = loaded.tree.get("person")
    name = person.get("photo") if isinstance(person, SourceMapping) else None
    if not isinstance(name, SourceText):
        raise TypeError("only a profile with a photo is asked")
    return name


def _leads_below(path: Path, folder: Path) -> bool:
    """Say whether a path leads below a folder, whatever is linked; also where nothing is."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # links in a circle, a name too long
        return True  # it cannot be read, and the reader says why


def _outside(name: SourceText) -> CvforgeError:
    return ProfileError.one(
        "photo-path",
        f'"{name}" is outside the folder of the profile',
        place=name.place,
        hint="a profile shows only what stands beside it or below: copy the file there",
    )
