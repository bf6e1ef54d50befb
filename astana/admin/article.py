"""Entering articles with their texts."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from astana.admin.files import FilesAdmin
from astana.admin.part_resources import LookedForResource
from astana.admin.record import RecordAdmin, RecordForm, RecordInline
from astana.admin.rendition import NewRenditionInline, StoredRenditionInline, store
from astana.admin.resources import ArticleResource
from astana.models import Article, LookedFor
from astana.models.roles import Act


class ArticleForm(RecordForm):
    """An article; its short name is made from the source and the day where it is left empty."""

    class Meta:
        model = Article
        fields = ("slug",)
        help_texts = {
            "slug": _(
                "If you leave it empty, it is made from the source and day, such as "
                "gazette-2017-01-25."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        """Make the short name."""
        cleaned = super().clean()
        if not cleaned.get("slug") and not self.errors:
            stem = f"{cleaned['source'].slug[:60]}-{cleaned['published']}"
            taken = set(
                cleaned["dossier"]
                .articles.filter(slug__startswith=stem)
                .values_list("slug", flat=True)
            )
            names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
            cleaned["slug"] = next(name for name in names if name not in taken)
        return cleaned


class LookedForInline(RecordInline):
    """On which issues the article was read for all that it says."""

    model = LookedFor
    related = ("issue__dossier",)
    autocomplete_fields = ("issue",)


@admin.register(Article)
class ArticleAdmin(FilesAdmin, RecordAdmin):
    """Published pieces."""

    resource_classes = (ArticleResource, LookedForResource)
    adding = Act.CODE
    form = ArticleForm
    related = ("dossier", "source__dossier")
    list_display = ("title", "source", "published", "language", "coverage", "of_dossier")
    list_filter = ("dossier", "coverage", "language")
    date_hierarchy = "published"
    search_fields = ("title", "slug", "byline", "source__name")
    autocomplete_fields = ("dossier", "source")
    fieldsets = (
        (None, {"fields": ("dossier", "source", "title", "byline", "published", "url")}),
        (_("How it was read"), {"fields": (("language", "coverage"),)}),
        (_("Address on this site"), {"fields": ("slug",)}),
    )
    inlines = (StoredRenditionInline, NewRenditionInline, LookedForInline)

    def get_inlines(
        self, request: HttpRequest, obj: Article | None
    ) -> tuple[type[InlineModelAdmin], ...]:
        """Return what is entered within the form; a new article has no stored texts."""
        return self.inlines if obj else (NewRenditionInline,)

    def save_formset(
        self, request: HttpRequest, form: ArticleForm, formset: BaseInlineFormSet, change: bool
    ) -> None:
        """Store the new texts one after the other, so that each finds its version."""
        formset.save(commit=False)
        for rendition in formset.new_objects:
            store(request, rendition, is_new_text=True)
