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
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from astana.models import Dossier
from astana.web.addresses import OURS

# By the name of a page, that of the same without its frame.
EMBEDS = {
    "compare:matrix": "embeds:compare",
    "issues:detail": "embeds:issue",
    "timeline:index": "embeds:timeline",
}
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_SENTENCE = re.compile(r'<p class="lede[^>]*>(.*?)</p>', re.DOTALL)
_PARAGRAPH = re.compile(r"<p[^>]*>(.*?)</p>", re.DOTALL)
# Search engines show about so many characters.
_LONGEST = 160
# Of the address of a comparison, what its picture follows (astana/pages/cards/views.py).
_FOLLOWED = ("actor", "issue", "as_of", "recorded_as_of", "first_hand", "bodies")


def described(html: str, request: HttpRequest, *, dossier: Dossier | None) -> str:
    """Return a whole page with its description, its one address and its picture in the head."""
    title = _text(_TITLE.search(html))
    start = html.find("<main")
    heading = _HEADING.search(html, start)
    # Above the heading stands where one is.
    below = heading.end() if heading else start
    sentence = _SENTENCE.search(html, start) or _PARAGRAPH.search(html, below)
    parts = [part for part in (_text(heading), _text(sentence)) if part]
    words = " ".join(part if part.endswith((".", "?", "!", "…")) else f"{part}." for part in parts)
    description = Truncator(words).chars(_LONGEST)
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
    ]
    if picture:
        properties += [
            ("og:image", request.build_absolute_uri(picture)),
            ("og:image:type", "image/png"),
            ("og:image:width", "1200"),
            ("og:image:height", "630"),
            ("og:image:alt", title),
        ]
    # The address of a blind reading may name whom it hides.
    own = SafeString()
    if not _is_blind(request):
        properties.append(("og:url", request.build_absolute_uri(_address(request))))
        own = format_html('\n  <link rel="canonical" href="{}">', canonical)
    tags = format_html(
        '\n  <meta name="description" content="{}">{}\n  <meta name="twitter:card" content="{}">{}',
        description,
        own + _shown_elsewhere(request, dossier, title=title),
        "summary_large_image" if picture else "summary",
        format_html_join("", '\n  <meta property="{}" content="{}">', properties),
    )
    return html.replace("</title>", f"</title>{tags}", 1)


def _shown_elsewhere(request: HttpRequest, dossier: Dossier | None, *, title: str) -> SafeString:
    """Return the tag by which others find the code that shows a page; empty where it may not be."""
    match = request.resolver_match
    is_public = dossier is not None and dossier.visibility == Dossier.Visibility.PUBLIC
    if not is_public or not match or match.view_name not in EMBEDS or _is_blind(request):
        return SafeString()
    page = request.build_absolute_uri(_address(request))
    address = request.build_absolute_uri(reverse("embeds:oembed", query={"url": page}))
    return format_html(
        '\n  <link rel="alternate" type="application/json+oembed" href="{}" title="{}">',
        address,
        title,
    )


def _text(found: re.Match | None) -> str:
    return " ".join(unescape(strip_tags(found[1])).split()) if found else ""


def _is_blind(request: HttpRequest) -> bool:
    match = request.resolver_match
    return "blind" in request.GET or bool(match and match.namespace == "blind")


def _address(request: HttpRequest) -> str:
    """Return the address of a page with what it shows, without what others add to it."""
    asked = [(name, value) for name in request.GET for value in request.GET.getlist(name)]
    ours = [(name, value) for name, value in asked if name in OURS]
    return f"{request.path}?{urlencode(ours)}" if ours else request.path


def _picture(request: HttpRequest, dossier: Dossier | None) -> str:
    """Return the address of the picture; empty where it would show what the page does not."""
    match = request.resolver_match
    if dossier is None or not dossier.pk:
        return reverse("cards:site")
    if dossier.visibility != Dossier.Visibility.PUBLIC or _is_blind(request):
        return ""
    address = reverse("cards:dossier", args=[dossier.slug])
    if not match or match.namespace != "compare":
        return address
    chosen = [(name, value) for name in _FOLLOWED for value in request.GET.getlist(name)]
    return f"{address}?{urlencode(chosen)}" if chosen else address
