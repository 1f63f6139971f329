"""What makes machines read pictures of several characters, such as flags: a glyph beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.fonts.scripts import clusters
from cvforge.fonts.sequences import joining
from cvforge.latex.fonts import may_be_composed
from cvforge.latex.nodes import COMPOSED, Sequence, Source

if TYPE_CHECKING:
    from pylatex.base_classes.latex_object import LatexObject

# It has no shape, so that an engine prints a space of no width for it.
_UNSEEN = "\u200c"


def anchored(source: LatexObject, text: str, *, around: tuple[str, str]) -> LatexObject:
    """Return the source of a text in a fallback face, with a space of no width beside pictures.

    xdvipdfmx says what ligatures stand for only in a font of which the document has another glyph
    as well: where it has nothing but flags, nothing of them would be read. ``around`` are the
    characters before and after, "" at an end. The space stands beside another one or at an end,
    where readers see none more; elsewhere there is none.
    """
    if not may_be_composed(text) or not any(map(joining, clusters(text))):
        return source
    before, after = around
    anchor = COMPOSED(Source(_UNSEEN))
    is_behind = after.isspace() or text[-1].isspace()
    if before.isspace() or (before == "" and not is_behind):
        return Sequence([anchor, source])
    return Sequence([source, anchor]) if is_behind or after == "" else source
