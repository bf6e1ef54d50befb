"""The table of positions."""

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tables2.rows import BoundRow

from astana.models import Position
from astana.models.positions.fetched import in_words
from astana.models.voice_words import how_known
from astana.web.table import LongTable

NEWEST_FIRST = ("-latest", "-earliest", "-id")


class PositionTable(LongTable):
    """Who takes which stance on which issue, when, in which voice, according to whom."""

    ROW_HEADER = "summary"
    CAPTION = _("Positions")
    load = staticmethod(in_words)

    actor = django_tables2.Column(
        verbose_name=_("Actor"), order_by=("actor__sort_name", "actor__slug", *NEWEST_FIRST)
    )
    issue = django_tables2.Column(
        verbose_name=_("Issue"), order_by=("issue__order", "issue__slug", *NEWEST_FIRST)
    )
    stance = django_tables2.Column(
        verbose_name=_("Stance"),
        order_by=("issue__order", "issue__slug", "stance__order", "stance__slug", *NEWEST_FIRST),
    )
    summary = django_tables2.Column(verbose_name=_("Summary"), order_by=("summary", "id"))
    said = django_tables2.Column(
        verbose_name=_("Said"),
        order_by=("latest", "earliest", "id"),
        attrs={"td": {"class": "when"}},
    )
    voice = django_tables2.Column(
        verbose_name=_("Voice"),
        order_by=("voice", "attributed_by__sort_name", "attributed_by__slug", *NEWEST_FIRST),
    )
    sources = django_tables2.Column(verbose_name=_("Sources"), empty_values=(), orderable=False)

    class Meta(LongTable.Meta):
        attrs = {"class": "table cards sentences"}
        order_by = "-said"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.homes: dict[str, str] = {}

    def cell(self, row: BoundRow, name: str) -> Any:
        """Return what stands in a cell. Every column has its method, so that none is looked for."""
        return getattr(self, f"render_{name}")(row.record)

    def anchored(self) -> tuple[list[str], tuple[Position, bool] | None]:
        """Return the position that the page follows, or comes before, and what is wrong with it."""
        after, before = self.query.get("after", ""), self.query.get("before", "")
        if not (after or before):
            return [], None
        if not self.is_by_day or (after and before):
            return [gettext("Only in the order of days can a page start at a position.")], None
        row = self.data.data.model.objects.filter(pk__in=self.data.data.values("pk"))
        row = row.filter(key=after or before).first()
        if row is None:
            words = gettext("There is no position “%(key)s” in this list to go on from.")
            return [words % {"key": (after or before)[:40]}], None
        return [], (row, bool(before))

    @property
    def is_by_day(self) -> bool:
        """Whether the order is that of what counts as newer, so that any page is found by day."""
        return self.query.get("sort", "").removeprefix("-") in ("", "said")

    def no_page(self, number: str) -> str:
        """Return the words for a page that is not there, or has no number."""
        if self.found.is_more and number.isdecimal():
            return gettext(
                "Pages 1 to %(pages)s can be opened by number; “%(page)s” cannot. From there on, "
                "each page leads to the next."
            ) % {"page": number, "pages": self.paginator.num_pages}
        return super().no_page(number)

    @property
    def previous(self) -> str:
        """The address of the page before: it ends where this one starts."""
        rows, number = self.page.object_list, self.page.number
        if not self.is_by_day or number <= 2:
            return super().previous
        return self.turned(number - 1, before=rows[0].record.key)

    @property
    def next(self) -> str:
        """The address of the page after: it starts where this one ends."""
        rows, number = self.page.object_list, self.page.number
        if not self.is_by_day or not self.page.has_next():
            return super().next
        return self.turned(number + 1, after=rows[len(rows) - 1].record.key)

    def _home(self, record: Position, noun: str) -> str:
        """Return the address that those of a noun begin with, looked up once for a table."""
        if noun not in self.homes:
            self.homes[noun] = reverse(f"{noun}:index", args=[record.dossier.slug])
        return self.homes[noun]

    def render_actor(self, record: Position) -> SafeString:
        """Return the actor with a link to its page."""
        home, actor = self._home(record, "actors"), record.actor
        return format_html('<a href="{}{}/"><bdi>{}</bdi></a>', home, actor.slug, actor.name)

    def render_issue(self, record: Position) -> SafeString:
        """Return the issue with a link to its page."""
        home, issue = self._home(record, "issues"), record.issue
        return format_html('<a href="{}{}/">{}</a>', home, issue.slug, issue.title)

    def render_stance(self, record: Position) -> SafeString:
        """Return the stance as shape, colour and word, as the tag `stance_mark` does."""
        return format_html(
            '<span class="stance {}"><i></i><span>{}</span></span>',
            record.stance.step,
            record.stance.label,
        )

    def render_summary(self, record: Position) -> SafeString:
        """Return the summary with a link to the position, and what it depends on."""
        home = self._home(record, "positions")
        link = format_html('<a href="{}{}/">{}</a>', home, record.key, record.summary)
        if not record.condition:
            return link
        return format_html(
            '{} <span class="condition">{} {}</span>', link, _("If:"), record.condition
        )

    def render_said(self, record: Position) -> str:
        """Return when it was said, no more precise than is known."""
        return record.said_words

    def render_voice(self, record: Position) -> SafeString:
        """Return how we know, with a flag for what is to be known."""
        return how_known(record)

    def render_sources(self, record: Position) -> SafeString:
        """Return the sources of the passages, each with a link to the passage in its article."""
        first = {passage.rendition.article.pk: passage for passage in reversed(record.passages)}
        home = self._home(record, "articles")
        return format_html_join(
            SafeString(", "),
            '<a href="{}{}/?position={}{}"><bdi>{}</bdi></a>',
            (
                (
                    home,
                    article.slug,
                    record.key,
                    f"#p{passage.paragraph}" if passage.paragraph else "",
                    article.source.name,
                )
                for passage in reversed(first.values())
                for article in [passage.rendition.article]
            ),
        )
