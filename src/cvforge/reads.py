"""Tells whoever listens which of a user's files were read, and what was in them."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Listener: TypeAlias = Callable[[Path, bytes | None], None]

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Let ``listener`` be told what is read in this thread, and nobody else meanwhile."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def note(path: Path, content: bytes | None) -> None:
    """Tell that a file was read; None stands for one that is missing or not to be read."""
    listener = _listener.get()
    if listener is not None:
        listener(path, content)
