"""What a search finds, in groups of one kind each, with counts and marked words."""

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import IntegerField, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.models import Actor, SearchEntry
from astana.models.names import names_in
from astana.models.search import reference
from astana.pages.search.forms import KINDS, PLACES, SearchForm
from astana.pages.search.matches import Hit, Look, Matches, hits_of
from astana.pages.shared.filters import MOST_COUNTED, Chip, Choice
from astana.search.index import backend
from astana.words.names import close_names

# Ranking reads every match: with more of a kind than this, the newest come first, and it is said.
MOST_RANKED = 2_000
# As many of a kind can be paged through.
MOST_PAGED = 2_000
PER_PAGE = 25
IN_A_GROUP = 5
_MOST_CHOICES = 50
_MOST_REFERENCES = 500
_MOST_DOSSIERS = 100
_REFERRED_TO = (SearchEntry.Kind.ACTOR, SearchEntry.Kind.ISSUE, SearchEntry.Kind.SOURCE)


@dataclass(frozen=True)
class Group:
    """What was found of one kind: `number` in all or more than that, `hits` of them shown."""

    kind: str
    label: str
    number: int
    is_more: bool
    hits: list[Hit]
    is_newest_first: bool
    url: str


@dataclass(frozen=True)
class Tab:
    """A kind to look at alone, or all of them."""

    label: str
    number: int
    is_more: bool
    url: str
    is_current: bool


@dataclass(frozen=True)
class FacetOfResults:
    """Values that results can be narrowed to, as components/facet.html shows them."""

    name: str
    label: str
    choices: list[Choice]
    hint: str = ""
    note: str = ""

    @property
    def chosen(self) -> list[Choice]:
        """What is applied."""
        return [choice for choice in self.choices if choice.is_chosen]


@dataclass(frozen=True)
class Alike:
    """An actor with a name like what was typed, and the search for that name."""

    actor: Actor
    name: str
    url: str


@dataclass(frozen=True)
class Results:
    """All that the page of a search shows.

    `number` counts what the filters leave; where `is_more` is set, there is more of it.
    """

    number: int
    is_more: bool
    groups: list[Group]
    tabs: list[Tab]
    facets: list[FacetOfResults]
    chips: list[Chip]
    alike: list[Alike]
    page: Page | None
    previous: str
    next: str
    problems: list[str]
    is_indexed: bool


def results_of(form: SearchForm, *, user: Any) -> Results:
    """Return what a valid form with terms finds for a user.

    At most twenty queries where all is counted; else one more for each kind, and one for each
    kind with too many matches under the choices of each facet.
    """
    entries = SearchEntry.objects.visible_to(user)
    expression = _expression(form, entries)
    matches = Matches(form, entries=entries, expression=expression, user=user)
    looks = {kind.value: matches.look(kind) for kind in KINDS}
    kinds = form.chosen("kind") or list(looks)
    page, problems = _page(form, looks[kinds[0]].number if len(kinds) == 1 else 0)
    first = PER_PAGE * (page.number - 1) if page else 0
    shown = slice(first, first + PER_PAGE if page else IN_A_GROUP)
    groups = [
        _group(form, matches, kind, looks[kind], shown=shown)
        for kind in kinds
        if looks[kind].rows and not problems
    ]
    number = sum(looks[kind].number for kind in kinds)
    is_actor_found = bool(matches.everything(SearchEntry.Kind.ACTOR).rows)
    return Results(
        number=number,
        is_more=any(looks[kind].is_more for kind in kinds),
        groups=groups,
        tabs=_tabs(form, looks),
        facets=_facets(form, matches),
        chips=_chips(form, matches.sources),
        alike=[] if is_actor_found else _alike(form, user),
        page=page,
        previous=_turned(form, page, -1),
        next=_turned(form, page, 1),
        problems=problems,
        is_indexed=bool(number) or entries.exists(),
    )


def _group(form: SearchForm, matches: Matches, kind: str, look: Look, *, shown: slice) -> Group:
    """Return the matches of a kind that are shown: the best, or of too many the newest."""
    is_newest_first = look.number > MOST_RANKED
    if look.is_more:
        records = matches.newest(kind, shown)
    else:
        found, expression = matches.of_kind(kind)
        best = backend().best_first(found, expression)
        ranked = found.order_by("-day", "-id") if is_newest_first else best
        records = list(ranked.values_list("record", flat=True)[shown])
    hits = hits_of(kind, records, terms=form.terms, user=matches.user)
    label, url = str(SearchEntry.Kind(kind).label), form.address(kind=kind)
    return Group(kind, label, look.number, look.is_more, hits, is_newest_first, url)


def _expression(form: SearchForm, entries: QuerySet) -> str:
    """Return what the database looks for: each term, or an actor, issue or source of that name."""
    named = entries.filter(kind__in=_REFERRED_TO)
    if dossiers := form.cleaned_data["dossier"]:
        named = named.filter(dossier__in=[option.key for option in dossiers])
    by_term = [
        backend()
        .matching(named, backend().title_expression(term))
        .order_by()
        .annotate(term=Value(place, IntegerField()))
        .values_list("term", "kind", "record")
        for place, term in enumerate(form.terms)
    ]
    first, *others = by_term
    rows = first.union(*others, all=True) if others else first
    references: list[list[str]] = [[] for _ in form.terms]
    for place, kind, record in rows[: _MOST_REFERENCES * len(references)]:
        if len(references[place]) < _MOST_REFERENCES:
            references[place].append(reference(kind, record))
    return backend().expression(form.terms, references)


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


def _tabs(form: SearchForm, looks: dict[str, Look]) -> list[Tab]:
    chosen = form.chosen("kind")
    number = sum(look.number for look in looks.values())
    is_more = any(look.is_more for look in looks.values())
    everything = Tab(_("all"), number, is_more, form.address(kind=[]), not chosen)
    return [
        everything,
        *(
            Tab(
                str(SearchEntry.Kind(kind).label),
                look.number,
                look.is_more,
                form.address(kind=kind),
                chosen == [kind],
            )
            for kind, look in looks.items()
        ),
    ]


def _labels(form: SearchForm, sources: dict[int, tuple[str, str]]) -> dict[str, dict[str, str]]:
    """Return the words for the values of each facet."""
    names = {name: form.fields[name].options for name in ("source", "language")}
    chosen = {
        name: {value: option.label for value, option in options.items()}
        for name, options in names.items()
    }
    return {
        "dossier": {dossier.slug: dossier.title for dossier in form.dossiers},
        "source": chosen["source"] | dict(sources.values()),
        "language": chosen["language"],
    }


def _facets(form: SearchForm, matches: Matches) -> list[FacetOfResults]:
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
            note = _least_there_are() if is_least else ""
            facets.append(FacetOfResults(name, str(form.fields[name].label), choices, note=note))
    return facets


def _least_there_are() -> str:
    return _(
        "Counted among the %(number)s of each kind that were entered last: the numbers are the "
        "least there are, and what only others have is not in the list."
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


def _alike(form: SearchForm, user: Any) -> list[Alike]:
    """Return the actors whose names are most like what was typed; three queries, two cached."""
    chosen = set(form.chosen("dossier"))
    dossiers = [known for known in form.dossiers if not chosen or known.slug in chosen]
    wanted = " ".join(str(term) for term in form.terms)
    names = close_names(wanted, names_in(dossiers[:_MOST_DOSSIERS]))
    actors = Actor.objects.visible_to(user).select_related("dossier")
    known = actors.in_bulk([name.actor for name in names])
    return [
        Alike(known[name.actor], name.name, form.address(q=f'"{name.name}"'))
        for name in names
        if name.actor in known
    ]
