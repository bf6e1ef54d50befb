"""What the tables of data entry share: how a row is read, checked and shown, and who may load it.

Nothing here writes. A table that was read has what is to be written in `staged`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from import_export import fields, resources
from import_export.instance_loaders import ModelInstanceLoader
from import_export.results import Result

from astana.actions.history import may_change
from astana.admin.cells import (
    EMPTY,
    DayWidget,
    DossierWidget,
    FlagWidget,
    NamedWidget,
    NumberWidget,
    WholeWidget,
    Widget,
    of_cell,
    text_of,
)
from astana.admin.gate import in_reach
from astana.admin.table_files import RowProblem
from astana.models import Dossier
from astana.models.record import Record
from astana.models.roles import Act, may
from astana.models.summary import typed_that_say
from astana.models.together import Together
from astana.pages.shared.summary import stays_words
from astana.words.differences import differences

# In longer values the difference is shown as a whole.
_LONGEST_DIFFERENCE = 2_000
_BATCH = 500


class Difference(resources.Diff):
    """A row before and after, with what was taken out and put in; no style stands in the page."""

    def as_html(self) -> list[SafeString]:
        """Return the marked values of the row."""
        before = [""] * len(self.right) if self.new else self.left
        return [_marked(str(old), str(new)) for old, new in zip(before, self.right, strict=True)]


def _marked(old: str, new: str) -> SafeString:
    if old == new:
        return format_html("{}", new)
    if not old or not new or len(old) + len(new) > _LONGEST_DIFFERENCE:
        taken = format_html("<del>{}</del>", old) if old else ""
        return format_html("{}{}", taken, format_html("<ins>{}</ins>", new) if new else "")
    tags = {"same": "{}", "out": "<del>{}</del>", "in": "<ins>{}</ins>"}
    parts = [(format_html(tags[kind], text),) for kind, text in differences(old, new)]
    return format_html_join("", "{}", parts)


class OfDossierField(fields.Field):
    """The column `dossier` of what belongs to it through something else, which is looked for there.

    It is checked, and nothing is stored of it.
    """

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        """Refuse a dossier that the person does not work on."""
        self.clean(row, **kwargs)


def named_by(model: type[Record]) -> set[str]:
    """Return what a record names, to be read with it: paths of field names."""
    return {one.name for one in model._meta.fields if one.is_relation} | {model.DOSSIER}


class Loader(ModelInstanceLoader):
    """The records that the rows of a table name, read in a few queries."""

    def __init__(self, resource: "RecordResource", dataset: Any) -> None:
        super().__init__(resource, dataset)
        self.found: dict[tuple[str, ...], Record] = {}
        self.columns = resource._meta.import_id_fields
        if not set(self.columns).issubset(dataset.headers or ()):
            return
        model, (_dossier, first, *_others) = resource._meta.model, self.columns
        widget = resource.fields[first].widget
        path = f"{first}__{widget.field}" if isinstance(widget, NamedWidget) else first
        wanted: dict[str, dict[str, None]] = {}
        for dossier, key in zip(dataset["dossier"], dataset[first], strict=True):
            wanted.setdefault(text_of(dossier), {})[text_of(key)] = None
        rows = resource.get_queryset().order_by().select_related(*named_by(model))
        for dossier, keys in wanted.items():
            known = list(keys)
            for start in range(0, len(known), _BATCH):
                some = {f"{path}__in": known[start : start + _BATCH]}
                for record in rows.filter(**{f"{model.DOSSIER}__slug": dossier}, **some):
                    self.add(record)

    def add(self, record: Record) -> None:
        """Take a record for the one that rows of its key name."""
        fields = self.resource.fields
        self.found[tuple(text_of(fields[name].export(record)) for name in self.columns)] = record

    def get_instance(self, row: dict[str, Any]) -> Record | None:
        """Return the record that a row names."""
        return self.found.get(self.resource.key_of(row))


@dataclass(slots=True)
class Staged:
    """What is to be written: new records, changed ones with what they were, and their new parts."""

    new: list[Record] = field(default_factory=list)
    changed: list[Record] = field(default_factory=list)
    originals: list[Record] = field(default_factory=list)
    parts: list[Record] = field(default_factory=list)
    # By model: changed parts, with what they were.
    changed_parts: dict[type[Record], tuple[list[Record], list[Record]]] = field(
        default_factory=dict
    )
    # What the new ones rest on: it has to be, when they are written, what it was when it was read.
    rests_on: list[Record] = field(default_factory=list)

    def write_with(self, together: Together) -> None:
        """Let all of it be written together."""
        together.add(self.new)
        together.change(self.changed, self.originals)
        together.add(self.parts)
        for records, originals in self.changed_parts.values():
            together.change(records, originals)


class RecordResource(resources.ModelResource):
    """A table of records, known by dossier and short name; each row is checked as by hand."""

    adding = Act.CODE
    dossier = fields.Field(attribute="dossier", column_name="dossier", widget=DossierWidget())

    def __init__(
        self, *, user: Any = None, on_row: Callable[[int], None] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        path = self._meta.model.DOSSIER
        if path != "dossier":
            self.fields["dossier"] = OfDossierField(path, "dossier", DossierWidget())
        self.user = user
        self.on_row = on_row
        self.staged = Staged()
        # What is hardly ever right in the rows that are staged, for a person to look at.
        self.doubts: list[RowProblem] = []
        # Where each key stands first, by the record it is for.
        self.lines: dict[tuple[str, ...], int] = {}
        for one in self.fields.values():
            if isinstance(one.widget, Widget):
                one.widget.user, one.widget.known = user, {}

    @classmethod
    def field_from_django_field(cls, name: str, field: Any, readonly: bool) -> fields.Field:
        """Return the column of a field; what one names is looked for in the dossier of the row."""
        if field.is_relation:
            return fields.Field(name, name, NamedWidget(field.related_model))
        column = super().field_from_django_field(name, field, readonly)
        kinds = {models.DateField: DayWidget, models.BooleanField: FlagWidget}
        kinds |= {models.IntegerField: WholeWidget, models.DecimalField: NumberWidget}
        for kind, widget in kinds.items():
            if isinstance(field, kind):
                column.widget = widget()
        return column

    def get_queryset(self) -> QuerySet:
        """Return the records that a row may change: those in reach."""
        return in_reach(super().get_queryset(), user=self.user)

    @classmethod
    def get_display_name(cls) -> str:
        """Return what the table is called where one of several is chosen."""
        return capfirst(cls._meta.model._meta.verbose_name_plural)

    def filter_export(self, queryset: QuerySet, **kwargs: Any) -> QuerySet:
        """Return what is removed: the rows of a list, or of a list of wholes what they have."""
        model = self._meta.model
        if queryset.model is model:
            return queryset
        whole = next(one.name for one in model._meta.fields if one.related_model is queryset.model)
        rows = self.get_queryset().filter(**{f"{whole}__in": queryset.order_by().values("pk")})
        return rows.select_related(*named_by(model))

    def key_of(self, row: dict[str, Any]) -> tuple[str, ...]:
        """Return the cells that say which record a row is."""
        return tuple(text_of(row.get(name)) for name in self._meta.import_id_fields)

    def prepare(self) -> None:
        """Work out what else is to be written, once all rows are right; nothing by default."""

    def look_again(self) -> None:
        """Raise IntegrityError for what only shows in all that is written; nothing by default."""

    @classmethod
    def get_diff_class(cls) -> type[Difference]:
        """Return how differences are shown."""
        return Difference

    def import_data(self, dataset: Any, *args: Any, **kwargs: Any) -> Result:
        """Check a table, without a transaction; the result has its `problems` in their order."""
        self.table = dataset
        given = {"user": self.user}
        result = self.import_data_inner(dataset, True, False, False, False, **given)
        result.problems = sorted(self._problems(result), key=lambda problem: problem.line)
        result.doubts = self.doubts
        return result

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Refuse columns that nobody knows: what is in them would be lost."""
        known = {one.column_name for one in self.fields.values()}
        if unknown := [name for name in dataset.headers or () if name not in known]:
            message = _("The column “%(name)s” is unknown. Remove it, or correct its name.")
            raise ValueError(message % {"name": unknown[0]})

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> Any:
        """Check a row."""
        if self.on_row:
            self.on_row(kwargs["row_number"])
        return super().import_row(row, instance_loader, **kwargs)

    def import_instance(self, instance: Record, row: Any, **kwargs: Any) -> None:
        """Give a record the values of a row; raises ValidationError with all that is wrong."""
        errors: dict[str, Any] = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        for one in instance._meta.fields:
            is_asked = one.is_relation and not one.null and one.name in self.fields
            if is_asked and getattr(instance, one.attname) is None and one.name not in errors:
                errors[one.name] = [ValidationError(EMPTY)]
        if unknown := errors.get(self._meta.model.DOSSIER):
            # What it names cannot be looked for.
            raise ValidationError({"dossier": unknown})
        line = self.line_of(kwargs["row_number"])
        key = self.key_of(row)
        first = self.lines.setdefault(key, line) if any(key[1:]) else line
        if first != line:
            message = _("“%(key)s” is already in line %(line)s. Keep one of the two.")
            told = {"key": ", ".join(filter(None, key[1:])), "line": first}
            errors[self._meta.import_id_fields[-1]] = [ValidationError(message % told)]
        if errors:
            raise ValidationError(errors)

    def validate_instance(
        self, instance: Record, import_validation_errors: Any = None, **kwargs: Any
    ) -> None:
        """Refuse what the record cannot be, and what the person may not add or change."""
        errors: dict[str, Any] = dict(import_validation_errors or {})
        is_whole = "dossier" not in errors
        try:
            super().validate_instance(instance, import_validation_errors, **kwargs)
        except ValidationError as error:
            errors = error.update_error_dict({})
        except ObjectDoesNotExist:
            # What it names is not there, which is said where the row names it.
            if not errors:
                raise
            is_whole = False
        if "dossier" in errors:
            # What else the row names was not looked for.
            named = {one.name for one in instance._meta.fields if one.is_relation} - {"dossier"}
            errors = {name: found for name, found in errors.items() if name not in named}
        for name, found in errors.items():
            errors[name] = [of_cell(instance, name, one) for one in found]
        if is_whole and not self._may_save(instance):
            message = ValidationError(_("Your role in this dossier does not allow that."))
            errors.setdefault(NON_FIELD_ERRORS, []).append(message)
        if errors:
            raise ValidationError(errors)

    def _may_save(self, instance: Record) -> bool:
        try:
            dossier = instance.belongs_to()
        except ObjectDoesNotExist:
            # What it belongs to is not there, which is said where the row names it.
            return True
        if instance.pk is None:
            return self.may_add(instance, dossier)
        return may_change(instance, user=self.user)

    def may_add(self, instance: Record, dossier: Dossier) -> bool:
        """Return whether the person may add a record to its dossier."""
        return may(self.user, self.adding, dossier)

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        """Stage what the row adds or changes."""
        instance = row_result.instance
        if row_result.is_new():
            self.staged.new.append(instance)
            key = (instance.belongs_to().slug, getattr(instance, "slug", ""))
            for one in self.fields.values():
                if isinstance(one.widget, NamedWidget) and one.widget.model is type(instance):
                    one.widget.known[key] = instance
        elif row_result.is_update():
            self.staged.changed.append(instance)
            self.staged.originals.append(row_result.original)
            line = self.line_of(kwargs["row_number"])
            for column, words in self.doubts_of(instance, row_result.original):
                self.doubts.append(RowProblem(line, column, words))

    def doubts_of(self, instance: Record, original: Record) -> Iterator[tuple[str, str]]:
        """Yield what is to be looked at of a changed record, by its column.

        That is a new name which summaries that somebody typed do not follow.
        """
        called = instance.CALLED
        was = getattr(original, called) if called else ""
        if called and was != getattr(instance, called) and (keys := typed_that_say(original, was)):
            yield called, stays_words(keys, was)

    def line_of(self, row_number: int) -> int:
        """Return the line in which a row begins; of a file without lines, its number."""
        lines = getattr(self.table, "lines", None)
        return lines[row_number - 1] if lines else row_number

    def _problems(self, result: Result) -> list[RowProblem]:
        found = [RowProblem(1, "", str(error.error)) for error in result.base_errors]
        found += getattr(self.table, "misfits", [])
        for number, errors in result.row_errors():
            line = self.line_of(number)
            found += [RowProblem(line, "", str(error.error)) for error in errors]
        for row in result.invalid_rows:
            line = self.line_of(row.number)
            for column, messages in row.field_specific_errors.items():
                found += [RowProblem(line, column, str(one)) for one in messages]
            found += [RowProblem(line, "", str(one)) for one in row.non_field_specific_errors]
        return found


class Table:
    """The options of every table."""

    skip_unchanged = True
    report_skipped = True
    use_bulk = False
    use_transactions = False
    store_instance = True
    clean_model_instances = True
    instance_loader_class = Loader
    import_id_fields = ("dossier", "slug")
