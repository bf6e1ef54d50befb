"""Entering dossiers and their members."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from astana.admin.choices import Choosing, ChoosingForm
from astana.models import Dossier, Membership


class MembershipInline(Choosing, admin.TabularInline):
    """The members of a dossier."""

    model = Membership
    form = ChoosingForm
    related = ("user",)
    autocomplete_fields = ("user",)
    extra = 0


@admin.register(Dossier)
class DossierAdmin(Choosing, admin.ModelAdmin):
    """Dossiers."""

    list_display = ("title", "slug", "visibility", "version", "created_at")
    list_filter = ("visibility",)
    list_per_page = 50
    search_fields = ("title", "slug")
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ("version", "created_at")
    fieldsets = (
        (None, {"fields": ("title", "slug", "description")}),
        (_("Who may see it"), {"fields": ("visibility",)}),
        (_("Kept by Astana"), {"classes": ("collapse",), "fields": readonly_fields}),
    )
    inlines = (MembershipInline,)

    class Media:
        css = {"all": ["css/admin.css"]}

    def view_on_site(self, dossier: Dossier) -> str:
        """Return the address of the dossier's page."""
        return dossier.get_absolute_url()
