"""The only module that prints: results to standard output, findings and progress to the other."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from cvforge.diagnostics import Diagnostic, Severity
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
        self._kept: list[Diagnostic] = []
        self._results: dict[str, Any] = {}
        self.exit_status = 0

    def diagnostics(self, found: Sequence[Diagnostic]) -> None:
        """Show findings, the first hundred of them at full length."""
        shown = [d for d in found if not self._quiet or d.severity is Severity.ERROR]
        self._kept.extend(found)
        if not self._json:
            for diagnostic in shown[:MAX_SHOWN]:
                _print_styled(as_lines(diagnostic))
            if len(shown) > MAX_SHOWN:
                _print(f"… and {len(shown) - MAX_SHOWN} more", sys.stderr)
        if self._github:
            for diagnostic in found:
                _print(as_annotation(diagnostic), sys.stderr)

    def fail(self, error: CvforgeError) -> None:
        """Show an error's findings; the first error decides the exit status."""
        self.diagnostics(error.diagnostics)
        self.exit_status = self.exit_status or error.exit_status

    def built(self, line: str) -> None:
        """Print a line about something that was made or found good."""
        if not self._quiet and not self._json:
            _print(visible(line), sys.stdout)

    def text(self, text: str) -> None:
        """Print a text that was asked for, as it is."""
        if not self._json:
            _print(text.rstrip("\n"), sys.stdout)

    def document(self, results: dict[str, Any]) -> None:
        """Keep results for the JSON document."""
        self._results.update(results)

    @contextmanager
    def progress(self, label: str) -> Iterator[None]:
        """Show that ``label`` is being done: turning on a terminal, a plain line elsewhere."""
        if self._quiet or self._json:
            yield
        elif sys.stderr.isatty():
            from rich.console import Console as Terminal  # noqa: PLC0415  only a terminal pays
            from rich.text import Text  # noqa: PLC0415  the same

            with Terminal(stderr=True).status(Text(visible(label))):
                yield
        else:
            _print(visible(label), sys.stderr)
            yield

    def close(self) -> None:
        """Print the JSON document where one was asked for."""
        if self._json:
            document = {
                "diagnostics": [as_json(d) for d in self._kept],
                "exit_status": self.exit_status,
                **self._results,
            }
            _print(json.dumps(document, indent=2), sys.stdout)


def _print(text: str, stream: TextIO) -> None:
    """Print ``text``; what the stream's encoding cannot write is escaped."""
    encoding = stream.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding), file=stream, flush=True)


def _print_styled(lines: list[str]) -> None:
    if not sys.stderr.isatty():
        _print("\n".join([*lines, ""]), sys.stderr)
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
