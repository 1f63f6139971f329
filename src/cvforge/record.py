"""What something was made from, kept beside it by content, so that nothing is made twice."""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import suppress
from dataclasses import asdict, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cvforge.diagnostics import Diagnostic, Place, Severity
from cvforge.engine.places import Stamp
from cvforge.frozen import dataclass
from cvforge.templates.folder import FONT_SUFFIXES, SUFFIXES, listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FORMAT = 1  # of what is written here
MAX_BYTES = 256 * 1024 * 1024
_NOT_SOURCES = {"__pycache__", "latex_templates"}  # compiled by Python; inputs of their own
_BROKEN = (OSError, ValueError, TypeError, KeyError, AttributeError)
# What TeX's programs are told of the environment, besides the PATH to look for them on.
_TEX_VARIABLES = ("HOME", "TEXMFHOME", "TEXMFLOCAL", "TEXMFCNF", "LANG", "LC_ALL")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What something depends on.

    ``files`` are the user's own, by the SHA-256 of what was read, None for one that was looked
    for and absent; one that ends in "/" is a folder. ``stamps`` are files of the system: fonts,
    TeX's lists. ``programs`` are found on PATH by name.
    """

    files: Mapping[str, str | None]
    stamps: tuple[Stamp, ...] = ()
    programs: Mapping[str, str] = field(default_factory=dict)

    def hold(self, *, path: str | None = None) -> bool:
        """Say whether all of it is as it was; ``path`` is the PATH to look for programs on."""
        return (
            all(content_sum(name) == known for name, known in self.files.items())
            and all(shutil.which(name, path=path) == found for name, found in self.programs.items())
            and all(stamp.holds() for stamp in self.stamps)
        )


@dataclass(frozen=True, slots=True)
class Record:
    """What was made of ``inputs``; ``output`` is the SHA-256 of the file that came of it.

    ``key`` stands for all that was asked, and of which program.
    """

    key: str
    inputs: Inputs
    content: Mapping[str, Any]
    output: str | None = None


def content_sum(path: str | Path) -> str | None:
    """Return the SHA-256 of a file in hexadecimal digits, None where there is none to read.

    Of a folder, whose name ends in "/", it is that of the names of TeX's files and fonts in it.
    """
    try:
        if isinstance(path, str) and path.endswith("/"):
            names = "\0".join(listing(path, SUFFIXES + FONT_SUFFIXES))
            return sha256(names.encode(errors="surrogateescape")).hexdigest()
        if not os.path.isfile(path):  # noqa: PTH113  a Path for each file would cost as much
            return None
        with open(path, "rb") as file:  # noqa: PTH123  the same
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError):  # ValueError: a null character in the name
        return None
    return None if len(content) > MAX_BYTES else sha256(content).hexdigest()


def read_record(path: Path) -> Record | None:
    """Return the record in a file, None where it is missing, broken or of another kind."""
    try:
        checksum, _, text = path.read_bytes().partition(b"\n")
        if checksum.decode("ascii") != sha256(text).hexdigest():
            return None
        known = json.loads(text)
        inputs = known.pop("inputs")
        stamps = tuple(Stamp(*row) for row in inputs.pop("stamps"))
        return Record(inputs=Inputs(stamps=stamps, **inputs), **known)
    except _BROKEN:
        return None


def write_record(path: Path, record: Record) -> None:
    """Write a record; where that is not possible there is none, and all is made again."""
    document = asdict(record)
    document["inputs"]["stamps"] = [[s.path, s.size, s.time] for s in record.inputs.stamps]
    text = json.dumps(document, separators=(",", ":")).encode()
    beside = path.with_name(f"{path.name}.new")  # two writers at once: the checksum tells
    with suppress(OSError, ValueError):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(sha256(text).hexdigest().encode() + b"\n" + text)
        beside.replace(path)


def record_key(*asked: object) -> str:
    """Return a name for what is asked, which JSON can write."""
    return sha256(json.dumps([FORMAT, asked]).encode()).hexdigest()


def program_key(environment: Mapping[str, str]) -> str:
    """Return a name for this program as it is now, in this environment.

    That is its sources, the folders that its packages are in, and what TeX's programs are told.
    """
    variables = {name: environment.get(name) for name in _TEX_VARIABLES}
    sources = list(_files(str(Path(__file__).parent)))
    packages = [(name, _time(name)) for name in sys.path if name.endswith("-packages")]
    return record_key(sys.version, variables, sources, packages)


def as_row(finding: Diagnostic) -> list[Any]:
    """Return a finding as JSON knows it."""
    place = finding.place
    row = None if place is None else [place.file, place.line, place.column, place.length]
    text = None if place is None else place.text
    return [finding.code, finding.message, row, text, finding.hint, str(finding.severity)]


def as_finding(row: list[Any]) -> Diagnostic:
    """Return the finding of a row."""
    code, message, at, text, hint, severity = row
    place = None if at is None else replace(Place(*at), text=text)
    return Diagnostic(code, message, place, hint, Severity(severity))


def _files(folder: str) -> Iterator[list[object]]:
    """Yield path, size and time of all sources below a folder."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir():
            yield from () if entry.name in _NOT_SOURCES else _files(entry.path)
        else:
            status = entry.stat()
            yield [entry.path, status.st_size, status.st_mtime_ns]


def _time(folder: str) -> int | None:
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116  as above
    except OSError:
        return None
