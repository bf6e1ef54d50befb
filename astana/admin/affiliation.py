"""Entering who belonged to which body."""

from django.contrib import admin

from astana.admin.files import FilesAdmin
from astana.admin.part_resources import AffiliationResource
from astana.admin.record import RecordAdmin
from astana.models import Affiliation


@admin.register(Affiliation)
class AffiliationAdmin(FilesAdmin, RecordAdmin):
    """Persons in bodies."""

    resource_classes = (AffiliationResource,)
    related = ("dossier", "person__dossier", "body__dossier")
    list_display = ("person", "role", "body", "start", "end", "of_dossier")
    list_filter = ("dossier",)
    search_fields = ("person__name", "body__name", "role")
    autocomplete_fields = ("dossier", "person", "body")
    fields = ("dossier", "person", "role", "body", ("start", "end"))

    def view_on_site(self, affiliation: Affiliation) -> str:
        """Return the address of the person's page."""
        return affiliation.person.get_absolute_url()
