"""What goes over the wire arrives as it was, and nothing else is spoken."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cvforge.standby import wire

if TYPE_CHECKING:
    from collections.abc import Iterator

Pair = tuple[socket.socket, socket.socket]
REQUEST = wire.Request(
    ["build", "", "ä \udcff\n", "=x"],
    {"A": "b=c\n", "EMPTY": "", "\udcfe": "\udcff"},
    encodings=["utf-8 strict", "ascii surrogateescape", "latin-1 backslashreplace"],
    umask=0o027,
)


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Two ends."""
    one, other = socket.socketpair()
    with one, other:
        yield one, other


def with_environment(environment: dict[str, str]) -> wire.Request:
    """Return the request with another environment."""
    return wire.Request(
        REQUEST.arguments, environment, encodings=REQUEST.encodings, umask=REQUEST.umask
    )


def test_a_request_arrives_with_its_files(pair: Pair) -> None:
    large = with_environment(REQUEST.environment | {"LARGE": "x" * 3_000_000})
    asking = threading.Thread(target=wire.ask, args=(pair[0], large, [0, 1, 2, pair[1].fileno()]))
    asking.start()
    request, files = wire.asked(pair[1])
    asking.join()
    assert request == large
    assert len(set(files)) == 4
    for file in files:
        os.close(file)


def test_a_variable_without_a_name_is_left_out() -> None:
    packed = with_environment({"": "x", "A": "b"}).packed()
    assert wire.Request.unpacked(packed).environment == {"A": "b"}


@pytest.mark.parametrize("sent", [b"", b"\0\0\0", b"\0\0\0\1a"])
def test_what_is_no_request_is_refused(pair: Pair, sent: bytes) -> None:
    pair[0].sendall(sent)
    pair[0].close()
    with pytest.raises(EOFError):
        wire.asked(pair[1])


@pytest.mark.parametrize("head", [b"\xff\xff\xff\xff", b"\0\0\1\0"])
def test_the_files_of_a_request_that_is_cut_or_too_long_are_closed(pair: Pair, head: bytes) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    socket.send_fds(pair[0], [head], [0, 1, 2, 0])
    pair[0].shutdown(socket.SHUT_WR)
    with pytest.raises(EOFError):
        wire.asked(pair[1])
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.mark.parametrize("number", [wire.REFUSED, wire.TAKEN, 255, -1])
def test_a_number_arrives(pair: Pair, number: int) -> None:
    wire.tell(pair[0], number)
    assert wire.told(pair[1]) == number
    pair[0].close()
    with pytest.raises(EOFError):
        wire.told(pair[1])


def test_the_same_user_is_spoken_with(pair: Pair) -> None:
    assert wire.require_own(pair[0]) == os.getpid()


@pytest.mark.parametrize("name", ["geteuid", "getegid"])
def test_another_user_or_group_is_not(
    pair: Pair, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = getattr(os, name)() + 1
    monkeypatch.setattr(os, name, lambda: other)
    with pytest.raises(PermissionError):
        wire.require_own(pair[0])
