"""Who belonged to which body, in which role, from when to when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from astana.models.actor import Actor
from astana.models.name_field import NameField
from astana.models.of_dossier import its_dossier
from astana.models.record import Record, RecordQuerySet


class Affiliation(Record):
    """A person's role in a body over a time, or one of its terms.

    Open ends are unknown or still running.
    """

    dossier = its_dossier("affiliations")
    person = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="affiliations", verbose_name=_("person")
    )
    body = models.ForeignKey(
        Actor, on_delete=models.CASCADE, related_name="affiliates", verbose_name=_("body")
    )
    role = NameField(_("role"), max_length=200)
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("to"), null=True, blank=True)

    SHOWS = ("person", "body")

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["person", "body", "start"]
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "body", "role", "start"],
                name="affiliation_once",
                violation_error_message=_("This person already has this role in this body."),
            ),
            models.UniqueConstraint(
                fields=["person", "body", "role"],
                condition=Q(start__isnull=True),
                name="affiliation_without_start_once",
                violation_error_message=_("This person already has this role in this body."),
            ),
            models.CheckConstraint(
                condition=~Q(person=F("body")),
                name="affiliation_of_two",
                violation_error_message=_("People cannot be affiliated with themselves."),
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(start__isnull=True) | Q(end__gte=F("start")),
                name="affiliation_ends_after_start",
                violation_error_message=_("The affiliation ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        days = [day.isoformat() if day else "" for day in (self.start, self.end)]
        term = f", {days[0]}/{days[1]}" if any(days) else ""
        return f"{self.person}, {self.role} ({self.body}{term})"
