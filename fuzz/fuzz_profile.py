"""Searches for bytes that the reader of profiles does not answer with a profile or findings."""  # noqa: INP001  a script that is run, never imported

from __future__ import annotations

import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["cvforge", "markdown_it", "mdit_py_plugins"]):
    from cvforge.profile.load import load_profile

import target


def main() -> None:
    """Search until libFuzzer's options say that it is enough."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ada.yaml"

        def read(raw: bytes) -> None:
            path.write_bytes(raw)
            load_profile(path)

        target.run(read)


if __name__ == "__main__":
    main()
