"""The one Django app of the project."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.utils.translation import gettext_lazy as _


class AstanaConfig(AppConfig):
    """Astana is project and app at once (docs/architecture.md says why)."""

    name = "astana"
    verbose_name = _("Astana")
    default_auto_field = "django.db.models.BigAutoField"


class AdminConfig(admin.AdminConfig):
    """Django's admin with our site."""

    default = False
    default_site = "astana.admin.site.the_site"
