"""What a PDF needs beside its texts: fonts, metadata, bookmarks, links, pages of text."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cvforge.check.extracted import normal
from cvforge.diagnostics import Diagnostic, Severity
from cvforge.latex.bidi import is_leftward_language
from cvforge.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cvforge.check.expected import Expected
    from cvforge.pdf.structure import Font, Structure

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
MAX_MEGABYTES = 2
MEGABYTE = 1_000_000
MOSTLY = 0.5  # the share of a page from which it is an image
_MACHINE_PATH = pattern(
    rb"(?:/(?:home|Users|root|tmp|private/var)/[\w.@-]+|\b[A-Za-z]:\\[\w.@-]+)[\w./\\@-]*"
)


def font_findings(fonts: Sequence[Font]) -> Iterator[Diagnostic]:
    """Yield what keeps a font from being shown or read everywhere."""
    for font in fonts:
        if font.kind == "Type3":
            yield _font(font, "is of Type 3, which is drawn and not set")
        if not font.is_embedded:
            yield _font(font, "is not embedded")
        if not font.is_mapped:
            yield _font(font, "has no ToUnicode map, so that its text can only be guessed")
        elif font.unmapped:
            codes = ", ".join(f"{code:#x}" for code in font.unmapped[:5])
            yield _font(font, f"has no character for {len(font.unmapped)} of its glyphs ({codes})")


def _font(font: Font, what: str) -> Diagnostic:
    return Diagnostic("bad-font", f'the font "{font.name}" {what}')


def metadata_findings(
    structure: Structure, pdf: bytes, expected: Expected | None
) -> Iterator[Diagnostic]:
    """Yield what the document information lacks, or tells of the machine that made it."""
    title, author = (normal(structure.info.get(key, "")) for key in ("Title", "Author"))
    if expected is None:
        yield from _absent({"title": title, "author": author, "language": structure.language})
    else:
        if expected.name not in title:
            yield _metadata(f'the title is "{title}", without the name "{expected.name}"')
        if author != expected.name:
            yield _metadata(f'the author is "{author}", not "{expected.name}"')
        if structure.language != expected.language:
            yield _metadata(f'the language is "{structure.language}", not "{expected.language}"')
    told = " ".join(structure.info.values()).encode("utf-8", "replace")
    written = _uncompressed(pdf) + b" " + told
    for path in sorted({match[0] for match in _MACHINE_PATH.finditer(written)}):
        yield _metadata(f'it tells a path of a machine: "{path.decode("utf-8", "replace")}"')


def _uncompressed(pdf: bytes) -> bytes:
    """Return a PDF without its compressed streams, in which any bytes may stand by chance."""
    kept = []
    for part in pdf.split(b"endstream"):
        head, _, _ = part.partition(b"stream")
        is_compressed = b"/Filter" in head.rpartition(b" obj")[2]
        kept.append(head if is_compressed else part)
    return b" ".join(kept)


def _absent(fields: dict[str, str]) -> Iterator[Diagnostic]:
    return (_metadata(f"it has no {name}") for name, value in fields.items() if not value)


def _metadata(message: str) -> Diagnostic:
    return Diagnostic("bad-metadata", f"metadata: {message}")


def bookmark_findings(structure: Structure, expected: Expected) -> Iterator[Diagnostic]:
    """Yield what differs between the bookmarks and the sections."""
    found = [normal(title) for title in structure.bookmarks]
    wanted = list(expected.headings)
    missing = [title for title in wanted if title not in found]
    extra = [title for title in found if title not in wanted]
    yield from (Diagnostic("bad-bookmark", f'"{title}" has no bookmark') for title in missing)
    yield from (
        Diagnostic("bad-bookmark", f'the bookmark "{title}" is no section') for title in extra
    )
    if found != wanted and not missing and not extra:
        yield Diagnostic("bad-bookmark", "the bookmarks are not in the order of the sections")


def link_findings(structure: Structure, expected: Expected | None) -> Iterator[Diagnostic]:
    """Yield links that do what none may do, and what differs from the links of the CV."""
    links = [link for sheet in structure.sheets for link in sheet.links]
    allowed = [link for link in links if urlsplit_scheme(link) in SCHEMES]
    for link in dict.fromkeys(links):
        if link not in allowed:
            yield Diagnostic("bad-link", f'a link does "{link}", which is none of a CV')
    if expected is None:
        return
    wanted = {target.uri: target.place for target in expected.targets}
    for uri, place in wanted.items():
        if uri not in links:
            yield Diagnostic("link-lost", f'no link leads to "{uri}"', place)
    for link in dict.fromkeys(allowed):
        if link not in wanted:
            yield Diagnostic("link-invented", f'a link leads to "{link}", and none should')
    # In what runs leftward, a PDF has the links of a line from left to right.
    if (
        not is_leftward_language(expected.language)
        and set(allowed) == set(wanted)
        and _in_turn(allowed) != _in_turn([target.uri for target in expected.targets])
    ):
        yield Diagnostic("link-moved", "the links lead to the right places in another order")


def urlsplit_scheme(link: str) -> str:
    """Return the scheme of a link, or nothing where it is not a URI."""
    try:
        return urlsplit(link).scheme
    except ValueError:
        return ""


def _in_turn(links: Sequence[str]) -> list[str]:
    """Return the links without repetition of neighbours: one that is broken is two areas."""
    return [link for link, _ in groupby(links)]


def page_findings(structure: Structure) -> Iterator[Diagnostic]:
    """Yield pages that cannot be read as text, or only in part."""
    for number, sheet in enumerate(structure.sheets, 1):
        has_text = sheet.text.strip() != ""
        if sheet.images > MOSTLY:
            share = f"{sheet.images:.0%} of page {number} is an image"
            text = "" if has_text else ", and it has no text"
            yield Diagnostic("image-page", f"{share}{text}")
        elif not has_text:
            yield Diagnostic("empty-page", f"page {number} has no text")
        if sheet.outside:
            yield Diagnostic("off-page", f'"{sheet.outside[:60]}" lies off page {number}')


def image_findings(structure: Structure, expected: Expected) -> Iterator[Diagnostic]:
    """Yield images that the CV does not have, which hold nothing that is read, and a lost photo."""
    for number, sheet in enumerate(structure.sheets, 1):
        wanted = expected.photos if number == 1 else ()
        if sheet.image_count > len(wanted):
            besides = " besides the photo" if wanted else ""
            yield Diagnostic(
                "image-invented", f"page {number} shows an image{besides} that the CV does not have"
            )
        for photo in wanted[sheet.image_count :]:
            yield Diagnostic("photo-lost", f"page {number} does not show the photo", photo.place)


def size_findings(structure: Structure, size: int) -> Iterator[Diagnostic]:
    """Yield warnings about a file of ``size`` bytes that is too large, or of odd pages."""
    if size > MAX_MEGABYTES * MEGABYTE:
        yield Diagnostic(
            "large-file",
            f"the file has {size / MEGABYTE:.1f} MB; many forms take {MAX_MEGABYTES} MB at most",
            severity=Severity.WARNING,
        )
    sizes = dict.fromkeys((round(s.width), round(s.height)) for s in structure.sheets)
    if len(sizes) > 1:
        yield Diagnostic("page-sizes", "the pages are not of one size", severity=Severity.WARNING)
