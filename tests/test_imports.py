"""What a command must not load: each module here is milliseconds, or megabytes, of every run."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from cvforge.engine.texlive import TexLive

# Leaving a command to the process that stands by.
LEAVING = "import cvforge.__main__, cvforge.standby.client"
# What a build of one CV with a bibliography loads, but for what its content needs.
BUILDING = (
    "import cvforge.loading; cvforge.loading.begin(); import cvforge.cli, cvforge.cli.building,"
    " cvforge.batch.here, cvforge.engine.registry, cvforge.batch.workshop"
)
# The characters of a font, which are read where nothing is remembered.
READING = (
    "from pathlib import Path; from cvforge.latex.fonts import read_coverage;"
    " read_coverage(Path(sys.argv[1]))"
)
FOR_LEAVING = {
    *("typing", "dataclasses", "inspect", "pathlib", "subprocess", "json", "tempfile", "threading"),
    *("typer", "pydantic", "yaml", "cvforge.cli", "cvforge.engine", "cvforge.apart"),
}
FOR_BUILDING = {
    *("fontTools", "PIL", "pdfminer", "watchfiles", "rich", "distributed", "citeproc", "lxml"),
    *("pypdfium2", "markdown_it", "bibtexparser", "pylatexenc", "babel", "jsonschema"),
    *("importlib.metadata", "email", "ssl", "typer", "argparse", "cvforge.check.quick"),
    *("cvforge.batch.workers", "cvforge.batch.cluster", "cvforge.bibliography.csl.processor"),
    *("cvforge.fit.fitting", "cvforge.fit.report", "cvforge.fit.refusal", "cvforge.fit.solve"),
    *("cvforge.cli.check", "cvforge.standby.server", "cvforge.fonts.index"),
}


@pytest.mark.parametrize(
    ("script", "absent"),
    [(LEAVING, FOR_LEAVING), (BUILDING, FOR_BUILDING), (READING, {"fontTools", "pydantic"})],
)
def test_nothing_is_loaded_that_is_not_needed(script: str, absent: set[str], tex: TexLive) -> None:
    font = tex.find(["lmmono10-regular.otf"])["lmmono10-regular.otf"]
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {script}; print(*sys.modules)", str(font)],
        capture_output=True,
        check=True,
        text=True,
    )
    loaded = set(done.stdout.split())
    assert "cvforge" in loaded
    assert loaded & absent == set()
