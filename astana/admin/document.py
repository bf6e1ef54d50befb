"""Entering documents and who signed them."""

from django.contrib import admin

from astana.admin.files import FilesAdmin
from astana.admin.part_resources import ExaminedResource, SignatureResource
from astana.admin.record import RecordAdmin, RecordInline
from astana.admin.resources import DocumentResource
from astana.models import Document, Examined, Signature


class SignatureInline(RecordInline):
    """Who signed a document, and who was present and did not."""

    model = Signature
    related = ("actor__dossier",)
    autocomplete_fields = ("actor",)


class ExaminedInline(RecordInline):
    """For which issues a document was gone through clause by clause."""

    model = Examined
    related = ("issue__dossier",)
    autocomplete_fields = ("issue",)


@admin.register(Document)
class DocumentAdmin(FilesAdmin, RecordAdmin):
    """Texts that came out of events."""

    resource_classes = (DocumentResource, SignatureResource, ExaminedResource)
    related = ("dossier", "event__dossier")
    list_display = ("title", "date", "event", "of_dossier")
    list_filter = ("dossier",)
    date_hierarchy = "date"
    search_fields = ("title", "slug")
    autocomplete_fields = ("dossier", "event")
    prepopulated_fields = {"slug": ("title",)}
    fields = ("dossier", "title", "slug", "date", "event", "url")
    inlines = (SignatureInline, ExaminedInline)
