"""How a record is chosen in a form: by a search among labels that name the dossier."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest

from astana.models import Article, Rendition, Stance
from astana.models.record import Record


def choice_label(record: Model) -> str:
    """Return a label that tells a record from those of the same name in other dossiers."""
    match record:
        case Stance(value=None):
            name = f"{record.issue}: {record}"
        case Stance():
            sign = "+" if record.value > 0 else ""
            name = f"{record.issue}: {record} ({sign}{record.value.normalize():f})"
        case Article():
            name = f"{record.title} ({record.slug})"
        case Rendition():
            version = f"{record.get_kind_display()}, {record.language}, {record.version}"
            name = f"{record.article.title} ({version})"
        case _:
            name = str(record)
    return f"{name} · {record.belongs_to().slug}" if isinstance(record, Record) else name


def is_key(text: Any) -> bool:
    """Return whether a text can be the number of a row: what else is sent, nobody has chosen."""
    text = str(text)
    return text.isascii() and text.isdecimal() and len(text) < 19


class RecordChoiceField(forms.ModelChoiceField):
    """A choice among records."""

    def label_from_instance(self, record: Model) -> str:
        """Return the label of a choice."""
        return choice_label(record)


class RecordSelect(AutocompleteSelect):
    """A select that searches.

    `known` is the record that is stored as chosen; with it a form asks no query for each row.
    """

    known: Model | None = None

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        """Return the empty choice and the chosen record; nothing is chosen by what is no number."""
        value = [chosen for chosen in value if is_key(chosen)]
        if self.known is None or value != [str(self.known.pk)]:
            return super().optgroups(name, value, attrs)
        empty = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        label = choice_label(self.known)
        chosen = self.create_option(name, self.known.pk, label, True, len(empty))
        return [(None, [*empty, chosen], 0)]


class ChoosingForm(forms.ModelForm):
    """A form with searching selects; what is `fixed` cannot change once it is stored."""

    fixed: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_stored = self.instance.pk is not None
        for name, field in self.fields.items():
            select = getattr(field.widget, "widget", field.widget)
            is_fixed = is_stored and name in self.fixed
            field.disabled = field.disabled or is_fixed
            if isinstance(select, RecordSelect):
                select.known = getattr(self.instance, name) if is_stored else None
                # Deleting what others name, one click beside the choice, helps nobody.
                field.widget.can_delete_related = field.widget.can_view_related = False
                field.widget.can_add_related &= not is_fixed
                field.widget.can_change_related &= not is_fixed


class Choosing:
    """What admin pages and inlines share: searching selects, and rows with what they name.

    `related` is read in the same query as the rows; `deferred` is not read with them, such as
    whole texts.
    """

    related: tuple[str, ...] = ()
    deferred: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the rows with what their labels name."""
        return super().get_queryset(request).select_related(*self.related).defer(*self.deferred)

    def get_field_queryset(
        self, db: str | None, db_field: ForeignKey, request: HttpRequest
    ) -> QuerySet:
        """Return the records that a field can name, with what their labels name."""
        return self.admin_site.get_model_admin(db_field.remote_field.model).get_queryset(request)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.Field:
        """Return a field that searches for a record."""
        if db_field.name in self.get_autocomplete_fields(request):
            using = kwargs.get("using")
            kwargs["widget"] = RecordSelect(db_field, self.admin_site, using=using)
            kwargs["form_class"] = RecordChoiceField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
