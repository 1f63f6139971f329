"""What the commands share: which profiles they mean, and how each of them ends."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cvforge.console import Console, abandon
from cvforge.errors import CvforgeError, OutputError
from cvforge.files import refused
from cvforge.signals import end_what_runs, status

PROFILES_FOLDER = Path("profiles")
# Where "cvforge new" writes without being told.
LONE_PROFILES = (Path("profile.yaml"), Path("profile.yml"))
PIPE_CLOSED = 141  # 128 and the signal's number, as shells count


def new_console(*, json: bool = False, quiet: bool = False) -> Console:
    """Return a console that has told nothing yet."""
    return Console(quiet=quiet, json=json, github=os.environ.get("GITHUB_ACTIONS") == "true")


@contextmanager
def reporting(*, json: bool = False, quiet: bool = False) -> Iterator[Console]:
    """Give the command its console, show what it raises, and end it with the exit status."""
    console = new_console(json=json, quiet=quiet)
    try:
        try:
            yield console
        except CvforgeError as error:
            console.fail(error)
        except BrokenPipeError:
            raise
        except OSError as cause:
            console.fail(refused(cause))
        console.close()
    except KeyboardInterrupt:
        end_what_runs()
        raise SystemExit(status()) from None  # watchfiles makes it of every signal
    except BrokenPipeError:  # whoever read the output has gone
        abandon(sys.stdout)
        abandon(sys.stderr)
        raise SystemExit(PIPE_CLOSED) from None
    if console.exit_status != 0:
        raise SystemExit(console.exit_status)


def profile_paths(named: list[Path] | None) -> list[Path]:
    """Return the profiles named, each once, or all of the profiles folder.

    Neither private overlays nor hidden files are profiles. Where there is no such folder, it is
    the profile that ``cvforge new`` writes.

    Raises:
        OutputError: if none is named and there is none.
    """
    if named:
        return list({_identity(path): path for path in reversed(named)}.values())[::-1]
    found = _profiles_here()
    if not found:
        raise OutputError.one(
            "no-profile",
            "no profile is named, and there is none in the folder profiles/",
            hint="name one, or write a first one: cvforge new profiles/me.yaml",
        )
    return sorted(found)


def _identity(path: Path) -> tuple[str, str]:
    """Return what two spellings of one path have in common; a link is a profile of its own."""
    return os.path.realpath(path.parent), path.name


def _profiles_here() -> list[Path]:
    if not PROFILES_FOLDER.exists():
        return [path for path in LONE_PROFILES if path.exists()]
    return [
        path
        for path in PROFILES_FOLDER.iterdir()
        if path.suffix in {".yaml", ".yml"}
        and not path.name.startswith(".")
        and not path.stem.endswith(".private")
    ]
