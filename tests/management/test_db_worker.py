"""`manage.py db_worker`, which does what takes longer than a page may."""

import logging
import signal

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django_tasks_db.models import DBTaskResult

from astana.admin.loading import load_table
from tests.a_database import a_database_of_ones_own

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def a_database(tmp_path, transactional_db):
    """Let the tests have a database of their own, which can be away."""
    with a_database_of_ones_own(tmp_path / "own.sqlite3"):
        yield


@pytest.fixture
def _signals():
    """Leave to the run of tests what it does when told to stop."""
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    yield
    for one, handler in before.items():
        signal.signal(one, handler)


def _work(**options) -> None:
    call_command("db_worker", interval=0.05, startup_delay=False, reload=False, **options)


@pytest.mark.usefixtures("a_database", "_signals")
def test_a_worker_waits_for_a_database_that_is_away_and_goes_on(caplog):
    waits = load_table.enqueue(0, 0)
    here = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = "/away/away"
    with pytest.raises(OperationalError):
        _work(batch=True)

    class Back(logging.Handler):
        """Lets the database be back as soon as the worker says that it waits."""

        def emit(self, record: logging.LogRecord) -> None:
            connection.settings_dict["NAME"] = here

    log = logging.getLogger("astana.management.commands.db_worker")
    log.addHandler(back := Back())
    try:
        _work(max_tasks=1)
    finally:
        log.removeHandler(back)
    assert "Waiting for it" in caplog.text
    assert DBTaskResult.objects.get(pk=waits.id).status == "SUCCESSFUL"
