"""Seeing where passages stand in further renditions."""

from django.contrib import admin
from django.http import HttpRequest

from astana.admin.record import RecordAdmin
from astana.models import Anchor


@admin.register(Anchor)
class AnchorAdmin(RecordAdmin):
    """Further anchors: they come with a dossier or an attached text and are not entered by hand."""

    related = ("evidence__position__dossier", "rendition__article__dossier")
    deferred = ("rendition__text", "rendition__paragraphs", "evidence__exact")
    list_display = ("evidence", "rendition", "paragraph", "start", "end", "health", "of_dossier")
    list_filter = ("evidence__position__dossier", "health")
    search_fields = ("evidence__position__key", "rendition__article__title")
    show_full_result_count = False
    ordering = ("-pk",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return that nobody adds one here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Anchor | None = None) -> bool:
        """Return that nobody changes one here."""
        return False

    def view_on_site(self, anchor: Anchor) -> str:
        """Return the address of the rendition."""
        return anchor.rendition.get_absolute_url()
