"""A photo on the page: where it stands, that all fits around it, and that nothing else is shown."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, TypeVar

import pytest
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTContainer, LTImage, LTItem
from portraits import corners, drawn, portrait, saved

from cvforge.check.report import check
from cvforge.engine.base import TexJob
from cvforge.engine.coverage import FontCoverage
from cvforge.engine.registry import engine
from cvforge.fit.measures import SCALED_POINTS
from cvforge.fit.wishes import DENSITIES
from cvforge.photo.store import PhotoStore
from cvforge.pipeline import build
from cvforge.publications import Works
from cvforge.setting import Overrides, Tools

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cvforge.cv import Photo
    from cvforge.engine.texlive import TexLive
    from cvforge.outcome import BuildResult
    from cvforge.profile.load import LoadedProfile

    Load = Callable[..., LoadedProfile]

HALF = 0.5  # bp
BOTH = pytest.mark.parametrize("name", ["xelatex", "lualatex"])


@pytest.fixture
def photo(load: Load, tmp_path: Path) -> Photo:
    made = PhotoStore(tmp_path / "photos").check(load())
    assert made is not None
    return made


Kind = TypeVar("Kind", bound=LTItem)


def items(pdf: bytes, kind: type[Kind]) -> list[Kind]:
    """Return what is drawn on the first page, in bp from its lower left corner."""

    def within(container: object) -> Iterator[Kind]:
        for item in container if isinstance(container, LTContainer) else ():
            yield from (item,) if isinstance(item, kind) else within(item)

    return list(within(next(iter(extract_pages(BytesIO(pdf))))))


def built(
    load: Load,
    tex: TexLive,
    name: str,
    *settings: str,
    photo: Photo | None,
    pages: int | None = None,
) -> BuildResult:
    return build(
        load(*settings).profile,
        "full",
        works=Works(),
        tools=Tools(engine(name, tex), FontCoverage(tex), epoch=0),
        overrides=Overrides(pages=pages),
        photo=photo,
    )


@BOTH
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("pages", [None, 1])
def test_it_stands_at_the_right_from_the_name_to_the_last_contact(  # noqa: PLR0913  a case
    load: Load, tex: TexLive, photo: Photo, name: str, *, paper: str, pages: int | None
) -> None:
    made = built(load, tex, name, f"design.paper={paper}", photo=photo, pages=pages)
    assert check(made.pdf, made.cv).findings == ()
    (image,) = items(made.pdf, LTImage)
    letters = items(made.pdf, LTChar)
    first = max(letters, key=lambda c: c.y1)
    contact = next(c for c in letters if c.get_text() == "@")
    below = [c for c in letters if c.y1 < contact.y0]
    assert image.height / image.width == pytest.approx(4 / 3, abs=0.01)
    assert image.x1 == pytest.approx(made_width(made) - first.x0, abs=HALF)
    assert first.y0 < image.y1 < first.y1
    assert contact.y0 < image.y0 < contact.y1
    assert max(c.y1 for c in below) < image.y0


def made_width(made: BuildResult) -> float:
    return {"a4": 595.28, "letter": 612.0}[made.cv.design.paper]


@BOTH
def test_it_is_the_encoded_one_and_nothing_that_was_in_the_file(
    load: Load, tex: TexLive, photo: Photo, name: str
) -> None:
    made = built(load, tex, name, photo=photo)
    (image,) = items(made.pdf, LTImage)
    assert corners(image.stream.get_rawdata() or b"") == ["red", "green", "blue", "white"]
    assert b"SECRET" in portrait()
    assert b"SECRET" not in made.pdf
    assert b"Exif" not in made.pdf


@BOTH
def test_the_same_bytes_are_made_twice(load: Load, tex: TexLive, photo: Photo, name: str) -> None:
    first, second = (built(load, tex, name, photo=photo).pdf for _ in range(2))
    assert first == second


@pytest.mark.parametrize("size", [(900, 300), (100, 800), (16, 16)])
@BOTH
def test_any_shape_is_kept_within_bounds(
    load: Load, tex: TexLive, tmp_path: Path, name: str, *, size: tuple[int, int]
) -> None:
    (load().path.parent / "portrait.jpg").write_bytes(saved(drawn(size)))
    photo = PhotoStore(tmp_path / "photos").check(load())
    made = built(load, tex, name, photo=photo)
    (image,) = items(made.pdf, LTImage)
    assert image.width / image.height == pytest.approx(size[0] / size[1], rel=0.02)
    assert image.width < made_width(made) / 4
    assert image.height < made_width(made) / 6
    assert check(made.pdf, made.cv).findings == ()


def test_without_it_there_is_no_image_and_the_lines_are_blocks(load: Load, tex: TexLive) -> None:
    bare = built(load, tex, "xelatex", photo=None)
    assert items(bare.pdf, LTImage) == []
    assert "CvPortrait" not in bare.source
    assert [r"\CvOpen{" + kind in bare.source for kind in ("name", "headline", "contacts")] == [
        *(True, True, True)
    ]


@pytest.mark.parametrize("density", DENSITIES)
@BOTH
def test_its_page_is_as_high_as_predicted(
    load: Load, tex: TexLive, photo: Photo, *, name: str, density: str
) -> None:
    settings = f"design.density={density}"
    bare, shown = (built(load, tex, name, settings, photo=each, pages=1) for each in (None, photo))
    for made in (bare, shown):
        assert made.fitting is not None
        used = [height / SCALED_POINTS for height in made.fitting.solution.used]
        assert [page.used for page in made.pages] == pytest.approx(used, abs=HALF)
    assert shown.pages[0].used > bare.pages[0].used + 5  # it is higher than these lines


@pytest.mark.parametrize(
    "given", ["../photo.jpg", "./../photo.jpg", "/etc/passwd", "other.jpg", "photo.jpg:1"]
)
def test_the_driver_shows_no_other_file(tex: TexLive, tmp_path: Path, given: str) -> None:
    """XeTeX may look at any file; what it wrote goes no further."""
    jpeg = saved(drawn())
    (tmp_path / "photo.jpg").write_bytes(jpeg)
    body = rf"\special{{pdf:image matrix 1.0 0.0 0.0 1.0 0.0 0.0 page 0 ({given})}}x"
    source = rf"\documentclass{{minimal}}\begin{{document}}{body}\end{{document}}"
    job = TexJob(source, {"other.jpg": jpeg}, 0, pictures={"photo.jpg": jpeg})
    run = engine("xelatex", tex).run(job)
    assert run.pdf is None
    assert f"({given})}} is not allowed" in run.findings[0].message
    allowed = replace(job, source=source.replace(given, "photo.jpg"))
    assert engine("xelatex", tex).run(allowed).pdf is not None
    unasked = replace(allowed, pictures={})
    assert engine("xelatex", tex).run(unasked).pdf is None
