"""What a record was when it was read: whether it was changed since is told without a query."""

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.db import models


class AsRead(models.Model):
    """A record that remembers with which values it was read, until it is written."""

    _as_read: tuple[Collection[str], Collection[Any]] | None = None

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str, field_names: Collection[str], values: Collection[Any]) -> Self:
        """Return the record as it is read."""
        record = super().from_db(db, field_names, values)
        record._as_read = (field_names, values)
        return record

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the record again."""
        super().refresh_from_db(*args, **kwargs)
        self.forget_what_was_read()

    def is_as_read(self, columns: Iterable[str]) -> bool:
        """Return whether it is known that nothing of these columns was changed since."""
        read = dict(zip(*self._as_read, strict=True)) if self._as_read else {}
        return all(name in read and read[name] == getattr(self, name) for name in columns)

    def forget_what_was_read(self) -> None:
        """Know no more what is stored."""
        self._as_read = None
