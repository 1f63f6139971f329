"""Fonts that the tests make: any characters, any style, any table."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables.DefaultTable import DefaultTable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


class Raw(DefaultTable):
    """A table of the bytes that it is given, whatever they mean."""

    def compile(self, _font: object) -> Any:
        return self.data


def forge(
    path: Path,
    characters: str = "A",
    *,
    family: str = "Forge Serif",
    tables: Mapping[str, bytes | None] = MappingProxyType({}),
    features: str = "",
    **style: int,
) -> Path:
    """Make a font file; ``tables`` are written as they are, or left out where they are None.

    ``style`` is ``weight``, ``italic``, or a field of the table OS/2. ``features`` are in Adobe's
    language; what they name besides the characters ("u41") are glyphs without a character.
    """
    names = {ord(c): f"u{ord(c):X}" for c in characters}
    joined = dict.fromkeys(re.findall(r"\bj\w+", features))
    order = [".notdef", *names.values(), *joined]
    builder: Any = FontBuilder(1000, isTTF=True)  # type: ignore[no-untyped-call]  # it has no types
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf(dict.fromkeys(order, _square()))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    weight, italic = style.pop("weight", 400), style.pop("italic", 0)
    builder.setupOS2(usWeightClass=weight, fsSelection=int(italic), **style)
    builder.setupPost()
    if features:
        builder.addOpenTypeFeatures(features)
    for tag, content in tables.items():
        if tag in builder.font:
            del builder.font[tag]
        if content is not None:
            builder.font[tag] = Raw(tag)
            builder.font[tag].data = content
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)
    return path


def _square() -> Any:
    pen: Any = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 500), (500, 500), (500, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


@pytest.fixture
def smith() -> Callable[..., Path]:
    return forge
