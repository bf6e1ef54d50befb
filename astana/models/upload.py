"""Uploads: files of other tools that are looked at in a dossier before they are loaded."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from astana.formats.worker import SECONDS
from astana.models.dossier import Dossier
from astana.models.in_background import InBackground, InBackgroundQuerySet
from astana.models.of_dossier import OfDossier, OfDossierQuerySet, its_dossier
from astana.models.user import an_account

# A file that nobody has loaded so long after it was last asked for is deleted.
KEPT_FOR = timedelta(days=1)
# Each step of a worker ends after so long. Reading, the first, has a bound of its own.
STEP_SECONDS = 2 * SECONDS


class UploadQuerySet(InBackgroundQuerySet, OfDossierQuerySet):
    """Uploads, the newest first."""

    def of(self, dossier: Dossier) -> Self:
        """Return the uploads of a dossier without their content."""
        return self.filter(dossier=dossier).select_related("user").defer("content")

    def kept(self) -> Self:
        """Return those whose file is still here."""
        return self.exclude(state=Upload.State.CANCELLED).exclude(
            is_loading=True, state=Upload.State.DONE
        )

    def forget_old(self) -> None:
        """Delete the files that were left behind; nothing of these was loaded."""
        before = timezone.now() - KEPT_FOR
        left = self.kept().filter(asked_at__lt=before)
        if left.exists():
            left.update(content=Upload.EMPTY, state=Upload.State.CANCELLED)


class Upload(InBackground, OfDossier):
    """A file of another tool: it is read and shown, and then loaded as a whole or not at all.

    `told` is what would become of it, or what has: rows by table, what is lost, what to look at,
    and how it was read. `format` is empty as long as it is to be guessed.
    """

    EMPTY: ClassVar[Any] = b""
    # It is heard of before each step.
    SILENT = timedelta(seconds=STEP_SECONDS + 30)

    dossier = its_dossier("uploads")
    user = an_account("uploads", _("user"), on_delete=models.CASCADE, is_needed=True)
    format = models.CharField(_("format"), max_length=40, blank=True)
    options = models.JSONField(default=dict, editable=False)
    content = models.BinaryField(_("content"), editable=False)
    is_loading = models.BooleanField(default=False, editable=False)
    told = models.JSONField(default=dict, editable=False)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=["waiting", "running", "done", "refused", "failed", "cancelled"]
                ),
                name="upload_state_known",
            ),
        ]

    @property
    def is_loaded(self) -> bool:
        """Whether it is in the dossier."""
        return self.is_loading and self.state == self.State.DONE

    @property
    def is_previewed(self) -> bool:
        """Whether it was read, so that it can be loaded."""
        return not self.is_loading and self.state == self.State.DONE

    @property
    def may_be_read_anew(self) -> bool:
        """Whether the file is still here, and nobody is at work on it."""
        is_gone = self.is_loaded or self.state == self.State.CANCELLED
        return (self.is_over and not is_gone) or self.is_silent or self.is_unheard

    def keeps_content(self, state: str) -> bool:
        """Return whether the file is needed: to be read in another way, or to be loaded."""
        return not (self.is_loading and state == self.State.DONE)

    def ask(self, *, is_loading: bool, **values: object) -> bool:
        """Let it wait for a worker, and return whether it was free for that."""
        if not self.may_be_read_anew:
            return False
        mine = type(self).objects.filter(pk=self.pk, state=self.state, run=self.run)
        self.run += 1
        values |= {"is_loading": is_loading, "run": self.run, "state": self.State.WAITING}
        return bool(mine.update(asked_at=timezone.now(), finished_at=None, **values))

    def remove(self) -> bool:
        """Delete the file, and return whether it was still here."""
        left = type(self).objects.kept().filter(pk=self.pk)
        now = timezone.now()
        return bool(left.update(state=self.State.CANCELLED, finished_at=now, content=self.EMPTY))
