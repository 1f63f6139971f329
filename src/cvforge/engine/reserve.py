"""Engines that wait, by the files of the jobs that they wait for; made ready in the background."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cvforge.engine.preload import Condition, Making
from cvforge.engine.texlive import LATEX
from cvforge.engine.waiting import Waiting
from cvforge.errors import CvforgeError
from cvforge.latex.fonts import declared_files
from cvforge.signals import is_told

if TYPE_CHECKING:
    from cvforge.engine.preload import Preloaded, Shelf, Start
    from cvforge.engine.sandbox import Limits
    from cvforge.engine.serving import Serving
    from cvforge.engine.texlive import TexLive


MOST_SET_UP = 4  # engines that wait for documents with certain options alone
LOOK_SECONDS = 0.5  # between looks at the files that a format was made of; they are sixty


class Reserve:
    """The engines of one program run. Any thread may call it."""

    def __init__(self, tex: TexLive, limits: Limits) -> None:
        self._tex = tex
        self._limits = limits
        self._waiting: dict[Path, list[Waiting | Serving]] = {}
        self._clocks: dict[Waiting | Serving, threading.Timer] = {}
        self._making: dict[Path, threading.Thread] = {}
        self._lock = threading.Lock()
        self._seen: dict[Path, tuple[float, Preloaded | None]] = {}
        self._starting: dict[Path, threading.Thread] = {}
        self._ending: list[threading.Thread] = []
        self._is_wanted = False
        self._serves = tex.kept_in is None  # a folder that is kept is one document's

    def fill(self, shelf: Shelf, count: int) -> None:
        """Start engines with a format until ``count`` of them wait.

        Without the format one is started that loads the class beside what goes on here.
        """
        preloaded = self._ready(shelf)
        if preloaded is None:
            self._start_plainly(shelf)
            return
        for _ in range(self._number(shelf), count):
            if shelf.ahead and len(self._set_up(shelf.folder)) >= MOST_SET_UP:
                return
            try:
                start = preloaded.start(serves=self._serves, options=shelf.ahead)
                made = self._started(shelf, start)
            except OSError:  # no more processes: what starts later may have more luck
                return
            self._add(shelf, made)

    def take(self, shelf: Shelf) -> Waiting | Serving | None:
        """Return an engine with a format, started now when none waits.

        Without the format it is one that was started to load the class, or None.
        """
        if (starting := self._starting.pop(shelf.folder, None)) is not None:
            starting.join()
        preloaded = self._ready(shelf)
        while (made := self._remove(shelf)) is not None:
            if made.is_alive():
                return made
            made.end()
        if preloaded is None:
            return None
        start = preloaded.start(loads_fonts=False, serves=self._serves, options=shelf.ahead)
        return self._started(shelf, start)

    def give_back(self, shelf: Shelf, used: Waiting | Serving) -> None:
        """Let an engine wait for the next document, if it can."""
        if not used.is_alive():
            used.end()
            return
        self._add(shelf, used)
        self._ending = [thread for thread in self._ending if thread.is_alive()]
        for each in self._set_up(shelf.folder)[:-MOST_SET_UP]:  # no document waits for its end
            thread = threading.Thread(target=self._expire, args=(shelf.folder, each))
            self._ending.append(thread)
            thread.start()

    def discard(self, shelf: Shelf) -> None:
        """Take away a format that is damaged, with the engines that were started from it."""
        self._end_waiting(shelf.folder)
        self._seen.pop(shelf.folder, None)
        shelf.discard()

    def close(self) -> None:
        """End every engine that waits, and see to it that formats are made that were missing."""
        for starting in self._starting.values():
            starting.join()
        with self._lock:
            folders, threads = list(self._waiting), list(self._making.values())
        for folder in folders:
            self._end_waiting(folder)
        if self._is_wanted and not is_told():
            from cvforge.engine.ordering import make_apart  # noqa: PLC0415  seldom needed

            make_apart(self._tex)
        for thread in (*threads, *self._ending):
            thread.join()

    def _ready(self, shelf: Shelf) -> Preloaded | None:
        """Return the format; where there is none, one is ordered."""
        looked, preloaded = self._seen.get(shelf.folder, (-LOOK_SECONDS, None))
        if preloaded is not None and time.monotonic() - looked < LOOK_SECONDS:
            return preloaded
        condition, preloaded, _ = shelf.look()
        if condition in {Condition.ABSENT, Condition.STALE}:
            self._order(shelf)
        if preloaded is not None:
            shelf.note_use()
        self._seen[shelf.folder] = time.monotonic(), preloaded
        return preloaded

    def _order(self, shelf: Shelf) -> None:
        """Have a format made by whoever makes them."""
        if self._tex.making is Making.HERE:
            self._make(shelf)
        elif self._tex.making is Making.APART:
            self._is_wanted = True  # at the end: nothing is to be in the way of this document

    def _start_plainly(self, shelf: Shelf) -> None:
        """Start one engine with LaTeX's format, which it looks for itself.

        A thread finds out whether there is one, and makes it if not; then the engine starts there.
        """
        if self._number(shelf) == 0 and shelf.folder not in self._starting:
            with suppress(OSError, CvforgeError):  # whoever sets the document meets it again
                has_none = self._tex.formats.is_dir()
                made = None if has_none else self._started_plainly(shelf, Path(LATEX[0]))
                thread = threading.Thread(target=self._confirm, args=(shelf, made))
                self._starting[shelf.folder] = thread
                thread.start()

    def _confirm(self, shelf: Shelf, made: Waiting | None) -> None:
        """Let an engine wait that has found LaTeX's format, or else another one with ours."""
        with ExitStack() as undone, suppress(OSError, CvforgeError):  # as above
            if made is not None:
                undone.callback(made.end)
            found = self._tex.find([*LATEX, *declared_files(shelf.files)])  # for both, at one go
            if made is not None and LATEX[0] in found:
                undone.pop_all()
            else:
                made = self._started_plainly(shelf, self._tex.xelatex_format())
            self._add(shelf, made)

    def _started_plainly(self, shelf: Shelf, tex_format: Path) -> Waiting:
        hopeful = replace(self._tex, is_hopeful=True)
        return Waiting(hopeful, shelf.plain_start(tex_format), shelf.files, limits=self._limits)

    def _started(self, shelf: Shelf, start: Start) -> Waiting | Serving:
        if start.serves:
            from cvforge.engine.serving import Serving  # noqa: PLC0415  not for a first document

            return Serving(self._tex, start, shelf.files, limits=self._limits)
        return Waiting(self._tex, start, shelf.files, limits=self._limits)

    def _make(self, shelf: Shelf) -> None:
        with self._lock:
            before = self._making.get(shelf.folder)
            if before is None or not before.is_alive():
                thread = threading.Thread(target=self._made, args=(shelf,))
                self._making[shelf.folder] = thread
                thread.start()

    def _made(self, shelf: Shelf) -> None:
        from cvforge.engine import preloading  # noqa: PLC0415  seldom needed

        with suppress(OSError, CvforgeError):  # it is a cache: documents are set the plain way
            preloading.make(self._tex, shelf, wait_seconds=0.0)

    def _number(self, shelf: Shelf) -> int:
        with self._lock:
            return sum(_suits(made, shelf) for made in self._waiting.get(shelf.folder, ()))

    def _set_up(self, folder: Path) -> list[Waiting | Serving]:
        with self._lock:
            return [made for made in self._waiting.get(folder, ()) if made.options]

    def _add(self, shelf: Shelf, made: Waiting | Serving) -> None:
        clock = threading.Timer(self._limits.idle_seconds, self._expire, (shelf.folder, made))
        clock.daemon = True
        with self._lock:
            self._waiting.setdefault(shelf.folder, []).append(made)
            self._clocks[made] = clock
        clock.start()

    def _remove(self, shelf: Shelf) -> Waiting | Serving | None:
        with self._lock:
            waiting = self._waiting.get(shelf.folder, [])
            made = next((made for made in waiting if _suits(made, shelf)), None)
            if made is not None:
                waiting.remove(made)
                self._clocks.pop(made).cancel()
            return made

    def _expire(self, folder: Path, made: Waiting | Serving) -> None:
        with self._lock:
            if made not in self._waiting.get(folder, ()):
                return
            self._waiting[folder].remove(made)
            self._clocks.pop(made).cancel()
        made.end()

    def _end_waiting(self, folder: Path) -> None:
        with self._lock:
            waiting = self._waiting.pop(folder, [])
            clocks = [self._clocks.pop(made) for made in waiting]
        for clock in clocks:
            clock.cancel()
        for made in waiting:
            made.end()


def _suits(made: Waiting | Serving, shelf: Shelf) -> bool:
    """Say whether an engine has carried out no options, or those of these documents."""
    return made.options in {(), shelf.ahead}
