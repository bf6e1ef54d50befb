"""Entering events and who took part."""

from django.contrib import admin

from astana.admin.files import FilesAdmin
from astana.admin.part_resources import ParticipationResource
from astana.admin.record import RecordAdmin, RecordInline
from astana.admin.resources import EventResource
from astana.models import Event, Participation


class ParticipationInline(RecordInline):
    """Who took part in an event, as what."""

    model = Participation
    related = ("actor__dossier",)
    autocomplete_fields = ("actor",)


@admin.register(Event)
class EventAdmin(FilesAdmin, RecordAdmin):
    """Meetings and happenings."""

    resource_classes = (EventResource, ParticipationResource)
    list_display = ("name", "place", "start", "end", "of_dossier")
    list_filter = ("dossier",)
    date_hierarchy = "start"
    search_fields = ("name", "slug", "place")
    autocomplete_fields = ("dossier",)
    prepopulated_fields = {"slug": ("name",)}
    fields = ("dossier", "name", "slug", "place", ("start", "end"), "description")
    inlines = (ParticipationInline,)
