"""Imports: tables that people load into their dossiers, in the background."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# A worker that has not been heard of for so long is taken for dead.
SILENT = timedelta(seconds=60)


class ImportQuerySet(models.QuerySet):
    """Imports; each step is one UPDATE that only succeeds from the state before it."""

    def update(self, **values: object) -> int:
        """Change all imports of the set; in a transaction, as those wait in turn."""
        with transaction.atomic(savepoint=False):
            return super().update(**values)

    def visible_to(self, user: "settings.AUTH_USER_MODEL") -> Self:
        """Return a person's own imports; to those who run the site, all."""
        return self if user.is_superuser else self.filter(user=user.pk)

    def at_work(self, run: int) -> Self:
        """Return those that still are in this run: not cancelled, and not begun again."""
        return self.filter(state=Import.State.RUNNING, run=run)


class Import(models.Model):
    """A table that somebody loads: it waits, is checked, and is then written in one go or not.

    `run` counts how often a worker was asked to, so that one that was taken for dead writes nothing
    after another has begun. `content` is emptied when nobody needs it any more.
    """

    class State(models.TextChoices):
        """What has become of it."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="imports",
        verbose_name=_("user"),
    )
    noun = models.CharField(_("table"), max_length=40)
    file_name = models.CharField(_("file"), max_length=200)
    kind = models.CharField(_("kind of file"), max_length=10)
    content = models.TextField(_("content"), editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    run = models.PositiveIntegerField(default=1, editable=False)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    checked = models.PositiveIntegerField(_("rows checked"), default=0)
    added = models.PositiveIntegerField(_("added"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    # What is wrong with the file: line, column and message of each.
    problems = models.JSONField(default=list, editable=False)
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now, editable=False)
    started_at = models.DateTimeField(_("started"), null=True, editable=False)
    seen_at = models.DateTimeField(_("last heard of"), null=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)

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

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state not in (self.State.WAITING, self.State.RUNNING)

    @property
    def is_silent(self) -> bool:
        """Whether the worker has not been heard of for so long that it must have been ended."""
        return self.state == self.State.RUNNING and timezone.now() - self.seen_at > SILENT

    @property
    def is_unheard(self) -> bool:
        """Whether no worker has taken it for so long that perhaps none knows of it."""
        return self.state == self.State.WAITING and timezone.now() - self.asked_at > SILENT

    @property
    def may_begin_again(self) -> bool:
        """Whether it can be asked for once more: nothing of it was written."""
        return self.state == self.State.FAILED or self.is_silent or self.is_unheard

    def seconds_left(self, now: datetime) -> int | None:
        """Return how many seconds the rows that are left take at the pace so far, if it is known.

        It is known when some rows are done.
        """
        if self.state != self.State.RUNNING or not self.checked:
            return None
        taken = (now - self.started_at).total_seconds()
        return round(taken / self.checked * (self.rows - self.checked))

    def begin(self) -> bool:
        """Let a worker begin, and return whether it may: not if it was cancelled meanwhile."""
        now = timezone.now()
        same = type(self).objects.filter(pk=self.pk, state=self.State.WAITING, run=self.run)
        return bool(
            same.update(
                state=self.State.RUNNING, started_at=now, seen_at=now, checked=0, problems=[]
            )
        )

    def go_on(self, *, rows: int, checked: int) -> bool:
        """Say how far the worker has come, and return whether it may go on."""
        mine = type(self).objects.filter(pk=self.pk).at_work(self.run)
        return bool(mine.update(rows=rows, checked=checked, seen_at=timezone.now()))

    def finish(self, state: str, **values: object) -> bool:
        """End this run of it, and return whether it was still this one's to end.

        What failed keeps its content, so that it can begin again.
        """
        mine = type(self).objects.filter(pk=self.pk).at_work(self.run)
        if state != self.State.FAILED:
            values["content"] = ""
        return bool(mine.update(state=state, finished_at=timezone.now(), **values))

    def cancel(self) -> bool:
        """Stop it, and return whether it could still be stopped."""
        known = type(self).objects.filter(
            pk=self.pk, state__in=[self.State.WAITING, self.State.RUNNING]
        )
        now = timezone.now()
        return bool(known.update(state=self.State.CANCELLED, finished_at=now, content=""))

    def wait_again(self) -> bool:
        """Let it wait for a worker once more, and return whether it may begin again."""
        same = type(self).objects.filter(pk=self.pk, state=self.state, run=self.run)
        return self.may_begin_again and bool(
            same.update(
                state=self.State.WAITING,
                run=F("run") + 1,
                checked=0,
                asked_at=timezone.now(),
                finished_at=None,
            )
        )
