"""The table of positions."""

import django_tables2
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from astana.models import Evidence, Position
from astana.tables.lists import ListTable


def in_words(positions: QuerySet) -> QuerySet:
    """Return the positions with all that a line about each shows; two queries, no texts."""
    passages = (
        Evidence.objects.select_related("rendition__article__source")
        .only(
            "position_id",
            "paragraph",
            "role",
            "rendition__article__slug",
            "rendition__article__source__name",
        )
        .order_by("position", "number")
    )
    disputes = Evidence.objects.filter(position=OuterRef("pk"), role=Evidence.Role.DISPUTES)
    return (
        positions.select_related("dossier", "actor", "issue", "stance", "attributed_by", "speaker")
        .annotate(is_disputed=Exists(disputes))
        .prefetch_related(Prefetch("evidence", queryset=passages, to_attr="passages"))
    )


class PositionTable(ListTable):
    """Who takes which stance on which issue, when, in which voice, according to whom."""

    ROW_HEADER = "summary"
    CAPTION = _("Positions")

    actor = django_tables2.Column(
        verbose_name=_("Actor"), order_by=("actor__sort_name", "-latest", "-earliest", "-id")
    )
    issue = django_tables2.Column(
        verbose_name=_("Issue"), order_by=("issue__order", "issue__slug", "-latest", "-id")
    )
    stance = django_tables2.Column(
        verbose_name=_("Stance"),
        order_by=("issue__order", "issue__slug", "stance__order", "-latest", "-id"),
    )
    summary = django_tables2.Column(verbose_name=_("Summary"), order_by=("summary", "id"))
    said = django_tables2.Column(
        verbose_name=_("Said"),
        order_by=("latest", "earliest", "id"),
        attrs={"td": {"class": "when"}},
    )
    voice = django_tables2.Column(
        verbose_name=_("Voice"), order_by=("voice", "attributed_by__sort_name", "-latest", "-id")
    )
    sources = django_tables2.Column(verbose_name=_("Sources"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        attrs = {"class": "table cards sentences"}
        order_by = "-said"

    def render_actor(self, record: Position) -> SafeString:
        """Return the actor with a link to its page."""
        return format_html(
            '<a href="{}"><bdi>{}</bdi></a>',
            reverse("actors:detail", args=[record.dossier.slug, record.actor.slug]),
            record.actor.name,
        )

    def render_issue(self, record: Position) -> SafeString:
        """Return the issue with a link to its page."""
        return format_html(
            '<a href="{}">{}</a>',
            reverse("issues:detail", args=[record.dossier.slug, record.issue.slug]),
            record.issue.title,
        )

    def render_stance(self, record: Position) -> SafeString:
        """Return the stance as shape, colour and word."""
        return get_template("components/stance.html").render({"stance": record.stance})

    def render_summary(self, record: Position) -> SafeString:
        """Return the summary with a link to the position, and what it depends on."""
        link = format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.summary)
        if not record.condition:
            return link
        return format_html(
            '{} <span class="condition">{} {}</span>', link, _("If:"), record.condition
        )

    def render_said(self, record: Position) -> str:
        """Return when it was said, no more precise than is known."""
        return record.said_words

    def render_voice(self, record: Position) -> SafeString:
        """Return how we know; what is second-hand or disputed is flagged."""
        return get_template("components/voice.html").render({"position": record})

    def render_sources(self, record: Position) -> SafeString:
        """Return the sources of the passages, each with a link to the passage in its article."""
        first = {passage.rendition.article.pk: passage for passage in reversed(record.passages)}
        return format_html_join(
            SafeString(", "),
            '<a href="{}?position={}{}"><bdi>{}</bdi></a>',
            (
                (
                    reverse("articles:detail", args=[record.dossier.slug, article.slug]),
                    record.key,
                    f"#p{passage.paragraph}" if passage.paragraph else "",
                    article.source.name,
                )
                for passage in reversed(first.values())
                for article in [passage.rendition.article]
            ),
        )
