"""Loading tables from files and taking them away, with a preview of what would change."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, JSON
from import_export.forms import ExportForm, ImportForm
from import_export.tmp_storages import CacheStorage

from astana.exchange.escape import neutralised, restored

LARGEST_FILE = 5 * 1024 * 1024


class TextCSV(CSV):
    """CSV in which no cell is a formula; what is put in front is removed again on the way in."""

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> Any:
        """Return a table that was read from a file."""
        table = super().create_dataset(in_stream, **kwargs)
        return _each_cell(table, lambda cell: restored(cell) if isinstance(cell, str) else cell)

    def _escape_formulae(self, dataset: Any) -> None:
        super()._escape_formulae(dataset)
        _each_cell(dataset, lambda cell: neutralised(str(cell)))


def _each_cell(table: Any, change: Callable[[Any], Any]) -> Any:
    """Change the cells of a table in place, and return it."""
    for _row in range(len(table)):
        table.append([change(cell) for cell in table.lpop()])
    return table


class BoundedImportForm(ImportForm):
    """The choice of a file to load, of a bounded size."""

    def clean_import_file(self) -> Any:
        """Refuse a file that nobody previews."""
        file = self.cleaned_data["import_file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(
                _("The file is larger than %(size)s MB. Load it in parts.")
                % {"size": LARGEST_FILE // 1024 // 1024}
            )
        return file


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
    export_form_class = ExportForm
    formats = (TextCSV, JSON)
    tmp_storage_class = Kept

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Return whether the person may add and change."""
        return self.has_add_permission(request) and self.has_change_permission(request)

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
