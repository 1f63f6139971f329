"""A command that is left is what it would have been: its surroundings, its ends, its signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bystander import PROGRAM, children, ended, wait_until

from cvforge.standby.attendant import Link

if TYPE_CHECKING:
    from bystander import Bystander

WHERE = "import os; print(os.getppid(), flush=True);"
WAIT = f"{WHERE} import time; time.sleep(100)"


def here(bystander: Bystander, code: str, **options: Any) -> tuple[int, bytes, bytes]:
    """Do the same as a process of its own."""
    command = [sys.executable, "-c", code]
    chosen: dict[str, Any] = {"env": bystander.environment} | options
    done = subprocess.run(command, capture_output=True, check=False, **chosen)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    "code",
    [
        "import os; print(os.getcwd())",
        "import os; print(sorted(os.environb.items()))",
        "import os; os.system('env | sort')",
        "import os; print(os.umask(0))",
        "import sys; print(sys.stdin.read())",
        (
            "import sys; print([(s.encoding, s.errors, s.newlines, s.line_buffering, s.fileno()) "
            "for s in (sys.stdin, sys.stdout, sys.stderr)])"
        ),
        "import tempfile; print(tempfile.gettempdir())",
        "import time; print(time.localtime(0))",
        "import os; print(sorted(os.listdir('/proc/self/fd'))[:3])",
        "raise SystemExit(7)",
        "raise SystemExit",
        "raise SystemExit(True)",
        "import sys; print('ä\\udc80'.encode('utf-8', 'surrogateescape'), file=sys.stderr)",
    ],
)
def test_it_finds_what_it_would_find_as_a_process(
    shared: Bystander, tmp_path: Path, code: str
) -> None:
    (tmp_path / "tmp").mkdir()
    own = {"TMPDIR": str(tmp_path / "tmp"), "TZ": "XYZ-5", "X": "\udcff"}
    options: dict[str, Any] = {"cwd": tmp_path, "umask": 0o027, "env": shared.environment | own}
    with Path(__file__).open("rb") as left, Path(__file__).open("rb") as own_input:
        expected = here(shared, code, stdin=own_input, **options)
        assert shared.call(code, stdin=left, **options) == expected


def test_it_is_done_by_the_process_that_stands_by(shared: Bystander) -> None:
    assert shared.call(WHERE)[1] == b"%d\n" % shared.ready()


def test_variables_that_were_removed_are_gone(shared: Bystander) -> None:
    kept = {k: v for k, v in shared.environment.items() if k.startswith(("PYTHON", "XDG", "PATH"))}
    _, out, _ = shared.call("import os; os.system('env -u PWD -u SHLVL -u _')", env=kept)
    assert {line.partition("=")[0] for line in out.decode().split()} - {"LC_CTYPE"} == set(kept)


def test_a_megabyte_of_environment_and_arguments_of_any_bytes_arrive(shared: Bystander) -> None:
    large = {f"LARGE{n}": "x" * 100_000 for n in range(10)}
    code = (
        "import os; print(arguments[2:], sum(map(len, os.environ.values())) > 10**6, os.getppid())"
    )
    _, out, _ = shared.call(code, "", "\udcff ä\n", env=shared.environment | large)
    assert out.decode() == f"['', '\\udcff ä\\n'] True {shared.ready()}\n"
    assert shared.call(WHERE)[1] == b"%d\n" % shared.ready()


def test_a_folder_that_is_gone_is_gone_there_too(shared: Bystander, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    code = "import os\ntry: os.getcwd()\nexcept OSError as e: print(os.getppid(), e.errno)"
    gone.mkdir()
    begun = subprocess.run(
        ["sh", "-c", 'rmdir "$PWD"; exec "$@"', "sh", sys.executable, "-c", PROGRAM, "build", code],
        cwd=gone,
        env=shared.environment,
        capture_output=True,
        check=True,
    )
    assert begun.stdout == b"%d 2\n" % shared.ready()


@pytest.mark.parametrize(
    ("kind", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_ends_it_where_it_is_done(
    shared: Bystander, kind: signal.Signals, status: int
) -> None:
    begun = shared.begin("build", WAIT, stderr=subprocess.PIPE)
    assert begun.stdout is not None
    begun.stdout.readline()
    begun.send_signal(kind)
    _, errors = begun.communicate(timeout=60)
    assert (begun.returncode, errors) == (status, b"")


def test_who_has_a_handler_decides_what_a_signal_does(shared: Bystander) -> None:
    code = (
        f"{WHERE} import signal, sys, time; signal.signal(15, lambda *_: sys.exit(9));"
        "print(1, flush=True); time.sleep(100)"
    )
    begun = shared.begin("build", code)
    assert begun.stdout is not None
    begun.stdout.readline()
    begun.stdout.readline()
    begun.terminate()
    begun.communicate(timeout=60)
    assert begun.returncode == 9


def test_it_does_not_outlive_whoever_called(shared: Bystander) -> None:
    begun = shared.begin("build", f"{WHERE} print(os.getpid(), flush=True); {WAIT}")
    assert begun.stdout is not None
    begun.stdout.readline()
    number = int(begun.stdout.readline())
    begun.kill()
    begun.communicate(timeout=60)
    wait_until(lambda: not Path(f"/proc/{number}").exists())
    assert shared.call(WHERE)[1] == b"%d\n" % shared.ready()


def test_it_ends_where_its_output_ends(shared: Bystander) -> None:
    read, written = os.pipe()
    os.close(read)
    code = "print('x' * 10**6, flush=True)"
    status, _, errors = shared.call(code, stdout=written)
    os.close(written)
    assert status == 1
    assert b"BrokenPipeError" in errors


def test_a_command_that_was_killed_is_told_of(idle: Bystander) -> None:
    first = idle.start()
    status, out, errors = idle.call(f"{WHERE} os.kill(os.getpid(), 9)")
    assert (status, out) == (8, b"%d\n" % first)
    assert errors == b"error: the process that did this command was ended\nhint: try again\n"
    assert ended(first)


def test_many_at_once_are_all_done(shared: Bystander) -> None:
    number = shared.ready()
    for round_ in range(3):
        begun = [shared.begin("build", f"{WHERE} print(arguments[2])", str(n)) for n in range(4)]
        for n, one in enumerate(begun):
            assert one.communicate(timeout=60)[0] == b"%d\n%d\n" % (number, n), round_
    wait_until(lambda: len(children(number)) == 1)


@pytest.mark.parametrize(("script", "stays"), [("echo; exec sleep 60", True), ("read x", False)])
def test_in_the_end_one_with_a_command_is_not_waited_for(script: str, *, stays: bool) -> None:
    """Its parent may end before it has heard that there is a command."""
    with subprocess.Popen(
        ["sh", "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        life = os.dup(process.stdin.fileno())
        process.stdin.close()
        Link(process.pid, process.stdout.fileno(), life).dismiss()
        assert Path(f"/proc/{process.pid}").exists() == stays
        process.kill()
