"""When a process stands by, and when it ends: nothing of it is left, and commands go on."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bystander import NOT_LEFT, PROGRAM, children, ended, processes, wait_until

from cvforge.standby import server
from cvforge.standby.source import identity

if TYPE_CHECKING:
    from bystander import Bystander

WHO = "import os; print(os.getppid(), flush=True);"
WAIT = f"{WHO} import sys; sys.stdin.read()"


def is_left(bystander: Bystander) -> bool:
    status, out, _ = bystander.call(WHO)
    assert status in {0, NOT_LEFT}
    return out != b""


def test_nobody_stands_by_until_it_is_started(idle: Bystander) -> None:
    assert not is_left(idle)
    idle.start()
    assert is_left(idle)


def test_two_do_not_stand_by(idle: Bystander) -> None:
    first = idle.start()
    assert idle.start() == first
    wait_until(lambda: len(processes(idle.folder)) == 2)


def test_a_socket_that_a_killed_one_left_is_replaced(idle: Bystander) -> None:
    first = idle.start()
    os.kill(first, signal.SIGKILL)
    assert ended(first)
    assert idle.path().is_socket()
    assert not is_left(idle)
    assert idle.start() != first
    assert is_left(idle)


def test_when_it_is_killed_no_attendant_stays_and_a_command_is_finished(idle: Bystander) -> None:
    number = idle.start()
    begun = idle.begin("build", f"{WAIT}; print(7)", stdin=subprocess.PIPE)
    assert begun.stdout is not None
    begun.stdout.readline()
    assert is_left(idle)
    os.kill(number, signal.SIGKILL)
    assert ended(number)
    out, _ = begun.communicate(b"", timeout=60)
    assert (begun.returncode, out) == (0, b"7\n")
    wait_until(lambda: not processes(idle.folder))


def test_a_waiting_attendant_that_is_killed_takes_the_rest_with_it(idle: Bystander) -> None:
    number = idle.start()
    os.kill(children(number)[0], signal.SIGKILL)
    assert ended(number)
    assert not idle.path().exists()


def test_it_ends_soon_after_its_socket_was_removed_and_spares_the_next_ones(
    idle: Bystander,
) -> None:
    first = idle.start(LOOK_SECONDS=0.5)
    for path in idle.folder.iterdir():
        path.unlink()
    idle.folder.rmdir()
    second = idle.start()
    there = identity(idle.path())
    assert ended(first)
    assert identity(idle.path()) == there
    assert idle.number() == second != first


def test_it_ends_when_its_socket_was_removed_while_it_was_loading(idle: Bystander) -> None:
    path = idle.path()
    command = [sys.executable, "-m", "cvforge.standby.server", str(path)]
    with subprocess.Popen(command, env=idle.environment, start_new_session=True) as process:
        wait_until(lambda: path.is_socket() and path.stat().st_mode & 0o777 == 0o600)
        path.unlink()
        has_ended = ended(process.pid)
        process.kill()
    assert has_ended


def test_nobody_stands_by_at_a_socket_that_went_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        pytest.fail("it loads all that it needs")

    monkeypatch.setattr(server, "identity", lambda _: None)
    monkeypatch.setattr(server, "_listen", fail)
    monkeypatch.chdir(tmp_path)
    server._stand_by(Path("socket"))  # noqa: SLF001  its caller loads for a whole process


def test_it_ends_when_no_command_has_come_for_a_while(idle: Bystander) -> None:
    number = idle.start(LOOK_SECONDS=0.05, IDLE_SECONDS=3)
    begun = idle.begin("build", WAIT, stdin=subprocess.PIPE)
    assert begun.stdout is not None
    begun.stdout.readline()
    with pytest.raises(subprocess.TimeoutExpired):
        begun.wait(3.5)
    assert children(number)
    begun.communicate(b"", timeout=60)
    assert ended(number)
    assert not idle.path().exists()


def test_it_does_nothing_with_a_program_that_has_changed(idle: Bystander, tmp_path: Path) -> None:
    idle.environment["PYTHONPATH"] += f"{os.pathsep}{tmp_path}"
    number = idle.start()
    assert is_left(idle)
    (tmp_path / "package.py").touch()
    os.utime(tmp_path, (0, 0))
    assert not is_left(idle)
    assert ended(number)


def test_who_connects_and_is_silent_keeps_nobody_waiting_for_long(shared: Bystander) -> None:
    with socket.socket(socket.AF_UNIX) as silent, socket.socket(socket.AF_UNIX) as strange:
        silent.connect(str(shared.path()))
        strange.connect(str(shared.path()))
        strange.sendall(b"GET / HTTP/1.1\r\n\r\n")
        wait_until(lambda: is_left(shared))
    assert is_left(shared)


def test_nothing_is_kept_of_commands(shared: Bystander) -> None:
    assert is_left(shared)
    number = shared.ready()
    before = wait_until(lambda: files_at_rest(number))
    for _ in range(8):
        assert is_left(shared)
    wait_until(lambda: len(children(number)) == 1 and files_at_rest(number) == before)
    assert shared.ready() == number


@pytest.mark.parametrize("cut", ["0<&-", "1>&-", "2>&-"])
def test_with_a_stream_closed_a_command_is_not_left(shared: Bystander, cut: str) -> None:
    command = f'exec "$0" -c "$1" build "{WHO}" {cut}'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable, PROGRAM],
        env=shared.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == NOT_LEFT


def test_a_cache_that_cannot_be_written_is_let_be(idle: Bystander) -> None:
    idle.folder.write_text("no folder", "utf-8")
    path = idle.path()
    done = subprocess.run(
        [sys.executable, "-m", "cvforge.standby.server", str(path)],
        env=idle.environment,
        capture_output=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == (b"", b"")
    assert not is_left(idle)


def files_at_rest(number: int) -> int:
    """Return how many files a process has open when two are pipes, which one attendant has.

    While an attendant is made there are four pipes, and none between two of them: 0 then.
    """
    names = [_name(file) for file in Path(f"/proc/{number}/fd").iterdir() if int(file.name) > 2]
    is_resting = sum(name.startswith("pipe:") for name in names) == 2
    return len(names) if is_resting else 0


def _name(file: Path) -> str:
    with suppress(FileNotFoundError):  # it was closed meanwhile
        return str(file.readlink())
    return ""
