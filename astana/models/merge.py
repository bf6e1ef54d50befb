"""Merges and splits of actors and of issues, kept so that each can be undone."""

from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from astana.models.actor import Actor
from astana.models.dossier import Dossier
from astana.models.issue import Issue
from astana.models.of_dossier import OfDossier, OfDossierQuerySet
from astana.models.roles import Act, may

if TYPE_CHECKING:
    from astana.models.record import Reader

# So many merges, one into the next, are followed.
_LONGEST_CHAIN = 20

# An address with more names than that is no comparison.
_MOST_NAMES = 100


class MergeQuerySet(OfDossierQuerySet):
    """Merges and splits; they are the reviewers' business."""

    def visible_to(self, user: "Reader", *, dossier: Dossier) -> Self:
        """Return those of a dossier that a user may see."""
        found = self.filter(dossier=dossier)
        return found if may(user, Act.REVIEW, dossier) else found.none()


def now_called(slug: str, *, noun: str, dossier: Dossier) -> str | None:
    """Return the short name that an actor or issue goes by now, None if it is unknown.

    What was merged into another goes by the other's name, and what was renamed by its new one, so
    that old addresses lead on.
    """
    model = {"actor": Actor, "issue": Issue}[noun]
    for _step in range(_LONGEST_CHAIN):
        if model.objects.of(dossier).filter(slug=slug).exists():
            return slug
        merges = Merge.objects.filter(dossier=dossier, kind="merge", noun=noun, other=slug)
        into = merges.filter(undone_at=None).values_list("kept", flat=True).first()
        if into is None:
            past = model.history.filter(dossier=dossier, slug=slug).values("id")
            return (
                model.objects.of(dossier).filter(pk__in=past).values_list("slug", flat=True).first()
            )
        slug = into
    return None


def with_names(query: str, names: dict[tuple[str, str], str]) -> str:
    """Return a query string of the compare page with other short names, each given once.

    `names` maps (noun, short name) to the name to put in its place.
    """
    pairs = []
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name in ("actor", "issue"):
            value = names.get((name, value), value)
        elif name == "open":
            actor, dot, issue = value.partition(".")
            value = names.get(("actor", actor), actor) + dot + names.get(("issue", issue), issue)
        pairs.append((name, value))
    return urlencode(list(dict.fromkeys(pairs)))


def names_now(query: str, *, dossier: Dossier) -> str:
    """Return a query string of the compare page with the names that actors and issues go by now."""
    asked = {pair for pair in parse_qsl(query) if pair[0] in ("actor", "issue")}
    if len(asked) > _MOST_NAMES:
        return with_names(query, {})
    found = {pair: now_called(pair[1], noun=pair[0], dossier=dossier) for pair in asked}
    return with_names(query, {pair: slug for pair, slug in found.items() if slug})


class Merge(OfDossier):
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

    objects = MergeQuerySet.as_manager()

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
