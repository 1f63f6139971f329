"""What a command and the process that stands by say to each other over a socket.

A command sends its `Request`, with its standard streams and its folder as open files. It hears
whether that is taken, says `GO`, sends the signals that it gets, and hears the exit status.
"""

import os
import signal
import socket
import struct
from types import SimpleNamespace

_FILES = 4  # standard input, output and error, and the folder
_LENGTH = struct.Struct("!I")
_NUMBER = struct.Struct("!i")
_CREDENTIALS = struct.Struct("3i")  # process, user, group: unix(7)
_MOST_BYTES = 8 << 20  # of a request: arguments and environment have less (execve(2): 6 MiB)
REFUSED, TAKEN = 0, 1
GO = b"\0"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # that are sent, a byte each


class Request(SimpleNamespace):
    """A command as it was called; ``encodings`` are those of the three standard streams.

    It is no dataclass: to load what makes one takes as long as all that a command does here.
    """

    def __init__(
        self, arguments: list[str], environment: dict[str, str], *, encodings: list[str], umask: int
    ) -> None:
        super().__init__()
        self.arguments = arguments
        self.environment = environment
        self.encodings = encodings
        self.umask = umask

    def packed(self) -> bytes:
        """Return it as bytes."""
        variables = [f"{name}={text}" for name, text in self.environment.items() if name]
        parts = [str(self.umask), str(len(self.arguments)), *self.encodings]
        return os.fsencode("\0".join([*parts, *self.arguments, *variables]))

    @classmethod
    def unpacked(cls, packed: bytes) -> "Request":
        """Return what was packed."""
        umask, count, *rest = os.fsdecode(packed).split("\0")
        encodings, rest = rest[:3], rest[3:]
        arguments, variables = rest[: int(count)], rest[int(count) :]
        environment = dict(variable.split("=", 1) for variable in variables)
        return cls(arguments, environment, encodings=encodings, umask=int(umask))


def ask(connection: socket.socket, request: Request, files: list[int]) -> None:
    """Send a request with the open files that belong to it."""
    packed = request.packed()
    socket.send_fds(connection, [_LENGTH.pack(len(packed))], files)
    connection.sendall(packed)


def asked(connection: socket.socket) -> tuple[Request, list[int]]:
    """Return the next request and its open files.

    Raises:
        EOFError: when whoever asked has gone, or does not speak like this.
    """
    head, files, _, _ = socket.recv_fds(connection, _LENGTH.size, _FILES)
    try:
        packed = _received(connection, _length(head, len(files)))
        return Request.unpacked(packed), files
    except (EOFError, OSError):
        for file in files:
            os.close(file)
        raise


def _length(head: bytes, files: int) -> int:
    if len(head) != _LENGTH.size or files != _FILES:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    if length > _MOST_BYTES:
        raise EOFError
    return int(length)


def tell(connection: socket.socket, number: int) -> None:
    """Send a number."""
    connection.sendall(_NUMBER.pack(number))


def told(connection: socket.socket) -> int:
    """Return the next number.

    Raises:
        EOFError: when the other side has gone.
    """
    (number,) = _NUMBER.unpack(_received(connection, _NUMBER.size))
    return int(number)


def require_own(connection: socket.socket) -> int:
    """Return the number of the process on the other side; it is not spoken with another user's.

    Raises:
        PermissionError: when it is one, or of another group, which new files would belong to.
    """
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    process, user, group = _CREDENTIALS.unpack(credentials)
    if (user, group) != (os.geteuid(), os.getegid()):
        raise PermissionError
    return int(process)


def _received(connection: socket.socket, length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        part = connection.recv(length - len(parts))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)
