"""A text that came out of an event, and who put their name to it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from astana.models.actor import Actor
from astana.models.event import Event
from astana.models.in_passing import InPassing, InPassingQuerySet, proposed_is_not_public
from astana.models.name_field import NameField
from astana.models.of_dossier import its_dossier
from astana.models.record import Record, RecordQuerySet


class Document(InPassing):
    """A statement, resolution or memorandum; a provision of it is a position of each signatory."""

    dossier = its_dossier("documents")
    slug = models.SlugField(_("short name"), max_length=80)
    title = NameField(_("title"), max_length=300)
    date = models.DateField(_("date"))
    event = models.ForeignKey(
        Event,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("event"),
    )
    url = models.URLField(_("address"), max_length=1000, blank=True)

    SHOWS = ("event",)
    NAMED_AS = ("document",)

    objects = InPassingQuerySet.as_manager()

    class Meta:
        ordering = ["date", "slug"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "slug"],
                name="document_slug_once",
                violation_error_message=_("The dossier has a document with this short name."),
            ),
            proposed_is_not_public("document"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("documents:detail", args=[self.dossier.slug, self.slug])


class Signature(Record):
    """Whether an actor signed a document; not signing is not rejecting."""

    DOSSIER = "document__dossier"
    SEEN = Q(document__public=True)

    class Status(models.TextChoices):
        """What is known of the signature."""

        SIGNED = "signed", _("signed")
        NOT_SIGNED = "not-signed", _("present and did not sign")
        UNKNOWN = "unknown", _("status unknown")

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="signatures", verbose_name=_("document")
    )
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, related_name="signatures", verbose_name=_("actor")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status)

    SHOWS = ("actor",)

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["document", "status", "actor__sort_name"]
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "actor"],
                name="signature_once",
                violation_error_message=_("The actor's signature is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["signed", "not-signed", "unknown"]),
                name="signature_status_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.get_status_display()}"
