"""A bound on the time that a step of a worker takes."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TooLong(Exception):
    """A step took longer than it may, and was ended."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """End what is inside after so many seconds; raises TooLong.

    Only in the main thread, in which workers do all; nothing else can be interrupted.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
