"""Refuse a form whose record somebody else has changed since it was opened, and show both."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.models import model_to_dict
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from astana.models.record import Record
from astana.models.summary import typed_that_say
from astana.pages.shared.summary import asks_again, stays_words

# What is sent along of a new name that typed summaries do not follow, by who has been told so.
RENAMES = "renames"


@dataclass(frozen=True)
class Difference:
    """A field that is stored in one way by now and was typed in another, both in words."""

    name: str
    label: str
    stored: str
    typed: str


class OwnRows:
    """A set of forms whose rows are those of its own records, each named once.

    Put it before `forms.BaseModelFormSet`, which takes any record of the model for one of its own.
    """

    def clean(self) -> None:
        """Refuse rows that name a record of others, or one twice."""
        super().clean()
        own = {record.pk for record in self.get_queryset()}
        named = [form.cleaned_data.get("id") for form in self.initial_forms if form.is_valid()]
        pks = [record.pk for record in named if record]
        if not own.issuperset(pks) or len(set(pks)) < len(named):
            raise forms.ValidationError(_("The stored rows have changed. Open the page again."))


class RevisionForm(forms.BaseForm):
    """A form of one record that carries the revision it was opened with.

    Put it before `forms.ModelForm`, or before `forms.Form` in a class that sets `instance` before
    it calls `super().__init__`. Saving then needs no more than `form.is_valid()`, and a call of
    `refuse` where the record's own `save` raises StaleRecord. A refused form keeps what was typed
    and carries the new revision, so that sending it again saves it on top.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.newer: Record | None = None
        self.fields["revision"] = forms.IntegerField(
            required=False, widget=forms.HiddenInput, initial=self.instance.revision
        )
        if self.called in self.fields:
            self.fields[RENAMES] = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def called(self) -> str:
        """The field of the name of which summaries are made; empty where they are made of none."""
        return getattr(self.instance, "CALLED", "")

    def clean(self) -> dict[str, Any]:
        """Refuse what began from another revision than the one that is stored."""
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        if self.instance.pk and cleaned.get("revision") != self.instance.revision:
            self.refuse()
        elif self.instance.pk and self.called in self.changed_data:
            self._ask_of_summaries(cleaned)
        return cleaned

    def _ask_of_summaries(self, cleaned: dict[str, Any]) -> None:
        """Refuse a new name, once, where summaries that somebody typed say the old one."""
        name, was = cleaned.get(self.called), getattr(self.instance, self.called)
        if not name or cleaned.get(RENAMES) == name:
            return
        if keys := typed_that_say(self.instance, was):
            self.data = self.data.copy()
            self.data[self.add_prefix(RENAMES)] = name
            told = f"{stays_words(keys, was)} {asks_again()}"
            self.add_error(self.called, forms.ValidationError(told, code="doubt"))

    def refuse(self) -> None:
        """Mark the form as begun from what is no longer stored; `differences` then has rows."""
        self.newer = type(self.instance)._base_manager.filter(pk=self.instance.pk).first()
        if self.newer is None:
            message = _("This has been deleted in the meantime. What you typed is still here.")
        else:
            message = _(
                "This has been changed since you opened it, so nothing was saved. Compare both "
                "versions; what you typed is still in the form."
            )
            self.data = self.data.copy()
            self.data[self.add_prefix("revision")] = str(self.newer.revision)
        self.add_error(None, forms.ValidationError(message, code="stale"))

    @property
    def is_stale(self) -> bool:
        """Whether somebody else has changed the record since the form was opened."""
        return self.has_error(NON_FIELD_ERRORS, code="stale")

    @property
    def last_change(self) -> Any:
        """What the history has of the change that the form did not know of; one query."""
        return self.newer and self.newer.history.select_related("history_user").first()

    @property
    def differences(self) -> list[Difference]:
        """The fields that are stored differently from what was typed; none unless it is stale."""
        if self.newer is None:
            return []
        stored = self.values_of(self.newer)
        rows = []
        for name, field in self.fields.items():
            if name not in stored or field.disabled:
                continue
            here = _in_words(field, stored[name])
            typed = _in_words(field, self[name].value())
            if here != typed:
                rows.append(Difference(name, str(self[name].label), here, typed))
        return rows

    def values_of(self, record: Record) -> dict[str, Any]:
        """Return what the fields of the form would hold for a record."""
        return model_to_dict(record, fields=list(self.fields))


def _in_words(field: forms.Field, value: Any) -> str:
    """Return a value of a field as a person reads it, whether it is stored or was typed."""
    if value in (None, "", []):
        return ""
    if isinstance(field, forms.ModelMultipleChoiceField):
        key = field.to_field_name or "pk"
        keys = [getattr(one, key, one) for one in value]
        return ", ".join(map(str, field.queryset.filter(**{f"{key}__in": keys})))
    if isinstance(field, forms.ModelChoiceField):
        try:
            return field.label_from_instance(field.to_python(value))
        except forms.ValidationError:
            return str(value)
    if isinstance(field, forms.ChoiceField):
        labels = {str(one): str(label) for one, label in flatten_choices(field.choices)}
        return labels.get(str(value), str(value))
    if isinstance(field, forms.BooleanField):
        return _("yes") if field.to_python(value) else _("no")
    words = field.prepare_value(value)
    return str(words).replace("\r\n", "\n").strip()
