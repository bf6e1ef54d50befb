"""On PostgreSQL, what has begun to write and stands still is undone, and then done again."""

import time

import pytest
from django.db import connection

from astana.exchange.snapshot import snapshot
from astana.models import Actor
from astana.models.of_dossier import holding

pytestmark = pytest.mark.django_db(transaction=True)

_LIMIT = "idle_in_transaction_session_timeout"


@pytest.fixture
def limit():
    """Return what reads and sets how long a transaction may stand still."""
    connection.close()

    def ask(set_to: str = "") -> str:
        with connection.cursor() as cursor:
            if set_to:
                cursor.execute(f"SET {_LIMIT} = '{set_to}'")
            cursor.execute(f"SHOW {_LIMIT}")
            return cursor.fetchone()[0]

    # SQLite knows no such limit.
    yield ask if connection.vendor == "postgresql" else None
    connection.close()


def test_who_writes_may_stand_still_for_half_a_minute_and_who_reads_for_longer(limit):
    if limit is None:
        return
    assert limit() == "30s"
    with snapshot():
        assert limit() == "0"
    assert limit() == "30s"


def test_who_stood_still_has_done_nothing_and_does_it_again(limit, an_actor):
    actor = an_actor("russia", name="Before")
    tries = []

    @holding
    def rename(*, actor, by=None):
        actor.name = "After"
        actor.save()
        tries.append(Actor.objects.get(pk=actor.pk).name)
        if limit and len(tries) == 1:
            time.sleep(0.3)
        actor.refresh_from_db()

    if limit:
        limit("100ms")
    rename(actor=actor)
    assert tries == ["After"] * (2 if limit else 1)
    assert actor.history.count() == 2
