"""What a page tells search engines, and those with whom its address is shared, of itself.

It is read off the page: its title, its heading and the sentence below it. So it says what a reader
sees, and no page has to say it twice.
"""

import re
from html import unescape
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.text import Truncator

from astana.models import Dossier

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_SENTENCE = re.compile(r'<p class="lede[^>]*>(.*?)</p>', re.DOTALL)
_PARAGRAPH = re.compile(r"<p[^>]*>(.*?)</p>", re.DOTALL)
# Search engines show about so many characters.
_LONGEST = 160
# Of the address of a comparison, what its picture follows (astana/pages/cards/views.py).
_FOLLOWED = ("actor", "issue", "as_of", "first_hand")


def described(html: str, request: HttpRequest, *, dossier: Dossier | None) -> str:
    """Return a whole page with its description, its one address and its picture in the head."""
    title = _text(_TITLE.search(html))
    start = html.find("<main")
    heading = _HEADING.search(html, start)
    sentence = _SENTENCE.search(html, start) or _PARAGRAPH.search(html, start)
    words = ". ".join(part.rstrip(".") for part in (_text(heading), _text(sentence)) if part)
    description = Truncator(f"{words}.").chars(_LONGEST)
    turned = request.GET.get("page", "")
    canonical = request.build_absolute_uri(request.path)
    if turned.isdecimal() and turned != "1":
        canonical += f"?{urlencode({'page': turned})}"
    picture = _picture(request, dossier)
    properties = [
        ("og:site_name", "Astana"),
        ("og:type", "website"),
        ("og:title", title),
        ("og:description", description),
        ("og:url", request.build_absolute_uri()),
    ]
    if picture:
        properties += [
            ("og:image", request.build_absolute_uri(picture)),
            ("og:image:type", "image/png"),
            ("og:image:width", "1200"),
            ("og:image:height", "630"),
            ("og:image:alt", title),
        ]
    tags = format_html(
        '\n  <meta name="description" content="{}">\n  <link rel="canonical" href="{}">\n  '
        '<meta name="twitter:card" content="{}">{}',
        description,
        canonical,
        "summary_large_image" if picture else "summary",
        format_html_join("", '\n  <meta property="{}" content="{}">', properties),
    )
    return html.replace("</title>", f"</title>{tags}", 1)


def _text(found: re.Match | None) -> str:
    return " ".join(unescape(strip_tags(found[1])).split()) if found else ""


def _picture(request: HttpRequest, dossier: Dossier | None) -> str:
    """Return the address of the picture; empty where it would show what the page does not."""
    match = request.resolver_match
    if dossier is None or not dossier.pk:
        return reverse("cards:site")
    is_blind = "blind" in request.GET or (match and match.namespace == "blind")
    if dossier.visibility != Dossier.Visibility.PUBLIC or is_blind:
        return ""
    address = reverse("cards:dossier", args=[dossier.slug])
    if not match or match.namespace != "compare":
        return address
    chosen = [(name, value) for name in _FOLLOWED for value in request.GET.getlist(name)]
    return f"{address}?{urlencode(chosen)}" if chosen else address
