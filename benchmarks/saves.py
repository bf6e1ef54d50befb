"""People who save while something is broken, and whether all confirmed saves are there."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, Self

import psycopg

WRITERS = 4


class Saves:
    """Saves in the background for this many seconds, each with a word of its own."""

    def __init__(self, save: Callable[[int, str], Any], word: Callable[[], str]) -> None:
        self._save, self._word, self._lock = save, word, threading.Lock()
        self._is_over = threading.Event()
        self.acknowledged: list[str] = []
        self.others: list[str] = []
        self.statuses: Counter[int] = Counter()
        self.slowest = 0.0
        self._writers = [
            threading.Thread(target=self._write, args=[number]) for number in range(WRITERS)
        ]

    def __enter__(self) -> Self:
        for one in self._writers:
            one.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._is_over.set()
        for one in self._writers:
            one.join()

    def _write(self, number: int) -> None:
        while not self._is_over.is_set():
            with self._lock:
                word = self._word()
            since = time.monotonic()
            answer = self._save(number, word)
            self.slowest = max(self.slowest, time.monotonic() - since)
            (self.acknowledged if answer.leads_to else self.others).append(word)
            self.statuses[answer.status] += 1
            if not answer.leads_to:
                time.sleep(0.2)

    def found(self, url: str) -> tuple[str, bool]:
        """Return how many of them the database has, and whether that is right."""
        with psycopg.connect(url) as database:
            rows = database.execute(
                "SELECT summary, (SELECT count(*) FROM astana_evidence WHERE position_id = p.id)"
                " FROM astana_position p WHERE summary LIKE 'Quagga%'"
            ).fetchall()
        there = [summary.split()[0] for summary, _passages in rows]
        lost = sum(word not in there for word in self.acknowledged)
        twice = len(there) - len(set(there))
        half = sum(passages != 1 for _summary, passages in rows)
        figure = (
            f"{len(self.acknowledged)} acknowledged, lost {lost}, twice {twice}, half {half}; "
            f"{len(self.others)} not acknowledged; by status {dict(self.statuses)}; "
            f"the slowest took {self.slowest:.1f} s"
        )
        return figure, bool(self.acknowledged) and not (lost or twice or half)
