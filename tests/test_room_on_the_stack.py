"""The frame beneath each test leaves room for the frames of all that the test calls."""

from resource import RUSAGE_SELF, getrusage


def _pages_taken(depth: int) -> int:
    """Return how often memory was asked for by many short calls, at a depth of the stack."""
    if depth:
        return _pages_taken(depth - 1)
    before = getrusage(RUSAGE_SELF).ru_minflt
    for _ in range(100):
        _short_call()
    return getrusage(RUSAGE_SELF).ru_minflt - before


def _short_call() -> None:
    """Take a frame, and give it back."""


def test_no_call_asks_for_memory_however_deep_it_is():
    _pages_taken(500)
    assert sum(map(_pages_taken, range(500))) < 100
