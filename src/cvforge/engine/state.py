"""How it is with the fast way here: the format of a class, its files, and an engine that waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cvforge.engine.base import TexJob
from cvforge.engine.preload import Condition, Shelf
from cvforge.engine.sandbox import Limits
from cvforge.engine.waiting import Waiting
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cvforge.engine.texlive import TexLive


@dataclass(frozen=True, slots=True)
class State:
    """The fast way of one class; ``reason`` says why it is not ready.

    ``has_tree`` tells whether documents need no file but those beside the format, ``can_wait``
    whether an engine that was started before there was a document has just set one.
    """

    condition: Condition
    reason: str = ""
    has_tree: bool = False
    can_wait: bool = False

    def __str__(self) -> str:
        if self.condition is not Condition.READY:
            return self.condition.value + (f": {self.reason}" if self.reason else "")
        tree = "with files of its own" if self.has_tree else "without files of its own"
        waiting = "engines can wait" if self.can_wait else "no engine can wait"
        return f"{self.condition.value}, {tree}; {waiting}"


def state(tex: TexLive, files: Mapping[str, bytes], options: Iterable[str] = ()) -> State:
    """Look at the format of a class, and try it."""
    shelf = Shelf.of(tex, files, options)
    if shelf is None:
        return State(Condition.IMPOSSIBLE, "XeTeX, its driver or the class is missing")
    condition, preloaded, reason = shelf.look()
    if preloaded is None:
        return State(condition, reason)
    waiting = Waiting(tex, preloaded.start(), files, limits=Limits())
    pdf = waiting.typeset(TexJob(shelf.sample(), files, 0)).pdf
    return State(condition, reason, preloaded.has_tree, can_wait=pdf is not None)
