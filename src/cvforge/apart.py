"""Starts a program of this package in a process of its own, which outlives this one."""

import os
import subprocess
import sys


def start_apart(module: str, *arguments: str) -> None:
    """Run a module of the package, in no folder and with no streams; nobody waits for it.

    Raises:
        OSError: when no process can be started.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120  pathlib costs as much as all of this
    paths = [package, os.environ.get("PYTHONPATH", "")]
    process = subprocess.Popen(  # noqa: S603  a module of this package
        [sys.executable, "-P", "-m", module, *arguments],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    process.returncode = 0  # so that Python does not complain of a child that still runs
