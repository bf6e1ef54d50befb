"""Passages that are not intact, each with its context and with what can be done about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from django.db.models import QuerySet
from django.urls import reverse

from astana.evidence.anchor import Passage, find
from astana.evidence.excerpt import Excerpt, excerpt_of
from astana.evidence.paragraphs import paragraph_at
from astana.models import Anchor, Dossier, Evidence, Health, Position, Rendition
from astana.models.health import in_words
from astana.models.past import number_of

PER_PAGE = 20

# More places than these are not shown to choose from.
MOST_PLACES = 12

# In longer texts nothing similar is looked for while somebody waits.
LONGEST_FOR_HINT = 100_000


@dataclass(frozen=True)
class Place:
    """A place where the words stand, or for a lost passage words like them."""

    start: int
    excerpt: Excerpt
    paragraph: int | None


@dataclass(frozen=True)
class Unwell:
    """A passage that is not intact. `hint` is the most similar place for one that is lost."""

    row: Evidence | Anchor
    noun: str
    position: Position
    position_url: str
    places: Sequence[Place]
    is_cut: bool
    hint: Place | None
    may_mend: bool


def unwell_passages(
    evidence: QuerySet,
    anchors: QuerySet,
    *,
    dossier: Dossier,
    may_edit: Callable[[Position], bool],
    page: int = 1,
) -> tuple[list[Unwell], int]:
    """Return one page of the passages that are not intact, and how many there are in all.

    The number of queries does not grow with the passages.
    """
    many, few = evidence.count(), anchors.count()
    start, end = (page - 1) * PER_PAGE, page * PER_PAGE
    order = ("health", "position__key", "number")
    first = in_words(evidence).order_by(*order)[start:end]
    then = in_words(anchors).order_by("health", "evidence__position__key", "pk")
    then = then[max(0, start - many) : max(0, end - many)]
    rows = list(chain(first, then))
    wanted = {row.rendition_id for row in rows}
    texts = {one.pk: one for one in Rendition.objects.filter(pk__in=[*wanted, 0])}
    return [_unwell(row, texts, dossier=dossier, may_edit=may_edit) for row in rows], many + few


def _unwell(
    row: Evidence | Anchor,
    texts: dict[int, Rendition],
    *,
    dossier: Dossier,
    may_edit: Callable[[Position], bool],
) -> Unwell:
    position = row.position if isinstance(row, Evidence) else row.evidence.position
    position.dossier = dossier
    rendition = texts[row.rendition_id]
    places = _places(row, rendition)
    published = reverse("positions:detail", args=[dossier.slug, position.key])
    past = reverse("history:detail", args=[dossier.slug, "position", number_of(position)])
    return Unwell(
        row=row,
        noun=row._meta.model_name,
        position=position,
        position_url=published if position.public else past,
        places=places[:MOST_PLACES],
        is_cut=len(places) > MOST_PLACES,
        hint=_hint(row, rendition) if row.health == Health.LOST else None,
        may_mend=may_edit(position),
    )


def _places(row: Evidence | Anchor, rendition: Rendition) -> list[Place]:
    if row.start is not None:
        return [_place(rendition, row.start, row.end)] if rendition.text else []
    found, at = [], rendition.text.find(row.exact) if row.exact else -1
    while at >= 0 and len(found) <= MOST_PLACES:
        found.append(_place(rendition, at, at + len(row.exact)))
        at = rendition.text.find(row.exact, at + 1)
    return found


def _hint(row: Evidence | Anchor, rendition: Rendition) -> Place | None:
    if not row.exact or len(rendition.text) > LONGEST_FOR_HINT:
        return None
    hint = find(Passage(None, None, row.exact), rendition.text).hint
    return _place(rendition, hint.start, hint.end) if hint else None


def _place(rendition: Rendition, start: int, end: int) -> Place:
    excerpt = excerpt_of(
        rendition.text, start=start, end=end, paragraphs=rendition.paragraphs, around=140
    )
    return Place(start, excerpt, paragraph_at(rendition.paragraphs, start))
