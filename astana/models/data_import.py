"""Imports: tables that people load into their dossiers, in the background."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from astana.models.in_background import InBackground, InBackgroundQuerySet
from astana.models.user import an_account


class ImportQuerySet(InBackgroundQuerySet):
    """Imports of tables."""

    def visible_to(self, user: "settings.AUTH_USER_MODEL") -> Self:
        """Return a person's own imports; to those who run the site, all."""
        return self if user.is_superuser else self.filter(user=user.pk)


class Import(InBackground):
    """A table that somebody loads: it waits, is checked, and is then written in one go or not.

    What is wrong with the file is told by line, column and message.
    """

    ANEW: ClassVar[dict[str, Any]] = {"checked": 0}

    user = an_account("imports", _("user"), on_delete=models.CASCADE, is_needed=True)
    noun = models.CharField(_("table"), max_length=40)
    kind = models.CharField(_("kind of file"), max_length=10)
    content = models.TextField(_("content"), editable=False)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    checked = models.PositiveIntegerField(_("rows checked"), default=0)
    added = models.PositiveIntegerField(_("added"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["waiting", "running", "done", "refused", "failed", "cancelled"]
                ),
                name="import_state_known",
            ),
        ]

    def seconds_left(self, now: datetime) -> int | None:
        """Return how many seconds the rows that are left take at the pace so far, if it is known.

        It is known when some rows are done.
        """
        if self.state != self.State.RUNNING or not self.checked:
            return None
        taken = (now - self.started_at).total_seconds()
        return round(taken / self.checked * (self.rows - self.checked))

    def go_on(self, *, rows: int, checked: int) -> bool:
        """Say how far the worker has come, and return whether it may go on."""
        mine = type(self).objects.filter(pk=self.pk).at_work(self.run)
        return bool(mine.update(rows=rows, checked=checked, seen_at=timezone.now()))
