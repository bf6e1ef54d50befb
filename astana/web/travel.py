"""What is carried from page to page of a dossier: the day, first-hand, the moment, the actors.

It is in the address of a page. So every link and every form that leads to a page of the dossier
takes along what that page understands; those that say something of it themselves keep what they
say. At the end of its head a page says what it is under, and how to leave it.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape, unescape
from typing import Any
from urllib.parse import parse_qsl

from django.core.exceptions import ValidationError
from django.forms import Field
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.models import Dossier
from astana.models.counts import counts_of
from astana.models.said_words import as_of_words, recorded_words
from astana.web.fields import MOST_ACTORS, MOST_SIDES, DayField, FlagField, MomentField, SlugsField

# What of it each page goes by. To a page that goes by no actors they come as `compared`.
GOES_BY = {
    "dossiers:detail": "",
    "compare:matrix": "actor as_of first_hand recorded_as_of",
    "common_ground:index": "actor as_of first_hand",
    "agreement:index": "actor as_of first_hand",
    "agreement:statements": "actor as_of first_hand",
    "brief:index": "side as_of first_hand recorded_as_of",
    "answers:index": "as_of",
    "issues:index": "",
    "issues:detail": "as_of first_hand recorded_as_of",
    "actors:index": "",
    "actors:detail": "as_of first_hand",
    "articles:index": "",
    "articles:detail": "",
    "positions:index": "first_hand",
    "positions:detail": "",
    "events:index": "",
    "events:detail": "",
    "documents:index": "",
    "documents:detail": "",
    "timeline:index": "first_hand recorded_as_of",
    "sources:index": "as_of",
    "sources:detail": "as_of first_hand",
    "framing:index": "",
    "coverage:index": "as_of first_hand",
    # The search in one dossier.
    "search:index": "",
}
# These refuse what they do not go by (web/named.py:refuse_unused).
STRICT = {"common_ground:index", "brief:index", "answers:index"}
_FIELDS: dict[str, Field] = {
    "as_of": DayField(),
    "first_hand": FlagField(),
    "recorded_as_of": MomentField(),
}
_ACTORS = SlugsField(most=MOST_ACTORS)
_ANCHOR = re.compile(r"<a\b[^>]*>")
_FORM = re.compile(r'<form\b[^>]*method="get"[^>]*>.*?</form>', re.DOTALL)
_HEAD = re.compile(r'<header class="head">.*?(?=</header>)', re.DOTALL)
_ACTION = re.compile(r'\saction="([^"?]*)"')


@dataclass(frozen=True)
class State:
    """What a page is under: parameters as the address has them, and the sides of its actors."""

    given: dict[str, str]
    sides: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.given or self.sides)

    @property
    def actors(self) -> list[str]:
        """The actors compared, each by itself."""
        return [actor for side in self.sides for actor in side.split(",")]

    def taken_to(self, page: str) -> list[tuple[str, str]]:
        """Return the parameters that are carried along to a page, by its name."""
        names = understood(page)
        pairs = []
        if "actor" in names:
            pairs = [("actor", actor) for actor in self.actors]
        elif "side" in names:
            # A brief needs two sides, and has room for so many.
            pairs = [("side", side) for side in self.sides if 1 < len(self.sides) <= MOST_SIDES]
        elif "compared" in names and self.sides:
            pairs = [("compared", ".".join(self.actors))]
        return pairs + [(name, value) for name, value in self.given.items() if name in names]


@lru_cache
def understood(page: str) -> frozenset[str]:
    """Return the names of the parameters that may be given to a page, by its name."""
    names = set(GOES_BY[page].split())
    if page not in STRICT:
        names |= {*_FIELDS, *(() if "actor" in names else ["compared"])}
    return frozenset(names)


def state_of(request: HttpRequest, *, page: str = "", are_names_known: bool = True) -> State:
    """Return what a page of a dossier is under; what cannot be meant is left out.

    Actors of a page that does not know all of them stay behind.
    """
    asked, names = request.GET, understood(page or request.resolver_match.view_name)
    given = {
        name: asked[name]
        for name, field in _FIELDS.items()
        if name in names and name in asked and _is_meant(field, asked[name])
    }
    if "actor" in names:
        # Compare takes the sides of a brief along, and may have other actors by now.
        sides, actors = asked.getlist("side"), asked.getlist("actor")
        is_same = set(",".join(sides).split(",")) == set(actors)
        sides = sides if is_same else actors
    elif "side" in names:
        sides = asked.getlist("side")
    else:
        sides = asked.get("compared", "").split(".") if "compared" in names else []
    actors = ",".join(filter(None, dict.fromkeys(sides))).split(",")
    is_meant = _is_meant(_ACTORS, actors) and len(set(actors)) == len(actors)
    return State(
        given, tuple(filter(None, dict.fromkeys(sides))) if are_names_known and is_meant else ()
    )


def _is_meant(field: Field, value: Any) -> bool:
    try:
        return bool(field.clean(value))
    except ValidationError:
        return False


def taken_along(
    html: str, request: HttpRequest, dossier: Dossier, *, is_refused: bool, page: str = ""
) -> str:
    """Return a page of a dossier, or a part of it, with what its links and forms carry along.

    Of an address that `is_refused` only what means something by itself is carried along. `page`
    is the name of the page that is shown, if it is not the one asked for.
    """
    match = request.resolver_match
    page = page or (match.view_name if match else "")
    if page not in GOES_BY:
        return html
    state = state_of(request, page=page, are_names_known=not is_refused)
    if not state:
        return html
    home = dossier.get_absolute_url()
    links = re.compile(rf' (?:href|hx-get)="({re.escape(home)}[^"?#]*)(\?[^"#]*)?(?=["#])')
    search = reverse("search:index")
    main = html.find("<main")

    @cache
    def taken(to: str, query: str) -> str:
        return escape(urlencode(_more(state, to, query)))

    def in_anchor(anchor: re.Match) -> str:
        def in_link(link: re.Match) -> str:
            path, query = link[1], link[2] or ""
            # A link of a page to itself that says nothing begins it again.
            if not query and path == request.path and anchor.start() > main:
                return link[0]
            to = _page_at(path.removeprefix(home))
            more = taken(to, query) if to else ""
            return (
                f"{link[0]}{'&amp;' if len(query) > 1 else '' if query else '?'}{more}"
                if more
                else link[0]
            )

        return links.sub(in_link, anchor[0])

    def in_form(form: re.Match) -> str:
        action = unescape(found[1]) if (found := _ACTION.search(form[0])) else request.path
        to = _page_at(action.removeprefix(home)) if action.startswith(home) else ""
        if f'name="dossier" value="{dossier.slug}"' in form[0] and action == search:
            to = "search:index"
        hidden = format_html_join(
            "",
            '<input type="hidden" name="{}" value="{}">',
            (
                (name, value)
                for name, value in (state.taken_to(to) if to else ())
                if f'name="{name}"' not in form[0]
            ),
        )
        return form[0].removesuffix("</form>") + hidden + "</form>"

    html = _FORM.sub(in_form, _ANCHOR.sub(in_anchor, html))
    said = "" if is_refused else _said(state, request, dossier, page=page)
    return _HEAD.sub(lambda head: head[0] + said, html, count=1) if said else html


def _more(state: State, page: str, query: str) -> list[tuple[str, str]]:
    """Return what a link to a page takes along beside what its own query says."""
    own = {name for name, _value in parse_qsl(unescape(query[1:]), keep_blank_values=True)}
    if own & {"since", "from"}:
        # It is about days of its own.
        own.add("as_of")
    if own & {"side", "open", "pair"}:
        own |= {"actor", "side"}
    return [(name, value) for name, value in state.taken_to(page) if name not in own]


@lru_cache(maxsize=4096)
def _page_at(rest: str) -> str:
    """Return the name of a page by its address in its dossier; empty if it is carried nothing."""
    try:
        name = resolve(f"/dossiers/dossier/{rest}").view_name
    except Resolver404:
        return ""
    return name if name in GOES_BY else ""


def _said(state: State, request: HttpRequest, dossier: Dossier, *, page: str) -> str:
    """Return in words what a page is under, with the link that leaves it; empty where nothing."""
    names = GOES_BY[page].split()
    goes_by_actors = bool({"actor", "side"} & set(names))
    day = DayField().clean(state.given.get("as_of"))
    is_first_hand = "first_hand" in state.given
    moment = MomentField().clean(state.given.get("recorded_as_of"))
    if day == counts_of(dossier).last_day and day:
        day = None
    under = []
    if day:
        under.append(as_of_words(day))
    if is_first_hand:
        under.append(_("first-hand only"))
    if moment:
        under.append(recorded_words(moment))
    if state.sides and not goes_by_actors:
        n = len(state.actors)
        words = ngettext("%(n)s actor to compare", "%(n)s actors to compare", n)
        under.append(words % {"n": n})
    if not under:
        return ""
    beside = []
    if day and "as_of" not in names:
        beside.append(_("This page shows later days too."))
    if is_first_hand and "first_hand" not in names:
        beside.append(_("This page shows second-hand claims too."))
    if moment and "recorded_as_of" not in names:
        beside.append(_("This page shows what is recorded now."))
    query = request.GET.copy()
    for name in (*_FIELDS, "compared"):
        query.pop(name, None)
    latest, since = counts_of(dossier).last_day, DayField().clean(query.get("since"))
    if since and latest and since >= latest:
        # Nothing changes from a day to an earlier one.
        del query["since"]
        query.pop("changed", None)
    return format_html(
        '<p class="under"><b>{}</b>{} <a href="?{}">{}</a></p>',
        f"{capfirst('; '.join(under))}.",
        "".join(f" {sentence}" for sentence in beside),
        query.urlencode(),
        _("Show all, as of the latest day"),
    )
