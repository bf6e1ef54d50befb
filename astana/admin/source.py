"""Entering sources."""

from django.contrib import admin

from astana.admin.files import FilesAdmin
from astana.admin.record import RecordAdmin
from astana.admin.resources import SourceResource
from astana.models import Source
from astana.models.roles import Act


@admin.register(Source)
class SourceAdmin(FilesAdmin, RecordAdmin):
    """Outlets and publishers."""

    resource_classes = (SourceResource,)
    adding = Act.CODE
    list_display = ("name", "slug", "kind", "country", "language", "of_dossier")
    list_filter = ("dossier", "kind", "language")
    search_fields = ("name", "slug")
    autocomplete_fields = ("dossier",)
    prepopulated_fields = {"slug": ("name",)}
    fields = ("dossier", "name", "slug", "kind", "country", "language", "homepage")
    view_on_site = False
