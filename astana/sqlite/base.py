"""Django's SQLite, in which writers wait for each other in turn.

SQLite itself lets who has waited longest ask least often, ten times a second, while whoever has
just come asks every millisecond: of many who write at once, some wait until they give up. Here they
stand in a queue, and only the first of it asks.
"""

import time

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

from astana.sqlite.turns import in_turn

# How many seconds pass before the first of the queue asks for the lock again.
ASKS_EVERY = 0.001
_LOCKED = "database is locked"


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions begin in the order in which they were asked for."""

    def _start_transaction_under_autocommit(self) -> None:
        if self.is_in_memory_db():
            super()._start_transaction_under_autocommit()
            return
        patience = self.settings_dict["OPTIONS"].get("timeout", 5)
        end = time.monotonic() + patience
        self._let_sqlite_wait(0)
        try:
            with in_turn(f"{self.settings_dict['NAME']}-turns"):
                while not self._has_begun():
                    # Nobody waits in the queue for longer than all who are before it in there.
                    if time.monotonic() > end:
                        raise OperationalError(_LOCKED)
                    time.sleep(ASKS_EVERY)
        finally:
            self._let_sqlite_wait(patience)

    def _has_begun(self) -> bool:
        # Past Django's cursor: who asks often is not to keep the processors busy.
        try:
            self.connection.execute(f"BEGIN {self.transaction_mode or ''}")
        except base.Database.OperationalError as error:
            if str(error) != _LOCKED:
                raise OperationalError(*error.args) from error
            return False
        return True

    def _let_sqlite_wait(self, seconds: float) -> None:
        self.connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")
