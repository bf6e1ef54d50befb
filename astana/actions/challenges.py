"""Readers' objections to published positions, and their public answers."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from astana.actions.notices import notify, reviewers_of
from astana.actions.workflow import WrongStep, reject
from astana.models import Challenge, Dossier, Notice, Position, User
from astana.models.of_dossier import holding
from astana.models.record import Reader, remember
from astana.models.roles import Act, require

# So many objections to one position wait for an answer; more would tell a reviewer nothing new.
MOST_OPEN = 20
# A text field of the database has no end of its own.
MOST_CHARACTERS = Challenge._meta.get_field("text").max_length


@holding
def challenge(*, position: Position, kind: str, text: str, by: Reader) -> Challenge:
    """Object to a published position; the reviewers are told.

    Raises PermissionDenied for anonymous readers where the dossier wants an account, and WrongStep
    where too many objections to the position wait for an answer.
    """
    dossier = position.dossier
    if not Position.objects.visible_to(by).contains(position):
        raise PermissionDenied(_("Only what is published can be challenged."))
    if not by.is_authenticated and not dossier.open_challenges:
        raise PermissionDenied(_("Sign in to challenge a position of this dossier."))
    if position.challenges.open().count() >= MOST_OPEN:
        raise WrongStep(
            _(
                "Many objections to this position are already waiting for an answer. Come back"
                " later."
            )
        )
    made = Challenge(
        dossier=dossier,
        position=position,
        kind=kind,
        text=text.strip(),
        reader=by if by.is_authenticated else None,
    )
    _bound(made.text)
    made.full_clean()
    made.save()
    _touch(dossier)
    notify(
        reviewers_of(dossier),
        Notice.Kind.CHALLENGED,
        dossier=dossier,
        by=made.reader,
        position=position,
        challenge=made,
    )
    return made


@holding
def answer(
    *, challenge: Challenge, status: str, text: str, by: User, withdraw: bool = False
) -> Challenge:
    """Uphold or decline an objection with an answer that readers see.

    `withdraw` takes the position from the site, with the answer as the reason, if it is upheld.
    Raises WrongStep where somebody else has answered.
    """
    require(by, Act.REVIEW, challenge.dossier)
    if not text.strip():
        raise WrongStep(_("Write an answer: readers will see it."))
    if status not in (Challenge.Status.UPHELD, Challenge.Status.DECLINED):
        raise WrongStep(_("Say whether the objection is upheld or declined."))
    _bound(text)
    values = {"status": status, "answer": text.strip()}
    answered = Challenge.objects.filter(pk=challenge.pk).open()
    if not answered.update(answered_by=by, answered_at=timezone.now(), **values):
        raise WrongStep(_("Somebody else has answered this objection. Look again."))
    challenge.refresh_from_db()
    remember([challenge])
    _touch(challenge.dossier)
    is_public = challenge.position.status == Position.Status.PUBLISHED
    if withdraw and status == Challenge.Status.UPHELD and is_public:
        reject(position=challenge.position, by=by, reason=text)
    if challenge.reader:
        notify(
            [challenge.reader],
            Notice.Kind.ANSWERED,
            dossier=challenge.dossier,
            by=by,
            position=challenge.position,
            challenge=challenge,
        )
    return challenge


def _bound(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise WrongStep(_("At most %(most)s characters can be stored.") % {"most": MOST_CHARACTERS})


def _touch(dossier: Dossier) -> None:
    # Readers see the mark of an objection, and pages are kept for a version of the dossier.
    Dossier.objects.filter(pk=dossier.pk).touch()
