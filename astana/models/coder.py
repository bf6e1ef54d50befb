"""Somebody who coded in the file of another tool: a pseudonym until matched with an account."""

from typing import Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from astana.models.dossier import Dossier
from astana.models.name_field import NameField
from astana.models.of_dossier import OfDossier, OfDossierQuerySet, its_dossier
from astana.models.user import an_account


class CoderQuerySet(OfDossierQuerySet):
    """Coders of files, which members alone see."""

    def of(self, dossier: Dossier) -> Self:
        """Return those of a dossier with their accounts."""
        return self.filter(dossier=dossier).select_related("user")


class Coder(OfDossier):
    """A coder as a file names one; `user` is the account that an owner says it is."""

    dossier = its_dossier("coders")
    slug = models.SlugField(_("short name"), max_length=80)
    name = NameField(_("name"), max_length=120)
    user = an_account("pseudonyms", _("account"))

    objects = CoderQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("coder of a file")
        verbose_name_plural = _("coders of files")
        constraints = [
            models.UniqueConstraint(fields=["dossier", "slug"], name="coder_slug_once"),
            models.UniqueConstraint(fields=["dossier", "name"], name="coder_name_once"),
        ]

    def __str__(self) -> str:
        # No account is called so: names of accounts have no spaces.
        return gettext("%(name)s (pseudonym)") % {"name": self.name}


class CodedBySomebody(models.Model):
    """What an account coded, or a pseudonym, which stays where its account is known."""

    pseudonym = models.ForeignKey(
        Coder,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="%(class)ss",
        verbose_name=_("coder in the file"),
    )

    class Meta:
        abstract = True

    @property
    def coded_by(self) -> str:
        """Who coded it: the name of the account, or the pseudonym as such; empty if not known."""
        coder = getattr(self, "coder", None) or self.pseudonym
        return str(coder) if coder else ""
