"""Images for tests: drawn, of nobody."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 160, 60), (40, 60, 200), (255, 255, 255)


def drawn(size: tuple[int, int] = (90, 120)) -> Image.Image:
    """Return a picture of which each corner tells which it is: red at the top left."""
    width, height = size
    image = Image.new("RGB", size, WHITE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill=RED)
    draw.rectangle((width // 2, 0, width - 1, height // 2 - 1), fill=GREEN)
    draw.rectangle((0, height // 2, width // 2 - 1, height - 1), fill=BLUE)
    return image


def saved(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """Return an image as the bytes of a file."""
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


@cache
def portrait() -> bytes:
    """Return a JPEG as a camera makes it: on its side, with where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise
    exif[0x010E] = "SECRET"
    exif[0x8825] = {1: "N"}
    turned = drawn((600, 800)).transpose(Image.Transpose.ROTATE_90)
    return saved(turned, exif=exif, comment="SECRET", quality=92)


def corners(jpeg: bytes) -> list[str]:
    """Return which colour each quarter has: at the top left, top right, bottom left and right."""
    image = Image.open(BytesIO(jpeg))
    assert (image.format, image.mode) == ("JPEG", "RGB")
    width, height = image.size
    points = [(x * width // 4, y * height // 4) for y in (1, 3) for x in (1, 3)]
    return [_named(image.getpixel(point)) for point in points]


def _named(pixel: object) -> str:
    assert isinstance(pixel, tuple)
    names = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE, "black": (0, 0, 0)}
    return min(
        names, key=lambda name: sum(abs(a - b) for a, b in zip(names[name], pixel, strict=True))
    )
