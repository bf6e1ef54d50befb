"""What a row of a package leaves open and its record has: days, words, standing, and when it was.

Each function adds it to the values of the row; the record is None where it is new.
"""

from typing import Any

from django.utils import timezone

from astana.comparison.said import parse_said
from astana.evidence.anchor import hash_of, passage_of
from astana.evidence.paragraphs import paragraph_at
from astana.exchange.cells import Row
from astana.exchange.check import Content
from astana.exchange.texts import key_of, paragraphs_in
from astana.models import Anchor, Evidence, Health, Position, Rendition, User
from astana.models.summary import MADE_OF, settled


def stand(values: dict[str, Any], record: Any, standing: str) -> None:
    """Say whether readers see what a coder added, and whether a reviewer has decided on it.

    What readers of this dossier see already stays public.
    """
    if record is None:
        values["public"] = not standing
    if record is None or not record.public:
        values["proposed"] = standing == "proposed"


def complete_position(values: dict[str, Any], position: Position | None, by: User | None) -> None:
    """Add what follows; where a person brings it in, no file stands for a review."""
    if by and position:
        values |= {"status": position.status, "reason": position.reason}
    elif by and values["status"] == Position.Status.PUBLISHED:
        values["status"] = Position.Status.SUBMITTED
    days = parse_said(values["said"])
    values |= {"earliest": days.earliest, "latest": days.latest}
    made_of = ("summary", *(f"{name}_id" for name in MADE_OF))
    if position and any(getattr(position, name) != values[name] for name in made_of):
        values["summary"] = settled(Position(pk=position.pk, **values), position)
    if values["status"] != Position.Status.PUBLISHED:
        return
    if position is None or position.published_at is None:
        values["published_at"] = timezone.now()
    elif any(getattr(position, name) != value for name, value in values.items()):
        values["edited_at"] = timezone.now()


def complete_rendition(
    values: dict[str, Any],
    rendition: Rendition | None,
    row: Row,
    content: Content,
    versions: set[tuple[int, str, str, int]],
) -> None:
    """Add the words and paragraphs; words that are here and not in the package stay."""
    del values["file"]
    text = content.texts.get(key_of(row), "") or (rendition.text if rendition else "")
    values["text"] = text
    values["paragraphs"] = paragraphs_in(row, text)
    if rendition:
        values["version"] = rendition.version
        return
    # Another text may have taken the number here.
    same = (values["article_id"], values["kind"], values["language"])
    while (*same, values["version"]) in versions:
        values["version"] += 1
    versions.add((*same, values["version"]))


def complete_passage(
    values: dict[str, Any], passage: Evidence | Anchor | None, rendition: Rendition
) -> None:
    """Add to evidence or an anchor what follows from the text, and the words if they are here."""
    start, end, digest = values["start"], values["end"], values["sha256"]
    if not values["health"]:
        is_there = passage and passage.start == start is not None
        values["health"] = passage.health if is_there else Health.INTACT
    is_anchor = "exact" not in values
    if is_anchor:
        values["paragraph"] = None if start is None else paragraph_at(rendition.paragraphs, start)
    elif not digest:
        return
    if passage and passage.exact and hash_of(passage.exact) == digest:
        known: Any = passage
    elif rendition.text and start is not None:
        known = passage_of(rendition.text, start, end)
    else:
        values |= {"exact": "", "prefix": "", "suffix": ""}
        return
    values |= {"exact": known.exact, "prefix": known.prefix, "suffix": known.suffix}
    if not is_anchor:
        values["sha256"] = passage.sha256 if known is passage else ""
