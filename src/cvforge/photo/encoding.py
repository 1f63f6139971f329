"""Makes a small JPEG of a stranger's image: run as a program of its own, which knows only Pillow.

Whatever a decoder does to it, that process ends within its limits and leaves a JPEG or none.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import ImageCms
from PIL.Image import Image, Resampling, Transpose, alpha_composite, new
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.ImageFile import ImageFile

MAX_PIXELS = 50_000_000
MAX_SIDE = 16_383  # pixels; what WebP can hold
# A progressive JPEG goes over all pixels in each scan, and a scan may take a few bytes.
MAX_SCANNED = 1_000_000_000
MIN_SIDE = 16
# In pixels: 400 dpi at the largest density of the templates.
BOX = (640, 512)
QUALITY = 90
REFUSED = 3  # the exit status after which the output is the reason
_GREY_16 = ("I;16", "I;16L", "I;16B", "I;16N")
_ORIENTATION = 0x0112  # Exif 2.32, 4.6.4
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
_FIRST_ON_ITS_SIDE = 5


class RefusedError(ValueError):
    """An image that is not to be decoded; the message is the end of a sentence."""


def encoded(content: bytes) -> bytes:
    """Return an image as a JPEG: upright, in sRGB, on white, within the box, with nothing else.

    Raises:
        RefusedError: when it is of another format, too large or too small, or animated.
        Exception: whatever Pillow ends with on a file that is broken.
    """
    image = _opened(content)
    _require_bounds(image, scans=content.count(b"\xff\xda"))
    turn = image.getexif().get(_ORIENTATION, 1)
    box = BOX if turn < _FIRST_ON_ITS_SIDE else BOX[::-1]
    colours = image.info.get("icc_profile")
    small = _small(image, box)
    if turn in _TURNS:
        small = small.transpose(_TURNS[turn])
    made = BytesIO()
    bare = _in_srgb(_opaque(small), colours)
    bare.info.clear()
    bare.save(made, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return made.getvalue()


def _opened(content: bytes) -> ImageFile:
    """Read the header of an image; none of its pixels is decoded."""
    file = BytesIO(content)
    if content.startswith(b"\xff\xd8\xff"):
        return JpegImageFile(file)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PngImageFile(file)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WebPImageFile(file)
    raise RefusedError("is no JPEG, PNG or WebP image")


def _require_bounds(image: ImageFile, *, scans: int) -> None:
    width, height = image.size
    size = f"{width:,} x {height:,} pixels"
    if getattr(image, "n_frames", 1) > 1:
        raise RefusedError("is animated")
    if min(width, height) < MIN_SIDE:
        raise RefusedError(f"has {size}, and a photo has {MIN_SIDE} at least each way")
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise RefusedError(f"has {size}, more than the {MAX_PIXELS:,} that are allowed")
    if image.format == "JPEG" and width * height * scans > MAX_SCANNED:
        raise RefusedError(f"has {size} in {scans:,} scans, more than are allowed")


def _small(image: Image, box: tuple[int, int]) -> Image:
    """Return an image of at most the box, in a mode that can be scaled; never enlarged."""
    if image.mode in _GREY_16:
        image = image.convert("I").point(lambda level: level * (1 / 257)).convert("L")
    elif image.mode not in {"L", "RGB", "RGBA", "CMYK"}:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    elif image.mode in {"L", "RGB"} and image.has_transparency_data:
        image = image.convert("RGBA")
    image.thumbnail(box, Resampling.LANCZOS, reducing_gap=3.0)
    return image


def _opaque(image: Image) -> Image:
    if image.mode != "RGBA":
        return image
    return alpha_composite(new("RGBA", image.size, "white"), image).convert("RGB")


def _in_srgb(image: Image, colours: bytes | None) -> Image:
    """Return an image in sRGB; a colour profile that does not fit it counts for nothing."""
    if colours:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(colours))
            target = ImageCms.createProfile("sRGB")
            made = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            made = None
        if made is not None:
            return made
    return image.convert("RGB")


def main(arguments: Sequence[str]) -> int:
    """Make the second file of the first; return the exit status."""
    source, target = map(Path, arguments)
    try:
        made = encoded(source.read_bytes())
    except RefusedError as error:
        sys.stdout.write(str(error))
        return REFUSED
    target.write_bytes(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
