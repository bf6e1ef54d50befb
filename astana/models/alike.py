"""Articles like one at hand: that may be the same, share its words, or are on the same issues."""

from collections.abc import Collection
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from astana.intake.duplicates import near_duplicates
from astana.models import Article, Dossier, Issue, Rendition
from astana.words.normalise import normalise

# So much of two titles has to be the same, letter by letter.
NEARLY = 0.85
MOST_COMPARED = 200
MOST_NAMED = 10
MOST_CANDIDATES = 40


def articles_there(
    dossier: Dossier,
    *,
    source: str,
    published: date | None,
    title: str,
    hashes: Collection[str] = (),
    but: Article | None = None,
) -> list[Article]:
    """Return the first articles of a dossier that are nearly the one described; one query.

    They are of the same source (its short name) and day and have nearly the same title, or have a
    text of one of the hashes, also one that is known by its hash alone.
    """
    texts = Rendition.objects.filter(article=OuterRef("pk"), sha256__in=hashes)
    has_text = Q(has_text=True)
    if source and published:
        has_text |= Q(source__slug=source, published=published)
    found = Article.objects.of(dossier).annotate(has_text=Exists(texts)).filter(has_text)
    if but:
        found = found.exclude(pk=but.pk)
    rows = found.select_related("source").order_by("pk")[:MOST_COMPARED]
    near = [one for one in rows if one.has_text or _are_near(one.title, title)][:MOST_NAMED]
    for one in near:
        one.dossier = dossier
    return near


def _are_near(one: str, other: str) -> bool:
    one, other = normalise(one), normalise(other)
    return bool(one) and SequenceMatcher(None, one, other, autojunk=False).ratio() >= NEARLY


def articles_like(
    text: str, *, dossier: Dossier, user: Any
) -> tuple[list[tuple[Article, int]], bool]:
    """Return stored articles that share wording with a text, and whether all were compared.

    Each article comes with the share of the text that stands in it, in percent; only texts that
    the user may read are compared. Two queries.
    """
    stored = (
        Rendition.objects.visible_to(user)
        .of(dossier)
        .with_text()
        .order_by("-article__published", "pk")
        .values_list("article__slug", "text")
    )
    found, is_complete = near_duplicates(text, stored.iterator(chunk_size=50))
    articles = {
        one.slug: one
        for one in Article.objects.of(dossier)
        .filter(slug__in=[likeness.article for likeness in found[:10]])
        .select_related("source")
    }
    pairs = [
        (articles[likeness.article], round(100 * likeness.contained))
        for likeness in found[:10]
        if likeness.article in articles
    ]
    return pairs, is_complete


def candidates_beside(article: Article, *, user: Any) -> QuerySet[Article]:
    """Return other articles on the same issues, those with the greatest `shared_count` first."""
    readable = Rendition.objects.visible_to(user)
    issues = Issue.objects.filter(
        positions__public=True, positions__evidence__rendition__in=readable.filter(article=article)
    )
    public = Q(renditions__evidence__position__public=True, renditions__in=readable)
    return (
        Article.objects.visible_to(user)
        .of(article.dossier)
        .exclude(pk=article.pk)
        .filter(public, renditions__evidence__position__issue__in=issues)
        .annotate(shared_count=Count("renditions__evidence__position__issue", distinct=True))
        .select_related("source")
        .order_by("-shared_count", "-published", "slug")[:MOST_CANDIDATES]
    )
