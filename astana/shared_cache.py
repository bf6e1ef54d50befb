"""The cache that processes share in a Redis, and what takes its place while that is away."""

import json
import logging
import time
from contextlib import suppress
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

_log = logging.getLogger(__name__)
# Nobody waits longer for it; then it is left alone for so many seconds.
_PATIENCE, _AFTERWARDS = 1.0, 5.0


class Plain:
    """Values as Redis holds them: numbers, bytes and JSON, so that nothing read is more than data.

    Django's own way is pickle, by which whoever writes to the Redis has this process do anything.
    """

    def dumps(self, value: Any) -> int | bytes:
        """Return what is stored; a number as it is, as Redis counts it."""
        if type(value) is int:
            return value
        return b"b" + value if isinstance(value, bytes) else b"j" + json.dumps(value).encode()

    def loads(self, stored: bytes) -> Any:
        """Return what was stored; None for what something else has stored."""
        if stored.startswith(b"b"):
            return stored[1:]
        with suppress(ValueError):
            return json.loads(stored.removeprefix(b"j"))
        return None


class RedisOrOther(RedisCache):
    """Redis, or another of our caches (`other`) while it does not answer."""

    # Of all threads, as each has a cache of its own.
    asked_again_at = 0.0

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = dict(params["OPTIONS"])
        self._other = options.pop("other")
        # Once more at once, as connections that were kept end where it is started again.
        options |= {
            "serializer": Plain,
            "socket_timeout": _PATIENCE,
            "socket_connect_timeout": _PATIENCE,
        }
        super().__init__(server, params | {"OPTIONS": options | {"retry": Retry(NoBackoff(), 1)}})


def _either(name: str) -> Any:
    of_redis = getattr(RedisCache, name)

    def method(self: RedisOrOther, *args: Any, **options: Any) -> Any:
        if time.monotonic() >= RedisOrOther.asked_again_at:
            try:
                return of_redis(self, *args, **options)
            except RedisError as error:
                RedisOrOther.asked_again_at = time.monotonic() + _AFTERWARDS
                _log.warning("Redis does not answer (%s)", type(error).__name__)
        return getattr(caches[self._other], name)(*args, **options)

    return method


for _name in ("add", "get", "set", "touch", "delete", "get_many", "has_key", "incr"):
    setattr(RedisOrOther, _name, _either(_name))
for _name in ("set_many", "delete_many", "clear"):
    setattr(RedisOrOther, _name, _either(_name))
