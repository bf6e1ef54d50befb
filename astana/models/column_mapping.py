"""Which columns of tables say what in a dossier, as they were last read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from astana.models.of_dossier import OfDossier, OfDossierQuerySet, its_dossier


class ColumnMapping(OfDossier):
    """How a file of a format was last read into a dossier, so that the next one is read alike.

    `options` are values by the names of the format's options. It is no record, and has no history.
    """

    dossier = its_dossier("+")
    format = models.CharField(_("format"), max_length=20)
    options = models.JSONField(_("options"), default=dict)

    objects = OfDossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "format"], name="column_mapping_once_for_a_format"
            ),
        ]

    def __str__(self) -> str:
        return self.format
