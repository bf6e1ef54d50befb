"""Passages that are not intact, each with its context and with what can be done about it."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from astana.actions.workflow import may_edit
from astana.evidence.anchor import places_of
from astana.evidence.excerpt import excerpt_of
from astana.evidence.likeness import most_alike
from astana.evidence.paragraphs import paragraph_at
from astana.models import Anchor, Dossier, Evidence, Health, Rendition, User
from astana.models.health import in_words
from astana.models.past import number_of
from astana.words.differences import Run, word_differences

PER_PAGE = 20

# More places than these are not shown to choose from.
MOST_PLACES = 12

# In longer texts nothing similar is looked for while somebody waits.
LONGEST_FOR_HINT = 100_000


def moved_together(passages: Sequence[dict[str, Any]]) -> list[tuple[Sequence[Run], list[Any]]]:
    """Return those passages that can be mended at once, under the changes of their words.

    They are two or more of one text that the same edit moved: with the same words, or the same
    change.
    """
    groups: dict[tuple, list[Any]] = defaultdict(list)
    for one in passages:
        changes = tuple(run for run in one["changes"] if run.kind != "same")
        if one["may_mend"] and one["suggestion"] and (one["places"] or changes):
            groups[one["row"].rendition_id, changes].append(one)
    return [(changes, group) for (_rendition, changes), group in groups.items() if len(group) > 1]


def unwell_passages(
    evidence: QuerySet, anchors: QuerySet, *, dossier: Dossier, user: User, page: int = 1
) -> tuple[list[dict[str, Any]], int]:
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
    found = [_unwell(row, texts, dossier=dossier, user=user) for row in rows]
    counted = Evidence.objects.filter(position__in=[one["position"] for one in found]).order_by()
    passages = dict(counted.values_list("position").annotate(Count("pk")))
    for one in found:
        one["is_only"] = passages.get(one["position"].pk, 0) < 2
    return found, many + few


def _unwell(
    row: Evidence | Anchor, texts: dict[int, Rendition], *, dossier: Dossier, user: User
) -> dict[str, Any]:
    """Return a passage that is not intact, with the `suggestion` where it seems to stand.

    `hint` is the most similar place for one that is lost, `changes` what of its words was taken out
    and put in there. `box` is what a ticked box says: this passage, as it was read, stands there.
    """
    position = row.position if isinstance(row, Evidence) else row.evidence.position
    position.dossier = dossier
    rendition = texts[row.rendition_id]
    places = _places(row, rendition)
    hint = _hint(row, rendition) if row.health == Health.LOST else None
    published = reverse("positions:detail", args=[dossier.slug, position.key])
    past = reverse("history:detail", args=[dossier.slug, "position", number_of(position)])
    seems, noun = places[0] if len(places) == 1 else hint, row._meta.model_name
    where = f"{seems['start']}-{seems['end']}" if seems else ""
    return {
        "row": row,
        "noun": noun,
        "position": position,
        "position_url": published if position.public else past,
        "places": places[:MOST_PLACES],
        "is_cut": len(places) > MOST_PLACES,
        "hint": hint,
        "changes": word_differences(row.exact, hint["excerpt"].exact) if hint else (),
        "may_mend": may_edit(user, position),
        "suggestion": seems,
        "box": f"{noun}-{row.pk}-{row.revision}-{where}",
    }


def _places(row: Evidence | Anchor, rendition: Rendition) -> list[dict[str, Any]]:
    if row.start is not None:
        return [_place(rendition, row.start, row.end)] if rendition.text else []
    found = places_of(row.exact, rendition.text) if row.exact and rendition.text else []
    return [_place(rendition, *place) for place in found[: MOST_PLACES + 1]]


def _hint(row: Evidence | Anchor, rendition: Rendition) -> dict[str, Any] | None:
    if not row.exact or len(rendition.text) > LONGEST_FOR_HINT:
        return None
    hint = most_alike(row.exact, rendition.text)
    return _place(rendition, hint.start, hint.end) if hint else None


def _place(rendition: Rendition, start: int, end: int) -> dict[str, Any]:
    """Return a place where the words stand, or for a lost passage words like them."""
    excerpt = excerpt_of(
        rendition.text, start=start, end=end, paragraphs=rendition.paragraphs, around=140
    )
    paragraph = paragraph_at(rendition.paragraphs, start)
    return {"start": start, "end": end, "excerpt": excerpt, "paragraph": paragraph}
