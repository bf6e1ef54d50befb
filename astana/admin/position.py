"""Entering positions, in the order of the work."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max, Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from astana.actions.code import assignment_on
from astana.actions.workflow import (
    WrongStep,
    may_edit,
    next_key,
    publish,
    reject,
    submit,
    take_back,
)
from astana.admin.choices import is_key
from astana.admin.evidence import EvidenceInline
from astana.admin.files import FilesAdmin
from astana.admin.part_resources import LinkResource
from astana.admin.record import RecordAdmin, RecordForm, RecordInline, Refused, RowsOfRecord
from astana.admin.resources import PositionResource
from astana.models import Link, Position, Rendition, User
from astana.models.roles import Act, may
from astana.pages.shared.doubts import question
from astana.pages.shared.of_many import REASON_MAX_CHARACTERS, no_reason, tell
from astana.pages.shared.summary import stands_field, summary_after

Status = Position.Status

# What a run of positions from one article has in common.
CARRIED_ON = ("dossier", "said", "voice", "event", "document")

_OF_PASSAGE = re.compile(r"evidence-[0-9]+-rendition")

# How one comes from one status to another, by the steps of the work flow; None is a new position.
Steps = tuple[Callable[..., None], ...]
_FIRST: dict[str, Steps] = {Status.DRAFT: (), Status.SUBMITTED: (submit,)}
_FIRST |= {Status.PUBLISHED: (submit, publish), Status.REJECTED: (submit, reject)}
_BACK = {Status.DRAFT: (take_back,)}
WAYS: dict[str | None, dict[str, Steps]] = {
    None: _FIRST,
    Status.DRAFT: _FIRST,
    Status.SUBMITTED: _BACK | {Status.PUBLISHED: (publish,), Status.REJECTED: (reject,)},
    Status.REJECTED: _BACK
    | {Status.SUBMITTED: (take_back, submit), Status.PUBLISHED: (take_back, submit, publish)},
    Status.PUBLISHED: {Status.REJECTED: (reject,)},
}


class PositionForm(RecordForm):
    """A position; all that it names is of its dossier, so that the dossier itself may change."""

    fixed = ()
    summary_stands = stands_field()

    class Meta:
        model = Position
        fields = ("key", "summary", "condition", "note", "reason")
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2, "cols": 80}),
            "condition": forms.Textarea(attrs={"rows": 2, "cols": 80}),
            "note": forms.Textarea(attrs={"rows": 3, "cols": 80}),
            "reason": forms.Textarea(attrs={"rows": 2, "cols": 80}),
        }
        help_texts = {
            "key": _("If you leave it empty, it becomes the next free one, such as p004.")
        }

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
        if "_saveasnew" in self.data:
            # A copy of what is published says something that nobody has decided on.
            cleaned["status"] = Status.DRAFT
        is_attributed = cleaned.get("voice") == Position.Voice.ATTRIBUTED
        if is_attributed and "attributed_by" in cleaned and not cleaned["attributed_by"]:
            self.add_error("attributed_by", _("Say who attributes this to the actor."))
        elif cleaned.get("voice") and cleaned.get("attributed_by") and not is_attributed:
            message = _("Leave this empty, or choose the voice “attributed”.")
            self.add_error("attributed_by", message)
        if cleaned.get("status") == Position.Status.REJECTED and not cleaned.get("reason"):
            self.add_error("reason", _("Say why the position is rejected: the coder will see it."))
        if self.instance.pk and not self.is_stale and "summary" in cleaned:
            names = {name: cleaned.get(name) for name in ("actor", "issue", "stance")}
            was = self.instance
            cleaned["summary"] = summary_after(self, cleaned["summary"], was=was, **names)
        if "status" in cleaned and cleaned["status"] not in self.ways:
            self.add_error(
                "status", _("The position cannot go from its present status to this one.")
            )
        answer = {name: cleaned.get(name) for name in ("issue", "stance")}
        where = {"dossier": dossier, "user": self.user, "published": self._newest_article()}
        question(self, cleaned, **where, **answer)
        return cleaned

    def _newest_article(self) -> date | None:
        """Return the day of the newest article among the passages that are sent along."""
        sent = [
            value
            for name, value in self.data.items()
            if _OF_PASSAGE.fullmatch(name) and is_key(value)
        ]
        found = Rendition.objects.filter(pk__in=sent).order_by() if sent else None
        return found.aggregate(day=Max("article__published"))["day"] if found else None

    @property
    def ways(self) -> dict[str, Steps]:
        """The statuses that can be chosen, each with the steps that lead there."""
        stored = self.initial.get("status") if self.instance.pk else None
        same = {stored: ()} if stored else {}
        return WAYS[stored] | same


class LinkRows(RowsOfRecord):
    """Links, each to a position that `user`, who fills them in, may change."""

    user: User | None = None

    def clean(self) -> None:
        """Refuse to add, change or remove a link whose other end is not this person's to change."""
        super().clean()
        changed = [form for form in self.forms if form.has_changed()]
        named = {form.initial.get("to") for form in changed}
        named |= {form.cleaned_data["to"].pk for form in changed if form.cleaned_data.get("to")}
        ends = Position.objects.select_related("dossier", "assignment").filter(
            pk__in=named - {None}
        )
        for one in ends.order_by("key"):
            if not may_edit(self.user, one):
                # Translators: the key of a position, such as p004.
                message = _("You may not change %(key)s. Ask a reviewer to link the two.")
                raise ValidationError(message % {"key": one.key})


class LinkInline(RecordInline):
    """What a position is to others: the same utterance, a reason, an answer."""

    model = Link
    formset = LinkRows
    fk_name = "position"
    related = ("position__dossier", "to__dossier", "to__actor", "to__stance")
    autocomplete_fields = ("to",)

    def get_formset(
        self, request: HttpRequest, obj: Model | None = None, **kwargs: Any
    ) -> type[LinkRows]:
        """Return the rows, which know who fills them in."""
        rows = super().get_formset(request, obj, **kwargs)
        rows.user = request.user
        return rows


class ReasonForm(ActionForm):
    """What is to be done with the chosen positions, and why."""

    reason = forms.CharField(
        label=_("Reason, if you reject them:"), required=False, max_length=REASON_MAX_CHARACTERS
    )


@admin.register(Position)
class PositionAdmin(FilesAdmin, RecordAdmin):
    """Who takes which stance, when, in which voice, on which passage."""

    resource_classes = (PositionResource, LinkResource)
    adding = Act.CODE
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
    inlines = (EvidenceInline, LinkInline)
    actions = ("submit_many", "publish_many", "reject_many")
    action_form = ReasonForm
    # The passages stand after the first of these: see the template.
    change_form_template = "admin/astana/position/change_form.html"
    fieldsets = (
        (None, {"fields": ("dossier", "key")}),
        (_("Who"), {"fields": ("actor", "speaker")}),
        (_("Which stance on which issue"), {"fields": ("issue", "stance")}),
        (
            _("When, and how we know"),
            {
                "fields": (
                    ("said", "held"),
                    ("voice", "certainty"),
                    ("attributed_by", "authority"),
                    "event",
                    "document",
                )
            },
        ),
        (
            _("In the coder's own words"),
            {"fields": ("summary", "summary_stands", "condition", "note")},
        ),
        (_("Workflow"), {"fields": ("status", "reason")}),
        (
            _("Who entered and reviewed it"),
            {
                "classes": ("collapse",),
                "fields": (("coder", "coded_at"), ("reviewer", "reviewed_at"), "published_at"),
            },
        ),
    )

    def get_readonly_fields(
        self, request: HttpRequest, obj: Position | None = None
    ) -> tuple[str, ...]:
        """Return what is only shown; the reason is for reviewers to give."""
        fixed = super().get_readonly_fields(request, obj)
        if obj and not may(request.user, Act.REVIEW, obj.dossier):
            return (*fixed, "reason")
        return fixed

    def save_model(
        self, request: HttpRequest, position: Position, form: PositionForm, change: bool
    ) -> None:
        """Save what the position says; its status changes by the steps of the work flow alone."""
        if not change:
            position.coder, position.coded_at = request.user, timezone.now()
        position.status = form.initial.get("status", Status.DRAFT) if change else Status.DRAFT
        super().save_model(request, position, form, change)

    def save_related(
        self, request: HttpRequest, form: PositionForm, formsets: list[Any], change: bool
    ) -> None:
        """Save the passages, then take the steps that lead to the status that was chosen."""
        super().save_related(request, form, formsets, change)
        position, wanted = form.instance, form.cleaned_data.get("status", Status.DRAFT)
        try:
            if not change:
                _assign(position, request)
            for step in form.ways[wanted]:
                why = {"reason": form.cleaned_data.get("reason", "")} if step is reject else {}
                step(position=position, by=request.user, **why)
        except (WrongStep, PermissionDenied) as error:
            raise Refused(str(error)) from error

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Position | None, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Return what the passages start with: the rendition that the address names."""
        values = super().get_formset_kwargs(request, obj, inline, prefix)
        rendition = request.GET.get("rendition", "")
        if is_key(rendition):
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

    @admin.action(description=_("Submit the chosen positions"), permissions=["change"])
    def submit_many(self, request: HttpRequest, positions: QuerySet) -> None:
        """Hand in each of the chosen positions."""
        tell(request, "submit", _rows(positions), reason="")

    @admin.action(description=_("Publish the chosen positions"), permissions=["change"])
    def publish_many(self, request: HttpRequest, positions: QuerySet) -> None:
        """Publish each of the chosen positions."""
        tell(request, "publish", _rows(positions), reason="")

    @admin.action(
        description=_("Reject the chosen positions for the reason given"), permissions=["change"]
    )
    def reject_many(self, request: HttpRequest, positions: QuerySet) -> None:
        """Reject each of the chosen positions, all for one reason."""
        reason = request.POST.get("reason", "").strip()[:REASON_MAX_CHARACTERS]
        if reason:
            tell(request, "reject", _rows(positions), reason=reason)
        else:
            self.message_user(request, no_reason(), messages.ERROR)

    def view_on_site(self, position: Position) -> str | None:
        """Return the address of the page of a published position."""
        return position.get_absolute_url() if position.public else None


def _rows(positions: QuerySet) -> list[Position]:
    return list(positions.select_related("dossier", "assignment", "coder").order_by("pk"))


def _assign(position: Position, request: HttpRequest) -> None:
    """Let a new position belong to the coder's open assignment on the article, if there is one."""
    passage = position.evidence.select_related("rendition__article").first()
    if passage is None:
        return
    position.assignment = assignment_on(passage.rendition.article, by=request.user)
    if position.assignment:
        position.save()


def _wants_another(request: HttpRequest) -> bool:
    return "_addanother" in request.POST and IS_POPUP_VAR not in request.POST


def _carry_on(position: Position) -> HttpResponse:
    """Lead to an empty position that starts like the last one."""
    start = {name: getattr(position, name) for name in CARRIED_ON if getattr(position, name)}
    start |= {name: record.pk for name, record in start.items() if isinstance(record, Model)}
    if last := position.evidence.last():
        start["rendition"] = last.rendition_id
    return HttpResponseRedirect(f"{reverse('admin:astana_position_add')}?{urlencode(start)}")
