"""What a document says before its blocks: language, directions, faces of its own, the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.latex.nodes import Macro, Sequence, Source, Writer
from cvforge.templates import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pylatex.base_classes.latex_object import LatexObject

    from cvforge.cv import Cv

LANGUAGE = Macro("CvLanguage", 1)
DIRECTIONS = Macro("CvDirections", 0)
LEFTWARD = Macro("CvLeftward", 0)
WIDE = Macro("CvWide", 0)
FALLBACK_FACE = Macro("CvFallbackFace", 2)
FALLBACK_SHAPE = Macro("CvFallbackShape", 6)
FOOT = Macro("CvFoot", 4)
LABEL = Macro("CvLabel", 1)


def foot(cv: Cv, writer: Writer) -> LatexObject:
    """Return the running foot: the name, and "page n of m" in the language of the CV."""
    around = (writer.text(word) for word in words.page_of_total(cv.language))
    return FOOT(writer.phrase(cv.header.name), *around)


def declarations(writer: Writer) -> Iterator[LatexObject]:
    """Yield what the texts need that were written so far: faces, and directions."""
    if writer.is_leftward:
        yield on_line(LEFTWARD())
    elif writer.has_directions:
        yield on_line(DIRECTIONS())
    if writer.is_wide:
        yield on_line(WIDE())
    if not writer.faces.has_fallbacks:
        return
    for face in writer.faces.fallbacks.declared():
        yield on_line(FALLBACK_FACE(Source(face.name), Source(face.likeness)))
        for shape in face.shapes:
            yield on_line(FALLBACK_SHAPE(Source(face.name), *(Source(str(s)) for s in shape)))


def settings(cv: Cv, writer: Writer) -> Iterator[LatexObject]:
    """Yield what holds for every block, measured or set."""
    yield on_line(LANGUAGE(Source(words.patterns(cv.language))))
    for label in cv.labels:
        yield on_line(LABEL(writer.text(label)))


def on_line(node: LatexObject) -> Sequence:
    """Return a node as a line of the ``.tex``."""
    return Sequence([node, Source("%\n")])
