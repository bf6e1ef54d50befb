"""How often a stranger may do something, without remembering who it was."""

from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

HOUR = 3600


def is_within_limit(what: str, *, client: str, most: int, seconds: int = HOUR) -> bool:
    """Return whether a client may do this once more, and count it.

    The address of the client is not kept: the cache holds a keyed hash of it that is another one
    every day, together with a number, for so many seconds.
    """
    day = timezone.now().date().isoformat()
    key = f"limit:{what}:{salted_hmac(f'astana.limit.{what}', f'{day} {client}').hexdigest()}"
    if cache.add(key, 1, timeout=seconds):
        return True
    try:
        return cache.incr(key) <= most
    except ValueError:
        # It has run out between the two questions.
        cache.set(key, 1, timeout=seconds)
        return True
