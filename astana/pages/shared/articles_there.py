"""Articles that may be the same as one at hand: by source, day and title, or by their words."""

from collections.abc import Collection
from datetime import date
from difflib import SequenceMatcher
from hashlib import sha256

from django.db.models import Exists, OuterRef, Q

from astana.models import Article, Dossier, Rendition
from astana.words.normalise import normalise

# So much of two titles has to be the same, letter by letter.
NEARLY = 0.85
MOST_COMPARED = 200
MOST_NAMED = 10


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


def hash_of(text: str) -> str:
    """Return the hash by which a text is known."""
    return sha256(text.encode()).hexdigest()
