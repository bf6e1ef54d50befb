"""Loading tables from files and taking them away, with a preview of what would change."""

from typing import Any

from django import forms
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm, ImportForm
from import_export.tmp_storages import CacheStorage

from astana.admin.loading import load_table, may_load, noun_of
from astana.admin.rows import RecordResource
from astana.admin.table_files import FORMATS, Unreadable
from astana.models import Import

LARGEST_FILE = 5 * 1024 * 1024
# So many rows of a preview are shown; the rest is counted.
MOST_SHOWN = 200


def _choice_of_table() -> forms.ChoiceField:
    # What is offered, the form says by itself.
    return forms.ChoiceField(label=pgettext_lazy("of records", "Table"), required=False)


class BoundedImportForm(ImportForm):
    """The choice of a table, and of a file to load into it, of a bounded size."""

    resource = _choice_of_table()

    def clean_import_file(self) -> Any:
        """Refuse a file that nobody previews."""
        file = self.cleaned_data["import_file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(
                _("The file is larger than %(size)s MB. Load it in parts.")
                % {"size": LARGEST_FILE // 1024 // 1024}
            )
        return file


class TableForm(ExportForm):
    """The choice of a table to take away."""

    resource = _choice_of_table()


class Kept(CacheStorage):
    """A file between its preview and its load, kept where all processes of the site find it."""

    CACHE_LIFETIME = 3600

    def read(self) -> Any:
        """Return the file; 404 once it is no longer kept."""
        found = super().read()
        if found is None:
            raise Http404
        return found


class FilesAdmin(ImportExportMixin):
    """The admin of a noun whose table can be loaded and downloaded.

    What one sees can be downloaded; loading needs what adding and changing one by one needs, row
    by row.
    """

    import_form_class = BoundedImportForm
    export_form_class = TableForm
    formats = FORMATS
    import_template_name = "admin/astana/import.html"
    tmp_storage_class = Kept

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Return whether the person may add and change some of the tables."""
        return bool(self.get_import_resource_classes(request))

    def get_import_resource_classes(self, request: HttpRequest) -> list[type[RecordResource]]:
        """Return the tables that the person may load: that of the noun, and those of its parts."""
        return [one for one in self.resource_classes if may_load(request.user, noun_of(one))]

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what a file would do, and all that is wrong with it; nothing is written."""
        response = super().import_action(request, **kwargs)
        result = response.context_data.get("result")
        if result is None:
            return response
        if result.problems:
            response.context_data.pop("confirm_form", None)
        changes = [row for row in result.valid_rows() if not row.is_skip()]
        response.context_data |= {
            "problems": result.problems[:MOST_SHOWN],
            "problem_count": len(result.problems),
            "doubts": result.doubts[:MOST_SHOWN],
            "changes": changes[:MOST_SHOWN],
            "change_count": len(changes),
            "unchanged_count": len(result.rows) - len(changes),
        }
        return response

    @method_decorator(require_POST)
    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Let a worker load the file that was previewed, and lead to how far it has come."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = self.create_confirm_form(request)
        if not form.is_valid():
            raise Http404
        chosen = form.cleaned_data
        try:
            format_class = FORMATS[int(chosen["format"])]
            resource = self.choose_import_resource_class(form, request)
        except (ValueError, IndexError) as error:
            raise BadRequest("There is no such table or kind of file.") from error
        kept = Kept(name=chosen["import_file_name"], encoding=self.from_encoding)
        content = kept.read()
        if isinstance(content, bytes):
            content = content.decode("utf-8-sig")
        kind = format_class().get_title()
        with transaction.atomic():
            started = Import.objects.create(
                user=request.user,
                noun=noun_of(resource),
                file_name=chosen["original_file_name"][:200],
                kind=kind,
                content=content,
            )
            load_table.enqueue(started.pk, started.run)
        kept.remove()
        return HttpResponseRedirect(reverse("admin:astana_import_change", args=[started.pk]))

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        """Say why a file cannot be read."""
        if isinstance(e, Unreadable):
            form.add_error("import_file", str(e))
        elif isinstance(e, Http404):
            # What keeps it says nothing of what it cannot keep.
            message = _("The file could not be stored. The server may have no disk space left.")
            form.add_error("import_file", message)
        else:
            super().add_data_read_fail_error_to_form(form, e)

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Return whether the person may see the table."""
        return self.has_view_permission(request)

    def get_export_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the rows of the list as it is narrowed; 400 for what it does not know."""
        try:
            return super().get_export_queryset(request)
        except IncorrectLookupParameters as error:
            raise BadRequest("The list cannot be narrowed by that.") from error

    def get_resource_kwargs(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """Return who loads or takes away."""
        return {"user": request.user}
