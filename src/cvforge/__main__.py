"""The program: leaves a command to the process that stands by, or does it here."""

import gc
import sys

INTERRUPTED = 130  # 128 and the number of SIGINT, as shells count


def main() -> None:
    """Run the program with the arguments of the process; ends by SystemExit."""
    try:
        from cvforge.standby import client  # noqa: PLC0415  Ctrl-C may come as early as this

        arguments = sys.argv[1:]
        status = client.leave(arguments)
        if status is None:
            from cvforge.cli import main as command  # noqa: PLC0415  one that is left needs nothing

            try:
                command(arguments)
            except SystemExit as end:
                if not end.code:
                    client.start(arguments)
                raise
    except KeyboardInterrupt:
        status = INTERRUPTED
    finally:
        gc.freeze()  # Python would look through all that was loaded, for a tenth of a second
    sys.exit(status)


if __name__ == "__main__":
    main()
