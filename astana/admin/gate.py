"""What staff may see and do in data entry: no more than the site itself lets them.

Whoever is no superuser needs Django's right to the noun, which is the key to the door, and the
role in the dossier, which says what is behind it for them.
"""

from typing import Any

from django.contrib.admin import FieldListFilter, ModelAdmin, RelatedFieldListFilter
from django.db.models import ForeignKey, Model, Q, QuerySet
from django.http import HttpRequest

from astana.actions.history import may_change
from astana.models import Anchor, Assignment, Dossier, Evidence, Position, User
from astana.models.record import Record
from astana.models.roles import Act, dossiers_where


def in_reach(rows: QuerySet, *, user: User) -> QuerySet:
    """Return the rows that a person may see at the desk of their dossiers."""
    model = rows.model
    if model is Dossier:
        return rows.filter(pk__in=dossiers_where(user, Act.CODE).values("pk"))
    if not user.is_superuser:
        path = getattr(model, "DOSSIER", "dossier")
        rows = rows.filter(**{f"{path}__in": dossiers_where(user, Act.CODE)})
    paths = {Position: "pk", Evidence: "position", Anchor: "evidence__position"}
    if model in paths:
        hidden = _hidden_positions(user)
        if hidden is not None:
            rows = rows.exclude(**{f"{paths[model]}__in": hidden.order_by().values("pk")})
    return rows


def _hidden_positions(user: User) -> QuerySet | None:
    """Return the positions of dossiers in reach that are not for this person to see, if any."""
    dossiers = dossiers_where(user, Act.CODE)
    if user.is_superuser:
        # They see all but what an independent round hides, in which they code themselves.
        rounds = Assignment.objects.filter(coder=user, is_independent=True)
        dossiers = dossiers.filter(pk__in=rounds.values("dossier"))
    seen = Q()
    hidden = None
    for dossier in dossiers:
        seen |= Q(pk__in=Position.objects.at_desk_of(user, dossier=dossier).order_by().values("pk"))
        hidden = Position.objects.filter(dossier__in=dossiers)
    return hidden.exclude(seen) if hidden is not None else None


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


class Gate:
    """What the admin of every noun shares: only what is in reach, and only what the site allows.

    `adding` is what one has to be allowed in a dossier to add a record to it.
    """

    adding = Act.REVIEW

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the rows that the person may see."""
        return in_reach(super().get_queryset(request), user=request.user)

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Return whether the person may add one somewhere; the form looks at the dossier."""
        if not super().has_add_permission(request, *args):
            return False
        return request.user.is_superuser or dossiers_where(request.user, self.adding).exists()

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the person may change one, or this one."""
        return super().has_change_permission(request, obj) and _may(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the person may delete one, or this one."""
        return super().has_delete_permission(request, obj) and _may(request.user, obj)


class InlineGate:
    """The parts of a record may be added, changed and deleted by whoever may change the record."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the person may add a part to this record."""
        return super().has_add_permission(request, obj) and _may(request.user, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the person may change parts of this record."""
        return super().has_change_permission(request, obj) and _may(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return whether the person may delete parts of this record."""
        return super().has_delete_permission(request, obj) and _may(request.user, obj)


def _may(user: User, obj: Model | None) -> bool:
    return not isinstance(obj, Record) or obj.pk is None or may_change(obj, user=user)
