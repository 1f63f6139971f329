"""What the bench runs on: facts that say how to take its numbers, and none that say where it is."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import requires, version
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.bench import NotMeasuredError, run

if TYPE_CHECKING:
    from benchmarks.bench import Bench

_REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+")


def facts(bench: Bench) -> dict[str, str]:
    """Return the facts by what they are called."""
    made = {
        "processor": _processor(),
        "cores": str(_cores()),
        "memory": _memory(),
        "system": _system(),
        "Python": platform.python_version(),
        "TeX": _first_line(bench, "xetex"),
        "xdvipdfmx": _first_line(bench, "xdvipdfmx"),
        "cvforge": version("cvforge"),
        "its packages": ", ".join(_packages()),
    }
    if bench.peers is not None:
        made |= {"RenderCV": bench.peers.rendercv, "typst": bench.peers.typst}
    return made | {"busy before": _busy()}


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return platform.machine() if found is None else f"{found[1]} ({platform.machine()})"


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory() -> str:
    try:
        size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return "unknown"
    return f"{size / 1e9:.1f} GB"


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return f"{platform.system()} {platform.release()}"


def _busy() -> str:
    try:
        return f"{os.getloadavg()[0]:.1f} processes on average in the minute before"
    except OSError:
        return "unknown"


def _first_line(bench: Bench, program: str) -> str:
    try:
        said = run([program, "--version"], folder=bench.folder, home=bench.home)
    except NotMeasuredError:
        return "not found"
    return said.strip().splitlines()[0].split(" by ")[0].removeprefix("This is ")


def _packages() -> list[str]:
    names = [
        _REQUIREMENT.match(line) for line in requires("cvforge") or () if "extra ==" not in line
    ]
    return sorted(f"{name[0]} {version(name[0])}" for name in names if name is not None)
