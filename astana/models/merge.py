"""Merges and splits of actors and of issues, kept so that each can be undone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from astana.models.dossier import Dossier


class Merge(models.Model):
    """That one actor or issue went into another, or that a new one was split off.

    `moved` lists `[model, pk, field, value before, value after]` for each reference that followed;
    `gone` lists the records that ceased to be, and `made` those that came into being, each as
    `{"model": ..., "pk": ..., "fields": {...}}`. Undoing goes through them backwards.
    """

    class Kind(models.TextChoices):
        """What was done."""

        MERGE = "merge", _("merged")
        SPLIT = "split", _("split")

    class Noun(models.TextChoices):
        """To what it was done."""

        ACTOR = "actor", _("actor")
        ISSUE = "issue", _("issue")

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="merges", verbose_name=_("dossier")
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    noun = models.CharField(_("of"), max_length=6, choices=Noun)
    kept = models.SlugField(_("the one that stays"), max_length=80)
    other = models.SlugField(_("the other one"), max_length=80)
    moved = models.JSONField(default=list, editable=False)
    gone = models.JSONField(default=list, editable=False)
    made = models.JSONField(default=list, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="merges",
        verbose_name=_("by"),
    )
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merges_undone",
        verbose_name=_("undone by"),
    )

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("merge or split")
        verbose_name_plural = _("merges and splits")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["merge", "split"]) & Q(noun__in=["actor", "issue"]),
                name="merge_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_by_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.kept}, {self.other}"
