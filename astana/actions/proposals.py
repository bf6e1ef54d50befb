"""Decide on what coders proposed while they coded: accept it, rename it, or merge it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from astana.actions.additions import CALLED
from astana.actions.journal import Refused, all_or_nothing
from astana.actions.merge import merge_actors, merge_issues, merge_named
from astana.models import Actor, Issue, Merge, Stance, User
from astana.models.in_passing import InPassing
from astana.models.of_dossier import holding
from astana.models.revised import StaleRecord
from astana.models.roles import Act, require
from astana.words.normalise import normalise


@holding
def accept(*, proposal: InPassing, by: User, name: str = "") -> InPassing:
    """Accept a proposal, under another name if one is given.

    It stays at the desk until something published names it. Raises Refused if it is no longer
    one, or where the name is that of another one, and StaleRecord where somebody has changed it
    since it was read.
    """
    require(by, Act.REVIEW, proposal.belongs_to())
    model = type(proposal)
    stored = model._base_manager.get(pk=proposal.pk)
    _refuse_decided(stored)
    if stored.revision != proposal.revision:
        raise StaleRecord(proposal)
    called = CALLED[model]
    name = " ".join(name.split())
    if name and name != getattr(stored, called):
        _refuse_taken(stored, name)
        setattr(stored, called, name)
    stored.proposed = False
    try:
        stored.full_clean(exclude=["dossier", "issue", "event", "part_of"])
    except ValidationError as refusal:
        raise Refused(" ".join(refusal.messages)) from refusal
    stored.save()
    return stored


@all_or_nothing
def merge(*, proposal: InPassing, into: InPassing, by: User) -> Merge:
    """Let what is there stand for a proposal; all that named the proposal names it then.

    Of an issue, stances of the same name become one; the others are proposed for the issue that
    stays. Raises Refused, with nothing done, where the two cannot be one.
    """
    proposal.refresh_from_db()
    _refuse_decided(proposal)
    pair = {"kept": into, "other": proposal, "by": by}
    if isinstance(proposal, Actor):
        return merge_actors(**pair)
    if not isinstance(proposal, Issue):
        return merge_named(**pair)
    if (proposal.kind, proposal.scale) != (into.kind, into.scale):
        # In passing nobody is asked for these: they are as in the issue that stays.
        require(by, Act.REVIEW, proposal.dossier)
        proposal.kind, proposal.scale = into.kind, into.scale
        proposal.save()
    known = {normalise(one.label): one.pk for one in into.stances.all()}
    stances = {one.pk: known.get(normalise(one.label)) for one in proposal.stances.all()}
    return merge_issues(**pair, stances=stances)


def _refuse_decided(stored: InPassing) -> None:
    if not stored.proposed:
        raise Refused(_("Somebody has decided on it in the meantime."))


def _refuse_taken(stored: InPassing, name: str) -> None:
    """Refuse a name that another issue, or another stance of the issue, has in any spelling.

    Actors, events and documents may share one.
    """
    if isinstance(stored, Stance):
        others = Stance._base_manager.filter(issue=stored.issue_id)
    elif isinstance(stored, Issue):
        others = Issue._base_manager.filter(dossier=stored.dossier_id)
    else:
        return
    names = map(str, others.exclude(pk=stored.pk))
    if normalise(name) in map(normalise, names):
        raise Refused(_("There is already one with this name. Merge the proposal into it."))
