"""Where people stand in the database: every row that names an account."""

from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.db.models import ForeignKey, Model, Q, QuerySet

from astana.models.of_dossier import OfDossier
from astana.models.user import User

# What is of one person alone, by the field that says whose it is: it goes with the account.
GOES = {
    "account.EmailAddress": "user",
    "astana.Class": "user",
    "astana.Import": "user",
    "astana.Membership": "user",
    "astana.Notice": "user",
    "astana.SavedComparison": "user",
    "astana.Unfinished": "user",
    "astana.User_groups": "user",
    "astana.User_user_permissions": "user",
    "mfa.Authenticator": "user",
    "socialaccount.SocialAccount": "user",
    "usersessions.UserSession": "user",
}
# What a person wrote or did in the work of all: it stays, under a pseudonym.
STAYS = {
    "admin.LogEntry": "user",
    "astana.Assignment": "coder",
    "astana.Challenge": "reader",
    "astana.Coder": "user",
    "astana.Comment": "author",
    "astana.Invitation": "accepted_by",
    "astana.Merge": "by",
    "astana.Position": "coder",
    "astana.Upload": "user",
}


class Named(NamedTuple):
    """A model and those of its fields that name an account."""

    model: type[Model]
    fields: tuple[str, ...]

    def rows_of(self, user: User) -> QuerySet:
        """Return the rows that name a person."""
        named = Q()
        for field in self.fields:
            named |= Q(**{field: user})
        return self.model._base_manager.filter(named)


def naming_people() -> Iterator[Named]:
    """Yield every model that names accounts, histories too."""
    for model in apps.get_models(include_auto_created=True):
        fields = tuple(
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, ForeignKey) and field.related_model is User
        )
        if fields:
            yield Named(model, fields)


def is_history(model: type[Model]) -> bool:
    """Say whether a model is the history of another one."""
    return hasattr(model, "history_type")


def dossiers_naming(user: User) -> set[int]:
    """Return the keys of the dossiers in which something names a person."""
    return {
        pk
        for named in naming_people()
        if issubclass(named.model, OfDossier)
        for pk in named.rows_of(user)
        .order_by()
        .values_list(f"{named.model.DOSSIER}__pk", flat=True)
        .distinct()
    }
