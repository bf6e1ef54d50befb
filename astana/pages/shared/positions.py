"""The table of positions."""

from html import escape
from typing import Any

import django_tables2
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from astana.models import Dossier, Position
from astana.models.positions.listed import Listed, listed
from astana.models.voice_words import how_known
from astana.web.table import LongTable

NEWEST_FIRST = ("-latest", "-earliest", "-id")
_OF_ISSUE = ("issue__order", "issue__slug")


def _column(label: Any, *order: str, **given: Any) -> django_tables2.Column:
    """Return a column of which each row has something to say."""
    return django_tables2.Column(
        verbose_name=label, order_by=order or None, empty_values=(), **given
    )


class PositionTable(LongTable):
    """Who takes which stance on which issue, when, in which voice, according to whom."""

    ROW_HEADER = "summary"
    CAPTION = _("Positions")
    load = staticmethod(listed)

    actor = _column(_("Actor"), "actor__sort_name", "actor__slug", *NEWEST_FIRST)
    issue = _column(_("Issue"), *_OF_ISSUE, *NEWEST_FIRST)
    stance = _column(_("Stance"), *_OF_ISSUE, "stance__order", "stance__slug", *NEWEST_FIRST)
    summary = _column(_("Summary"), "summary", "id")
    said = _column(_("Said"), "latest", "earliest", "id", attrs={"td": {"class": "when"}})
    voice = _column(
        _("Voice"), "voice", "attributed_by__sort_name", "attributed_by__slug", *NEWEST_FIRST
    )
    sources = _column(_("Sources"), orderable=False)

    class Meta(LongTable.Meta):
        attrs = {"class": "table cards sentences"}
        order_by = "-said"

    def __init__(self, positions: QuerySet, *, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(positions, **kwargs)
        # What the addresses of those that a row names begin with.
        self.homes = {
            noun: reverse(f"{noun}:index", args=[dossier.slug])
            for noun in ("actors", "issues", "positions", "articles")
        }

    def anchored(self) -> tuple[list[str], tuple[Position, bool] | None]:
        """Return the position that the page follows, or comes before, and what is wrong with it."""
        after, before = self.query.get("after", ""), self.query.get("before", "")
        if not (after or before):
            return [], None
        if not self.is_by_day or (after and before):
            return [
                gettext("A page can start at a position only if the list is in order of days.")
            ], None
        row = self.data.data.model.objects.filter(pk__in=self.data.data.values("pk"))
        row = row.filter(key=after or before).first()
        if row is None:
            words = gettext("There is no position “%(key)s” in this list to continue from.")
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
                "Pages 1 to %(pages)s can be opened by number; “%(page)s” cannot. After that, "
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

    def render_actor(self, record: Listed) -> SafeString:
        """Return the actor with a link to its page."""
        return self._link("actors", record.actor.slug, f"<bdi>{escape(record.actor.name)}</bdi>")

    def render_issue(self, record: Listed) -> SafeString:
        """Return the issue with a link to its page."""
        return self._link("issues", record.issue.slug, escape(record.issue.name))

    def render_stance(self, record: Listed) -> SafeString:
        """Return the stance as shape, colour and word, as the tag `stance_mark` does."""
        step, label = record.stance
        return mark_safe(f'<span class="stance {step}"><i></i><span>{escape(label)}</span></span>')

    def render_summary(self, record: Listed) -> SafeString:
        """Return the summary with a link to the position, and what it depends on."""
        link = self._link("positions", record.key, f"<bdi>{escape(record.summary)}</bdi>")
        if not record.condition:
            return link
        condition = f"{escape(gettext('If:'))} <bdi>{escape(record.condition)}</bdi>"
        return mark_safe(f'{link} <span class="condition">{condition}</span>')

    def render_said(self, record: Listed) -> str:
        """Return when it was said, no more precise than is known."""
        return record.said_words

    def render_voice(self, record: Listed) -> SafeString:
        """Return how we know, with a flag for what is to be known."""
        return how_known(record)

    def render_sources(self, record: Listed) -> SafeString:
        """Return the sources of the passages, each with a link to the passage in its article.

        Of one that only disputes the position it is said that it does.
        """
        links: dict[str, str] = {}
        # What the position rests on first.
        for passage in sorted(record.passages, key=lambda passage: passage.disputes):
            place = f"#p{passage.paragraph}" if passage.paragraph else ""
            address = f"{passage.article}/?position={record.key}{place}"
            name = f"<bdi>{escape(passage.source)}</bdi>"
            link = f'<a href="{self.homes["articles"]}{escape(address)}">{name}</a>'
            if passage.disputes:
                # Translators: `source` is the name of a source in which a passage disputes this.
                link = escape(gettext("%(source)s (disputes it)")) % {"source": link}
            links.setdefault(passage.article, link)
        return mark_safe(", ".join(links.values()))

    def _link(self, noun: str, name: str, words: str) -> SafeString:
        """Return a link to the page of a record by its short name; the words are HTML."""
        return mark_safe(f'<a href="{self.homes[noun]}{escape(name)}/">{words}</a>')
