"""Comments on positions and articles: say something, resolve it, open it again."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from astana.actions.notices import notify
from astana.models import Article, Comment, Notice, Position, User
from astana.models.of_dossier import holding
from astana.models.record import remember
from astana.models.roles import Act, require

# A text field of the database has no end of its own.
MOST_CHARACTERS = Comment._meta.get_field("text").max_length


@holding
def add(
    *, by: User, text: str, position: Position | None = None, article: Article | None = None
) -> Comment:
    """Comment on a position or an article; its coder and who commented before are told."""
    about = position or article
    require(by, Act.CODE, about.dossier)
    if position:
        _require_at_desk(position, by)
    comment = Comment(
        dossier=about.dossier, position=position, article=article, author=by, text=text.strip()
    )
    if len(comment.text) > MOST_CHARACTERS:
        raise ValidationError(
            _("A comment has at most %(most)s characters.") % {"most": MOST_CHARACTERS}
        )
    comment.full_clean()
    comment.save()
    notify(
        _concerned(position=position, article=article),
        Notice.Kind.COMMENTED,
        dossier=about.dossier,
        by=by,
        position=position,
        article=article,
        comment=comment,
    )
    return comment


@holding
def resolve(*, comment: Comment, by: User) -> Comment:
    """Mark a comment as resolved; one that is resolved stays as it is."""
    require(by, Act.CODE, comment.dossier)
    open_one = Comment.objects.filter(pk=comment.pk, resolved_at=None)
    is_changed = open_one.update(resolved_at=timezone.now(), resolved_by=by)
    return _as_stored(comment, is_changed=bool(is_changed))


@holding
def reopen(*, comment: Comment, by: User) -> Comment:
    """Open a resolved comment again; one that is open stays as it is."""
    require(by, Act.CODE, comment.dossier)
    resolved = Comment.objects.filter(pk=comment.pk, resolved_at__isnull=False)
    is_changed = resolved.update(resolved_at=None, resolved_by=None)
    return _as_stored(comment, is_changed=bool(is_changed))


def _as_stored(comment: Comment, *, is_changed: bool) -> Comment:
    """Return the comment as it is now, with the change in its history."""
    comment.refresh_from_db()
    if is_changed:
        remember([comment])
    return comment


def _require_at_desk(position: Position, by: User) -> None:
    if not Position.objects.at_desk_of(by, dossier=position.dossier).contains(position):
        raise PermissionDenied(_("This position is not on your desk."))


def _concerned(*, position: Position | None, article: Article | None) -> list[User]:
    """Return the coder of a position, and all who commented on the same."""
    about = {"position": position} if position else {"article": article}
    authors = User.objects.filter(comments__in=Comment.objects.filter(**about), is_active=True)
    return [*authors, *([position.coder] if position and position.coder else [])]
