"""An outlet or publisher."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from astana.models.codes import CountryField, LanguageField
from astana.models.name_field import NameField
from astana.models.of_dossier import its_dossier
from astana.models.record import Record, RecordQuerySet


class Source(Record):
    """An outlet or publisher whose articles a dossier reads."""

    class Kind(models.TextChoices):
        """What sort of publisher it is."""

        AGENCY = "agency", _("news agency or official press office")
        BROADCASTER = "broadcaster", _("broadcaster")
        DATABASE = "database", _("database")
        INTERNATIONAL_ORGANIZATION = "international-organization", _("international organisation")
        MAGAZINE = "magazine", _("magazine")
        NEWSPAPER = "newspaper", _("newspaper")
        PARTY_SITE = "party-site", _("site of a party")
        WIRE = "wire", _("wire service")
        OTHER = "other", _("other")

    dossier = its_dossier("sources")
    slug = models.SlugField(_("short name"), max_length=80)
    name = NameField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind, default=Kind.OTHER)
    country = CountryField(
        _("country"), max_length=2, blank=True, help_text=_("Two letters, such as KZ.")
    )
    language = LanguageField(_("language"), max_length=12, default="en")
    homepage = models.URLField(_("home page"), max_length=500, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "slug"],
                name="source_slug_once",
                violation_error_message=_("The dossier has a source with this short name."),
            )
        ]

    def __str__(self) -> str:
        return self.name
