"""Open a class for a blind reading, take what its pupils guess, and let it go with all of it."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from astana.models import Class, Dossier, Pupil, User
from astana.models.of_dossier import holding
from astana.models.reading_class import MOST_OF_ONE_TEACHER, MOST_PUPILS


class Refused(Exception):
    """What cannot be done in a class; the text is for people."""


@holding
def open_class(*, dossier: Dossier, blind: str, by: User) -> Class:
    """Return a new class; those of the dossier that have expired go first."""
    Class.objects.filter(dossier=dossier).expired().delete()
    if not Dossier.objects.visible_to(AnonymousUser()).filter(pk=dossier.pk).exists():
        raise Refused(
            _(
                "Pupils have no accounts, so a class can only read public dossiers. This one "
                "is for members only."
            )
        )
    if Class.objects.open().of_user(by).count() >= MOST_OF_ONE_TEACHER:
        raise Refused(
            _("You have %(most)s open classes, the most allowed. End one first.")
            % {"most": MOST_OF_ONE_TEACHER}
        )
    return Class.objects.create(dossier=dossier, user=by, blind=blind)


@holding
def send_guesses(*, group: Class, token: str, guesses: dict[str, str]) -> None:
    """Keep what was guessed in a browser, in the place of what was guessed in it before."""
    if not Class.objects.open().filter(pk=group.pk).exists():
        raise Refused(_("This class has ended or has expired. Nothing was sent."))
    pupils = Pupil.objects.filter(group=group)
    if pupils.filter(token=token).update(guesses=guesses):
        return
    if pupils.count() >= MOST_PUPILS:
        raise Refused(
            _(
                "This class is full: it has room for %(most)s pupils. Your guesses were not "
                "sent; they are still below. Ask your teacher to open a second class."
            )
            % {"most": MOST_PUPILS}
        )
    Pupil.objects.create(group=group, token=token, guesses=guesses)


@holding
def end_class(*, group: Class, by: User) -> None:
    """Delete a class of one's own, with all that was guessed."""
    Class.objects.of_user(by).filter(pk=group.pk).delete()
