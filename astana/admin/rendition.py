"""Entering renditions: texts are pasted, all else is computed."""

from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.admin.record import RecordAdmin, RecordForm, RecordInline
from astana.evidence.paragraphs import paragraphs_of
from astana.models import Article, Rendition


class RenditionForm(RecordForm):
    """A text; another text is another version, and the stored one stays."""

    fixed = ("article", "kind", "language")

    text = forms.CharField(
        label=gettext_lazy("text"),
        required=False,
        strip=False,
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
        stored, text = self.instance, _plain(cleaned.get("text", ""))
        if stored.pk and text == _plain(stored.text):
            cleaned["text"] = stored.text
        elif not text:
            message = _("Paste the text.") if stored.pk is None else _("A text cannot be removed.")
            self.add_error("text", message)
        elif stored.pk and stored.is_known_by_hash_only:
            self._attach(cleaned)
        elif not self.errors:
            self._take(text)
            cleaned["text"] = text
        return cleaned

    def _take(self, text: str) -> None:
        """Make the text a new version."""
        cleaned = self.cleaned_data
        values = {name: cleaned[name] for name in ("article", "kind", "language")}
        if self.instance.pk:
            self.instance = Rendition(**values)
        rendition = self.instance
        rendition.sha256 = sha256(text.encode()).hexdigest()
        rendition.characters = len(text)
        rendition.paragraphs = [list(paragraph) for paragraph in paragraphs_of(text)]
        same = values["article"].pk and Rendition.objects.filter(**values, sha256=rendition.sha256)
        if same and (version := same.values_list("version", flat=True).first()):
            message = _("This very text is stored already, as version %(version)s.")
            self.add_error("text", message % {"version": version})

    def _attach(self, cleaned: dict[str, Any]) -> None:
        """Take the words of a text that was known by its hash only."""
        pasted = cleaned["text"].replace("\r\n", "\n").replace("\r", "\n")
        for text in (pasted, pasted.strip(), pasted.strip() + "\n"):
            if sha256(text.encode()).hexdigest() == self.instance.sha256:
                cleaned["text"] = text
                return
        self.add_error(
            "text",
            _(
                "This is another text than the one that is known here by its hash. Add it to the "
                "article as a rendition of its own."
            ),
        )

    def save(self, commit: bool = True) -> Rendition:
        """Save the rendition; a new one is numbered after those of its kind and language."""
        rendition = self.instance
        if rendition.pk is None:
            same = rendition.article.renditions.filter(
                kind=rendition.kind, language=rendition.language
            )
            rendition.version = (same.aggregate(last=Max("version"))["last"] or 0) + 1
        return super().save(commit)


def _plain(text: str) -> str:
    """Return a text as a browser sends it back: line ends are one character, edges are bare."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def enter_position(rendition: Rendition) -> str:
    """Return a link to an empty position that will rest on the rendition."""
    article: Article = rendition.article
    start = {"dossier": article.dossier_id, "said": article.published, "rendition": rendition.pk}
    address = reverse("admin:astana_position_add")
    return format_html('<a href="{}?{}">{}</a>', address, urlencode(start), _("Enter a position"))


class StoredRenditionInline(RecordInline):
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

    @admin.display(description=gettext_lazy("next step"))
    def next_step(self, rendition: Rendition) -> str:
        """Return a link to what one does with a text."""
        return enter_position(rendition)


class NewRenditionInline(RecordInline):
    """A text to add to an article."""

    model = Rendition
    form = RenditionForm
    template = "admin/edit_inline/stacked.html"
    fields = (("kind", "language", "rights"), "text")
    verbose_name = gettext_lazy("new rendition")
    verbose_name_plural = gettext_lazy("new renditions")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return nothing: what is stored stands above."""
        return super().get_queryset(request).none()

    def get_extra(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> int:
        """Return one empty text for a new article."""
        return 0 if obj else 1


@admin.register(Rendition)
class RenditionAdmin(RecordAdmin):
    """Texts of articles."""

    form = RenditionForm
    related = ("article__dossier",)
    list_display = ("article", "kind", "language", "version", "rights", "characters", "created_at")
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

    @admin.display(description=gettext_lazy("next step"))
    def next_step(self, rendition: Rendition) -> str:
        """Return a link to what one does with a text."""
        return enter_position(rendition) if rendition.pk else "–"

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

    def response_change(self, request: HttpRequest, obj: Rendition) -> HttpResponse:
        """Lead to the new version where the text was changed."""
        if str(obj.pk) == request.resolver_match.kwargs["object_id"]:
            return super().response_change(request, obj)
        message = _("Stored as version %(version)s. The old version stays, with its evidence.")
        messages.success(request, message % {"version": obj.version})
        return HttpResponseRedirect(reverse("admin:astana_rendition_change", args=[obj.pk]))
