"""Rows with a revision: who saves what somebody else has changed meanwhile is told."""

from typing import Any

from django.db import models
from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class StaleRecord(Exception):
    """Somebody else has changed or deleted the record since it was read; nothing was written.

    The text is for people.
    """

    def __init__(self, record: models.Model) -> None:
        super().__init__(
            gettext("Somebody has changed it since you opened it. Look at it as it is now.")
        )
        self.record = record


class Revised(models.Model):
    """A row whose `revision` rises with every write.

    Saving a row that has another revision by now raises StaleRecord: the comparison is part of the
    UPDATE itself, so that it holds on every database.
    """

    # Columns that rise with every write, whatever they were when the row was read.
    RISING: tuple[str, ...] = ()

    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)

    class Meta:
        abstract = True

    def _do_update(
        self,
        base_qs: models.QuerySet,
        using: str | None,
        pk_val: Any,
        values: list[Any],
        update_fields: Any,
        forced_update: bool,
    ) -> bool:
        """Write the row if it is still the one that was read; Django calls this in `save`."""
        rising = {"revision": self.revision + 1} | {name: F(name) + 1 for name in self.RISING}
        values = [value for value in values if value[0].name not in rising]
        values += [(self._meta.get_field(name), None, value) for name, value in rising.items()]
        same = base_qs.filter(revision=self.revision)
        if super()._do_update(same, using, pk_val, values, update_fields, forced_update):
            self.revision += 1
            return True
        if not self._state.adding or base_qs.filter(pk=pk_val).exists():
            raise StaleRecord(self)
        return False
