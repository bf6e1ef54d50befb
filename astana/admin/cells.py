"""The cells of the tables of data entry: how each is read, or why it cannot be."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export import widgets

from astana.admin.gate import in_reach
from astana.models import Dossier, Stance
from astana.models.record import Record
from astana.models.roles import Act, dossiers_where

EMPTY = gettext_lazy("This cell is empty. Fill it in.")
_YES, _NO = {"1", "true", "yes"}, {"", "0", "false", "no"}


def text_of(value: Any) -> str:
    """Return what stands in a cell as text."""
    return "" if value is None else str(value)


class Widget(widgets.ForeignKeyWidget):
    """What a row names; `known` is what was looked for before, for `user`."""

    known: dict[Any, Any]
    user: Any = None


class DossierWidget(Widget):
    """A dossier by its short name; only those in which the person codes are known."""

    def __init__(self) -> None:
        super().__init__(Dossier, "slug")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the dossier, or say that it is not known."""
        if value not in self.known:
            found = dossiers_where(self.user, Act.CODE)
            self.known[value] = found.filter(slug=value or "").first()
        if self.known[value] is None:
            message = _("There is no dossier “%(name)s” that you work on.")
            raise ValueError(message % {"name": value})
        return self.known[value]


class NamedWidget(Widget):
    """A record of the row's own dossier by its short name, or a position by its key.

    Known are those in reach, and those of the rows before.
    """

    def __init__(self, model: type[Record]) -> None:
        super().__init__(model, "slug" if hasattr(model, "slug") else "key")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the record, or say what the dossier does not have."""
        if not value:
            return None
        key = (row.get("dossier"), value)
        if self.model is Stance:
            key += (row.get("issue"),)
        # None is looked for again: a row after that may have brought it.
        if self.known.get(key) is None:
            self.known[key] = self._found(*key)
        if self.known[key] is None:
            message = _("The dossier has no %(noun)s “%(name)s”.")
            named = {"noun": self.model._meta.verbose_name, "name": value}
            raise ValueError(message % named)
        return self.known[key]

    def _found(self, dossier: str, name: str, *issue: str) -> Record | None:
        found = in_reach(self.model.objects.all(), user=self.user)
        found = found.filter(**{f"{self.model.DOSSIER}__slug": dossier, self.field: name})
        if issue:
            found = found.filter(issue__slug=issue[0])
        return found.select_related(*self.model.DOSSIER.split("__")[:1]).first()


class DayWidget(widgets.DateWidget):
    """A day."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the day, or say how one is written."""
        try:
            return super().clean(value, row, **kwargs)
        except ValueError as error:
            raise ValueError(_("Write a day, such as 2017-01-24.")) from error


class WholeWidget(widgets.IntegerWidget):
    """A whole number."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the number, or say that there is none."""
        try:
            return super().clean(value, row, **kwargs)
        except (ValueError, ArithmeticError) as error:
            raise ValueError(_("Write a whole number.")) from error


class NumberWidget(widgets.DecimalWidget):
    """A number."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the number, or say that there is none."""
        try:
            return super().clean(value, row, **kwargs)
        except (ValueError, ArithmeticError) as error:
            raise ValueError(_("Write a number, such as -0.5.")) from error


class FlagWidget(widgets.BooleanWidget):
    """Yes or no, as tables and packages write them."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        """Return whether it is yes; what is neither is not taken for no."""
        word = text_of(value).strip().lower()
        if word not in _YES | _NO:
            raise ValueError(_("Write 1 for yes or 0 for no."))
        return word in _YES


def of_cell(instance: Record, name: str, error: ValidationError) -> ValidationError:
    """Return what is wrong with a cell in words that say what can be in it."""
    if error.code in ("blank", "null"):
        return ValidationError(EMPTY)
    if error.code == "invalid_choice" and name in {one.name for one in instance._meta.fields}:
        known = ", ".join(str(key) for key, _label in instance._meta.get_field(name).flatchoices)
        told = _("“%(value)s” is unknown. Known values: %(known)s.")
        return ValidationError(told % {"value": str(error.params["value"])[:40], "known": known})
    return error
