"""Names: of actors, of sources, of issues and so on; a name is read as it is stored."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from astana.words.characters import unfit_in_name


def unfit_name(text: str) -> str:
    """Return why a text can be no name, or nothing: the character, where it is and its name."""
    found = unfit_in_name(text)
    if found is None:
        return ""
    if found.kind == "line break":
        return _("It contains a line break. Write it on one line.")
    if found.kind == "direction":
        message = _(
            # Translators: code is as U+202E, place is a number, name is that of a character in
            # English.
            "It contains a direction mark (%(code)s) at character %(place)s, %(name)s. Delete it."
        )
    else:
        message = _(
            # Translators: code is as U+0007, place is a number, name is that of a character in
            # English.
            "It contains a control character (%(code)s) at character %(place)s, %(name)s. Delete "
            "it."
        )
    return message % {"code": found.code, "place": found.place, "name": found.name}


def refuse_unfit_name(text: str) -> None:
    """Raise ValidationError where a text can be no name."""
    if why := unfit_name(text):
        raise ValidationError(why)


class NameField(models.CharField):
    """A name, on one line, that shows itself in the order in which it is stored.

    To migrations it is a CharField: the database stores the same.
    """

    default_validators = [refuse_unfit_name]

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return how migrations write the field."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
