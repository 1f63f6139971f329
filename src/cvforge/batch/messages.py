"""Python's objects on a pipe between two processes of one program: their length, then they."""

from __future__ import annotations

import pickle
import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import IO

_LENGTH = struct.Struct(">Q")


def send(pipe: IO[bytes], message: object) -> None:
    """Write one message.

    Raises:
        OSError: when nobody reads it any more.
    """
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(content)) + content)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """Return the next message.

    Raises:
        EOFError: when the other side has gone.
    """
    length = pipe.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        raise EOFError
    (size,) = _LENGTH.unpack(length)
    content = pipe.read(size)
    if len(content) < size:
        raise EOFError
    return pickle.loads(content)  # noqa: S301  from a process that this one has started
