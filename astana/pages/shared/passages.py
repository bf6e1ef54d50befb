"""Passages of evidence, ready to be shown in their paragraph with a link to the reader."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from astana.evidence.excerpt import Excerpt, excerpt_of
from astana.models import Dossier, Evidence, Health, Position
from astana.models.said_words import day_words


@dataclass(frozen=True, slots=True)
class PassageView:
    """One passage; without an excerpt its words could not be placed and `trouble` says why."""

    excerpt: Excerpt | None
    words: str
    trouble: str
    is_disputing: bool
    is_moved: bool
    is_reset: bool
    language: str
    paragraph: int | None
    source: str
    source_slug: str
    date: str
    href: str


def passages_of(
    positions: list[Any],
    *,
    dossier: Dossier | None,
    user: Any,
    evidence: QuerySet | None = None,
) -> dict[int, list[PassageView]]:
    """Return the passages that a user may read, by the position's primary key, in one query.

    Positions are of one dossier, or each has its own loaded where that is None. `evidence` is what
    the user may read, if that is more than what is published.
    """
    readable = Evidence.objects.visible_to(user) if evidence is None else evidence
    shown = (
        readable.filter(position__in=positions)
        .select_related("rendition__article__source", "position")
        .order_by("position", "number")
    )
    found: dict[int, list[PassageView]] = {position.pk: [] for position in positions}
    owners = {} if dossier else {position.pk: position.dossier for position in positions}
    for one in shown:
        found[one.position_id].append(_view(one, dossier or owners[one.position_id]))
    return found


def _view(evidence: Evidence, dossier: Dossier) -> PassageView:
    rendition, article = evidence.rendition, evidence.rendition.article
    excerpt = None
    if rendition.text and evidence.start is not None:
        excerpt = excerpt_of(
            rendition.text,
            start=evidence.start,
            end=evidence.end,
            paragraphs=rendition.paragraphs,
        )
    trouble = {
        Health.AMBIGUOUS: _("These words are in more than one place in the text."),
        Health.LOST: _("These words are no longer found in the text."),
    }.get(evidence.health, _("The text is not stored here."))
    href = reverse("articles:detail", args=[dossier.slug, article.slug])
    place = f"#p{evidence.paragraph}" if evidence.paragraph else ""
    # The reader marks what is published; of anything else it shows the place alone.
    is_public = evidence.position.status == Position.Status.PUBLISHED
    return PassageView(
        excerpt=excerpt,
        words=evidence.exact,
        trouble="" if excerpt else trouble,
        is_moved=evidence.health == Health.MOVED,
        is_reset=evidence.health == Health.RESET,
        is_disputing=evidence.role == Evidence.Role.DISPUTES,
        language=rendition.language,
        paragraph=evidence.paragraph,
        source=article.source.name,
        source_slug=article.source.slug,
        date=day_words(article.published),
        href=f"{href}?position={evidence.position.key}{place}" if is_public else f"{href}{place}",
    )
