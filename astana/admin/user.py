"""Accounts."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from astana.admin.guarded import Guarded
from astana.models import Dossier, User
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
