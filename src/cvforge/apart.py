"""Starts a program of this package in a process of its own, which outlives this one."""

import os
import subprocess
import sys

# Its input ends when we do. Until then its work would take time and memory from ours.
_AFTERWARDS = ["/bin/sh", "-c", 'read -r _; exec "$@" </dev/null', "sh"]


def start_apart(module: str, *arguments: str) -> None:
    """Run a module of the package when this process has ended; nobody waits for it.

    It runs in no folder and with no streams. Without a shell (Windows) it begins at once.

    Raises:
        OSError: when no process can be started.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120  pathlib costs as much as all of this
    paths = [package, os.environ.get("PYTHONPATH", "")]
    waits = _AFTERWARDS if os.name == "posix" else []
    end_of_ours, _ = os.pipe()  # the other end is closed with this process, by nobody before
    try:
        process = subprocess.Popen(  # noqa: S603  a module of this package
            [*waits, sys.executable, "-P", "-m", module, *arguments],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
            cwd="/",
            stdin=end_of_ours if waits else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    finally:
        os.close(end_of_ours)
    process.returncode = 0  # so that Python does not complain of a child that still runs
