"""Passages that are not intact, each with its context and with what can be done about it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from django.db.models import QuerySet
from django.urls import reverse

from astana.evidence.anchor import places_of
from astana.evidence.excerpt import Excerpt, excerpt_of
from astana.evidence.likeness import most_alike
from astana.evidence.paragraphs import paragraph_at
from astana.models import Anchor, Dossier, Evidence, Health, Position, Rendition
from astana.models.health import in_words
from astana.models.past import number_of
from astana.words.differences import Run, word_differences

PER_PAGE = 20

# More places than these are not shown to choose from.
MOST_PLACES = 12

# In longer texts nothing similar is looked for while somebody waits.
LONGEST_FOR_HINT = 100_000


@dataclass(frozen=True)
class Place:
    """A place where the words stand, or for a lost passage words like them."""

    start: int
    end: int
    excerpt: Excerpt
    paragraph: int | None


@dataclass(frozen=True)
class Unwell:
    """A passage that is not intact. `hint` is the most similar place for one that is lost.

    `changes` is what of its words was taken out and put in there.
    """

    row: Evidence | Anchor
    noun: str
    position: Position
    position_url: str
    places: Sequence[Place]
    is_cut: bool
    hint: Place | None
    changes: Sequence[Run]
    may_mend: bool

    @property
    def suggestion(self) -> Place | None:
        """The one place where it seems to stand, if there is one."""
        return self.places[0] if len(self.places) == 1 else self.hint

    @property
    def box(self) -> str:
        """Return what a ticked box says: this passage, as it was read, stands there."""
        place = self.suggestion
        where = f"{place.start}-{place.end}" if place else ""
        return f"{self.noun}-{self.row.pk}-{self.row.revision}-{where}"


def moved_together(passages: Sequence[Unwell]) -> list[tuple[Sequence[Run], list[Unwell]]]:
    """Return those passages that can be mended at once, under the changes of their words.

    They are two or more of one text that the same edit moved: with the same words, or the same
    change.
    """
    groups: dict[tuple, list[Unwell]] = defaultdict(list)
    for one in passages:
        changes = tuple(run for run in one.changes if run.kind != "same")
        if one.may_mend and one.suggestion and (one.places or changes):
            groups[one.row.rendition_id, changes].append(one)
    return [(changes, group) for (_rendition, changes), group in groups.items() if len(group) > 1]


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
    hint = _hint(row, rendition) if row.health == Health.LOST else None
    published = reverse("positions:detail", args=[dossier.slug, position.key])
    past = reverse("history:detail", args=[dossier.slug, "position", number_of(position)])
    return Unwell(
        row=row,
        noun=row._meta.model_name,
        position=position,
        position_url=published if position.public else past,
        places=places[:MOST_PLACES],
        is_cut=len(places) > MOST_PLACES,
        hint=hint,
        changes=word_differences(row.exact, hint.excerpt.exact) if hint else (),
        may_mend=may_edit(position),
    )


def _places(row: Evidence | Anchor, rendition: Rendition) -> list[Place]:
    if row.start is not None:
        return [_place(rendition, row.start, row.end)] if rendition.text else []
    found = places_of(row.exact, rendition.text) if row.exact and rendition.text else []
    return [_place(rendition, *place) for place in found[: MOST_PLACES + 1]]


def _hint(row: Evidence | Anchor, rendition: Rendition) -> Place | None:
    if not row.exact or len(rendition.text) > LONGEST_FOR_HINT:
        return None
    hint = most_alike(row.exact, rendition.text)
    return _place(rendition, hint.start, hint.end) if hint else None


def _place(rendition: Rendition, start: int, end: int) -> Place:
    excerpt = excerpt_of(
        rendition.text, start=start, end=end, paragraphs=rendition.paragraphs, around=140
    )
    return Place(start, end, excerpt, paragraph_at(rendition.paragraphs, start))
