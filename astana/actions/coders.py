"""Say which account a coder of a file is, or that it is nobody's."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from astana.models import Assignment, Coder, Position, User
from astana.models.of_dossier import holding
from astana.models.positions.decided import decided_by
from astana.models.roles import Act, may, require


class Refused(Exception):
    """Why a coder of a file cannot be an account; the text is for people."""


@holding
def match(*, coder: Coder, user: User | None, by: User) -> Coder:
    """Let what a pseudonym coded be coded by an account; None: by no account again.

    Raises Refused where the account codes one of the articles too, or decided on what the
    pseudonym coded and the dossier's rules want a second person for that.
    """
    require(by, Act.RUN, coder.dossier)
    if user and not may(user, Act.CODE, coder.dossier):
        raise PermissionDenied(_("Choose somebody who may code in the dossier."))
    coder.refresh_from_db()
    assignments = Assignment.objects.filter(pseudonym=coder)
    if user:
        own = Assignment.objects.filter(coder=user, article__in=assignments.values("article"))
        both = own.exclude(pseudonym=coder).select_related("article").first()
        if both:
            raise Refused(
                _("“%(title)s” is assigned to %(user)s too. Nobody codes an article twice.")
                % {"user": user, "title": both.article.title}
            )
        if decided := decided_by(user, Position.objects.filter(pseudonym=coder)).first():
            raise Refused(
                _(
                    # Translators: user is the name of an account, key the short name of a position.
                    "%(user)s decided on position %(key)s of this coder, and nobody may decide "
                    "on what they coded themselves. Choose another account, or have another "
                    "reviewer take that position back and decide on it again."
                )
                % {"user": user, "key": decided.key}
            )
    coder.user = user
    coder.save()
    assignments.update(coder=user)
    coded_at = timezone.now() if user else None
    Position.objects.filter(pseudonym=coder).update(coder=user, coded_at=coded_at)
    return coder
