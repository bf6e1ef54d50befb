"""What people ask for and a worker does in the background: it waits, is done, or is stopped."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# What no worker has taken for so long is perhaps known to none.
_UNHEARD = timedelta(seconds=60)


class InBackgroundQuerySet(models.QuerySet):
    """What is done in the background; each step is one UPDATE from the state before it."""

    def update(self, **values: object) -> int:
        """Change all of the set; in a transaction, as those wait in turn."""
        with transaction.atomic(savepoint=False):
            return super().update(**values)

    def at_work(self, run: int) -> Self:
        """Return those that still are in this run: not cancelled, and not begun again."""
        return self.filter(state=self.model.State.RUNNING, run=run)


class InBackground(models.Model):
    """Something that a worker is to do.

    `run` counts how often a worker was asked to, so that one that was taken for dead writes nothing
    after another has begun. `content`, what it is done with, is emptied when nobody needs it.
    """

    # What is left of a content that nobody needs any more.
    EMPTY: ClassVar[Any] = ""
    # A worker that has not been heard of for so long is taken for dead.
    SILENT: ClassVar[timedelta] = timedelta(seconds=60)
    # What is set again when a worker begins.
    ANEW: ClassVar[dict[str, Any]] = {}

    class State(models.TextChoices):
        """What has become of it."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        REFUSED = "refused", _("refused")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    file_name = models.CharField(_("file"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    run = models.PositiveIntegerField(default=1, editable=False)
    # What is wrong with the file.
    problems = models.JSONField(default=list, editable=False)
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now, editable=False)
    started_at = models.DateTimeField(_("started"), null=True, editable=False)
    seen_at = models.DateTimeField(_("last heard of"), null=True, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state not in (self.State.WAITING, self.State.RUNNING)

    @property
    def is_silent(self) -> bool:
        """Whether the worker has not been heard of for so long that it must have been ended."""
        return self.state == self.State.RUNNING and timezone.now() - self.seen_at > self.SILENT

    @property
    def is_unheard(self) -> bool:
        """Whether no worker has taken it for so long that perhaps none knows of it."""
        return self.state == self.State.WAITING and timezone.now() - self.asked_at > _UNHEARD

    @property
    def may_begin_again(self) -> bool:
        """Whether it can be asked for again: nothing of it was written."""
        return self.state == self.State.FAILED or self.is_silent or self.is_unheard

    def begin(self) -> bool:
        """Let a worker begin, and return whether it may: not if it was cancelled meanwhile."""
        now = timezone.now()
        same = type(self).objects.filter(pk=self.pk, state=self.State.WAITING, run=self.run)
        return bool(
            same.update(
                state=self.State.RUNNING, started_at=now, seen_at=now, problems=[], **self.ANEW
            )
        )

    def is_heard(self) -> bool:
        """Let its worker be heard of, and return whether it still is the one at work on it."""
        mine = type(self).objects.filter(pk=self.pk).at_work(self.run)
        return bool(mine.update(seen_at=timezone.now()))

    def keeps_content(self, state: str) -> bool:
        """Return whether the content is still needed in this state."""
        return state == self.State.FAILED

    def finish(self, state: str, **values: object) -> bool:
        """End this run of it, and return whether it was still this one's to end.

        What failed keeps its content, so that it can begin again.
        """
        mine = type(self).objects.filter(pk=self.pk).at_work(self.run)
        if not self.keeps_content(state):
            values["content"] = self.EMPTY
        return bool(mine.update(state=state, finished_at=timezone.now(), **values))

    def cancel(self) -> bool:
        """Stop it, and return whether it could still be stopped."""
        known = type(self).objects.filter(
            pk=self.pk, state__in=[self.State.WAITING, self.State.RUNNING]
        )
        now = timezone.now()
        return bool(known.update(state=self.State.CANCELLED, finished_at=now, content=self.EMPTY))

    def wait_again(self) -> bool:
        """Let it wait for a worker again, and return whether it may begin again."""
        same = type(self).objects.filter(pk=self.pk, state=self.state, run=self.run)
        return self.may_begin_again and bool(
            same.update(
                state=self.State.WAITING,
                run=F("run") + 1,
                asked_at=timezone.now(),
                finished_at=None,
                **self.ANEW,
            )
        )
