"""A neutral question, and the answers that can be given to it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from astana.comparison.scale import step
from astana.models.dossier import Dossier
from astana.models.record import Record, RecordQuerySet


class IssueQuerySet(RecordQuerySet):
    """Issues of dossiers."""

    def asking(self, *, kind: str = "", group: str = "") -> Self:
        """Return the issues of a kind and a group; empty is any."""
        found = self.filter(kind=kind) if kind else self
        return found.filter(group=group) if group else found

    def groups(self) -> list[str]:
        """Return the groups of the issues, in the order in which they first come."""
        return list(dict.fromkeys(group for group in self.values_list("group", flat=True) if group))


class Issue(Record):
    """A neutral question with a codebook entry and ordered stances."""

    class Kind(models.TextChoices):
        """What sort of question it is; facts never enter an agreement score."""

        PREFERENCE = "preference", _("what should be")
        FACT = "fact", _("a disputed fact")

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="issues", verbose_name=_("dossier")
    )
    slug = models.SlugField(_("short name"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    question = models.CharField(_("question"), max_length=300)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PREFERENCE)
    group = models.CharField(_("group"), max_length=80, blank=True)
    order = models.PositiveIntegerField(_("order"), default=0)
    description = models.TextField(
        _("definition"),
        max_length=10_000,
        blank=True,
        help_text=_("The codebook entry: what the issue covers."),
    )
    examples = models.TextField(_("examples"), max_length=10_000, blank=True)
    counter_examples = models.TextField(_("counter-examples"), max_length=10_000, blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["order", "slug"]
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        indexes = [models.Index(fields=["dossier", "order", "slug"], name="issue_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "slug"],
                name="issue_slug_once",
                violation_error_message=_("The dossier has an issue with this short name."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["preference", "fact"]), name="issue_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("issues:detail", args=[self.dossier.slug, self.slug])


class Stance(Record):
    """One answer to an issue, with its place on the scale or none."""

    DOSSIER = "issue__dossier"

    issue = models.ForeignKey(
        Issue, on_delete=models.CASCADE, related_name="stances", verbose_name=_("issue")
    )
    slug = models.SlugField(_("short name"), max_length=80)
    label = models.CharField(_("label"), max_length=120)
    value = models.DecimalField(
        _("value"),
        max_digits=3,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("From -1 to 1. Empty: off the scale, such as “declines to answer”."),
    )
    order = models.PositiveIntegerField(_("order"), default=0)

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["issue", "order", "slug"]
        verbose_name = _("stance")
        verbose_name_plural = _("stances")
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "slug"],
                name="stance_slug_once",
                violation_error_message=_("The issue has a stance with this short name."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=-1, value__lte=1),
                name="stance_value_on_scale",
                violation_error_message=_(
                    "A value lies between -1 and 1. Leave it empty for a stance off the scale."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def step(self) -> str:
        """The step of the scale that it is drawn as, also the class of its mark."""
        return step(None if self.value is None else float(self.value))
