"""The engine that is started before it is known what for: for documents like the last ones."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING

from cvforge.batch import machine
from cvforge.batch.job import Form, Options
from cvforge.engine.preload import Making
from cvforge.engine.registry import engine
from cvforge.errors import CvforgeError
from cvforge.templates.folder import class_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cvforge.batch.job import Forms
    from cvforge.engine.base import Engine
    from cvforge.engine.texlive import TexLive
    from cvforge.standby.report import Report


class Ahead:
    """That engine, until a command takes it; ``forms`` is what the command's documents were."""

    def __init__(self) -> None:
        self.forms: Forms = {}
        self._made: Engine | None = None
        self._tex: TexLive | None = None
        self._surroundings: tuple[Mapping[str, str], str] = ({}, "")

    def start(self, last: Report) -> None:
        """Let an engine wait for a command like the last one."""
        os.environ.clear()
        os.environ.update(last.environment)
        self.forms = last.forms
        self._start(Making.NOT)  # it may end because its cache was cleared

    def start_first(self) -> None:
        """Let an engine wait for the first document; a format is made after that."""
        self._start(machine.making_apart(os.environ))

    def _start(self, making: Making) -> None:
        with suppress(CvforgeError, OSError), machine.find_tex(making) as tex:
            self._tex = tex
            self._surroundings = _surroundings(tex)
            self._made = engine(Options().engine, tex)
            form = next(iter(self.forms.values()), Form())
            files = class_files(form.template)
            self._made.reserve(files, options=form.options)

    def rehearse(self) -> None:
        """Do beside it what a command does, so that the command does it in half the time."""
        if self._tex is not None:
            from cvforge.standby.rehearsal import rehearse  # noqa: PLC0415  reads profiles

            rehearse(self._tex)

    def waits(self) -> bool:
        """Say whether it is there, and nobody has taken it."""
        return self._made is not None

    def engine(self, name: str, tex: TexLive) -> Engine | None:
        """Return the engine that waits, when it is the one that is asked for.

        It is not for a command that keeps the folders of its documents.
        """
        made = self._made
        if made is None or made.name != name or tex.kept_in is not None:
            return None
        if _surroundings(tex) != self._surroundings:
            return None
        self._made = None
        return made

    def close(self) -> None:
        """End the engine that nobody has taken."""
        if self._made is not None:
            self._made.close()
            self._made = None


def _surroundings(tex: TexLive) -> tuple[Mapping[str, str], str]:
    """Return what an engine takes from its environment: variables, and where it works."""
    return tex.variables(), tempfile.gettempdir()
