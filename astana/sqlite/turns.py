"""A queue of processes at a file: who has come first is let through first, and nobody asks.

The kernel keeps the queue. What a process holds in it goes when the process ends, however it ends.
"""

import fcntl
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# Locks of parts of a file that belong to who opened it, not to the process. Where the system has
# none, there is one lock, which it gives to whom it likes.
_OF_PARTS = getattr(fcntl, "F_OFD_SETLKW", None)
_NUMBER_BYTES = 8
_LARGEST = 2**62


@contextmanager
def in_turn(file: str) -> Iterator[None]:
    """Wait until all who came before have been let through; within it, one is the first.

    Where the file cannot be written, as on a full disk, there is no queue.
    """
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError:
        yield
        return
    try:
        with suppress(OSError):
            _wait(descriptor)
        yield
    finally:
        # With it all that is locked is let go.
        os.close(descriptor)


def _wait(descriptor: int) -> None:
    if _OF_PARTS is None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    else:
        # Whoever came before holds the byte of its number until it is through.
        _lock(descriptor, _take_number(descriptor) - 1)


def _take_number(descriptor: int) -> int:
    """Return the next number, and hold its byte."""
    _lock(descriptor, 0)
    last = int.from_bytes(os.pread(descriptor, _NUMBER_BYTES, 0), "big")
    number = 2 if last >= _LARGEST else max(last, 1) + 1
    os.pwrite(descriptor, number.to_bytes(_NUMBER_BYTES, "big"), 0)
    _lock(descriptor, number)
    _lock(descriptor, 0, fcntl.F_UNLCK)
    return number


def _lock(descriptor: int, byte: int, kind: int = fcntl.F_WRLCK) -> None:
    """Lock one byte, as soon as nobody else does, or unlock it."""
    fcntl.fcntl(descriptor, _OF_PARTS, struct.pack("hhqqi", kind, os.SEEK_SET, byte, 1, 0))
