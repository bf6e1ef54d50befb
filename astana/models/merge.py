"""Merges and splits of actors and of issues, kept so that each can be undone."""

from collections.abc import Iterator, Mapping
from typing import Self
from urllib.parse import parse_qsl, urlencode

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from astana.models.actor import Actor
from astana.models.dossier import Dossier
from astana.models.issue import Issue
from astana.models.of_dossier import OfDossier, OfDossierQuerySet, its_dossier
from astana.models.roles import Act, may
from astana.models.user import Reader, an_account

# So many merges, one into the next, are followed.
_LONGEST_CHAIN = 20

# An address with more names than that is no comparison.
_MOST_NAMES = 100


class MergeQuerySet(OfDossierQuerySet):
    """Merges and splits; they are the reviewers' business."""

    def visible_to(self, user: Reader, *, dossier: Dossier) -> Self:
        """Return those of a dossier that a user may see."""
        found = self.filter(dossier=dossier)
        return found if may(user, Act.REVIEW, dossier) else found.none()


def now_called(slug: str, *, noun: str, dossier: Dossier, user: Reader) -> str | None:
    """Return the short name that an actor or issue goes by now; None where a user may see none.

    What was merged into another goes by the other's name, and what was renamed by its new one, so
    that old addresses lead on.
    """
    model = {"actor": Actor, "issue": Issue}[noun]
    visible = model.objects.visible_to(user).of(dossier)
    for _step in range(_LONGEST_CHAIN):
        if visible.filter(slug=slug).exists():
            return slug
        merges = Merge.objects.filter(dossier=dossier, kind="merge", noun=noun, other=slug)
        into = merges.filter(undone_at=None).values_list("kept", flat=True).first()
        if into is None:
            past = model.history.filter(dossier=dossier, slug=slug).values("id")
            return visible.filter(pk__in=past).values_list("slug", flat=True).first()
        slug = into
    return None


# Which parameters of a query string name actors and issues by their short names, by dots in a row.
_NAMING = {
    "actor": ("actor",),
    "issue": ("issue",),
    "stance": ("issue",),
    "open": ("actor", "issue"),
    "pair": ("actor", "actor"),
    "of": ("actor",),
}
# Which name any number of actors, with commas between.
_NAMING_MANY = {"side": "actor"}


def _named(pairs: list[tuple[str, str]]) -> Iterator[tuple[str, list[str], str, tuple[str, ...]]]:
    """Yield each parameter: its name, the parts of its value, what is between, their nouns."""
    cites_an_issue = ("of", "issue") in pairs
    for name, value in pairs:
        if name in _NAMING_MANY:
            parts = value.split(",")
            yield name, parts, ",", (_NAMING_MANY[name],) * len(parts)
            continue
        nouns = ("issue",) if name == "name" and cites_an_issue else _NAMING.get(name, ())
        yield name, value.split("."), ".", nouns


def with_names(query: str, names: Mapping[tuple[str, str], str]) -> str:
    """Return a query string with other short names, each parameter given once.

    `names` maps (noun, short name) to the name to put in its place.
    """
    changed = []
    for name, parts, between, nouns in _named(parse_qsl(query, keep_blank_values=True)):
        for place, (noun, part) in enumerate(zip(nouns, parts, strict=False)):
            parts[place] = names.get((noun, part), part)
        changed.append((name, between.join(parts)))
    return urlencode(list(dict.fromkeys(changed)))


def names_now(query: str, *, dossier: Dossier, user: Reader) -> str:
    """Return a query string with the names that actors and issues a user may see go by now."""
    asked = {
        pair
        for _name, parts, _between, nouns in _named(parse_qsl(query))
        for pair in zip(nouns, parts, strict=False)
    }
    if len(asked) > _MOST_NAMES:
        return with_names(query, {})
    found = {pair: now_called(pair[1], noun=pair[0], dossier=dossier, user=user) for pair in asked}
    return with_names(query, {pair: slug for pair, slug in found.items() if slug})


class Merge(OfDossier):
    """That one actor or issue went into another, or that a new one was split off.

    A stance, event or document that was proposed can go into another one too.

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
        STANCE = "stance", _("stance")
        EVENT = "event", _("event")
        DOCUMENT = "document", _("document")

    dossier = its_dossier("merges")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    noun = models.CharField(_("of"), max_length=8, choices=Noun)
    kept = models.SlugField(_("the one that stays"), max_length=80)
    other = models.SlugField(_("the other one"), max_length=80)
    moved = models.JSONField(default=list, editable=False)
    gone = models.JSONField(default=list, editable=False)
    made = models.JSONField(default=list, editable=False)
    by = an_account("merges", _("by"), is_needed=True)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = an_account("merges_undone", _("undone by"))

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("merge or split")
        verbose_name_plural = _("merges and splits")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind="merge", noun__in=["actor", "issue", "stance", "event", "document"]
                )
                | Q(kind="split", noun__in=["actor", "issue"]),
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
