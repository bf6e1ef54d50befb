"""What a search finds, in groups of one kind each, with counts and marked words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.forms.lists import Chip, Choice
from astana.forms.search import KINDS, SearchForm
from astana.models import Actor, SearchEntry, Source
from astana.models.names import names_in
from astana.models.search import reference
from astana.search.index import backend
from astana.search.names import close_names
from astana.tables.search_hits import Hit, hits_of

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
    """What was found of one kind: `number` in all, `hits` of them shown."""

    kind: str
    label: str
    number: int
    hits: list[Hit]
    is_newest_first: bool
    url: str


@dataclass(frozen=True)
class Tab:
    """A kind to look at alone, or all of them."""

    label: str
    number: int
    url: str
    is_current: bool


@dataclass(frozen=True)
class FacetOfResults:
    """Values that results can be narrowed to, as components/facet.html shows them."""

    name: str
    label: str
    choices: list[Choice]
    hint: str = ""

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
    """All that the page of a search shows; `number` counts what the filters leave."""

    number: int
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


@dataclass(frozen=True)
class _Row:
    """How many entries with the same values match."""

    kind: str
    dossier: str
    source: str
    language: str
    number: int


def results_of(form: SearchForm, *, user: Any) -> Results:
    """Return what a valid form with terms finds for a user; at most eighteen queries."""
    entries = SearchEntry.objects.visible_to(user)
    expression = _expression(form, entries)
    found = backend().matching(entries.filter(kind__in=KINDS), expression)
    sources, rows = _counted(form, found, user)
    numbers = _numbers(form, rows, "kind")
    kinds = form.chosen("kind") or [kind.value for kind in KINDS]
    page, problems = _page(form, numbers[kinds[0]] if len(kinds) == 1 else 0)
    first = PER_PAGE * (page.number - 1) if page else 0
    shown = slice(first, first + PER_PAGE if page else IN_A_GROUP)
    groups = []
    for kind in kinds if not problems else []:
        if not numbers[kind]:
            continue
        of_kind = backend().with_reference(expression, kind)
        ranked = backend().matching(_narrowed(form, entries.filter(kind=kind), sources), of_kind)
        is_newest_first = numbers[kind] > MOST_RANKED
        if is_newest_first:
            ranked = ranked.order_by("-day", "-id")
        else:
            ranked = backend().best_first(ranked, of_kind)
        records = list(ranked.values_list("record", flat=True)[shown])
        hits = hits_of(kind, records, terms=form.terms, user=user)
        label, url = str(SearchEntry.Kind(kind).label), form.address(kind=kind)
        groups.append(Group(kind, label, numbers[kind], hits, is_newest_first, url))
    number = sum(numbers[kind] for kind in kinds)
    is_actor_found = any(row.kind == SearchEntry.Kind.ACTOR for row in rows)
    return Results(
        number=number,
        groups=groups,
        tabs=_tabs(form, numbers),
        facets=_facets(form, rows, sources),
        chips=_chips(form, sources),
        alike=[] if is_actor_found else _alike(form, user),
        page=page,
        previous=_turned(form, page, -1),
        next=_turned(form, page, 1),
        problems=problems,
        is_indexed=bool(number) or entries.exists(),
    )


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


def _counted(
    form: SearchForm, found: QuerySet, user: Any
) -> tuple[dict[int, tuple[str, str]], list[_Row]]:
    """Return the sources that occur (short name and name), and the counts by all facets at once."""
    rows = list(
        found.order_by()
        .values_list("kind", "dossier_id", "source", "language")
        .annotate(number=Count("pk"))
    )
    occur = {source for _, _, source, _, _ in rows if source}
    known = Source.objects.visible_to(user).filter(pk__in=occur)
    sources = {pk: (slug, name) for pk, slug, name in known.values_list("pk", "slug", "name")}
    slugs = {dossier.pk: dossier.slug for dossier in form.dossiers}
    return sources, [
        _Row(kind, slugs.get(dossier, ""), sources.get(source, ("",))[0], language, number)
        for kind, dossier, source, language, number in rows
    ]


def _numbers(form: SearchForm, rows: Iterable[_Row], name: str) -> Counter[str]:
    """Return how many match by each value of one facet, under what is chosen in the others."""
    others = {
        other: set(form.chosen(other))
        for other in ("kind", "dossier", "source", "language")
        if other != name and form.chosen(other)
    }
    numbers: Counter[str] = Counter()
    for row in rows:
        if all(getattr(row, other) in chosen for other, chosen in others.items()):
            numbers[getattr(row, name)] += row.number
    return numbers


def _narrowed(form: SearchForm, entries: QuerySet, sources: dict[int, tuple[str, str]]) -> QuerySet:
    """Return what the choices of dossier, source and language leave."""
    if dossiers := form.cleaned_data["dossier"]:
        entries = entries.filter(dossier__in=[option.key for option in dossiers])
    if chosen := form.chosen("source"):
        pks = [pk for pk, (slug, _) in sources.items() if slug in chosen]
        entries = entries.filter(source__in=pks)
    if languages := form.chosen("language"):
        entries = entries.filter(language__in=languages)
    return entries


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


def _tabs(form: SearchForm, numbers: Counter[str]) -> list[Tab]:
    chosen = form.chosen("kind")
    everything = Tab(_("all"), sum(numbers.values()), form.address(kind=[]), not chosen)
    return [
        everything,
        *(
            Tab(str(kind.label), numbers[kind], form.address(kind=kind.value), chosen == [kind])
            for kind in KINDS
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


def _facets(
    form: SearchForm, rows: Sequence[_Row], sources: dict[int, tuple[str, str]]
) -> list[FacetOfResults]:
    """Return the facets that have a choice to offer."""
    labels = _labels(form, sources)
    facets = []
    for name, words in labels.items():
        numbers, chosen = _numbers(form, rows, name), set(form.chosen(name))
        values = dict.fromkeys(chosen, 0) | dict(numbers.most_common(_MOST_CHOICES))
        choices = [
            Choice(value, words.get(value, value), "", number, value in chosen)
            for value, number in values.items()
            if value
        ]
        if len(choices) > 1 or chosen:
            choices.sort(key=lambda choice: (-choice.number, choice.label))
            facets.append(FacetOfResults(name, str(form.fields[name].label), choices))
    return facets


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
