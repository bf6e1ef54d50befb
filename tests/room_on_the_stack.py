"""A frame with room behind it, above which the deep calls of a test cost no memory by the call."""

from collections.abc import Callable
from typing import Any

# Python keeps the frames of its calls in pieces of 16 KiB, and gives a piece back to the system as
# soon as nothing is in it. A loop at the edge of two therefore asks for memory with every call, and
# beneath a test, a client, middleware and templates there is always some loop at one. A frame that
# needs a large piece leaves the rest of it to all that is called from it. What nobody uses of it
# takes no memory.
_SLOTS = 70_000


def with_room(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function, with room for all frames of its calls."""
    return function(*arguments)


with_room.__code__ = with_room.__code__.replace(co_stacksize=_SLOTS)
