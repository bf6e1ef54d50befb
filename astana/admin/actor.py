"""Entering actors, their names, and who belonged to which body."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from astana.admin.files import FilesAdmin
from astana.admin.part_resources import ActorNameResource, AffiliationResource
from astana.admin.record import RecordAdmin, RecordInline
from astana.admin.resources import ActorResource
from astana.models import Actor, ActorName, Affiliation
from astana.models.roles import Act
from astana.words.sorting import sort_key


class ActorNameInline(RecordInline):
    """The further names of an actor."""

    model = ActorName


@admin.register(Actor)
class ActorAdmin(FilesAdmin, RecordAdmin):
    """Whoever takes positions."""

    resource_classes = (ActorResource, ActorNameResource)
    adding = Act.CODE
    related = ("dossier", "part_of__dossier")
    list_display = ("name", "slug", "kind", "part_of", "wikidata", "of_dossier")
    list_filter = ("dossier", "kind")
    # What is looked at is said in `get_search_results`; Django asks for some field here.
    search_fields = ("name",)
    search_help_text = _("By any name, in any language, or by short name.")
    autocomplete_fields = ("dossier", "part_of")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": ("dossier", "name", "slug", "kind", "part_of")}),
        (_("More about the actor"), {"fields": ("description", "wikidata")}),
    )
    inlines = (ActorNameInline,)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Return the actors of whom each word is in one of their names."""
        found, may_repeat = super().get_search_results(request, queryset, "")
        for word in search_term.split():
            aliases = ActorName.objects.filter(name__icontains=word)
            found = found.filter(
                Q(sort_name__contains=sort_key(word))
                | Q(slug__icontains=word)
                | Q(pk__in=aliases.values("actor"))
            )
        return found, may_repeat


@admin.register(Affiliation)
class AffiliationAdmin(FilesAdmin, RecordAdmin):
    """Persons in bodies."""

    resource_classes = (AffiliationResource,)
    related = ("dossier", "person__dossier", "body__dossier")
    list_display = ("person", "role", "body", "start", "end", "of_dossier")
    list_filter = ("dossier",)
    search_fields = ("person__name", "body__name", "role")
    autocomplete_fields = ("dossier", "person", "body")
    fields = ("dossier", "person", "role", "body", ("start", "end"))

    def view_on_site(self, affiliation: Affiliation) -> str:
        """Return the address of the person's page."""
        return affiliation.person.get_absolute_url()
