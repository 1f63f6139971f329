"""Short lists of glyph names: the driver says of every glyph what it says with the whole ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cvforge.engine.base import TexJob
from cvforge.engine.glyph_lists import LISTS, shorten
from cvforge.engine.preload import LISTS as FOLDER
from cvforge.engine.preload import Preloaded
from cvforge.engine.waiting import Waiting
from cvforge.engine.xelatex import LIMITS, XeLatex

if TYPE_CHECKING:
    from pathlib import Path

    from cvforge.engine.texlive import TexLive
    from cvforge.templates.registry import TemplateFiles

LISTED = "# names\nf;0066\ni;0069\nl;006C\nx;0078\none;0031\nFdouble;0046\n"


@pytest.fixture(scope="module")
def libertine(tex: TexLive) -> Path:
    return tex.find(["LinLibertine_R.otf"])["LinLibertine_R.otf"]


def every_glyph(font: str, classic: TemplateFiles) -> TexJob:
    """Return a document with each glyph of a font, by its number."""
    source = (
        "\\documentclass{cvforge-classic}\\begin{document}\\catcode`\\_=12\n"
        f'\\font\\whole="[{font}]" \\whole \\count255=1\n'
        "\\loop\\XeTeXglyph\\count255\\ \\advance\\count255 1\n"
        "\\ifnum\\count255<\\XeTeXcountglyphs\\whole\\repeat\n"
        "\\end{document}\n"
    )
    return TexJob(source, classic.files, 0)


@pytest.mark.parametrize(
    ("font", "is_listed"),
    [
        ("LinLibertine_R.otf", True),
        ("LinLibertine_RI.otf", True),
        ("lmmono10-regular.otf", True),
        ("lmroman10-regular.otf", False),
        ("LinBiolinum_R.otf", False),
    ],
)
def test_every_glyph_says_the_same_text_in_both_ways(
    font: str,
    is_listed: bool,  # noqa: FBT001  a parameter of the test
    preloaded: Preloaded,
    tex: TexLive,
    classic: TemplateFiles,
) -> None:
    """A font of the class has its names in the short lists; for another the whole ones are read."""
    assert (font in preloaded.fonts) == is_listed
    job = every_glyph(font, classic)
    made = Waiting(tex, preloaded.start(), classic.files, limits=LIMITS).typeset(job)
    assert made.pdf is not None
    is_same = made.pdf == XeLatex(tex).run(job).pdf  # nobody wants to read the difference
    assert is_same


def test_the_lists_of_a_format_are_a_fraction_of_tex_s(preloaded: Preloaded) -> None:
    short = sum((preloaded.folder / FOLDER / name).stat().st_size for name in LISTS)
    assert short < sum((preloaded.folder / name).stat().st_size for name in LISTS) / 4


def test_names_are_kept_that_a_font_has_no_character_for(libertine: Path, tmp_path: Path) -> None:
    """Libertine has "f_l" and "one.fitted", and an x like everybody."""
    source = tmp_path / "glyphlist.txt"
    source.write_text(LISTED, "utf-8")
    short = tmp_path / "short"
    short.mkdir()
    shorten([source], [libertine], short)
    kept = (short / "glyphlist.txt").read_text("utf-8").splitlines()
    assert {"f;0066", "i;0069", "l;006C", "one;0031"} <= set(kept)
    assert "# names" not in kept
    assert "Fdouble;0046" not in kept


def test_without_fonts_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "glyphlist.txt").write_text(LISTED, "utf-8")
    (tmp_path / "short").mkdir()
    shorten([tmp_path / "glyphlist.txt"], [], tmp_path / "short")
    assert (tmp_path / "short" / "glyphlist.txt").read_text("utf-8") == ""


@pytest.mark.parametrize("content", [b"", b"OTTO", b"\0\1\0\0\0\1\0\0\0\0\0\0" + bytes(40)])
def test_what_is_no_font_is_refused(content: bytes, tmp_path: Path) -> None:
    font = tmp_path / "broken.otf"
    font.write_bytes(content)
    with pytest.raises(ValueError, match=r"broken\.otf"):
        shorten([], [font], tmp_path)
