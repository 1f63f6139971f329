"""What the commands share: their options, and how each of them ends."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated, TypeAlias

import typer

from cvforge.console import Console, abandon
from cvforge.errors import CvforgeError, OutputError
from cvforge.files import refused

PROFILES_FOLDER = Path("profiles")
# Where "cvforge new" writes without being told.
LONE_PROFILES = (Path("profile.yaml"), Path("profile.yml"))
INTERRUPTED, PIPE_CLOSED = 130, 141  # 128 and the signal's number, as shells count
ENDING = (signal.SIGTERM, signal.SIGHUP)
SOON_SECONDS = 0.05

Profiles: TypeAlias = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PROFILE", help="Profiles; all in profiles/ where none is named."),
]
Overlay: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--overlay",
        metavar="FILE",
        help="Lay FILE over the profile, instead of NAME.private.yaml beside it.",
    ),
]
Settings: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="PATH=VALUE", help="Set one value of the profile; may be repeated."
    ),
]
Json: TypeAlias = Annotated[
    bool, typer.Option("--json", help="Print one JSON document to standard output.")
]
Lenient: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--lenient",
        help="Leave out entries of the bibliography that cannot be read, and say so.",
    ),
]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")]


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
        _end_what_runs()
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:  # whoever read the output has gone
        abandon(sys.stdout)
        abandon(sys.stderr)
        raise typer.Exit(PIPE_CLOSED) from None
    if console.exit_status != 0:
        raise typer.Exit(console.exit_status)


@contextmanager
def ending_cleanly() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the program as Ctrl-C does: programs ended, folders removed."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in ENDING}
    sys.unraisablehook = _not_ignored
    try:
        for number, handler in before.items():
            if handler is signal.SIG_DFL:  # nohup has it ignored
                signal.signal(number, _end)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        sys.unraisablehook = sys.__unraisablehook__


def _not_ignored(ignored: "sys.UnraisableHookArgs") -> None:
    """Send a signal again that came in code that drops what it raises: pydantic's, on loading."""
    code = getattr(ignored.exc_value, "code", None)
    if ignored.exc_type is KeyboardInterrupt:
        _send_again(signal.SIGINT)
    elif ignored.exc_type is SystemExit and code in {128 + number for number in ENDING}:
        signal.signal(code - 128, _end)
        _send_again(code - 128)
    else:
        sys.__unraisablehook__(ignored)


def _end(number: int, frame: FrameType | None) -> None:
    if _is_starting_a_program(frame):  # whoever would end it does not know it yet
        _send_again(number)
        return
    for further in ENDING:
        signal.signal(further, signal.SIG_IGN)  # the clean-up is not interrupted
    _end_what_runs()
    sys.exit(128 + number)


def _send_again(number: int) -> None:
    again = threading.Timer(SOON_SECONDS, os.kill, [os.getpid(), number])
    again.daemon = True
    again.start()


def _end_what_runs() -> None:
    """End programs that nobody waits for yet; a command that started none has not loaded this."""
    sandbox = sys.modules.get("cvforge.engine.sandbox")
    if sandbox is not None:
        sandbox.end_all()


def _is_starting_a_program(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code is subprocess.Popen.__init__.__code__ or frame.f_code.co_name == "_begun":
            return True
        frame = frame.f_back
    return False


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
