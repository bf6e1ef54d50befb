"""What the admin of every record of a dossier shares."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, models
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.admin.choices import Choosing, ChoosingForm, is_key
from astana.admin.gate import Gate, InlineGate
from astana.admin.guarded import Guarded
from astana.models import Dossier, User
from astana.models.past import number_of
from astana.models.record import Record
from astana.models.revised import StaleRecord
from astana.models.roles import Act, dossiers_where, may
from astana.pages.shared.revision import RENAMES, OwnRows, RevisionForm

HIDDEN = ("revision", RENAMES)


class Refused(Exception):
    """What cannot be saved, for a reason that shows only while saving; the text is for people."""


class RecordForm(RevisionForm, ChoosingForm):
    """A form that keeps a record and all that it names within one dossier.

    It is refused, with both versions, where somebody has changed the record since it was opened.
    """

    fixed = ("dossier",)

    # What the database refused at the last try, if anything.
    refusal = ""

    # Who fills it in, and what that person has to be allowed to do in the dossier of a new record.
    user: User | None = None
    adding = Act.REVIEW

    def clean(self) -> dict[str, Any]:
        """Refuse records of another dossier, and what the database has refused."""
        cleaned = super().clean()
        dossier = self._dossier(cleaned)
        for name, value in list(cleaned.items()):
            if dossier and isinstance(value, Record) and _dossier_of(value) not in (None, dossier):
                self.add_error(name, _("Choose one of the same dossier."))
        moves = self.instance.pk is None or "dossier" in self.changed_data
        if dossier and self.user and moves and not may(self.user, self.adding, dossier):
            self.add_error(None, _("Your role in this dossier does not allow that."))
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


class WithRevision:
    """What has a `RevisionForm`: its hidden fields stand in the first part of the form."""

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Return the parts of the form, with its revision for whoever may change the record."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None and not self.has_change_permission(request, obj):
            return fieldsets
        (title, first), *others = fieldsets
        hidden = HIDDEN if getattr(self.model, "CALLED", "") else HIDDEN[:1]
        return [(title, first | {"fields": (*first["fields"], *hidden)}), *others]


class RevisedAdmin(WithRevision, Gate, Guarded, Choosing, admin.ModelAdmin):
    """The admin of a record of which both versions are shown where somebody was quicker."""

    change_form_template = "admin/astana/change_form.html"
    list_per_page = 50

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """Return the form, which adds its hidden fields by itself."""
        if kwargs.get("fields"):
            kwargs["fields"] = [name for name in kwargs["fields"] if name not in HIDDEN]
        return super().get_form(request, obj, change=change, **kwargs)

    def view_on_site(self, record: Model) -> str | None:
        """Return the address of the record's page."""
        return record.get_absolute_url()


class RecordAdmin(RevisedAdmin):
    """The admin of a record of a dossier."""

    form = RecordForm
    related = ("dossier",)
    list_max_show_all = 200
    # The names in a search's address that narrow it, and the paths that they narrow.
    narrowed_by: dict[str, str] = {}
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    class Media:
        js = ["admin/js/jquery.init.js", "js/admin.js"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Return what a search finds; in a form, only what fits the dossier chosen there."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.resolver_match.url_name == "autocomplete":
            for name, path in ({"dossier": self.model.DOSSIER} | self.narrowed_by).items():
                value = request.GET.get(name, "")
                if is_key(value):
                    found = found.filter(**{path: int(value)})
        return found, may_repeat

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return what an empty form starts with: the dossier, where there is only one."""
        initial = super().get_changeform_initial_data(request)
        if self.model.DOSSIER == "dossier" and "dossier" not in initial:
            dossiers = list(
                dossiers_where(request.user, self.adding).values_list("pk", flat=True)[:2]
            )
            if len(dossiers) == 1:
                initial["dossier"] = dossiers[0]
        return initial

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """Return the form; it says what the database has refused, if anything."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        form.user, form.adding = request.user, self.adding
        return form

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Lead to the history of the record, which is kept for all ways of changing it."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        names = (record.belongs_to().slug, self.opts.model_name, number_of(record))
        return HttpResponseRedirect(reverse("history:detail", args=names))

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show or save a form; what only the database can refuse comes back as a message."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except StaleRecord:
            # Somebody was quicker by a moment: the form looks again, and shows both versions.
            pass
        except Refused as error:
            request.refusal = str(error)
        except IntegrityError:
            request.refusal = _(
                "Nothing was saved: the database refused these values. Perhaps somebody entered "
                "the same thing at the same moment. Compare with what is stored, then save again."
            )
        return super().changeform_view(request, *args, **kwargs)

    @admin.display(description=gettext_lazy("dossier"))
    def of_dossier(self, record: Record) -> str:
        """Return the short name of the record's dossier."""
        return record.belongs_to().slug


class RowsOfRecord(OwnRows, forms.BaseInlineFormSet):
    """The rows of a record, each of which is its own."""


class RecordInline(WithRevision, InlineGate, Choosing, admin.TabularInline):
    """The rows of a record that belong to it alone."""

    form = RecordForm
    formset = RowsOfRecord
    extra = 0
    view_on_site = False

    def get_formset(
        self, request: HttpRequest, obj: Model | None = None, **kwargs: Any
    ) -> type[forms.BaseInlineFormSet]:
        """Return the rows; each form adds its revision by itself."""
        if "fields" not in kwargs:
            names = flatten_fieldsets(self.get_fieldsets(request, obj))
            kwargs["fields"] = [name for name in names if name not in HIDDEN]
        return super().get_formset(request, obj, **kwargs)
