"""Entering dossiers and their members."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.actions import dossiers
from astana.admin.choices import Choosing, ChoosingForm
from astana.admin.record import RevisedAdmin
from astana.models import Dossier, Membership
from astana.models.roles import Act, may
from astana.pages.shared.revision import OwnRows, RevisionForm


class MembersFormSet(OwnRows, forms.BaseInlineFormSet):
    """The members of a dossier, of whom one at least owns it."""

    def clean(self) -> None:
        """Refuse to take the last owner away."""
        super().clean()
        before = any(form.initial.get("role") == Membership.Role.OWNER for form in self.forms)
        left = any(
            form.cleaned_data.get("role") == Membership.Role.OWNER
            and not form.cleaned_data.get("DELETE")
            for form in self.forms
            if hasattr(form, "cleaned_data")
        )
        if before and not left:
            raise ValidationError(_("A dossier needs an owner. Make somebody else one first."))


class MembershipInline(Choosing, admin.TabularInline):
    """The members of a dossier, for those who run it."""

    model = Membership
    form = ChoosingForm
    formset = MembersFormSet
    related = ("user",)
    autocomplete_fields = ("user",)
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the person may add members."""
        return super().has_add_permission(request, obj) and _runs(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the person may change roles."""
        return super().has_change_permission(request, obj) and _runs(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the person may take members out."""
        return super().has_delete_permission(request, obj) and _runs(request, obj)


def _runs(request: HttpRequest, dossier: Model | None) -> bool:
    return not isinstance(dossier, Dossier) or may(request.user, Act.RUN, dossier)


class DossierForm(RevisionForm, ChoosingForm):
    """A dossier; refused, with both versions, where another owner was quicker."""


@admin.register(Dossier)
class DossierAdmin(RevisedAdmin):
    """Dossiers."""

    form = DossierForm
    list_display = ("title", "slug", "visibility", "version", "created_at")
    list_filter = ("visibility",)
    search_fields = ("title", "slug")
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ("version", "created_at")
    fieldsets = (
        (None, {"fields": ("title", "slug", "description", "licence")}),
        (gettext_lazy("Who may see it"), {"fields": ("visibility",)}),
        (gettext_lazy("Rules"), {"fields": ("own_publishing", "open_challenges")}),
        (gettext_lazy("Set by Astana"), {"classes": ("collapse",), "fields": readonly_fields}),
    )
    inlines = (MembershipInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return whether the person may begin a dossier: who begins it owns it."""
        return admin.ModelAdmin.has_add_permission(self, request)

    def has_change_permission(self, request: HttpRequest, obj: Dossier | None = None) -> bool:
        """Return whether the person may change a dossier: its owners may."""
        return super().has_change_permission(request, obj) and _runs(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Dossier | None = None) -> bool:
        """Return whether the person may delete a dossier with all that is in it."""
        return super().has_delete_permission(request, obj) and request.user.is_superuser

    def save_model(
        self, request: HttpRequest, dossier: Dossier, form: DossierForm, change: bool
    ) -> None:
        """Save the dossier as its page of settings does; who begins one owns it."""
        if not change:
            super().save_model(request, dossier, form, change)
            owner = Membership.Role.OWNER
            Membership.objects.create(dossier=dossier, user=request.user, role=owner)
            return
        values = {name: form.cleaned_data[name] for name in form.changed_data if name != "revision"}
        dossiers.change(dossier=dossier, values=values, by=request.user)
