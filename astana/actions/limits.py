"""How often a stranger may do something, without remembering who it was."""

from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

HOUR = 3600


def is_within_limit(what: str, *, client: str, most: int, seconds: int = HOUR) -> bool:
    """Return whether a client may do this once more, and count it.

    Each time takes one of `most` places in the cache that all processes share, for so many
    seconds. To take a place is one atomic step on every kind of cache, which to count is not. The
    address of the client is not kept: a place is named by a keyed hash of it, another one each day.
    """
    return any(cache.add(place, 1, seconds) for place in _places(what, client, most))


def is_used_up(what: str, *, client: str, most: int) -> bool:
    """Return whether a client has no try left, without counting one."""
    return len(cache.get_many(_places(what, client, most))) >= most


def _places(what: str, client: str, most: int) -> list[str]:
    day = timezone.localdate().isoformat()
    name = salted_hmac(f"astana.limit.{what}", f"{day} {client}").hexdigest()
    return [f"limit:{what}:{name}:{place}" for place in range(most)]
