"""The program: leaves a command to the process that stands by, or does it here."""

import atexit
import gc
import os
import sys

INTERRUPTED = 130  # 128 and the number of SIGINT, as shells count


def main() -> None:
    """Run the program with the arguments of the process; ends it."""
    try:
        try:
            status = _status(sys.argv[1:])
        finally:
            gc.freeze()  # Python would look through all that was loaded, for a tenth of a second
    except KeyboardInterrupt:
        status = INTERRUPTED
    _end(status)


def _status(arguments: list[str]) -> int | str | None:
    """Return what the command ends with, as `sys.exit` takes it."""
    from cvforge.standby import client  # noqa: PLC0415  Ctrl-C may come as early as this

    left = client.leave(arguments)
    if left is not None:
        return left
    from cvforge import loading  # noqa: PLC0415  a command that is left needs nothing

    loading.begin()
    from cvforge.signals import ending_cleanly  # noqa: PLC0415  the same

    with ending_cleanly():
        status = _done_here(arguments)
    if not status:
        client.start(arguments)
    return status


def _done_here(arguments: list[str]) -> int | str | None:
    from cvforge.standby import first  # noqa: PLC0415  the same

    ahead = first.start(arguments)
    try:
        from cvforge.cli import main as command  # noqa: PLC0415  beside the engine

        command(arguments)
    except SystemExit as end:
        return end.code
    finally:
        if ahead is not None:
            ahead.close()
    return 0


def _end(status: int | str | None) -> None:
    """End the process, without taking down all that was loaded when nothing needs that."""
    threads = sys.modules.get("threading")
    is_alone = threads is None or threads.active_count() == 1
    if is_alone and isinstance(status, int) and None not in (sys.stdout, sys.stderr):
        import signal  # noqa: PLC0415  loaded by now, or it is soon over

        signal.signal(signal.SIGINT, signal.SIG_IGN)  # as late as this it would be a traceback
        atexit._run_exitfuncs()  # noqa: SLF001  what Python does first as well
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except (OSError, ValueError):  # Python says it in its own way
            sys.exit(status)
        os._exit(status)
    sys.exit(status)


if __name__ == "__main__":
    main()
