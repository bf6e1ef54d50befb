"""The admin site: its name, and searches for records whose labels name their dossier."""

from functools import cache
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from astana.admin.choices import choice_label


class Choices(AutocompleteJsonView):
    """The records that a search in a form finds."""

    def serialize_result(self, record: Model, to_field_name: str) -> dict[str, Any]:
        """Return a record found as the search field shows it."""
        return super().serialize_result(record, to_field_name) | {"text": choice_label(record)}


class Site(admin.AdminSite):
    """Django's admin site under our name."""

    site_title = site_header = _("Astana: data entry")
    index_title = _("Records")

    def register(self, model_or_iterable: Any, *args: Any, **kwargs: Any) -> None:
        """Register a noun, but none of allauth's: they hold secrets, and ways to take accounts.

        Nor what workers tell each other.
        """
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else None
        for model in models or [model_or_iterable]:
            if not model.__module__.startswith(("allauth.", "django_tasks_db.")):
                super().register(model, *args, **kwargs)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Send whoever has not signed in to the common sign-in page, with its limits on tries."""
        return secure_admin_login(super().login)(request, extra_context)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Answer a search for records."""
        return Choices.as_view(admin_site=self)(request)


@cache
def the_site() -> Site:
    """Return the one site.

    Django asks for it a second time while the nouns register themselves with the first.
    """
    return Site()
