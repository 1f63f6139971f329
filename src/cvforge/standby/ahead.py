"""The engine that is started before a command comes, for documents like those of the last one."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING

from cvforge.batch import machine
from cvforge.batch.job import Form, Options
from cvforge.engine.registry import engine
from cvforge.errors import CvforgeError
from cvforge.standby.rehearsal import rehearse
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
        with suppress(CvforgeError, OSError), machine.find_tex() as tex:
            self.forms = last.forms
            self._tex = tex
            self._surroundings = _surroundings(tex)
            self._made = engine(Options().engine, tex)
            form = next(iter(last.forms.values()), Form())
            self._made.reserve(class_files(form.template), options=form.options)

    def rehearse(self) -> None:
        """Do beside it what a command does, so that the command does it in half the time."""
        if self._tex is not None:
            rehearse(self._tex)

    def waits(self) -> bool:
        """Say whether it is there, and nobody has taken it."""
        return self._made is not None

    def engine(self, name: str, tex: TexLive) -> Engine | None:
        """Return the engine that waits, when it is the one that is asked for."""
        made = self._made
        if made is None or made.name != name or _surroundings(tex) != self._surroundings:
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
