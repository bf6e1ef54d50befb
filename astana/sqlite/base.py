"""Django's SQLite, in which writers wait for each other in turn.

SQLite itself lets who has waited longest ask least often, ten times a second, while whoever has
just come asks every millisecond: of many who write at once, some wait until they give up.
"""

import time

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

# How many seconds pass before the lock is asked for again: at first, then a tenth of that for each
# second of waiting, down to the least.
AT_FIRST, AT_LEAST = 0.05, 0.0005
# Who has just written lets others have their turn.
A_TURN = 0.005
_LOCKED = "database is locked"


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions begin the sooner, the longer they have waited."""

    _wrote_at = 0.0

    def _start_transaction_under_autocommit(self) -> None:
        if self.is_in_memory_db():
            super()._start_transaction_under_autocommit()
            return
        patience = self.settings_dict["OPTIONS"].get("timeout", 5)
        start = time.monotonic()
        if start - self._wrote_at < A_TURN:
            time.sleep(A_TURN)
        self._let_sqlite_wait(0)
        try:
            while not self._has_begun():
                waited = time.monotonic() - start
                if waited > patience:
                    raise OperationalError(_LOCKED)
                time.sleep(max(AT_LEAST, AT_FIRST * 0.1**waited))
        finally:
            self._let_sqlite_wait(patience)

    def _has_begun(self) -> bool:
        # Past Django's cursor: many who ask often are not to keep the processors busy.
        try:
            self.connection.execute(f"BEGIN {self.transaction_mode or ''}")
        except base.Database.OperationalError as error:
            if str(error) != _LOCKED:
                raise OperationalError(*error.args) from error
            return False
        return True

    def _let_sqlite_wait(self, seconds: float) -> None:
        self.connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")

    def _commit(self) -> None:
        super()._commit()
        self._wrote_at = time.monotonic()
