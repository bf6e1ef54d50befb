"""Entering issues and their stances."""

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from astana.admin.files import FilesAdmin
from astana.admin.part_resources import StanceResource
from astana.admin.record import RecordAdmin, RecordForm, RecordInline
from astana.admin.resources import IssueResource
from astana.models import Issue, Stance
from astana.models.issue import ENTRY


class StanceInline(RecordInline):
    """The stances of an issue, in order."""

    model = Stance
    fields = ("order", "label", "slug", "value", *ENTRY)
    prepopulated_fields = {"slug": ("label",)}
    formfield_overrides = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 24})}
    }


@admin.register(Issue)
class IssueAdmin(FilesAdmin, RecordAdmin):
    """Neutral questions."""

    resource_classes = (IssueResource,)
    list_display = ("title", "slug", "kind", "group", "order", "of_dossier")
    list_filter = ("dossier", "kind", "scale", "group")
    search_fields = ("title", "question", "slug")
    related = ("dossier", "event__dossier")
    autocomplete_fields = ("dossier", "event")
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (None, {"fields": ("dossier", "title", "slug", "question", "kind", "scale")}),
        (_("Which events it is asked about"), {"fields": ("event", "per_event")}),
        (_("Where it is shown"), {"fields": (("group", "order"),)}),
        (_("Codebook"), {"fields": ENTRY}),
    )
    inlines = (StanceInline,)


class StanceForm(RecordForm):
    """A stance, which stays with its issue."""

    fixed = ("issue",)


@admin.register(Stance)
class StanceAdmin(FilesAdmin, RecordAdmin):
    """The answers of issues."""

    resource_classes = (StanceResource,)
    form = StanceForm
    related = ("issue__dossier",)
    narrowed_by = {"issue": "issue"}
    list_display = ("label", "issue", "value", "order", "of_dossier")
    list_filter = ("issue__dossier", "issue__kind")
    search_fields = ("label", "issue__title", "slug")
    autocomplete_fields = ("issue",)
    prepopulated_fields = {"slug": ("label",)}
    fields = ("issue", "label", "slug", "value", "order", *ENTRY)

    def view_on_site(self, stance: Stance) -> str:
        """Return the address of the issue's page."""
        return stance.issue.get_absolute_url()
