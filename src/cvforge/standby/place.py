"""Where the process that stands by listens, and whether one is wanted here; loads nothing."""

import os
import sys
from binascii import crc32
from collections.abc import Mapping

SWITCH = "CVFORGE_STANDBY"
_NAME_BYTES = 107  # of a socket's path: sun_path in unix(7), without the byte that ends it


def is_wanted(environment: Mapping[str, str]) -> bool:
    """Say whether commands may be left to a process that stands by.

    Not where the next command is on another machine (CI), not where this one has limits that
    another process would not have, and on Linux alone.
    """
    if sys.platform != "linux" or environment.get("CI") or environment.get(SWITCH) == "off":
        return False
    import resource  # noqa: PLC0415  not everywhere

    kinds = (resource.RLIMIT_FSIZE, resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_DATA)
    return all(resource.getrlimit(kind)[0] == resource.RLIM_INFINITY for kind in kinds)


def socket_path(environment: Mapping[str, str]) -> str | None:
    """Return the path of the socket, None where there cannot be one.

    It lies in the user's cache, and nowhere else: not in one that sudo has left us. Its name
    stands for this program, this Python and its settings, this machine and this view of the file
    system: a container that shares the cache has its own.
    """
    cache = environment.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111  pathlib costs as much as all of this
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120  the same
    try:
        views = [os.stat(name) for name in (package, sys.prefix, "/", "/proc/self/ns/mnt")]  # noqa: PTH116  the same
        is_own = os.stat(f"{cache}/cvforge").st_uid == os.geteuid()  # noqa: PTH116  the same
    except OSError:
        return None
    view = "-".join(f"{status.st_ino:x}" for status in views)
    path = f"{cache}/cvforge/standby/{os.uname().nodename}-{view}-{_settings(environment):x}"
    fits = os.path.isabs(cache) and len(os.fsencode(path)) <= _NAME_BYTES  # noqa: PTH117  the same
    return path if is_own and fits else None


def _settings(environment: Mapping[str, str]) -> int:
    """Return a sum of what a process cannot change any more when it has started."""
    variables = sorted(f"{k}={v}" for k, v in environment.items() if k.startswith("PYTHON"))
    settings = [sys.getfilesystemencoding(), str(os.nice(0)), *variables]
    return crc32(os.fsencode("\0".join(settings)))
