"""The first page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from astana.models import Dossier
from astana.pages import page


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what Astana is and the dossiers that the reader may see."""
    return page(
        request, "home/index.html", {"dossiers": Dossier.objects.visible_to(request.user)}
    )
