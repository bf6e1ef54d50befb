"""Entering renditions: texts are pasted, all else is computed."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.actions.attach_text import LONGEST_TEXT, Outcome, attach_text
from astana.admin.files import FilesAdmin
from astana.admin.gate import in_reach
from astana.admin.record import RecordAdmin, RecordForm, RecordInline, Refused
from astana.admin.text_rows import RenditionResource
from astana.evidence.anchor import hash_of
from astana.evidence.paragraphs import paragraphs_of
from astana.models import Article, Evidence, Health, Rendition
from astana.models.roles import Act
from astana.words.line_ends import plain


class RenditionForm(RecordForm):
    """A text; another text is another version, and the stored one stays."""

    fixed = ("article", "kind", "language")

    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12, "cols": 90}),
        help_text=gettext_lazy(
            "Paste the text; a blank line ends a paragraph. If you change a stored text, the "
            "changed one becomes a new version: the old version stays, with its evidence."
        ),
    )

    class Meta:
        model = Rendition
        fields = ("article", "kind", "language", "rights", "text")

    def clean(self) -> dict[str, Any]:
        """Recognise a stored text, or take a new one with its hash and its paragraphs."""
        cleaned = super().clean()
        if "text" not in self.fields:
            return cleaned
        stored, pasted = self.instance, plain(cleaned.get("text", ""))
        if stored.pk and pasted == plain(stored.text):
            cleaned["text"] = stored.text
        elif "text" in self.errors:
            pass
        elif not pasted.strip():
            message = _("Paste the text.") if stored.pk is None else _("A text cannot be removed.")
            self.add_error("text", message)
        elif not self.errors:
            cleaned["text"] = self._as_known(pasted) or pasted
            if stored.pk is None or stored.text:
                self._take(cleaned["text"])
            elif hash_of(cleaned["text"]) != stored.sha256:
                message = _(
                    "This text does not match the stored hash. Add it to the article as a "
                    "separate rendition."
                )
                self.add_error("text", message)
        return cleaned

    def _as_known(self, pasted: str) -> str | None:
        """Return the text with the edges that fit a hash by which the article knows it."""
        article = self.cleaned_data["article"]
        if article.pk is None:
            return None
        without_text = article.renditions.filter(kind=self.cleaned_data["kind"], text="")
        hashes = set(without_text.values_list("sha256", flat=True))
        bare = pasted.strip()
        return next((text for text in (pasted, bare, f"{bare}\n") if hash_of(text) in hashes), None)

    def _take(self, text: str) -> None:
        """Make the text a new version."""
        values = {name: self.cleaned_data[name] for name in ("article", "kind", "language")}
        if self.instance.pk:
            self.instance = Rendition(**values)
        rendition = self.instance
        rendition.sha256 = hash_of(text)
        rendition.characters = len(text)
        rendition.paragraphs = [list(paragraph) for paragraph in paragraphs_of(text)]
        if values["article"].pk is None:
            return
        same = values["article"].renditions.filter(kind=values["kind"], sha256=rendition.sha256)
        version = same.with_text().values_list("version", flat=True).first()
        if version:
            message = _("This text is already stored as version %(version)s.")
            self.add_error("text", message % {"version": version})


def store(request: HttpRequest, rendition: Rendition, *, is_new_text: bool) -> None:
    """Save a rendition; for a new text, look for the article's passages in it and tell."""
    if not is_new_text:
        rendition.save()
        return
    try:
        report = attach_text(
            article=rendition.article,
            text=rendition.text,
            by=request.user,
            rights=rendition.rights,
            language=rendition.language,
            kind=rendition.kind,
        )
    except ValueError as error:
        raise Refused(str(error)) from error
    if report.outcome is Outcome.UNCHANGED:
        message = _("This text is already stored as version %(version)s.")
        raise Refused(message % {"version": report.rendition.version})
    rendition.pk = report.rendition.pk
    rendition.refresh_from_db()
    anchored = {found.evidence.pk: found for found in report.passages if found.is_anchored}
    seen = in_reach(Evidence.objects.filter(pk__in=anchored), user=request.user)
    healths = Counter(anchored[pk].finding.health for pk in seen.values_list("pk", flat=True))
    if healths:
        counts = ", ".join(f"{count} {Health(health).label}" for health, count in healths.items())
        message = _("Passages of evidence in this text: %(counts)s.") % {"counts": counts}
        messages.info(request, message)


class NextStep:
    """What one does with a text that is stored, as a column."""

    @admin.display(description=gettext_lazy("next step"))
    def next_step(self, rendition: Rendition) -> str:
        """Return a link to an empty position that will rest on the rendition."""
        if not rendition.pk:
            return "–"
        article = rendition.article
        start = {"dossier": article.dossier_id, "said": article.published}
        query = urlencode(start | {"rendition": rendition.pk})
        address = reverse("admin:astana_position_add")
        return format_html('<a href="{}?{}">{}</a>', address, query, _("Enter a position"))


class StoredRenditionInline(NextStep, RecordInline):
    """The texts of an article that are stored."""

    model = Rendition
    related = ("article__dossier",)
    deferred = ("text", "paragraphs")
    fields = ("kind", "language", "version", "rights", "characters", "next_step")
    readonly_fields = fields
    ordering = ("kind", "language", "-version")
    show_change_link = True
    can_delete = False
    verbose_name_plural = gettext_lazy("stored renditions")

    def has_add_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Return that texts are added below."""
        return False


class NewRenditionInline(RecordInline):
    """A text to add to an article."""

    model = Rendition
    form = RenditionForm
    template = "admin/edit_inline/stacked.html"
    fields = (("kind", "language", "rights"), "text")
    verbose_name_plural = gettext_lazy("new renditions")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return nothing: what is stored stands above."""
        return super().get_queryset(request).none()

    def get_extra(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> int:
        """Return one empty text for a new article."""
        return 0 if obj else 1


@admin.register(Rendition)
class RenditionAdmin(NextStep, FilesAdmin, RecordAdmin):
    """Texts of articles."""

    resource_classes = (RenditionResource,)
    adding = Act.CODE
    form = RenditionForm
    related = ("article__dossier",)
    list_display = ("article", "kind", "language", "version", "rights", "characters", "of_dossier")
    list_filter = ("article__dossier", "kind", "rights", "language")
    search_fields = ("article__title", "article__slug")
    ordering = ("-pk",)
    autocomplete_fields = ("article",)
    readonly_fields = ("version", "characters", "paragraph_count", "sha256", "next_step")
    fieldsets = (
        (None, {"fields": ("article", ("kind", "language"), "rights", "text")}),
        (gettext_lazy("Computed from the text"), {"fields": readonly_fields}),
    )

    @admin.display(description=gettext_lazy("paragraphs"))
    def paragraph_count(self, rendition: Rendition) -> int:
        """Return the number of paragraphs."""
        return len(rendition.paragraphs)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Return what a search finds; in a form, renditions whose words are stored."""
        if request.resolver_match.url_name == "autocomplete":
            queryset = queryset.with_text()
        return super().get_search_results(request, queryset, search_term)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the renditions; lists do not read whole texts."""
        renditions = super().get_queryset(request)
        is_one = request.resolver_match.url_name == "astana_rendition_change"
        return renditions if is_one else renditions.defer("text", "paragraphs")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Rendition | None = None
    ) -> tuple[str, ...]:
        """Return what is only shown; a changed text is an added version, so it needs that right."""
        may_add = obj is None or self.has_add_permission(request)
        return self.readonly_fields if may_add else (*self.readonly_fields, "text")

    def save_model(
        self, request: HttpRequest, rendition: Rendition, form: RenditionForm, change: bool
    ) -> None:
        """Store the rendition."""
        had_text = rendition.pk is not None and form.initial.get("text")
        is_new_text = "text" in form.fields and bool(rendition.text) and not had_text
        store(request, rendition, is_new_text=is_new_text)

    def response_change(self, request: HttpRequest, obj: Rendition) -> HttpResponse:
        """Lead to the new version where the text was changed."""
        is_stored_one = str(obj.pk) == request.resolver_match.kwargs["object_id"]
        if is_stored_one or IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        message = _("Stored as version %(version)s. The old version stays, with its evidence.")
        messages.success(request, message % {"version": obj.version})
        return HttpResponseRedirect(reverse("admin:astana_rendition_change", args=[obj.pk]))
