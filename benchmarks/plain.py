"""Builds in the plain way; writes what cvforge sets: profile, variant, folder for the ``.tex``."""

from __future__ import annotations

import sys
from pathlib import Path

from cvforge.cli.common import reporting
from cvforge.cli.setting import find_tools
from cvforge.library import read_library
from cvforge.pipeline import build
from cvforge.profile.load import load_profile
from cvforge.publications import Works
from cvforge.templates.folder import DEFAULT_TEMPLATE, class_files


def main(path: Path, variant: str, folder: Path) -> None:
    """Build a variant and write what the engine was given."""
    with reporting(quiet=True), find_tools("xelatex") as tools:
        loaded = load_profile(path)
        works = Works(read_library(loaded).references)
        made = build(loaded.profile, variant, works=works, tools=tools)
    (folder / "cv.tex").write_text(made.source, encoding="utf-8")
    for name, file in class_files(DEFAULT_TEMPLATE).items():
        (folder / name).write_bytes(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
