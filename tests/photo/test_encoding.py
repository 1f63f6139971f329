"""Whatever is given comes out as a small upright JPEG in sRGB with nothing else, or is refused."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms
from portraits import corners, drawn, portrait, saved

from cvforge.photo import store
from cvforge.photo.encoding import BOX, REFUSED, RefusedError, encoded

if TYPE_CHECKING:
    from pathlib import Path

UPRIGHT = ["red", "green", "blue", "white"]


def translucent() -> Image.Image:
    """Return the picture, with its red and blue half too transparent to be seen."""
    image = drawn().convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 45, 120))
    return image


def keyed() -> bytes:
    """Return a picture without an alpha channel, of which red stands for transparent."""
    return saved(drawn(), "PNG", transparency=(200, 30, 30))


def grey_16() -> Image.Image:
    image = Image.new("I;16", (90, 120), 65535)
    image.paste(0, (0, 0, 45, 60))
    return image


FORMS = {
    "JPEG": (saved(drawn()), UPRIGHT),
    "progressive JPEG": (saved(drawn(), progressive=True), UPRIGHT),
    "CMYK JPEG": (saved(drawn().convert("CMYK")), UPRIGHT),
    "PNG": (saved(drawn(), "PNG"), UPRIGHT),
    "WebP": (saved(drawn(), "WEBP", lossless=True), UPRIGHT),
    "palette": (saved(drawn().quantize(8), "PNG"), UPRIGHT),
    "alpha": (saved(translucent(), "PNG"), ["white", "green", "white", "white"]),
    "WebP with alpha": (
        saved(translucent(), "WEBP", lossless=True),
        ["white", "green", "white", "white"],
    ),
    "palette with alpha": (
        saved(translucent().quantize(8), "PNG"),
        ["white", "green", "white", "white"],
    ),
    "a colour for transparent": (keyed(), ["white", "green", "blue", "white"]),
    "grey with alpha": (
        saved(translucent().convert("LA"), "PNG"),
        ["white", "green", "white", "white"],
    ),
    "grey": (saved(Image.new("L", (90, 120), 0)), ["black"] * 4),
    "two colours": (saved(Image.new("1", (90, 120), 1), "PNG"), ["white"] * 4),
    "16-bit grey": (saved(grey_16(), "PNG"), ["black", "white", "white", "white"]),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_comes_out_as_it_looks(form: str) -> None:
    content, expected = FORMS[form]
    found = corners(encoded(content))
    if form == "grey with alpha":  # grey is no green
        assert [found[0], *found[2:]] == ["white"] * 3
        assert found[1] != "white"
    else:
        assert found == expected


def test_a_grey_of_16_bits_is_as_dark_as_before() -> None:
    made = Image.open(BytesIO(encoded(saved(Image.new("I;16", (90, 120), 64 * 257), "PNG"))))
    assert made.getpixel((45, 60)) == (64, 64, 64)


def test_the_same_bytes_come_out_twice() -> None:
    assert encoded(portrait()) == encoded(portrait())


# What a camera does that is held so that the orientation is 2, 3, and so on (Exif 2.32, 4.6.4).
UNDONE = (
    Image.Transpose.FLIP_LEFT_RIGHT,
    Image.Transpose.ROTATE_180,
    Image.Transpose.FLIP_TOP_BOTTOM,
    Image.Transpose.TRANSPOSE,
    Image.Transpose.ROTATE_90,
    Image.Transpose.TRANSVERSE,
    Image.Transpose.ROTATE_270,
)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_stands_upright_however_the_camera_was_held(orientation: int) -> None:
    undone = dict(enumerate(UNDONE, 2))
    image = drawn((600, 1200))
    if orientation in undone:
        image = image.transpose(undone[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = encoded(saved(image, exif=exif))
    assert corners(made) == UPRIGHT
    assert Image.open(BytesIO(made)).size == (256, 512)


def test_nothing_is_left_but_the_picture() -> None:
    secret = encoded(portrait() + b"SECRET<script>")
    given = Image.open(BytesIO(portrait()))
    assert b"SECRET" in portrait()
    assert given.getexif().get_ifd(0x8825) == {1: "N"}
    made = Image.open(BytesIO(secret))
    assert set(made.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert len(made.getexif()) == 0
    assert b"SECRET" not in secret


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_colours_are_those_of_srgb(kind: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # A space whose first colour is blue, and whose third is red.
    exchanged = (
        profile.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")
    )
    assert corners(encoded(saved(drawn(), kind, icc_profile=profile))) == UPRIGHT
    assert corners(encoded(saved(drawn(), kind, icc_profile=exchanged))) == [
        *("blue", "green", "red", "white")
    ]


@pytest.mark.parametrize("colours", [b"no profile", b"x" * 200])
def test_a_broken_colour_profile_counts_for_nothing(colours: bytes) -> None:
    assert corners(encoded(saved(drawn(), icc_profile=colours))) == UPRIGHT


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((90, 120), (90, 120)),
        ((3000, 4000), (384, 512)),
        ((4000, 1000), (640, 160)),
        ((16, 2000), (4, 512)),
    ],
)
def test_it_is_made_smaller_but_never_larger_and_not_cropped(
    size: tuple[int, int], expected: tuple[int, int]
) -> None:
    made = Image.open(BytesIO(encoded(saved(drawn(size)))))
    assert made.size == expected
    assert made.width <= BOX[0]
    assert made.height <= BOX[1]


def png(width: int, height: int, rows: bytes = b"") -> bytes:
    """Return a PNG that says that it has this size, whatever follows."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def scanned(times: int) -> bytes:
    """Return a progressive JPEG of 48 million pixels whose last scan comes again and again."""
    content = saved(Image.new("L", (8000, 6000)), progressive=True)
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * times + content[-2:]


FRAMES = [drawn(), drawn().rotate(180)]
REFUSALS = {
    "nothing": (b"", "is no JPEG, PNG or WebP image"),
    "text": (b"SECRET", "is no JPEG, PNG or WebP image"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "is no JPEG, PNG or WebP image"),
    "PostScript": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "is no JPEG, PNG or WebP image"),
    "PDF": (b"%PDF-1.7\n", "is no JPEG, PNG or WebP image"),
    "GIF": (saved(drawn(), "GIF"), "is no JPEG, PNG or WebP image"),
    "TIFF": (saved(drawn(), "TIFF"), "is no JPEG, PNG or WebP image"),
    "a page before an image": (b"<html>" + saved(drawn()), "is no JPEG, PNG or WebP image"),
    "animated PNG": (
        saved(FRAMES[0], "PNG", save_all=True, append_images=FRAMES[1:]),
        "is animated",
    ),
    "animated WebP": (
        saved(FRAMES[0], "WEBP", save_all=True, append_images=FRAMES[1:]),
        "is animated",
    ),
    "a bomb": (
        png(50_000, 50_000, bytes(1000)),
        "has 50,000 x 50,000 pixels, more than the 50,000,000 that are allowed",
    ),
    "a long bomb": (
        png(2_000_000_000, 20),
        "has 2,000,000,000 x 20 pixels, more than the 50,000,000 that are allowed",
    ),
    "a point": (
        saved(drawn((2, 2)), "PNG"),
        "has 2 x 2 pixels, and a photo has 16 at least each way",
    ),
    "a scan without end": (
        scanned(1000),
        "has 8,000 x 6,000 pixels in 1,005 scans, more than are allowed",
    ),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_is_no_photo_is_refused_with_the_reason(case: str) -> None:
    content, reason = REFUSALS[case]
    with pytest.raises(RefusedError) as caught:
        encoded(content)
    assert str(caught.value) == reason


def test_its_process_says_why(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^is no JPEG, PNG or WebP image$"):
        store.encoded(b"%PDF-1.7")
    assert store.REFUSED == REFUSED
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        saved(drawn())[:-200],
        saved(drawn(), "PNG")[:-60],
        saved(drawn(), "WEBP", lossless=True)[:-20],
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\0\0\0\0WEBP",
        png(600, 800),
        b"\x89PNG\r\n\x1a\n" + saved(drawn()),
        b"\xff\xd8\xff" + saved(drawn(), "PNG"),
    ],
)
def test_what_is_broken_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"^is broken, or takes too much to decode$"):
        store.encoded(content)


def tried(content: bytes) -> bytes | str:
    """Return what comes out, or why nothing does."""
    try:
        return store.encoded(content)
    except ValueError as error:
        return str(error)


@settings(deadline=None, max_examples=25)
@given(
    content=st.sampled_from([content for content, _ in FORMS.values()]),
    at=st.integers(0, 10_000),
    put=st.binary(max_size=8),
    cut=st.integers(0, 12),
)
def test_whatever_is_broken_in_it_a_photo_comes_out_or_a_reason(
    content: bytes, at: int, put: bytes, cut: int
) -> None:
    at %= len(content)
    made = tried(content[:at] + put + content[at + cut :])
    if isinstance(made, str):
        assert made.startswith(("is ", "has "))
    else:
        image = Image.open(BytesIO(made))
        image.load()
        assert (image.format, image.mode) == ("JPEG", "RGB")
        assert image.width <= BOX[0]
        assert image.height <= BOX[1]
