"""The one Django app of the project."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AstanaConfig(AppConfig):
    """Astana is project and app at once (docs/architecture.md says why)."""

    name = "astana"
    verbose_name = _("Astana")
    default_auto_field = "django.db.models.BigAutoField"
