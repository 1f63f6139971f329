"""What a command used, told to the process that stands by, so that the next one has it ready."""

from __future__ import annotations

import json
import os
from dataclasses import field
from typing import TYPE_CHECKING

from cvforge.batch.job import Form
from cvforge.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cvforge.batch.job import Forms


@dataclass(frozen=True, slots=True)
class Report:
    """The environment of a command, its documents' forms, and the modules that it loaded."""

    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    forms: Forms = field(default_factory=dict)
    modules: tuple[str, ...] = ()

    def written(self) -> bytes:
        """Return it as bytes."""
        forms = [
            [*which, form.template, sorted(form.options)] for which, form in self.forms.items()
        ]
        return json.dumps([dict(self.environment), forms, self.modules]).encode()

    @classmethod
    def read(cls, heard: bytes) -> Report:
        """Return what was written.

        Raises:
            ValueError: when there is none.
        """
        environment, forms, modules = json.loads(heard)
        made = {(p, v): Form(template, frozenset(options)) for p, v, template, options in forms}
        return cls(environment, made, tuple(modules))
