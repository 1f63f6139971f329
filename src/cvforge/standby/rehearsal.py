"""A CV that nobody asked for, all the way to TeX: what a command touches is in memory then."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from cvforge.engine.base import TexRun
from cvforge.engine.coverage import FontCoverage
from cvforge.errors import CvforgeError
from cvforge.library import read_library
from cvforge.pipeline import build
from cvforge.profile.load import load_profile
from cvforge.profile.references import variant_names
from cvforge.publications import Works
from cvforge.setting import Tools

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cvforge.engine.base import TexJob
    from cvforge.engine.texlive import TexLive

SAMPLE = Path(__file__).parents[1] / "cli/starter.yaml"


class Silent:
    """An engine that sets nothing."""

    name: ClassVar[str] = "xelatex"

    def version(self) -> str:
        """Return nothing."""
        return ""

    def run(self, _: TexJob) -> TexRun:
        """Return a run without a PDF."""
        return TexRun(None, (), ())

    def reserve(
        self, files: Mapping[str, bytes], count: int = 1, *, options: Iterable[str] = ()
    ) -> None:
        """Start nothing."""

    def close(self) -> None:
        """End nothing."""


def rehearse(tex: TexLive) -> None:
    """Read a sample and write it for TeX, which is not started."""
    with suppress(CvforgeError, OSError):
        loaded = load_profile(SAMPLE)
        works = Works(read_library(loaded).references)
        tools = Tools(Silent(), FontCoverage(tex))
        for name in variant_names(loaded.profile):
            with suppress(CvforgeError):  # the silent engine has no PDF
                build(loaded.profile, name, works=works, tools=tools)
