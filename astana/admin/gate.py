"""What staff may see and do in data entry: no more than the site itself lets them.

Whoever is no superuser needs Django's right to the noun, which lets them in, and the
role in the dossier, which says what is behind it for them.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import FieldListFilter, ModelAdmin, RelatedFieldListFilter
from django.db.models import ForeignKey, Model, Q, QuerySet
from django.http import HttpRequest

from astana.actions.history import may_change
from astana.models import (
    Actor,
    ActorName,
    Anchor,
    Assignment,
    Comment,
    Document,
    Dossier,
    Event,
    Evidence,
    Issue,
    Link,
    Notice,
    Position,
    Stance,
    User,
)
from astana.models.in_passing import InPassing
from astana.models.record import Record
from astana.models.roles import Act, dossiers_where, may_somewhere


def _positions(user: User) -> QuerySet:
    return Position.objects.at_desk_of(user).order_by().values("pk")


def _at_desk(model: type[InPassing], user: User) -> QuerySet:
    return model.objects.at_desk_of(user).order_by().values("pk")


# Of what the desk shows only some: the condition that a person may see it.
_SEEN: dict[type[Model], Callable[[User], Q]] = {
    Actor: lambda user: Q(pk__in=_at_desk(Actor, user)),
    ActorName: lambda user: Q(actor__in=_at_desk(Actor, user)),
    Issue: lambda user: Q(pk__in=_at_desk(Issue, user)),
    Stance: lambda user: Q(pk__in=_at_desk(Stance, user)),
    Event: lambda user: Q(pk__in=_at_desk(Event, user)),
    Document: lambda user: Q(pk__in=_at_desk(Document, user)),
    Position: lambda user: Q(pk__in=_positions(user)),
    Evidence: lambda user: Q(position__in=_positions(user)),
    Anchor: lambda user: Q(evidence__position__in=_positions(user)),
    Link: lambda user: Q(position__in=_positions(user), to__in=_positions(user)),
    Comment: lambda user: Q(pk__in=Comment.objects.visible_to(user).order_by().values("pk")),
    Notice: lambda user: Q(pk__in=Notice.objects.tellable_to(user).order_by().values("pk")),
}


def in_reach(rows: QuerySet, *, user: User) -> QuerySet:
    """Return the rows that a person may see at the desk of their dossiers."""
    model = rows.model
    if model is Dossier:
        return rows.filter(pk__in=dossiers_where(user, Act.CODE).values("pk"))
    if not user.is_superuser:
        path = getattr(model, "DOSSIER", "dossier")
        rows = rows.filter(**{f"{path}__in": dossiers_where(user, Act.CODE).values("pk")})
    # Those who run the site see all but what a running round hides in which they code. Of actors
    # and the like there are few: to leave some out costs less than to ask first for such a round.
    asks = user.is_superuser and model is not ActorName and not issubclass(model, InPassing)
    if model in _SEEN and not (asks and not _dossiers_of_rounds(user)):
        rows = rows.filter(_SEEN[model](user))
    return rows


def _dossiers_of_rounds(user: User) -> set[int]:
    """Return in which dossiers a person codes in a running round; one query a user object."""
    if "_in_rounds" not in user.__dict__:
        rounds = Assignment.objects.in_rounds_of(user).running().order_by()
        user._in_rounds = set(rounds.values_list("dossier", flat=True))
    return user._in_rounds


def may_see_what_hangs_on(obj: Model | None, *, user: User) -> bool:
    """Return whether nothing that depends on a record can be hidden from a person.

    In a dossier in which one codes in a running round, whether something can be deleted would tell
    which actors, issues and texts the others name. Positions and passages are seen or not.
    """
    match obj:
        case Position() | Evidence() | Link() | None:
            return True
        case Dossier():
            return obj.pk not in _dossiers_of_rounds(user)
        case Record() if obj.pk:
            return obj.belongs_to().pk not in _dossiers_of_rounds(user)
        case _:
            return getattr(obj, "dossier_id", None) not in _dossiers_of_rounds(user)


class DossierFilter(RelatedFieldListFilter):
    """The dossiers that a list can be narrowed to: those in reach."""

    def field_choices(
        self, field: ForeignKey, request: HttpRequest, model_admin: ModelAdmin
    ) -> list[tuple[Any, str]]:
        """Return the dossiers in reach, by title."""
        found = dossiers_where(request.user, Act.CODE).order_by("title")
        return list(found.values_list("pk", "title"))


FieldListFilter.register(
    lambda field: field.is_relation and field.related_model is Dossier,
    DossierFilter,
    take_priority=True,
)


class _Reach:
    """Only what is in reach, changed and deleted by whom the site allows that."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the rows that the person may see."""
        return in_reach(super().get_queryset(request), user=request.user)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the person may change one, or this one."""
        return super().has_change_permission(request, obj) and _may(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the person may delete one, or this one."""
        return (
            super().has_delete_permission(request, obj)
            and _may(request.user, obj)
            and may_see_what_hangs_on(obj, user=request.user)
        )


class Gate(_Reach):
    """What the admin of every noun shares.

    `adding` is what one has to be allowed in a dossier to add a record to it.
    """

    adding = Act.REVIEW

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Return whether the person may add one somewhere; the form looks at the dossier."""
        if not super().has_add_permission(request, *args):
            return False
        return may_somewhere(request.user, self.adding)


class InlineGate(_Reach):
    """The parts of a record may be added, changed and deleted by whoever may change the record."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the person may add a part to this record."""
        return super().has_add_permission(request, obj) and _may(request.user, obj)


class OnlySeen:
    """What comes about elsewhere, and is only looked at here: nobody adds or changes one."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return that nobody adds one here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return that nobody changes one here."""
        return False


def _may(user: User, obj: Model | None) -> bool:
    return not isinstance(obj, Record) or obj.pk is None or may_change(obj, user=user)
