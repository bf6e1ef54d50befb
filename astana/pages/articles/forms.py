"""The filters of the list of articles."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from astana.models import Article, Dossier
from astana.pages.shared.filters import DayFilter, Facet, ListFilter, Option, TextFilter
from astana.pages.shared.options import source_options


def _languages(dossier: Dossier) -> list[Option]:
    codes = Article.objects.of(dossier).order_by("language").values_list("language", flat=True)
    return [Option(code, code, code) for code in codes.distinct()]


def _coverages(dossier: Dossier) -> list[Option]:
    return [Option(value, value, str(label)) for value, label in Article.Coverage.choices]


def _has_word(word: str, dossier: Dossier) -> Q:
    return Q(title__icontains=word) | Q(byline__icontains=word) | Q(source__name__icontains=word)


class ArticleFilter(ListFilter):
    """Articles by source, language, how much was read, day of publication and words."""

    RANGE = ("since", "until")

    q = TextFilter(label=_("Words"), where=_has_word)
    source = Facet("source", label=_("Source"), options=source_options)
    language = Facet("language", label=_("Language"), options=_languages)
    coverage = Facet("coverage", label=_("Read"), options=_coverages)
    since = DayFilter("published", "gte", label=_("Published from"))
    until = DayFilter("published", "lte", label=_("Published by"))
