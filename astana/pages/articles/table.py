"""The table of articles."""

import django_tables2
from django.db.models import OuterRef, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models import Article, Evidence
from astana.models.said_words import day_words
from astana.pages.shared.table import ListTable, number_of


def counted(articles: QuerySet) -> QuerySet:
    """Return the articles with how many positions rest on each, and on how many passages."""
    passages = Evidence.objects.filter(rendition__article=OuterRef("pk"), position__public=True)
    return articles.select_related("source", "dossier").annotate(
        positions_found=number_of(passages, of="position"), passages_found=number_of(passages)
    )


class ArticleTable(ListTable):
    """The articles with how much of each was read, and what was found in it."""

    ROW_HEADER = "title"
    CAPTION = gettext_lazy("Articles")

    title = django_tables2.Column(
        verbose_name=gettext_lazy("Article"), order_by=("title", "published", "slug")
    )
    source = django_tables2.Column(
        verbose_name=gettext_lazy("Source"), order_by=("source__name", "-published", "slug")
    )
    published = django_tables2.Column(
        verbose_name=gettext_lazy("Published"),
        order_by=("published", "slug"),
        initial_sort_descending=True,
        attrs={"td": {"class": "when"}},
    )
    language = django_tables2.Column(
        verbose_name=gettext_lazy("Language"), order_by=("language", "-published", "slug")
    )
    coverage = django_tables2.Column(
        verbose_name=gettext_lazy("Read"), order_by=("coverage", "-published", "slug")
    )
    positions = django_tables2.Column(
        accessor="positions_found",
        verbose_name=gettext_lazy("Positions"),
        order_by=("positions_found", "published", "slug"),
        initial_sort_descending=True,
        attrs={"th": {"class": "number"}, "td": {"class": "number"}},
    )
    passages = django_tables2.Column(
        accessor="passages_found",
        verbose_name=gettext_lazy("Passages"),
        order_by=("passages_found", "published", "slug"),
        initial_sort_descending=True,
        attrs={"th": {"class": "number"}, "td": {"class": "number"}},
    )

    class Meta(ListTable.Meta):
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
