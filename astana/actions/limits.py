"""How often a stranger may do something, without remembering who it was."""

import time

from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

from astana.models.process_cache import counts

HOUR = 3600


def is_within_limit(what: str, *, client: str, most: int, seconds: int = HOUR) -> bool:
    """Return whether a client may do this again, and count it.

    Each time takes one of `most` places in the cache that all processes share, for so many
    seconds. To take a place is one atomic step on every kind of cache, which to count is not. The
    address of the client is not kept: a place is named by a keyed hash of it, another one each day.
    """
    return any(cache.add(place, 1, seconds) for place in _places(what, client, most))


def is_used_up(what: str, *, client: str, most: int) -> bool:
    """Return whether a client has no try left, without counting one."""
    return len(cache.get_many(_places(what, client, most))) >= most


def seconds_to_wait(what: str, *, client: str, most: int, seconds: int) -> int:
    """Return 0 where a client may read this again, and count it; else how long to wait.

    `most` of 0 is no limit.

    All processes count together in a Redis. Without one each counts for itself and in its memory,
    as a reading must write nothing to the database: then it is a bound on the load of each of them.
    """
    if not most:
        return 0
    now = time.time()
    name = salted_hmac(f"astana.limit.{what}", f"{now // seconds} {client}").hexdigest()
    counts.add(name, 0, seconds)
    try:
        number = counts.incr(name)
    except ValueError:
        # It was pushed out between the two, by many others.
        number = 1
    return 0 if number <= most else seconds - int(now % seconds)


def _places(what: str, client: str, most: int) -> list[str]:
    day = timezone.localdate().isoformat()
    name = salted_hmac(f"astana.limit.{what}", f"{day} {client}").hexdigest()
    return [f"limit:{what}:{name}:{place}" for place in range(most)]
