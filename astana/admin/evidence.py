"""Entering evidence: which words of which rendition; and seeing where else they stand."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from astana.admin.gate import OnlySeen
from astana.admin.placing import place
from astana.admin.record import RecordAdmin, RecordForm, RecordInline
from astana.models import Anchor, Evidence, Health, Position
from astana.models.roles import Act


class EvidenceForm(RecordForm):
    """A passage, entered by its words."""

    fixed = ("position",)

    class Meta:
        model = Evidence
        fields = ("position", "rendition", "exact", "role", "paragraph")
        widgets = {
            "exact": forms.Textarea(attrs={"rows": 3, "cols": 60}),
            "paragraph": forms.NumberInput(attrs={"min": 1}),
        }
        help_texts = {
            "exact": _("Copied from the rendition. Their place is found automatically."),
            "paragraph": _("Only needed if the words are in several paragraphs."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance.exact and "exact" in self.fields:
            self.fields["exact"].required = False

    def clean(self) -> dict[str, Any]:
        """Find the place of the words in the rendition."""
        cleaned = super().clean()
        rendition, words = cleaned.get("rendition"), cleaned.get("exact", "")
        if rendition is None or not words or "paragraph" not in cleaned or self._is_as_stored():
            return cleaned
        if self.instance.pk and self.instance.anchors.exists():
            self.add_error(
                "exact",
                _(
                    "This passage is anchored in other renditions too, so its words cannot "
                    "change. Delete it and enter another one."
                ),
            )
            return cleaned
        try:
            passage, cleaned["paragraph"] = place(
                words, rendition=rendition, paragraph=self._paragraph_meant()
            )
        except ValidationError as error:
            self.add_error(None, error)
            return cleaned
        cleaned["exact"] = passage.exact
        for name in ("start", "end", "prefix", "suffix"):
            setattr(self.instance, name, getattr(passage, name))
        self.instance.sha256 = ""
        self.instance.health = Health.INTACT
        return cleaned

    def _is_as_stored(self) -> bool:
        stored, entered = self.instance, self.cleaned_data
        return (
            stored.pk is not None
            and stored.rendition_id == entered["rendition"].pk
            and stored.paragraph == entered["paragraph"]
            and stored.exact.split() == entered["exact"].split()
        )

    def _paragraph_meant(self) -> int | None:
        """Return the paragraph that the person chose; a stored one says nothing of new words."""
        is_new_passage = {"rendition", "exact"} & set(self.changed_data)
        if is_new_passage and "paragraph" not in self.changed_data:
            return None
        return self.cleaned_data["paragraph"]

    def save(self, commit: bool = True) -> Evidence:
        """Save the passage; a new one is numbered after those of its position."""
        if self.instance.pk is None:
            last = self.instance.position.evidence.aggregate(last=Max("number"))["last"]
            self.instance.number = (last or 0) + 1
        return super().save(commit)


class EvidenceInline(RecordInline):
    """The passages that a position rests on."""

    model = Evidence
    form = EvidenceForm
    template = "admin/edit_inline/stacked.html"
    related = ("position", "rendition__article__dossier")
    deferred = ("rendition__text", "rendition__paragraphs")
    autocomplete_fields = ("rendition",)
    fields = ("rendition", "exact", ("role", "paragraph"))
    verbose_name_plural = _("passages")

    def get_extra(self, request: HttpRequest, obj: Position | None = None, **kwargs: Any) -> int:
        """Return one empty passage for a new position."""
        return 0 if obj else 1


@admin.register(Evidence)
class EvidenceAdmin(RecordAdmin):
    """Passages of all positions."""

    adding = Act.CODE
    form = EvidenceForm
    related = (
        "position__dossier",
        "position__actor",
        "position__stance",
        "rendition__article__dossier",
    )
    deferred = ("rendition__text", "rendition__paragraphs")
    list_display = (
        "position",
        "number",
        "role",
        "rendition",
        "paragraph",
        "words",
        "health",
        "of_dossier",
    )
    list_filter = ("position__dossier", "role", "health")
    search_fields = ("position__key", "rendition__article__title", "exact")
    show_full_result_count = False
    ordering = ("-pk",)
    autocomplete_fields = ("position", "rendition")
    readonly_fields = ("number", "health", "start", "end", "prefix", "suffix")
    fieldsets = (
        (None, {"fields": ("position", "rendition", "exact", ("role", "paragraph"))}),
        (_("Computed from the words"), {"fields": readonly_fields}),
    )

    @admin.display(description=_("exact words"))
    def words(self, evidence: Evidence) -> str:
        """Return the first of the words."""
        return Truncator(evidence.exact).words(8) or "–"

    def view_on_site(self, evidence: Evidence) -> str | None:
        """Return the address of the page of a published position."""
        return evidence.position.get_absolute_url() if evidence.position.public else None


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
