"""Seeing where passages stand in further renditions."""

from django.contrib import admin

from astana.admin.gate import OnlySeen
from astana.admin.record import RecordAdmin
from astana.models import Anchor


@admin.register(Anchor)
class AnchorAdmin(OnlySeen, RecordAdmin):
    """Further anchors: they come with a dossier or an attached text and are not entered by hand."""

    related = ("evidence__position__dossier", "rendition__article__dossier")
    deferred = ("rendition__text", "rendition__paragraphs", "evidence__exact")
    list_display = ("evidence", "rendition", "paragraph", "start", "end", "health", "of_dossier")
    list_filter = ("evidence__position__dossier", "health")
    search_fields = ("evidence__position__key", "rendition__article__title")
    show_full_result_count = False
    ordering = ("-pk",)

    def view_on_site(self, anchor: Anchor) -> str:
        """Return the address of the rendition."""
        return anchor.rendition.get_absolute_url()
