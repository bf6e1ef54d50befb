"""What coders may add while they code: seen at the desk alone until readers meet it."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from astana.models.dossier import Dossier
from astana.models.record import Reader, Record, RecordQuerySet, still_proposed
from astana.models.roles import Act, dossiers_where, may

_MOST_NAMED = 5


class StillProposed(ValidationError):
    """Something that readers see would name what is only proposed; a reviewer decides first."""


class InPassingQuerySet(RecordQuerySet):
    """Records that may have been added while coding; what only drafts name, the desk alone sees."""

    def visible_to(self, user: Reader) -> Self:
        """Return the public records of the dossiers this user may see."""
        return super().visible_to(user).filter(public=True)

    def for_readers(self, dossier: Dossier) -> Self:
        """Return the records of a dossier that all who may read it see."""
        return self.of(dossier).filter(public=True)

    def at_desk_of(self, user: Reader, *, dossier: Dossier | None = None) -> Self:
        """Return the records, public or not, that a user may see at the desk of a dossier, or all.

        Who takes part in a running round does not see those that another added in it, until a
        coding of the user's own names them, or all have finished.
        """
        path = self.model.DOSSIER
        if dossier is None:
            found = self.filter(**{f"{path}__in": dossiers_where(user, Act.CODE).values("pk")})
        elif may(user, Act.CODE, dossier):
            found = self.of(dossier)
        else:
            return self.none()
        assignments = self.model._meta.get_field("added_under").related_model.objects
        hidden = assignments.hidden_pks(user)
        positions = self.model._meta.get_field("positions").related_model._base_manager
        named = Q()
        for name in self.model.NAMED_AS:
            named |= Q(**{name: OuterRef("pk")})
        mine = Exists(positions.filter(named, coder=user.pk))
        others = Q(public=False, added_under__isnull=False, added_under__in=hidden)
        return found.filter(~others | mine)

    def proposed(self) -> Self:
        """Return those on which a reviewer has to decide."""
        return self.filter(proposed=True)

    def show(self) -> None:
        """Let readers see these records for good, with what they need to be understood.

        Raises StillProposed where one of them waits for a reviewer.
        """
        hidden = self.filter(public=False)
        pks = list(hidden.order_by().values_list("pk", flat=True))
        if not pks:
            return
        if waiting := list(hidden.proposed().order_by("pk")[:_MOST_NAMED]):
            raise StillProposed(still_proposed(waiting))
        shown = self.model._default_manager.filter(pk__in=pks)
        # Past the history: what the record says has not changed.
        models.QuerySet.update(shown, public=True, revision=F("revision") + 1)
        shown.tell_readers()
        shown.write_entries()
        for field in map(self.model._meta.get_field, self.model.SHOWS):
            needed = shown.order_by().values(field.attname)
            field.related_model._default_manager.filter(pk__in=needed).show()


class InPassing(Record):
    """A record that a coder may add while coding, at once or as a proposal.

    `NAMED_AS` are the fields by which a position names it.
    """

    NAMED_AS: tuple[str, ...] = ()
    SEEN = Q(public=True)

    public = models.BooleanField(
        default=True,
        editable=False,
        help_text=_("No if a coder added it while coding and readers have not seen it yet."),
    )
    proposed = models.BooleanField(
        _("proposed"),
        default=False,
        editable=False,
        help_text=_("Yes if a coder added it while coding and no reviewer has accepted it yet."),
    )
    added_under = models.ForeignKey(
        "Assignment",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text=_("The assignment under which a coder added it while coding."),
    )

    class Meta:
        abstract = True

    @property
    def noun(self) -> str:
        """What sort of record it is, in words."""
        return str(self._meta.verbose_name)

    @property
    def is_for_readers(self) -> bool:
        """Whether readers see the record."""
        return self.public

    @property
    def is_seen(self) -> bool:
        """Whether readers see the record: once it is public, it stays so."""
        return self.public


def proposed_is_not_public(noun: str) -> models.CheckConstraint:
    """Return the constraint by which nothing is public that a reviewer has yet to decide on."""
    return models.CheckConstraint(
        condition=Q(public=False) | Q(proposed=False), name=f"{noun}_proposed_is_not_public"
    )
