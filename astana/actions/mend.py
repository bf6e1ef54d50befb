"""Mend a passage that has moved or stands in several places: a person says where it is."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from astana.actions.workflow import WrongStep, has_finished, is_finished_by, may_edit
from astana.evidence.anchor import passage_of
from astana.evidence.paragraphs import paragraph_at
from astana.models import Anchor, Evidence, Health, User
from astana.models.of_dossier import holding
from astana.models.revised import StaleRecord


class CannotMend(Exception):
    """It cannot be mended in this way; the text is for people."""


@holding
def place_passage(
    *, passage: Evidence | Anchor, start: int, revision: int, by: User
) -> Evidence | Anchor:
    """Say that a passage stands at one of the places where its very words stand.

    `start` counts code points. Raises StaleRecord where somebody has changed it since `revision`,
    CannotMend where the words do not stand there, and WrongStep for what the coder has finished.
    """
    position = passage.position if isinstance(passage, Evidence) else passage.evidence.position
    if is_finished_by(by, position):
        raise WrongStep(has_finished())
    if not may_edit(by, position):
        raise PermissionDenied(_("Only its coder, before publication, or a reviewer may do this."))
    if passage.revision != revision:
        raise StaleRecord(passage)
    text, words = passage.rendition.text, passage.exact
    if not words or text[start : start + len(words)] != words:
        raise CannotMend(_("These words do not stand there."))
    found = passage_of(text, start, start + len(words))
    passage.start, passage.end = found.start, found.end
    passage.prefix, passage.suffix = found.prefix, found.suffix
    passage.paragraph = paragraph_at(passage.rendition.paragraphs, start)
    passage.health = Health.INTACT
    passage.save()
    return passage
