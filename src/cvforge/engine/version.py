"""What a program says about its version."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def first_line(program: Path, environment: Mapping[str, str]) -> str:
    """Return the first line of ``program --version``, or "" when it says nothing."""
    done = subprocess.run(  # noqa: S603  a program found on PATH, a fixed argument
        [str(program), "--version"],
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    return (done.stdout.splitlines() or [""])[0]
