"""The only module that prints: results to standard output, findings and progress to the other."""

from __future__ import annotations

import errno
import json
import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from cvforge.counter import Counter, bar
from cvforge.diagnostics import Diagnostic, Severity
from cvforge.errors import OutputError
from cvforge.rendering import as_annotation, as_json, as_lines, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cvforge.errors import CvforgeError

MAX_SHOWN = 100
_STYLES = {"error": "bold red", "warning": "bold yellow", "hint": "cyan"}


class Console:
    """What one call of the program tells its user.

    With ``json`` everything is kept, and ``close`` prints it as one document; with ``github``
    every finding is printed as an annotation as well; with ``quiet`` errors alone are printed.
    """

    def __init__(self, *, quiet: bool, json: bool, github: bool) -> None:
        self._quiet = quiet
        self._json = json
        self._github = github
        self._kept: dict[Diagnostic, None] = {}
        self._results: dict[str, Any] = {}
        self.exit_status = 0

    def diagnostics(self, found: Sequence[Diagnostic]) -> None:
        """Show findings, the first hundred of them at full length; each finding is shown once."""
        new = [d for d in dict.fromkeys(found) if d not in self._kept]
        self._kept |= dict.fromkeys(new)
        shown = [d for d in new if not self._quiet or d.severity is Severity.ERROR]
        if not self._json:
            for diagnostic in shown[:MAX_SHOWN]:
                _print_styled(as_lines(diagnostic))
            if len(shown) > MAX_SHOWN:
                _tell(f"… and {len(shown) - MAX_SHOWN} more")
        if self._github:
            for diagnostic in new:
                _tell(as_annotation(diagnostic))

    def fail(self, error: CvforgeError) -> None:
        """Show an error's findings; the first error decides the exit status."""
        self.diagnostics(error.diagnostics)
        self.exit_status = self.exit_status or error.exit_status

    def built(self, line: str) -> None:
        """Print a line about something that was made or found good."""
        if not self._quiet and not self._json:
            _print(visible(line))

    def text(self, text: str) -> None:
        """Print a text that was asked for, as it is."""
        if not self._json:
            _print(text.rstrip("\n"))

    def document(self, results: dict[str, Any]) -> None:
        """Keep results for the JSON document."""
        self._results.update(results)

    @contextmanager
    def progress(self, label: str) -> Iterator[None]:
        """Show that ``label`` is being done: turning on a terminal, a plain line elsewhere."""
        if self._quiet or self._json:
            yield
        elif sys.stderr is not None and sys.stderr.isatty():
            from rich.console import Console as Terminal  # noqa: PLC0415  only a terminal pays
            from rich.text import Text  # noqa: PLC0415  the same

            with Terminal(stderr=True).status(Text(visible(label))):
                yield
        else:
            _tell(visible(label))
            yield

    def told(self, line: str, *, always: bool = False) -> None:
        """Print a line about the work as a whole; ``always`` also where quiet is asked for."""
        if always or not (self._quiet or self._json):
            _tell(visible(line))

    @contextmanager
    def counting(self, total: int) -> Iterator[Counter]:
        """Show on a terminal how many of ``total`` are done, how fast, and how long it takes."""
        if self._quiet or self._json or sys.stderr is None or not sys.stderr.isatty():
            yield Counter()
        else:
            output_too = sys.stdout is not None and sys.stdout.isatty()
            with bar(total, output_too=output_too) as counter:
                yield counter

    def close(self) -> None:
        """Print the JSON document where one was asked for."""
        if not self._json:
            return
        document = {
            "diagnostics": [as_json(d) for d in self._kept],
            "exit_status": self.exit_status,
            **self._results,
        }
        try:
            _print(json.dumps(document, indent=2))
        except OutputError as error:
            self._json = False
            self.fail(error)


def abandon(stream: TextIO | None) -> None:
    """Let what is left for ``stream`` go nowhere, the interpreter's last flush included."""
    if stream is not None:
        with suppress(OSError), Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())


def _print(text: str) -> None:
    """Print ``text`` to standard output.

    Raises:
        OutputError: when that is closed, or cannot be written.
        BrokenPipeError: when whoever read it has gone.
    """
    try:
        _write(text, sys.stdout)
    except BrokenPipeError:
        raise
    except OSError as cause:
        abandon(sys.stdout)
        reason = (cause.strerror or str(cause)).lower()
        raise OutputError.one(
            "unwritable-output", f"standard output cannot be written: {reason}"
        ) from None


def _tell(text: str) -> None:
    """Print ``text`` to standard error; where that cannot be written, nobody can be told."""
    try:
        _write(text, sys.stderr)
    except BrokenPipeError:
        raise
    except OSError:
        abandon(sys.stderr)


def _write(text: str, stream: TextIO | None) -> None:
    """Write ``text`` and a line's end; what the stream's encoding cannot write is escaped."""
    if stream is None:
        raise OSError(errno.EBADF, "it is closed")
    encoding = stream.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding), file=stream, flush=True)


def _print_styled(lines: list[str]) -> None:
    if sys.stderr is None or not sys.stderr.isatty():
        _tell("\n".join([*lines, ""]))
        return
    from rich.console import Console as Terminal  # noqa: PLC0415  only a terminal pays
    from rich.text import Text  # noqa: PLC0415  the same

    terminal = Terminal(stderr=True, highlight=False, soft_wrap=True)
    for line in [*lines, ""]:
        word = line.partition(":")[0]
        styled = Text(line)
        if word in _STYLES:
            styled.stylize(_STYLES[word], 0, len(word) + 1)
        elif set(line.partition("|")[2].strip()) == {"^"}:
            styled.stylize("red")
        terminal.print(styled)
