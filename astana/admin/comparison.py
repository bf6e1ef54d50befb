"""Saved comparisons, for whoever has to look after them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from astana.admin.guarded import Guarded
from astana.models import SavedComparison


@admin.register(SavedComparison)
class SavedComparisonAdmin(Guarded, admin.ModelAdmin):
    """Comparisons that users keep; they are made on the compare page, and looked after here."""

    list_display = ("title", "user", "dossier", "visibility", "updated_at")
    list_filter = ("visibility", "dossier")
    list_select_related = ("user", "dossier")
    search_fields = ("title", "note", "user__username")
    fields = ("dossier", "user", "title", "note", "query", "visibility")
    readonly_fields = ("dossier", "user", "query")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: what is kept comes from the compare page."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return them with what is said of them; one's own, unless one runs the site."""
        found = super().get_queryset(request).select_related("user", "dossier")
        if request.user.is_superuser:
            return found
        return found & SavedComparison.objects.of_user(request.user)

    def view_on_site(self, comparison: SavedComparison) -> str:
        """Return the address of its page."""
        return comparison.get_absolute_url()
