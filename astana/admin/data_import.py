"""Imports: how far each has come, and what is wrong with its file."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from astana.admin.choices import is_key
from astana.admin.gate import OnlySeen
from astana.admin.loading import load_table, loadable, may_load
from astana.admin.table_files import RowProblem
from astana.models import Import

# After so many seconds without a worker the page says that none may be there.
_SOON = 5


@admin.register(Import)
class ImportAdmin(OnlySeen, admin.ModelAdmin):
    """A person's own imports; those who run the site see all. None is entered by hand."""

    list_display = ("file_name", "noun", "state", "asked_at", "rows", "added", "changed", "user")
    list_select_related = ("user",)
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the imports that the person may see."""
        return super().get_queryset(request).visible_to(request.user).defer("content")

    def has_view_permission(self, request: HttpRequest, obj: Import | None = None) -> bool:
        """Let whoever may load tables look at their own; others are not in reach."""
        may_see = super().has_view_permission(request, obj)
        return may_see or any(may_load(request.user, noun) for noun in loadable())

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Let the same people come here from the first page."""
        return self.has_view_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Import | None = None) -> bool:
        """Let nobody delete one: it says what happened."""
        return False

    def get_urls(self) -> list[Any]:
        """Return the addresses of the pages and of what can be done there."""
        steps = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(step), name=f"import_{name}")
            for name, step in (("cancel", self.cancel), ("again", self.again))
        ]
        return [*steps, *super().get_urls()]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show how far an import has come; to htmx the part of the page that changes."""
        if request.method == "POST":
            raise PermissionDenied
        found = self._found(request, object_id or "")
        now = timezone.now()
        context = self.admin_site.each_context(request) | {
            "title": found.file_name,
            "opts": self.opts,
            "media": self.media,
            "found": found,
            "problems": [RowProblem(*problem) for problem in found.problems],
            "seconds_left": found.seconds_left(now),
            "is_unheard": found.state == Import.State.WAITING
            and (now - found.asked_at).total_seconds() > _SOON,
        }
        name = "admin/astana/import_progress.html"
        if request.htmx:
            name += "#progress"
        return TemplateResponse(request, name, context)

    @method_decorator(require_POST)
    def cancel(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Stop an import; nothing of it is written."""
        found = self._found(request, str(pk))
        if not found.cancel():
            messages.info(request, _("It had already ended."))
        return HttpResponseRedirect(reverse("admin:astana_import_change", args=[found.pk]))

    @method_decorator(require_POST)
    def again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for an import again, whose worker was ended."""
        found = self._found(request, str(pk))
        with transaction.atomic():
            if found.wait_again():
                load_table.enqueue(found.pk, found.run + 1)
        return HttpResponseRedirect(reverse("admin:astana_import_change", args=[found.pk]))

    def _found(self, request: HttpRequest, pk: str) -> Import:
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.get_queryset(request).filter(pk=pk).first() if is_key(pk) else None
        if found is None:
            raise Http404
        return found
