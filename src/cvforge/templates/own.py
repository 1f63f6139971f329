"""A person's own version of a template: the files of the folder that they named, within bounds.

It is code, and nobody else's word leads to it: no profile names such a folder.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cvforge.errors import CvforgeError, TemplateError
from cvforge.files import read_file, reason
from cvforge.reads import note
from cvforge.templates.folder import CORE, DESCRIPTION, listing, templates_folder

if TYPE_CHECKING:
    from pathlib import Path

MAX_FILES = 20
MAX_BYTES = 1 << 20  # of each
# What a document's own files are called, without their suffixes; folders may ignore case.
_TAKEN = frozenset({"cv", "answer"})


def own_files(name: str, folder: Path) -> dict[str, bytes]:
    """Return the files that stand beside a document of the person's own version, by their names.

    The core is theirs where ``folder`` has one, and otherwise that of cvforge. Whoever listens is
    told of every file.

    Raises:
        TemplateError: with all that is wrong with them.
    """
    found: list[CvforgeError] = []
    core = folder / CORE
    paths = {core.name: core} | {each: folder / name / each for each in _names(name, folder)}
    if not os.path.lexists(core):
        note(core, None)
        paths[core.name] = templates_folder() / CORE
    files: dict[str, bytes] = {}
    for each, path in paths.items():
        try:
            files[each] = _read(path, folder) if path.is_relative_to(folder) else path.read_bytes()
        except CvforgeError as error:
            found.append(error)
    if found:
        raise TemplateError([finding for error in found for finding in error.diagnostics])
    return files


def own_description(name: str, folder: Path) -> str:
    """Return the text of the description of the person's own version.

    Raises:
        TemplateError: when it cannot be read.
    """
    path = folder / name / DESCRIPTION
    return decoded(_read(path, folder), path)


def decoded(content: bytes, path: Path) -> str:
    """Return the text of a file.

    Raises:
        TemplateError: when it is not written in UTF-8.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as cause:
        raise broken(
            f'"{path.as_posix()}" is not written in UTF-8: see its byte {cause.start + 1}',
            hint="save it in UTF-8",
        ) from None


def broken(message: str, *, hint: str) -> CvforgeError:
    """Return the error of a template that cannot be used."""
    return TemplateError.one("broken-template", message, hint=hint)


def _names(name: str, folder: Path) -> list[str]:
    """Return the names of the files beside the class.

    Raises:
        TemplateError: when there is no such folder, or they are too many or called otherwise.
    """
    own = folder / name
    try:
        names = listing(own)
    except (OSError, ValueError) as cause:
        raise broken(
            f'"{folder.as_posix()}" has no folder "{name}" to read: {reason(cause)}',
            hint=f'begin with a copy of "{(templates_folder() / name).as_posix()}" there',
        ) from None
    if len(names) > MAX_FILES:
        raise broken(
            f'"{own.as_posix()}" has {len(names):,} files of TeX; {MAX_FILES} are allowed',
            hint="leave there what the class needs",
        )
    if taken := [each for each in names if _is_taken(each)]:
        raise broken(
            f'the name of "{(own / taken[0]).as_posix()}" is that of another file of the document',
            hint=f'give it another name; a core of your own is "{(folder / CORE).as_posix()}"',
        )
    return names


def _is_taken(name: str) -> bool:
    folded = name.casefold()
    return folded == CORE.rpartition("/")[2] or folded.rpartition(".")[0] in _TAKEN


def _read(path: Path, folder: Path) -> bytes:
    """Return the content of a file of the folder.

    Raises:
        TemplateError: when it is none, leads out of the folder, or is too large.
    """
    if not _leads_below(path, folder):
        raise broken(
            f'"{path.as_posix()}" links out of "{folder.as_posix()}"',
            hint="copy the file to its place",
        )
    content = read_file(path, limit=MAX_BYTES, error=TemplateError)
    if len(content) > MAX_BYTES:
        raise broken(
            f'"{path.as_posix()}" has more than the {MAX_BYTES:,} bytes that are allowed',
            hint="a template is text: what else is in it?",
        )
    return content


def _leads_below(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # links in a circle
        return True  # it cannot be read, and the reader says why
