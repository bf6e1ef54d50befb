"""`manage.py db_worker`: do what takes longer than a page may, also after the database was away."""

import logging
import time
from typing import Any

from django.db import InterfaceError, OperationalError, connections
from django_tasks_db.management.commands import db_worker

_log = logging.getLogger(__name__)


class Command(db_worker.Command):
    """The worker of django-tasks-db, which ends where the database does not answer."""

    help = (
        "Run a worker: it does what waits in the queue. If the database does not answer, it waits "
        "and continues; with --batch it fails instead."
    )

    def handle(self, *, batch: bool, interval: float, **options: Any) -> None:
        """Work until told to stop."""
        is_away = False
        while True:
            try:
                return super().handle(batch=batch, interval=interval, **options)
            except (OperationalError, InterfaceError):
                if batch:
                    raise
                if not is_away:
                    _log.warning("The database does not answer. Waiting for it.", exc_info=True)
                is_away = True
                connections.close_all()
                time.sleep(interval)
