"""Positions as the rows of a table show them: no more is fetched of each than stands in its row."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import QuerySet

from astana.comparison.scale import drawn_as
from astana.models import Challenge, Evidence, Issue
from astana.models.said_words import said_words


class Named(NamedTuple):
    """A record that a row names, and may lead to."""

    slug: str
    name: str


class Taken(NamedTuple):
    """A stance: `step` is how it is drawn."""

    step: str
    label: str


class Passage(NamedTuple):
    """A passage that a position rests on, or that `disputes` it: where, and who published it."""

    article: str
    paragraph: int
    source: str
    disputes: bool


@dataclass(slots=True)
class Listed:
    """A position in a row of a table, with all that is said of it there."""

    pk: int
    key: str
    actor: Named
    issue: Named
    stance: Taken
    summary: str
    condition: str
    said_words: str
    voice: str
    authority: str
    first_hand: bool
    attributed_by: Named | None
    speaker: Named | None
    passages: list[Passage] = field(default_factory=list)
    # What `marked` finds for other pages (astana/models/positions/fetched.py).
    is_disputed: bool = False
    is_contested: bool = False
    has_source_error: bool = False


_SHOWN = (
    *("pk", "key", "summary", "condition", "said", "earliest", "latest"),
    *("voice", "authority", "first_hand"),
    *("actor__slug", "actor__name", "issue__slug", "issue__title", "issue__scale"),
    *("stance__value", "stance__order", "stance__label"),
    *("attributed_by__slug", "attributed_by__name", "speaker__slug", "speaker__name"),
)
_ERROR_OF_SOURCE = (Challenge.Kind.SOURCE_ERROR, Challenge.Status.UPHELD)


def listed(positions: QuerySet) -> Iterator[Listed]:
    """Return the positions as rows of a table, in no order; two queries."""
    found: dict[int, Listed] = {}
    # Of a position to which several objected there are as many rows.
    for row in positions.order_by().values(*_SHOWN, "challenges__kind", "challenges__status"):
        one = found.setdefault(row["pk"], _listed(row))
        kind, status = row["challenges__kind"], row["challenges__status"]
        one.is_contested |= status == Challenge.Status.OPEN
        one.has_source_error |= (kind, status) == _ERROR_OF_SOURCE
    passages = Evidence.objects.filter(position__in=found.keys()).order_by("number")
    article = "rendition__article"
    shown = ("position", "role", f"{article}__slug", "paragraph", f"{article}__source__name")
    for pk, role, *passage in passages.values_list(*shown):
        disputes = role == Evidence.Role.DISPUTES
        found[pk].passages.append(Passage(*passage, disputes))
        found[pk].is_disputed |= disputes
    return iter(found.values())


def _listed(row: dict[str, Any]) -> Listed:
    is_nominal = row["issue__scale"] == Issue.Scale.NOMINAL
    step = drawn_as(row["stance__value"], place=row["stance__order"], is_nominal=is_nominal)
    by, speaker = (
        Named(slug, row[f"{one}__name"]) if (slug := row[f"{one}__slug"]) else None
        for one in ("attributed_by", "speaker")
    )
    return Listed(
        pk=row["pk"],
        key=row["key"],
        actor=Named(row["actor__slug"], row["actor__name"]),
        issue=Named(row["issue__slug"], row["issue__title"]),
        stance=Taken(step, row["stance__label"]),
        summary=row["summary"],
        condition=row["condition"],
        said_words=said_words(row["earliest"], row["latest"], row["said"]),
        voice=row["voice"],
        authority=row["authority"],
        first_hand=row["first_hand"],
        attributed_by=by,
        speaker=speaker,
    )
