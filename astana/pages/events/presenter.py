"""The events in the order of time, with who took part and what came out of each."""

from typing import Any

import django_tables2
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from astana.models import Document, Event, Participation
from astana.pages.events.forms import EventFilter
from astana.web.listing import Listing, values_of
from astana.web.table import ListTable


def with_parts(events: QuerySet) -> QuerySet:
    """Return the events with who took part and what came out of them; three queries."""
    texts = Document.objects.filter(public=True).order_by("date", "slug")
    parts = Participation.objects.select_related("actor").order_by("actor__sort_name", "role")
    return events.select_related("dossier").prefetch_related(
        Prefetch("participations", queryset=parts, to_attr="parts"),
        Prefetch("documents", queryset=texts, to_attr="texts"),
    )


class EventTable(ListTable):
    """When and where parties met, who took part, and which documents came out of it."""

    ROW_HEADER = "name"
    CAPTION = _("Events")

    start = django_tables2.Column(
        verbose_name=_("When"), order_by=("start", "slug"), attrs={"td": {"class": "when"}}
    )
    name = django_tables2.Column(verbose_name=_("Event"), order_by=("name", "slug"))
    place = django_tables2.Column(verbose_name=_("Place"), order_by=("place", "start", "slug"))
    parts = django_tables2.Column(verbose_name=_("Who took part"), orderable=False)
    texts = django_tables2.Column(verbose_name=_("Documents"), orderable=False)

    class Meta(ListTable.Meta):
        order_by = "start"

    def render_start(self, record: Event) -> str:
        """Return the days of the event in words."""
        return record.days

    def render_name(self, record: Event) -> SafeString:
        """Return the name with a link to the event."""
        return format_html(
            '<a href="{}">{}</a>',
            reverse("events:detail", args=[record.dossier.slug, record.slug]),
            record.name,
        )

    def render_parts(self, record: Event) -> SafeString:
        """Return the actors with their roles; who was absent is said to have been."""
        return format_html_join(
            SafeString(", "),
            '<a href="{}"><bdi>{}</bdi></a> <span class="muted">({})</span>',
            (
                (
                    reverse("actors:detail", args=[record.dossier.slug, part.actor.slug]),
                    part.actor.name,
                    part.get_role_display(),
                )
                for part in record.parts
            ),
        )

    def render_texts(self, record: Event) -> SafeString:
        """Return the documents with links to them."""
        return format_html_join(
            SafeString(", "),
            '<a href="{}">{}</a>',
            (
                (reverse("documents:detail", args=[record.dossier.slug, text.slug]), text.title)
                for text in record.texts
            ),
        )


COLUMNS: dict[str, Any] = {
    "event": "slug",
    "name": "name",
    "place": "place",
    "start": "start",
    "end": "end",
    "description": "description",
    "actors": lambda event: [part.actor.slug for part in event.parts],
    "roles": lambda event: [part.role for part in event.parts],
    "documents": lambda event: [document.slug for document in event.texts],
}
LIST = Listing(
    noun="events",
    title=_("Events"),
    model=Event,
    filters=EventFilter,
    table=lambda filters: EventTable(with_parts(filters.shown)),
    columns=COLUMNS,
    order=("start", "slug"),
    rows=lambda shown, filters, site: values_of(with_parts(shown).order_by(*LIST.order), COLUMNS),
)


def roles_of(event: Event) -> list[tuple[str, str, list[Participation]]]:
    """Return who had which role in an event, in the order of the roles; absence is the last."""
    by_role: dict[str, list[Participation]] = {}
    for part in event.participations.select_related("actor").order_by("actor__sort_name"):
        by_role.setdefault(part.role, []).append(part)
    return [
        (role.value, str(role.label), by_role[role.value])
        for role in Participation.Role
        if role.value in by_role
    ]
