"""A meeting or happening, and who took part."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from astana.models.actor import Actor
from astana.models.dossier import Dossier
from astana.models.in_passing import InPassing, InPassingQuerySet, proposed_is_not_public
from astana.models.name_field import NameField
from astana.models.of_dossier import its_dossier
from astana.models.process_cache import cache
from astana.models.record import Record, RecordQuerySet
from astana.models.said_words import days_words


def events_of(dossier: Dossier) -> list["Event"]:
    """Return the events that readers see in order of time, kept for each version of a dossier."""
    key = f"events:{dossier.pk}:{dossier.version}"
    events = cache.get(key)
    if events is None:
        events = list(Event.objects.for_readers(dossier).order_by("start", "slug"))
        cache.set(key, events, timeout=None)
    return events


def events_by_issue(issues: Iterable[Any], *, dossier: Dossier) -> dict[str, list[str]]:
    """Return, for each issue that is asked of each event, the short names of the events in order.

    One query where the dossier's events are not kept, and there is such an issue.
    """
    asked = [issue.slug for issue in issues if issue.per_event]
    order = [event.slug for event in events_of(dossier)] if asked else []
    return dict.fromkeys(asked, order)


class Event(InPassing):
    """A meeting or happening on one day or over several."""

    dossier = its_dossier("events")
    slug = models.SlugField(_("short name"), max_length=80)
    name = NameField(_("name"), max_length=200)
    place = NameField(_("place"), max_length=120, blank=True)
    start = models.DateField(_("first day"))
    end = models.DateField(_("last day"))
    description = models.TextField(_("description"), max_length=10_000, blank=True)

    NAMED_AS = ("event",)

    objects = InPassingQuerySet.as_manager()

    class Meta:
        ordering = ["start", "slug"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "slug"],
                name="event_slug_once",
                violation_error_message=_("The dossier has an event with this short name."),
            ),
            models.CheckConstraint(
                condition=Q(end__gte=F("start")),
                name="event_ends_after_start",
                violation_error_message=_("The event ends before it starts."),
            ),
            proposed_is_not_public("event"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:detail", args=[self.dossier.slug, self.slug])

    @property
    def days(self) -> str:
        """The days it took, in words."""
        return days_words(self.start, self.end)


class Participation(Record):
    """An actor's part in an event; absence is recorded, never inferred."""

    DOSSIER = "event__dossier"
    SEEN = Q(event__public=True)

    class Role(models.TextChoices):
        """What the actor was there as."""

        SPONSOR = "sponsor", _("sponsor")
        PARTY = "party", _("party")
        MEDIATOR = "mediator", _("mediator")
        OBSERVER = "observer", _("observer")
        HOST = "host", _("host")
        ABSENT = "absent", _("absent")

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="participations", verbose_name=_("event")
    )
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, related_name="participations", verbose_name=_("actor")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role)

    SHOWS = ("actor",)

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["event", "role", "actor__sort_name"]
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "actor", "role"],
                name="participation_once",
                violation_error_message=_("The actor already has this role in the event."),
            ),
            models.CheckConstraint(
                condition=Q(
                    role__in=["sponsor", "party", "mediator", "observer", "host", "absent"]
                ),
                name="participation_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.get_role_display()}"
