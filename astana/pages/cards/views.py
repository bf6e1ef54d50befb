"""The picture of a comparison that is shown where its address is shared."""

from hashlib import sha256

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from astana.exchange.card import ACTORS, ISSUES, NOTHING, Picture, drawn
from astana.models import Dossier
from astana.models.coverage_words import nothing_means, nothing_words
from astana.models.process_cache import comparisons
from astana.pages.shared.lines import Line
from astana.pages.shared.matrix import compare_sentence, compare_table, left_out
from astana.pages.shared.selection import CompareForm
from astana.web.frame import dossier_seen

# What of the address of a comparison the picture follows, and how much of it fits.
_FOLLOWED = {
    "actor": ACTORS,
    "issue": ISSUES,
    **dict.fromkeys(("as_of", "recorded_as_of", "first_hand", "bodies"), 1),
}
_KEPT_SECONDS = 3600


@require_safe
def site(request: HttpRequest) -> HttpResponse:
    """Send the picture of the dossier that the first page shows to everybody."""
    sample = Dossier.objects.visible_to(AnonymousUser()).sample()
    return _answer(request, sample)


@require_safe
def dossier(request: HttpRequest, dossier: str) -> HttpResponse:
    """Send the picture of a comparison of a dossier."""
    found = dossier_seen(request, dossier)
    return _answer(request, found)


def _answer(request: HttpRequest, dossier: Dossier | None) -> HttpResponse:
    query = QueryDict(mutable=True)
    for name, most in _FOLLOWED.items():
        query.setlist(name, request.GET.getlist(name)[:most])
    asked = sha256(query.urlencode().encode()).hexdigest()
    language = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    about = f"{dossier.pk}:{dossier.version}" if dossier else ""
    key = f"card:{about}:{language}:{asked}"
    png = comparisons.get(key)
    if png is None:
        png = _drawn(query, dossier, request)
        comparisons.set(key, png, timeout=_KEPT_SECONDS)
    return HttpResponse(png, content_type="image/png")


def _drawn(query: QueryDict, dossier: Dossier | None, request: HttpRequest) -> bytes:
    """Return the PNG, in the site's language where the font has no letters for the reader's."""
    for language in dict.fromkeys([get_language(), settings.LANGUAGE_CODE]):
        with override(language):
            picture = _picture(query, dossier, request)
            if picture.can_be_drawn:
                return drawn(picture)
    # Better no table than one of empty boxes.
    with override(settings.LANGUAGE_CODE):
        return drawn(NOTHING)


def _label(voice: Line) -> str:
    """Return the words of a stance; what is disputed is said wherever it is shown."""
    return _("Disputed: %(stance)s") % {"stance": voice.label} if voice.is_disputed else voice.label


def _picture(query: QueryDict, dossier: Dossier | None, request: HttpRequest) -> Picture:
    """Return what is drawn; 404 where the query names what the dossier does not know."""
    if dossier is None:
        return NOTHING
    reader = AnonymousUser() if dossier.visibility == "public" else request.user
    form = CompareForm(query, dossier=dossier, user=reader, actors=ACTORS, issues=ISSUES)
    if not form.is_valid():
        raise Http404
    selection = form.selection()
    table, asked = compare_table(selection), left_out(selection)
    return Picture(
        dossier.title,
        compare_sentence(selection, table),
        [column.title for column in table.columns[:ACTORS]],
        [
            (
                " · ".join(filter(None, (row.heading.title, row.heading.small))),
                [
                    [(_label(voice), voice.step, voice.is_second_hand) for voice in cell.voices]
                    for cell in row.cells[:ACTORS]
                ],
            )
            for row in table.rows[:ISSUES]
        ],
        nothing_words(**asked),
        nothing_means(**asked),
    )
