"""What processes share while the Redis that holds it does not answer."""

import pickle
import socket

import pytest
from django.core.cache import caches

from astana.actions.limits import is_within_limit, seconds_to_wait
from astana.shared_cache import Plain, RedisOrOther


@pytest.mark.django_db
def test_limits_hold_on_while_redis_is_away(settings, monkeypatch):
    monkeypatch.setattr(RedisOrOther, "asked_again_at", 0.0)
    with socket.socket() as nobody:
        # Bound and not listening: whoever connects is refused.
        nobody.bind(("127.0.0.1", 0))
        backend = "astana.shared_cache.RedisOrOther"
        ours = {"BACKEND": backend, "LOCATION": f"redis://127.0.0.1:{nobody.getsockname()[1]}/0"}
        settings.CACHES = settings.CACHES | {
            "default": ours | {"OPTIONS": {"other": "table"}},
            "counts": ours | {"OPTIONS": {"other": "process"}},
        }
        tries = [is_within_limit("challenge", client="192.0.2.9", most=2) for _ in range(3)]
        assert tries == [True, True, False]
        # A minute may end between two of them.
        reads = [
            seconds_to_wait("api", client="192.0.2.9", most=2, seconds=86_400) > 0 for _ in range(3)
        ]
        assert reads == [False, False, True]
        caches["default"].set_many({"a": 1, "b": 2}, 60)
        assert caches["table"].get_many(["a", "b"]) == {"a": 1, "b": 2}
        assert RedisOrOther.asked_again_at > 0


def test_nothing_read_from_a_redis_is_more_than_data():
    plain = Plain()
    for value in (7, b"7", "at work", [1.5, 2.5], None, b""):
        stored = plain.dumps(value)
        assert plain.loads(str(stored).encode() if isinstance(stored, int) else stored) == value
    assert plain.loads(pickle.dumps(["anything"])) is None
