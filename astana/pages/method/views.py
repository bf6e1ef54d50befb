"""How the figures and words on the pages come about."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from astana.pages.frame import page


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show docs/method.md."""
    return page(request, "method/index.html", {"method": _method()})


@lru_cache(maxsize=1)
def _method() -> SafeString:
    """Return the page of the docs as HTML; HTML in it would be shown as text."""
    text = (settings.BASE_DIR / "docs" / "method.md").read_text(encoding="utf-8")
    return mark_safe(MarkdownIt("js-default").render(text))
