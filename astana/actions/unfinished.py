"""Keep what a coder types until it is saved, and let it go then."""

import json
import re

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from astana.actions.workflow import WrongStep, require_edit
from astana.evidence.anchor import Passage
from astana.models import Dossier, Position, Rendition, Unfinished, User
from astana.models.of_dossier import holding
from astana.models.roles import Act, require
from astana.models.unfinished import (
    LONGEST_FORM,
    LONGEST_TYPED,
    MOST_OF_ONE_CODER,
    UnfinishedQuerySet,
)

Typed = dict[str, list[str]]


@holding
def keep(
    *,
    of: Rendition | Position,
    form: str,
    typed: Typed,
    by: User,
    passage: Passage | None = None,
    begun_from: str = "",
) -> Unfinished:
    """Keep what a form holds, in place of what the same form held before.

    It is for a `passage` of a text, or for a position that is changed. `begun_from` names what the
    form was filled in from, with its revision (`name_of`): if nobody has typed on in it since, this
    one stands for it. Raises WrongStep for too much.
    """
    dossier = of.belongs_to()
    if isinstance(of, Position):
        require_edit(by, of)
        place = {"position": of}
    else:
        require(by, Act.CODE, dossier)
        place = {"rendition": of, "start": passage.start, "end": passage.end}
    words = json.dumps(typed, ensure_ascii=False)
    if len(words) > LONGEST_TYPED or not re.fullmatch(rf"[\w-]{{1,{LONGEST_FORM}}}", form):
        raise WrongStep(_("This is too long to be kept for you before you save it."))
    held = place | {"typed": words, "kept_at": timezone.now()}
    # Of this dossier, which is held: to wait for another one as well would be out of order.
    own = Unfinished.objects.filter(user=by, dossier=dossier)
    if not own.filter(form=form).update(revision=F("revision") + 1, **held):
        _begun_from(begun_from, own).delete()
        if Unfinished.objects.filter(user=by).count() >= MOST_OF_ONE_CODER:
            told = _(
                "What you type is not kept: you have %(most)s unfinished codings, the most "
                "that can be kept. Save or discard some."
            )
            raise WrongStep(told % {"most": MOST_OF_ONE_CODER})
        Unfinished.objects.create(dossier=dossier, user=by, form=form, **held)
    return own.get(form=form)


@holding
def let_go(*, dossier: Dossier, form: str, by: User, begun_from: str = "") -> None:
    """Let go of what a form holds, and of what it was filled in from if that is as it was."""
    own = Unfinished.objects.filter(user=by, dossier=dossier)
    (own.filter(form=form) | _begun_from(begun_from, own)).delete()


def name_of(unfinished: Unfinished) -> str:
    """Return what a form that is filled in from it carries along."""
    return f"{unfinished.form}.{unfinished.revision}"


def typed_in(unfinished: Unfinished) -> Typed:
    """Return what was typed, by the names of the fields."""
    return json.loads(unfinished.typed)


def _begun_from(name: str, own: UnfinishedQuerySet) -> UnfinishedQuerySet:
    form, _dot, revision = name.partition(".")
    if not revision.isdecimal() or len(revision) > 9:
        return own.none()
    return own.filter(form=form, revision=int(revision))
