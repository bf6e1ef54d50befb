"""What a search finds, in groups of one kind each, with counts and marked words."""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from itertools import chain
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from astana.models import Actor, SearchEntry
from astana.models.matches import KINDS, MOST_COUNTED, PLACES, Look, Matches
from astana.models.names import names_in
from astana.models.process_cache import comparisons
from astana.models.wanted import Wanted
from astana.pages.search.forms import SearchForm
from astana.pages.search.hits import hits_of
from astana.search.terms import Term
from astana.web.filters import Chip
from astana.web.offered import Choice
from astana.words.names import close_names

# As many of a kind can be paged through.
MOST_PAGED = 2_000
PER_PAGE = 25
IN_A_GROUP = 5
_ARE_KEPT_SECONDS = 60
_MOST_CHOICES = 50
_MOST_DOSSIERS = 100


def results_of(form: SearchForm, *, user: Any) -> SimpleNamespace:
    """Return what a valid form with terms finds for a user: all that the page of a search shows.

    Whoever is nobody in particular gets what was just found for another, as long as nothing is
    written in any dossier, and a minute at most.

    `number` counts what the filters leave; where `is_more` is set, there is more of it. `missing`
    are words that occur nowhere, where results differ from them by a letter. Where there are none,
    `elsewhere` are the kinds that have the words, and `nearly` is what comes close.
    """
    if user.is_authenticated:
        return _results_of(form, user=user)
    dossiers = [(one.pk, one.version, one.created_at) for one in form.dossiers]
    state = (form.data.urlencode(), form.carried, dossiers, timezone.localdate(), get_language())
    key = f"search:{sha256(repr(state).encode()).hexdigest()}"
    results = comparisons.get(key)
    if results is None:
        results = _results_of(form, user=user)
        comparisons.set(key, results, timeout=_ARE_KEPT_SECONDS)
    return results


def _results_of(form: SearchForm, *, user: Any) -> SimpleNamespace:
    """Return what is found now.

    Where that is nothing, words that occur nowhere are looked for with one letter wrong; where that
    is nothing either, what comes close is offered. At most twenty-one queries where something is
    found as typed and all is counted; else one more for each kind, and one for each kind with too
    many matches under the choices of each facet.
    """
    entries = SearchEntry.objects.visible_to(user)
    asked, named = form.asked, entries
    if dossiers := form.cleaned_data["dossier"]:
        named = entries.filter(dossier__in=[option.key for option in dossiers])
    typed = Wanted(form.terms, named)
    matches = exact = Matches(asked, entries=entries, wanted=typed, user=user)
    missing: tuple[Term, ...] = ()
    if not exact.number and typed.misspelt.terms != typed.terms:
        meant = Matches(asked, entries=entries, wanted=typed.misspelt, user=user)
        if meant.number:
            matches, missing = meant, typed.missing
    looks = {kind.value: matches.look(kind) for kind in KINDS}
    kinds = form.chosen("kind") or list(looks)
    page, problems = _page(form, looks[kinds[0]].number if len(kinds) == 1 else 0)
    first = PER_PAGE * (page.number - 1) if page else 0
    shown = slice(first, first + PER_PAGE if page else IN_A_GROUP)
    groups = [] if problems else _groups(form, matches, kinds, shown=shown)
    number = matches.number
    is_actor_found = bool(exact.everything(SearchEntry.Kind.ACTOR).rows)
    return SimpleNamespace(
        number=number,
        is_more=any(looks[kind].is_more for kind in kinds),
        groups=groups,
        tabs=_tabs(form, looks),
        facets=_facets(form, matches),
        chips=_chips(form, matches.sources),
        alike=[] if is_actor_found else _alike(form, user),
        missing=[str(term) for term in missing],
        elsewhere=[] if number else _elsewhere(form, exact),
        nearly=[] if number or problems else _nearly(form, exact, typed, kinds),
        page=page,
        previous=_turned(form, page, -1),
        next=_turned(form, page, 1),
        problems=problems,
        is_indexed=bool(number) or entries.exists(),
        names_dossier=len(form.dossiers) > 1 and form.scope is None,
        # A group leads to the rest of its kind: all kinds are shown, each by its first.
        has_more=page is None,
    )


def _groups(
    form: SearchForm, matches: Matches, kinds: Sequence[str], *, shown: slice
) -> list[SimpleNamespace]:
    return [
        _group(form, matches, kind, look, shown=shown)
        for kind in kinds
        if (look := matches.look(kind)).rows
    ]


def _elsewhere(form: SearchForm, exact: Matches) -> list[SimpleNamespace]:
    """Return the kinds that have the words in other places than the chosen, or are not chosen."""
    return [
        _of_kind(kind, look, form.address(kind=kind, dossier=[], source=[], language=[]))
        for kind in KINDS
        if (look := exact.everything(kind)).rows
    ]


def _of_kind(kind: str, look: Look, url: str, **more: Any) -> SimpleNamespace:
    """Return what was found of a kind: `number` in all or more than that, at an address."""
    label, number = str(SearchEntry.Kind(kind).label), look.number
    return SimpleNamespace(
        kind=kind, label=label, number=number, is_more=look.is_more, url=url, **more
    )


def _nearly(
    form: SearchForm, exact: Matches, typed: Wanted, kinds: Sequence[str]
) -> list[SimpleNamespace]:
    """Return the best of the chosen kinds that come close to what was typed."""
    for wanted in typed.nearly:
        matches = Matches(form.asked, entries=exact.entries, wanted=wanted, user=exact.user)
        if matches.number:
            return _groups(form, matches, kinds, shown=slice(0, IN_A_GROUP))
    return []


def _group(
    form: SearchForm, matches: Matches, kind: str, look: Look, *, shown: slice
) -> SimpleNamespace:
    """Return the matches of a kind that are shown: the best, or of too many the newest."""
    looked_at = shown
    if kind == "actor" and not look.is_more:
        # One of this very name comes first, however often others have it in theirs.
        looked_at = slice(shown.start, max(shown.stop, PER_PAGE))
    records = matches.best(kind, looked_at)
    hits = hits_of(kind, records, terms=matches.terms, user=matches.user)
    hits.sort(key=lambda hit: not hit.is_called)
    hits = hits[: shown.stop - shown.start]
    return _of_kind(kind, look, form.address(kind=kind), hits=hits)


def _page(form: SearchForm, number: int) -> tuple[Page | None, list[str]]:
    """Return the page of a single kind; None where several are shown, each from its beginning."""
    wanted = form.cleaned_data["page"]
    paginator = Paginator(range(min(number, MOST_PAGED)), PER_PAGE)
    pages = paginator.num_pages if number else 1
    if wanted > pages:
        problem = ngettext(
            "There is no page “%(page)s”: there is one page.",
            "There is no page “%(page)s”: there are pages 1 to %(pages)s.",
            pages,
        )
        return None, [problem % {"page": wanted, "pages": pages}]
    return (paginator.page(wanted) if number else None), []


def _turned(form: SearchForm, page: Page | None, by: int) -> str:
    return form.address(page=str(page.number + by)) if page else ""


def _tabs(form: SearchForm, looks: dict[str, Look]) -> list[SimpleNamespace]:
    """Return the kinds to look at alone, after all of them."""
    chosen = form.chosen("kind")
    everything = SimpleNamespace(
        label=_("all"),
        number=sum(look.number for look in looks.values()),
        is_more=any(look.is_more for look in looks.values()),
        url=form.address(kind=[]),
        is_current=not chosen,
    )
    tabs = [
        _of_kind(kind, look, form.address(kind=kind), is_current=chosen == [kind])
        for kind, look in looks.items()
    ]
    return [everything, *tabs]


def _labels(form: SearchForm, sources: dict[int, tuple[str, str]]) -> dict[str, dict[str, str]]:
    """Return the words for the values of each facet."""
    labels = {
        name: {value: option.label for value, option in form.fields[name].options.items()}
        for name in PLACES
    }
    return labels | {"source": labels["source"] | dict(sources.values())}


def _facets(form: SearchForm, matches: Matches) -> list[SimpleNamespace]:
    """Return the facets that have a choice to offer, each counted under the choices in the others.

    Where not all is counted, dossiers that none of the counted is in are offered too.
    """
    facets = []
    for name in PLACES:
        kinds = form.chosen("kind") or KINDS
        # Articles alone have a source and a language.
        having = [kind for kind in kinds if name == "dossier" or kind == SearchEntry.Kind.ARTICLE]
        looks = [matches.look(kind, but=name) for kind in having]
        is_least = any(look.is_more for look in looks)
        numbers, chosen = Counter[str](), set(form.chosen(name))
        for row in chain.from_iterable(look.rows for look in looks):
            numbers[getattr(row, name)] += row.number
        words = _labels(form, matches.sources)[name]
        values = dict.fromkeys(chosen, 0) | dict(numbers.most_common(_MOST_CHOICES))
        if is_least and name == "dossier":
            values = dict.fromkeys(list(words)[:_MOST_CHOICES], 0) | values
        choices = [
            Choice(value, words.get(value, value), "", number, value in chosen, is_least)
            for value, number in values.items()
            if value
        ]
        if len(choices) > 1 or chosen:
            choices.sort(key=lambda choice: (-choice.number, choice.label))
            facet = {"name": name, "label": str(form.fields[name].label), "choices": choices}
            note = _least_there_are() if is_least else ""
            facets.append(SimpleNamespace(**facet, chosen=chosen, note=note))
    return facets


def _least_there_are() -> str:
    return _(
        "Counted among the newest %(number)s of each kind: there are at least this many, and "
        "values that only older ones have are not in the list."
    ) % {"number": f"{MOST_COUNTED:,}"}


def _chips(form: SearchForm, sources: dict[int, tuple[str, str]]) -> list[Chip]:
    labels = _labels(form, sources)
    return [
        Chip(
            str(form.fields[name].label),
            words.get(value, value),
            form.address(**{name: [other for other in form.chosen(name) if other != value]}),
        )
        for name, words in labels.items()
        for value in form.chosen(name)
    ]


def _alike(form: SearchForm, user: Any) -> list[dict[str, Any]]:
    """Return the actors whose names are most like what was typed; three queries, two cached."""
    chosen = set(form.chosen("dossier"))
    dossiers = [known for known in form.dossiers if not chosen or known.slug in chosen]
    wanted = " ".join(str(term) for term in form.terms)
    names = close_names(wanted, names_in(dossiers[:_MOST_DOSSIERS]))
    actors = Actor.objects.visible_to(user).select_related("dossier")
    known = actors.in_bulk([name.actor for name in names])
    return [
        {"actor": known[name.actor], "name": name.name, "url": form.address(q=f'"{name.name}"')}
        for name in names
        if name.actor in known
    ]
