"""The table of actors."""

import django_tables2
from django.db.models import OuterRef, QuerySet, Value
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from astana.models import Actor, Position
from astana.pages.shared.table import ListTable, number_of


def counted(actors: QuerySet) -> QuerySet:
    """Return the actors with their names, and how much each is reported to have stated."""
    positions = Position.objects.filter(actor=OuterRef("pk"), public=Value(True))
    return (
        actors.select_related("dossier", "part_of")
        .prefetch_related("names")
        .annotate(
            positions_taken=number_of(positions), issues_addressed=number_of(positions, of="issue")
        )
    )


class ActorTable(ListTable):
    """The actors with their names in all languages, what they are, and how much they stated."""

    ROW_HEADER = "name"
    CAPTION = _("Actors")

    name = django_tables2.Column(verbose_name=_("Actor"), order_by=("sort_name", "slug"))
    kind = django_tables2.Column(verbose_name=_("Kind"), order_by=("kind", "sort_name", "slug"))
    part_of = django_tables2.Column(
        verbose_name=_("Part of"), order_by=("part_of__sort_name", "sort_name", "slug")
    )
    positions = django_tables2.Column(
        accessor="positions_taken",
        verbose_name=_("Positions"),
        order_by=("positions_taken", "issues_addressed", "slug"),
        initial_sort_descending=True,
        attrs={"th": {"class": "number"}, "td": {"class": "number"}},
    )
    issues = django_tables2.Column(
        accessor="issues_addressed",
        verbose_name=_("Issues"),
        order_by=("issues_addressed", "positions_taken", "slug"),
        initial_sort_descending=True,
        attrs={"th": {"class": "number"}, "td": {"class": "number"}},
    )

    class Meta(ListTable.Meta):
        order_by = "name"

    def render_name(self, record: Actor) -> SafeString:
        """Return the name with a link to the profile, and the further names in their languages."""
        names = format_html_join(
            SafeString(" · "),
            '<bdi lang="{}">{}</bdi>',
            ((name.language, name.name) for name in record.names.all()),
        )
        return format_html(
            '<a href="{}"><bdi>{}</bdi></a> <span class="small muted names">{}</span>',
            reverse("actors:detail", args=[record.dossier.slug, record.slug]),
            record.name,
            names,
        )

    def render_kind(self, record: Actor) -> str:
        """Return what sort of actor it is."""
        return record.get_kind_display()

    def render_part_of(self, record: Actor) -> SafeString:
        """Return the whole with a link to its profile."""
        return format_html(
            '<a href="{}"><bdi>{}</bdi></a>',
            reverse("actors:detail", args=[record.dossier.slug, record.part_of.slug]),
            record.part_of.name,
        )
