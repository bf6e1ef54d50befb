"""Mend a passage that does not stand as it was found: a person says where it stands."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from astana.actions.workflow import WrongStep, has_finished, is_finished_by, may_edit
from astana.evidence.anchor import passage_of
from astana.evidence.likeness import is_alike
from astana.evidence.paragraphs import paragraph_at
from astana.evidence.setting import same_words
from astana.models import Anchor, Dossier, Evidence, Health, User
from astana.models.of_dossier import holding
from astana.models.revised import StaleRecord


class CannotMend(Exception):
    """It cannot be mended in this way; the text is for people."""


@dataclass(frozen=True)
class Placing:
    """That a passage is at a place, said by somebody who has seen this revision of it."""

    passage: Evidence | Anchor
    start: int
    end: int
    revision: int


@holding
def place_passage(
    *, passage: Evidence | Anchor, start: int, revision: int, by: User, end: int | None = None
) -> Evidence | Anchor:
    """Say that a passage is at a place of its text, whose words become those of the passage.

    `start` and `end` count code points. Without an end its very words stand there; with one they
    are the same in another setting, or similar ones that a person has read. Raises StaleRecord
    where somebody has changed it since `revision`, CannotMend where no such words stand there, and
    WrongStep for what the coder has finished.
    """
    position = passage.position if isinstance(passage, Evidence) else passage.evidence.position
    if is_finished_by(by, position):
        raise WrongStep(has_finished())
    if not may_edit(by, position):
        raise PermissionDenied(_("Only its coder, before publication, or a reviewer may do this."))
    if passage.revision != revision:
        raise StaleRecord(passage)
    text, words = passage.rendition.text, passage.exact
    last = start + len(words) if end is None else end
    now = text[start:last]
    is_near = end is not None and bool(now.strip()) and last <= len(text)
    is_near = is_near and (same_words(now) == same_words(words) or is_alike(words, now))
    if not words or (now != words and not is_near):
        raise CannotMend(_("These words are not there."))
    found = passage_of(text, start, last)
    if isinstance(passage, Anchor) or passage.sha256:
        passage.sha256 = found.sha256
    passage.start, passage.end, passage.exact = found.start, found.end, found.exact
    passage.prefix, passage.suffix = found.prefix, found.suffix
    passage.paragraph = paragraph_at(passage.rendition.paragraphs, start)
    passage.health = Health.INTACT
    passage.save()
    if isinstance(passage, Evidence) and now != words:
        position.note_edit()
    return passage


@holding
def place_passages(*, dossier: Dossier, placings: list[Placing], by: User) -> None:
    """Say of many passages of a dossier where they stand: of all of them or, if one fails, none."""
    for one in placings:
        place_passage(
            passage=one.passage, start=one.start, end=one.end, revision=one.revision, by=by
        )
