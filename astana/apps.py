"""The one Django app of the project."""

from typing import Any

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.core.management import call_command
from django.core.signals import got_request_exception
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AstanaConfig(AppConfig):
    """Astana is project and app at once (docs/architecture.md says why)."""

    name = "astana"
    verbose_name = _("Astana")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the table of the shared cache along with the others; teach SQLite to fold case."""
        from astana.search.sqlite import fold_every_script
        from astana.watching.log import log_fault

        got_request_exception.connect(log_fault)
        connection_created.connect(fold_every_script)
        post_migrate.connect(_make_cache_table, sender=self)


class AdminConfig(admin.AdminConfig):
    """Django's admin with our site."""

    default = False
    default_site = "astana.admin.site.the_site"


def _make_cache_table(*, using: str, **_kwargs: Any) -> None:
    call_command("createcachetable", database=using, verbosity=0)
