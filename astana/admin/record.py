"""What the admin of every record of a dossier shares."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.admin.choices import Choosing, ChoosingForm
from astana.models import Dossier
from astana.models.record import Record


class Refused(Exception):
    """What cannot be saved, for a reason that shows only while saving; the text is for people."""


class RecordForm(ChoosingForm):
    """A form that keeps a record and all that it names within one dossier."""

    fixed = ("dossier",)

    # What the database refused at the last try, if anything.
    refusal = ""

    def clean(self) -> dict[str, Any]:
        """Refuse records of another dossier, and what the database has refused."""
        cleaned = super().clean()
        dossier = self._dossier(cleaned)
        for name, value in list(cleaned.items()):
            if dossier and isinstance(value, Record) and _dossier_of(value) not in (None, dossier):
                self.add_error(name, _("Choose one of the same dossier."))
        if self.refusal:
            self.add_error(None, self.refusal)
        return cleaned

    def _dossier(self, cleaned: dict[str, Any]) -> Dossier | None:
        parent = cleaned.get(self._meta.model.DOSSIER.split("__")[0])
        return _dossier_of(parent) if isinstance(parent, Record) else parent


def _dossier_of(record: Record) -> Dossier | None:
    """Return the dossier of a record, or None where the record's own form has none yet."""
    try:
        return record.belongs_to()
    except ObjectDoesNotExist:
        return None


class RecordAdmin(Choosing, admin.ModelAdmin):
    """The admin of a record of a dossier."""

    form = RecordForm
    related = ("dossier",)
    list_per_page = 50
    list_max_show_all = 200
    # The names in a search's address that narrow it, and the paths that they narrow.
    narrowed_by: dict[str, str] = {}
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    class Media:
        css = {"all": ["css/admin.css"]}
        js = ["admin/js/jquery.init.js", "js/admin.js"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Return what a search finds; in a form, only what fits the dossier chosen there."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.resolver_match.url_name == "autocomplete":
            for name, path in ({"dossier": self.model.DOSSIER} | self.narrowed_by).items():
                value = request.GET.get(name, "")
                if value.isdecimal() and len(value) < 19:
                    found = found.filter(**{path: int(value)})
        return found, may_repeat

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return what an empty form starts with: the dossier, where there is only one."""
        initial = super().get_changeform_initial_data(request)
        if self.model.DOSSIER == "dossier" and "dossier" not in initial:
            dossiers = list(Dossier.objects.values_list("pk", flat=True)[:2])
            if len(dossiers) == 1:
                initial["dossier"] = dossiers[0]
        return initial

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """Return the form; it says what the database has refused, if anything."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        return form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show or save a form; what only the database can refuse comes back as a message."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Refused as error:
            request.refusal = str(error)
        except IntegrityError:
            request.refusal = _(
                "Nothing was saved: the database refused these values. Perhaps somebody entered "
                "the same at this moment. Compare with what is stored, then save again."
            )
        return super().changeform_view(request, *args, **kwargs)

    @admin.display(description=gettext_lazy("dossier"))
    def of_dossier(self, record: Record) -> str:
        """Return the short name of the record's dossier."""
        return record.belongs_to().slug

    def view_on_site(self, record: Model) -> str | None:
        """Return the address of the record's page."""
        return record.get_absolute_url()


class RecordInline(Choosing, admin.TabularInline):
    """The rows of a record that belong to it alone."""

    form = RecordForm
    extra = 0
    view_on_site = False
