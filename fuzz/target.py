"""What both targets share: a reader is held to its errors, and run by libFuzzer's options."""  # noqa: INP001  scripts that are run, never imported

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import atheris

from cvforge.errors import CvforgeError

if TYPE_CHECKING:
    from collections.abc import Callable

# A reader that takes longer hangs; one that takes more memory grows without bound.
LIMITS = ("-timeout=20", "-rss_limit_mb=2048", "-print_final_stats=1")


def run(read: Callable[[bytes], object]) -> None:
    """Search for bytes that make ``read`` fail with anything but an error of ours."""

    def try_once(raw: bytes) -> None:
        try:
            read(raw)
        except CvforgeError as refused:
            if not refused.diagnostics:
                raise AssertionError("refused without a reason") from refused

    atheris.Setup([sys.argv[0], *LIMITS, *sys.argv[1:]], try_once)
    atheris.Fuzz()
