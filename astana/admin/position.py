"""Entering positions, in the order of the work."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from astana.actions.workflow import next_key
from astana.admin.evidence import EvidenceInline
from astana.admin.record import RecordAdmin, RecordForm
from astana.models import Position

# What a run of positions from one article has in common.
CARRIED_ON = ("dossier", "said", "voice", "event", "document", "status")


class PositionForm(RecordForm):
    """A position; all that it names is of its dossier, so that the dossier itself may change."""

    fixed = ()

    class Meta:
        model = Position
        fields = ("key", "summary", "condition", "note", "reason")
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2, "cols": 80}),
            "condition": forms.Textarea(attrs={"rows": 2, "cols": 80}),
            "note": forms.Textarea(attrs={"rows": 3, "cols": 80}),
            "reason": forms.Textarea(attrs={"rows": 2, "cols": 80}),
        }
        help_texts = {"key": _("Left empty, it becomes the next free one, such as p004.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].required = False

    def _dossier(self, cleaned: dict[str, Any]) -> None:
        """Return nothing to compare with, as the model looks at the dossiers itself."""

    def clean_summary(self) -> str:
        """Return the summary on one line."""
        return " ".join(self.cleaned_data["summary"].split())

    def clean_condition(self) -> str:
        """Return the condition on one line."""
        return " ".join(self.cleaned_data["condition"].split())

    def clean(self) -> dict[str, Any]:
        """Propose a key, and say beside the field what the voice or the status needs."""
        cleaned = super().clean()
        dossier = cleaned.get("dossier")
        if dossier and (not cleaned.get("key") or "_saveasnew" in self.data):
            cleaned["key"] = next_key(dossier)
        is_attributed = cleaned.get("voice") == Position.Voice.ATTRIBUTED
        if is_attributed and "attributed_by" in cleaned and not cleaned["attributed_by"]:
            self.add_error("attributed_by", _("Say who attributes this to the actor."))
        elif cleaned.get("voice") and cleaned.get("attributed_by") and not is_attributed:
            message = _("Leave this empty, or choose the voice “attributed”.")
            self.add_error("attributed_by", message)
        if cleaned.get("status") == Position.Status.REJECTED and not cleaned.get("reason"):
            self.add_error("reason", _("Say why the position is rejected: the coder sees it."))
        return cleaned


@admin.register(Position)
class PositionAdmin(RecordAdmin):
    """Who takes which stance, when, in which voice, on which passage."""

    form = PositionForm
    related = (
        "dossier",
        "actor__dossier",
        "issue__dossier",
        "stance__issue__dossier",
        "attributed_by__dossier",
        "speaker__dossier",
        "event__dossier",
        "document__dossier",
        "coder",
        "reviewer",
    )
    list_display = ("key", "actor", "issue", "stance", "said", "voice", "status", "of_dossier")
    list_display_links = ("key", "actor")
    list_filter = ("dossier", "status", "voice", "issue__kind", "evidence__health")
    search_fields = ("key", "actor__name", "issue__title", "stance__label", "summary")
    show_full_result_count = False
    ordering = ("-pk",)
    autocomplete_fields = (
        "dossier",
        "actor",
        "issue",
        "stance",
        "attributed_by",
        "speaker",
        "event",
        "document",
    )
    readonly_fields = ("coder", "coded_at", "reviewer", "reviewed_at", "published_at")
    save_as = True
    inlines = (EvidenceInline,)
    # The passages stand after the first of these: see the template.
    change_form_template = "admin/astana/position/change_form.html"
    fieldsets = (
        (None, {"fields": ("dossier", "key")}),
        (_("Who"), {"fields": ("actor", "speaker")}),
        (_("Which stance on which issue"), {"fields": ("issue", "stance")}),
        (
            _("When, and how we know"),
            {"fields": ("said", "voice", "attributed_by", "event", "document")},
        ),
        (_("In the coder's own words"), {"fields": ("summary", "condition", "note")}),
        (_("Work flow"), {"fields": ("status", "reason")}),
        (
            _("Who entered and reviewed it"),
            {
                "classes": ("collapse",),
                "fields": (
                    ("coder", "coded_at"),
                    ("reviewer", "reviewed_at"),
                    "published_at",
                ),
            },
        ),
    )

    def save_model(
        self, request: HttpRequest, position: Position, form: PositionForm, change: bool
    ) -> None:
        """Save the position with who entered it and who decided on it."""
        if not change:
            position.coder, position.coded_at = request.user, timezone.now()
        decided = (Position.Status.PUBLISHED, Position.Status.REJECTED)
        if position.status in decided and (not change or "status" in form.changed_data):
            position.reviewer, position.reviewed_at = request.user, timezone.now()
        super().save_model(request, position, form, change)

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Position | None, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Return what the passages start with: the rendition that the address names."""
        values = super().get_formset_kwargs(request, obj, inline, prefix)
        rendition = request.GET.get("rendition", "")
        if rendition.isdecimal() and len(rendition) < 19:
            values["initial"] = [{"rendition": rendition}]
        return values

    def response_add(
        self, request: HttpRequest, obj: Position, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Lead on; another position starts with what a run of them has in common."""
        response = super().response_add(request, obj, post_url_continue)
        return _carry_on(obj) if _wants_another(request) else response

    def response_change(self, request: HttpRequest, obj: Position) -> HttpResponse:
        """Lead on; another position starts with what a run of them has in common."""
        response = super().response_change(request, obj)
        return _carry_on(obj) if _wants_another(request) else response

    def view_on_site(self, position: Position) -> str | None:
        """Return the address of the page of a published position."""
        return position.get_absolute_url() if position.public else None


def _wants_another(request: HttpRequest) -> bool:
    return "_addanother" in request.POST and IS_POPUP_VAR not in request.POST


def _carry_on(position: Position) -> HttpResponse:
    """Lead to an empty position that starts like the last one."""
    start = {name: getattr(position, name) for name in CARRIED_ON if getattr(position, name)}
    start |= {name: record.pk for name, record in start.items() if isinstance(record, Model)}
    if last := position.evidence.last():
        start["rendition"] = last.rendition_id
    return HttpResponseRedirect(f"{reverse('admin:astana_position_add')}?{urlencode(start)}")
