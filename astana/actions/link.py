"""Say what a position is to another one of its dossier, and take that back."""

from astana.actions.workflow import require_edit
from astana.models import Link, Position, User
from astana.models.of_dossier import holding


@holding
def link(*, position: Position, kind: str, to: Position, by: User) -> Link:
    """Link a position to another one; both have to be this person's to change.

    Raises PermissionDenied, WrongStep, and ValidationError for what cannot be linked like this.
    """
    ends = Position.objects.select_related("dossier", "assignment")
    # Somebody may have changed them since they were read.
    made = Link(position=ends.get(pk=position.pk), kind=kind, to=ends.get(pk=to.pk))
    for end in (made.position, made.to):
        require_edit(by, end)
    made.full_clean()
    made.save()
    return made


@holding
def unlink(*, link: Link, by: User) -> None:
    """Remove a link; its history stays, and with it the way back.

    Raises PermissionDenied, WrongStep, and StaleRecord where it is gone already.
    """
    ends = ("position__dossier", "position__assignment", "to__dossier", "to__assignment")
    gone = Link.objects.select_related(*ends).get(pk=link.pk)
    for end in (gone.position, gone.to):
        require_edit(by, end)
    gone.delete()
