"""Accounts, and the comparisons that they keep."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest

from astana.admin.guarded import Guarded
from astana.models import Dossier, SavedComparison, User
from astana.models.of_people import dossiers_naming


@admin.register(User)
class AccountAdmin(Guarded, UserAdmin):
    """Accounts; nobody gives rights that only a superuser has to give."""

    list_per_page = 50

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Return the fields of rights for all but superusers."""
        fixed = list(super().get_readonly_fields(request, obj))
        if not request.user.is_superuser:
            fixed += ["is_staff", "is_superuser", "groups", "user_permissions"]
        return fixed

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Return whether the account may be changed; a superuser's only by a superuser."""
        if obj and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Return whether the account may be deleted; a superuser's only by a superuser."""
        if obj and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save the account; readers meet its name in what was coded, so a new one is a write."""
        if change and "username" in form.changed_data:
            Dossier.objects.filter(pk__in=dossiers_naming(obj)).touch()
        super().save_model(request, obj, form, change)


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
