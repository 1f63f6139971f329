"""What a command does about a process that stands by, and what it never leaves to it."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bystander import NOT_LEFT, ended, wait_until

from cvforge import apart
from cvforge.standby import client, wire

if TYPE_CHECKING:
    from bystander import Bystander

WHO = "import os; print(os.getppid(), flush=True)"


@pytest.fixture
def here(idle: Bystander, monkeypatch: pytest.MonkeyPatch) -> Bystander:
    """The surroundings of this process made those of the commands."""
    for name in ("CI", "CVFORGE_STANDBY", "PYTHONUNBUFFERED", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    for name, text in idle.environment.items():
        monkeypatch.setenv(name, text)
    return idle


def test_only_commands_that_end_soon_are_left(shared: Bystander) -> None:
    for name in ("watch", "doctor", "cache", "new", "--version", ""):
        assert shared.begin(name, WHO).communicate(timeout=60)[0] == b""
    for name in client.COMMANDS:
        assert shared.begin(name, WHO).communicate(timeout=60)[0] == b"%d\n" % shared.ready()


@pytest.mark.parametrize("variables", [{"CI": "1"}, {"CVFORGE_STANDBY": "off"}])
def test_where_it_is_switched_off_no_command_is_left(
    shared: Bystander, variables: dict[str, str]
) -> None:
    assert shared.call(WHO, env=shared.environment | variables) == (NOT_LEFT, b"", b"")


def test_another_users_process_gets_no_command(
    here: Bystander, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.folder.mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(here.path()))
        listener.listen()
        assert client.standing() == os.getpid()
        monkeypatch.setattr(os, "getegid", lambda: -1)
        assert client.standing() is None
        assert client.leave(["build", WHO]) is None


def test_who_listens_and_does_not_answer_is_not_waited_for(
    here: Bystander, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "ANSWER_SECONDS", 0.1)
    here.folder.mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(here.path()))
        listener.listen()
        assert client.leave(["build", WHO]) is None
        connection = listener.accept()[0]
        with connection:
            request, files = wire.asked(connection)
        for file in files:
            os.close(file)
        assert request.arguments == ["build", WHO]


def test_its_end_is_waited_for(here: Bystander) -> None:
    assert client.standing() is None
    client.end()
    number = here.start()
    assert client.standing() == number
    client.end()
    assert ended(number)
    assert client.standing() is None


def test_a_command_that_is_done_there_is_finished_before_the_end(here: Bystander) -> None:
    number = here.start()
    begun = here.begin("build", f"{WHO}; import sys; sys.stdin.read()", stdin=subprocess.PIPE)
    assert begun.stdout is not None
    begun.stdout.readline()
    client.end()
    assert ended(number)
    begun.communicate(b"", timeout=60)
    assert begun.returncode == 0


def test_one_is_started_apart_and_only_this_user_can_speak_with_it(
    here: Bystander, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.environment["PATH"] = "/nonexistent"  # there is no engine to start
    monkeypatch.setenv("PATH", "/nonexistent")
    starting = "from cvforge.standby import client; client.start(['build'])"
    subprocess.run([sys.executable, "-c", starting], env=here.environment, check=True)
    wait_until(client.standing)
    path = here.path()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    number = client.standing()
    assert number is not None
    assert os.getsid(number) == number
    assert Path(f"/proc/{number}/cwd").readlink() == Path("/")
    streams = {Path(f"/proc/{number}/fd/{n}").readlink() for n in range(3)}
    assert streams == {Path(os.devnull)}


def test_none_is_started_for_other_commands_or_in_a_cache_that_cannot_be_written(
    here: Bystander, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr(apart, "start_apart", lambda *arguments: started.extend(arguments))
    client.start(["doctor"])
    client.start([])
    assert started == []
    client.start(["build"])
    assert started == ["cvforge.standby.server", str(here.path())]
    monkeypatch.setattr(os, "access", lambda *_: False)
    client.start(["build"])
    assert len(started) == 2
