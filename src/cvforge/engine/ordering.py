"""Has formats made after this command: making one takes seconds, asking for it a millisecond."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from cvforge.apart import start_apart
from cvforge.engine import preload
from cvforge.engine.lock import locked

if TYPE_CHECKING:
    from cvforge.engine.texlive import TexLive


def make_apart(tex: TexLive) -> None:
    """Let a process of its own make all formats that are missing, unless one does so already."""
    if tex.preloads is None:
        return
    root = tex.preloads / preload.FOLDER
    with suppress(OSError):
        root.mkdir(parents=True, exist_ok=True)
        with locked(root / "lock", wait_seconds=0.0) as is_free:
            if not is_free:
                return
        start_apart("cvforge", "cache", "warm", "--quiet")
