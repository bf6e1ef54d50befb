"""The list of articles, the reader with one text or two, and what is like a new article."""

from typing import Any

import django_tables2
from django.db.models import OuterRef, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from astana.models import Article, Evidence, Rendition
from astana.models.alike import candidates_beside
from astana.models.roles import Act, may
from astana.models.said_words import day_words
from astana.models.texts import texts_of
from astana.pages.articles.forms import ArticleFilter
from astana.pages.articles.reader_form import ReaderForm
from astana.pages.shared.reading import Reading, reading_of
from astana.web.listing import Listing, values_of
from astana.web.table import LongTable, number_column, number_of


def counted(articles: QuerySet) -> QuerySet:
    """Return the articles with how many positions rest on each, and on how many passages."""
    passages = Evidence.objects.filter(rendition__article=OuterRef("pk"), position__public=True)
    return articles.select_related("source", "dossier").annotate(
        positions_found=number_of(passages, of="position"), passages_found=number_of(passages)
    )


class ArticleTable(LongTable):
    """The articles with how much of each was read, and what was found in it."""

    ROW_HEADER = "title"
    CAPTION = _("Articles")
    load = staticmethod(counted)

    title = django_tables2.Column(
        verbose_name=_("Article"), order_by=("title", "published", "slug")
    )
    source = django_tables2.Column(
        verbose_name=_("Source"), order_by=("source__name", "source__slug", "-published", "slug")
    )
    published = django_tables2.Column(
        verbose_name=_("Published"),
        order_by=("published", "slug"),
        initial_sort_descending=True,
        attrs={"td": {"class": "when"}},
    )
    language = django_tables2.Column(
        verbose_name=_("Language"), order_by=("language", "-published", "slug")
    )
    coverage = django_tables2.Column(
        verbose_name=_("Read"), order_by=("coverage", "-published", "slug")
    )
    positions = number_column("positions_found", "published", label=_("Positions"))
    passages = number_column("passages_found", "published", label=_("Passages"))

    class Meta(LongTable.Meta):
        order_by = "-published"

    def render_title(self, record: Article) -> SafeString:
        """Return the title in its language with a link to the reader, and who wrote it."""
        link = format_html(
            '<a href="{}"><bdi lang="{}">{}</bdi></a>',
            reverse("articles:detail", args=[record.dossier.slug, record.slug]),
            record.language,
            record.title,
        )
        if not record.byline:
            return link
        return format_html('{} <span class="small muted"><bdi>{}</bdi></span>', link, record.byline)

    def render_source(self, record: Article) -> SafeString:
        """Return the name of the source."""
        return format_html("<bdi>{}</bdi>", record.source.name)

    def render_published(self, record: Article) -> str:
        """Return the day of publication in words."""
        return day_words(record.published)

    def render_coverage(self, record: Article) -> SafeString | str:
        """Return how much of it was read; silence in an opening says little."""
        if record.coverage == Article.Coverage.FULL:
            return _("in full")
        return format_html('<span class="flag">{}</span>', record.get_coverage_display())


COLUMNS = {
    "article": "slug",
    "source": "source.slug",
    "source_name": "source.name",
    "title": "title",
    "byline": "byline",
    "published": "published",
    "url": "url",
    "language": "language",
    "coverage": "coverage",
    "positions": "positions_found",
    "passages": "passages_found",
}
LIST = Listing(
    noun="articles",
    title=_("Articles"),
    model=Article,
    filters=ArticleFilter,
    table=lambda filters: ArticleTable(
        counted(filters.shown), found=filters.found, groups=filters.groups, ranked=filters.ranked
    ),
    columns=COLUMNS,
    order=("-published", "slug"),
    rows=lambda shown, filters, site: values_of(counted(shown).order_by(*LIST.order), COLUMNS),
)


def shared_issues(here: Reading, beside: Reading) -> list[dict[str, Any]]:
    """Return the issues that both texts speak on, in the dossier's order, without a query.

    One `differs` where an actor that both texts name has not the same stances in both.
    """
    ours, theirs = _sayings(here), _sayings(beside)
    issues = {position.issue_id: position.issue for position in here.positions}
    shared = []
    for issue in sorted(issues.values(), key=lambda issue: (issue.order, issue.slug)):
        if issue.pk in ours and issue.pk in theirs:
            own, other = ours[issue.pk], theirs[issue.pk]
            one, two = _stances(own), _stances(other)
            differs = any(one[actor] != two[actor] for actor in one.keys() & two.keys())
            shared.append({"issue": issue, "here": own, "beside": other, "differs": differs})
    return shared


def _sayings(reading: Reading) -> dict[int, list[dict[str, Any]]]:
    """Return by issue who takes which stance in a text, each once, where it is said first."""
    found: dict[int, dict[tuple[int, int], dict[str, Any]]] = {}
    for row in reading.rows:
        for note in sorted(row.notes, key=lambda note: note.number):
            where = {"paragraph": row.number, "href": f"#{reading.prefix}n{note.number}"}
            for entry in note.entries:
                for one in entry.positions:
                    saying = {"actor": one.actor, "stance": one.stance} | where
                    of_issue = found.setdefault(one.issue_id, {})
                    of_issue.setdefault((one.actor_id, one.stance_id), saying)
    return {issue: list(sayings.values()) for issue, sayings in found.items()}


def _stances(sayings: list[dict[str, Any]]) -> dict[int, set[int]]:
    stances: dict[int, set[int]] = {}
    for saying in sayings:
        stances.setdefault(saying["actor"].pk, set()).add(saying["stance"].pk)
    return stances


def reader_desk(form: ReaderForm, *, user: Any) -> dict[str, Any]:
    """Return what an address asks for, in a number of queries that does not grow.

    `reading` is None where no text may be read, `by_hash` are texts that the dossier knows and that
    are not stored here. `candidates` are the articles to choose from while the reader looks for a
    second one, each with the query string that puts it there.
    """
    article, beside = form.article, form.beside_article
    reading = beside_reading = None
    if form.text:
        reading = reading_of(form.text, user=user, position_key=form.position_key)
    if beside and (text := next(iter(texts_of(beside, user=user).current), None)):
        beside_reading = reading_of(text, user=user, position_key=form.position_key, prefix="b-")
    others = candidates_beside(article, user=user) if form.is_choosing else ()
    return {
        "reading": reading,
        "beside": beside,
        "beside_reading": beside_reading,
        "shared": shared_issues(reading, beside_reading) if reading and beside_reading else [],
        "candidates": [(one, form.query(beside=one.slug)) for one in others],
        "by_hash": form.texts.by_hash,
        "is_member": may(user, Act.READ_TEXTS, article.dossier),
        "has_full_text": any(text.kind == Rendition.Kind.FULL for text in form.texts.current),
    }
