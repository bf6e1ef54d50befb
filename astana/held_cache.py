"""A cache of one process that holds things themselves, for what nobody ever changes."""

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache


class Held(LocMemCache):
    """Like Django's cache in the memory of a process, without a copy for each that asks.

    A comparison is some thousand small objects: to copy them takes longer than to draw them.
    """

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return what is held under a name, itself."""
        key = self.make_and_validate_key(key, version=version)
        with self._lock:
            if self._has_expired(key):
                self._delete(key)
                return default
            self._cache.move_to_end(key, last=False)
            return self._cache[key]

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Hold a thing, itself."""
        key = self.make_and_validate_key(key, version=version)
        with self._lock:
            self._set(key, value, timeout)
