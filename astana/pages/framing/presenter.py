"""The framing ledger: what each source calls an actor, beside the neutral name."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from astana.evidence.paragraphs import paragraph_at
from astana.models import Actor, ActorName, Anchor, Dossier, Evidence, Rendition, Source
from astana.models.counts import counts_of
from astana.models.process_cache import cache
from astana.models.roles import Act, may
from astana.models.said_words import day_words
from astana.words.mentions import Names

# A dossier with more passages is looked at actor by actor, and then by so many passages.
MOST_PASSAGES = 5000
MOST_PASSAGES_OF_ONE = 1000
MOST_ROWS = 300
MOST_LINKS = 5
_KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph in which a wording stands."""

    href: str
    words: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A name that a source uses; `own` counts uses in a text of the source itself.

    The others stand in the coders' synopses. `more` places are not in `places`.
    """

    name: str
    language: str
    is_neutral: bool
    number: int
    own: int
    places: list[Place]
    more: int


@dataclass(frozen=True, slots=True)
class Called:
    """What one source calls an actor."""

    source: Source
    wordings: list[Wording]


@dataclass(frozen=True, slots=True)
class Framing:
    """An actor with what each source calls it; `plain` sources use the neutral name alone."""

    actor: Actor
    sources: list[Called]
    plain: list[Called]
    names: int

    @property
    def rows(self) -> int:
        """How many rows of a table it takes."""
        return len(self.sources) + bool(self.plain)


@dataclass(frozen=True)
class Ledger:
    """All wordings found; `paragraphs` were looked through, `own` of them of the source itself.

    `is_too_large` says that an actor has to be chosen first, `is_cut` that only so many passages
    were looked at, and `hidden` how many actors did not fit.
    """

    actors: list[Framing]
    paragraphs: int
    own: int
    hidden: int
    is_cut: bool
    is_too_large: bool

    @property
    def total(self) -> int:
        """Of how many actors a name was found."""
        return len(self.actors) + self.hidden


@dataclass(frozen=True, slots=True)
class _Use:
    """A name of an actor in a paragraph of an article of a source (primary keys)."""

    actor: int
    name: str
    source: int
    article: str
    published: date
    paragraph: int | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class _Found:
    uses: list[_Use]
    paragraphs: int
    own: int
    is_cut: bool


_TOO_MUCH = _Found([], 0, 0, is_cut=True)


def framing_ledger(
    dossier: Dossier, *, actor: Actor | None, source: Source | None, user: Any
) -> Ledger:
    """Return what sources call the actors in the passages one may read; at most nine queries.

    Looked through are the paragraphs of passages of published positions, each once, for all
    recorded names of the actors. A name that several actors share counts for each of them.
    """
    is_too_large = counts_of(dossier).positions > MOST_PASSAGES
    found = _TOO_MUCH if is_too_large else _uses(dossier, None, user)
    if found.is_cut:
        if actor is None:
            return Ledger([], 0, own=0, hidden=0, is_cut=False, is_too_large=True)
        found = _uses(dossier, actor, user)
    uses = [
        use
        for use in found.uses
        if (actor is None or use.actor == actor.pk) and (source is None or use.source == source.pk)
    ]
    by_actor: dict[int, list[_Use]] = defaultdict(list)
    for use in uses:
        by_actor[use.actor].append(use)
    actors = Actor.objects.visible_to(user).of(dossier).filter(pk__in=by_actor)
    sources = {one.pk: one for one in Source.objects.visible_to(user).of(dossier)}
    languages = dict(
        ActorName.objects.filter(actor__in=by_actor).order_by("-pk").values_list("name", "language")
    )
    framings = [_framing(one, by_actor[one.pk], sources, languages, dossier) for one in actors]
    # Actors that go by several names come first: that is where sources can differ.
    framings.sort(key=lambda framing: (-framing.names, framing.actor.sort_name))
    rows, shown = 0, []
    for framing in framings:
        if rows >= MOST_ROWS:
            break
        rows += framing.rows
        shown.append(framing)
    return Ledger(
        actors=shown,
        paragraphs=found.paragraphs,
        own=found.own,
        hidden=len(framings) - len(shown),
        is_cut=found.is_cut,
        is_too_large=False,
    )


def _framing(
    actor: Actor,
    uses: list[_Use],
    sources: dict[int, Source],
    languages: dict[str, str],
    dossier: Dossier,
) -> Framing:
    by_source: dict[int, dict[str, list[_Use]]] = defaultdict(lambda: defaultdict(list))
    for use in uses:
        by_source[use.source][use.name].append(use)
    neutral = {actor.name, *_spellings(actor.name)}
    called = [
        Called(
            sources[pk],
            sorted(
                (
                    _wording(name, used, name in neutral, languages.get(name, ""), dossier)
                    for name, used in names.items()
                ),
                key=lambda wording: (-wording.number, wording.name),
            ),
        )
        for pk, names in by_source.items()
    ]
    called.sort(key=lambda one: (one.source.name, one.source.slug))
    return Framing(
        actor=actor,
        sources=[one for one in called if not _is_plain(one)],
        plain=[one for one in called if _is_plain(one)],
        names=len({use.name for use in uses}),
    )


def _is_plain(called: Called) -> bool:
    return all(wording.is_neutral for wording in called.wordings)


def _wording(
    name: str, uses: list[_Use], is_neutral: bool, language: str, dossier: Dossier
) -> Wording:
    places = sorted(
        {(use.published, use.article, use.paragraph) for use in uses},
        key=lambda place: (place[0], place[1], place[2] or 0),
    )
    return Wording(
        name=name,
        language=language,
        is_neutral=is_neutral,
        number=len(uses),
        own=sum(use.is_own for use in uses),
        places=[
            Place(
                href=reverse("articles:detail", args=[dossier.slug, article])
                + (f"#p{paragraph}" if paragraph else ""),
                words=f"{day_words(day)}, ¶ {paragraph}" if paragraph else day_words(day),
            )
            for day, article, paragraph in places[:MOST_LINKS]
        ],
        more=max(0, len(places) - MOST_LINKS),
    )


def _uses(dossier: Dossier, actor: Actor | None, user: Any) -> _Found:
    """Return the names used in the passages on one or all actors, kept for the dossier's version.

    What members may read is kept apart from what everybody may.
    """
    audience = "members" if may(user, Act.READ_TEXTS, dossier) else "everybody"
    of = actor.pk if actor else "all"
    key = f"framing:{dossier.pk}:{dossier.version}:{of}:{audience}"
    found = cache.get(key)
    if found is None:
        found = _find(dossier, actor, user)
        cache.set(key, found, timeout=_KEPT_SECONDS)
    return found


def _find(dossier: Dossier, actor: Actor | None, user: Any) -> _Found:
    evidence = Evidence.objects.visible_to(user).of(dossier).filter(start__isnull=False)
    anchors = Anchor.objects.visible_to(user).of(dossier).filter(start__isnull=False)
    if actor:
        evidence = evidence.filter(position__actor=actor)
        anchors = anchors.filter(evidence__position__actor=actor)
    most = MOST_PASSAGES_OF_ONE if actor else MOST_PASSAGES
    passages = [*_places(evidence, most), *_places(anchors, most)]
    is_cut = len(passages) > most
    if is_cut and actor is None:
        return _TOO_MUCH
    passages = passages[:most]
    # Whether one may read the words was asked of the passages: asked again of the renditions, it
    # has SQLite read every text of a large dossier.
    renditions = (
        Rendition.objects.with_text()
        .filter(pk__in={rendition for rendition, _start, _end in passages})
        .select_related("article")
        .in_bulk()
    )
    known = _names(dossier)
    names = Names(known)
    uses, seen, own = [], set(), 0
    for pk, start, end in passages:
        rendition = renditions.get(pk)
        if rendition is None:
            continue
        for first, last, number in _paragraphs(rendition, start, end):
            if (pk, first) in seen:
                continue
            seen.add((pk, first))
            is_own = rendition.kind != Rendition.Kind.SYNOPSIS
            own += is_own
            paragraph = rendition.text[first:last]
            for used in names.used_in(paragraph):
                spelled = _spelled(used.names, paragraph[used.start : used.end], known)
                uses += [
                    _Use(
                        one,
                        name,
                        rendition.article.source_id,
                        rendition.article.slug,
                        rendition.article.published,
                        number,
                        is_own,
                    )
                    for one, name in spelled.items()
                ]
    return _Found(uses, len(seen), own, is_cut)


def _spelled(names: tuple[str, ...], words: str, known: dict[str, list[int]]) -> dict[int, str]:
    """Return by actor the recorded spelling that stands for these words, the same one if it is."""
    ordered = sorted(names, key=lambda name: name != words)
    spelled: dict[int, str] = {}
    for name in ordered:
        for actor in known[name]:
            spelled.setdefault(actor, name)
    return spelled


def _places(passages: QuerySet, most: int) -> list[tuple[int, int, int]]:
    rows = passages.order_by("-pk").values_list("rendition", "start", "end")
    return list(rows[: most + 1])


def _paragraphs(rendition: Rendition, start: int, end: int) -> list[tuple[int, int, int | None]]:
    """Return the paragraphs that a passage touches; outside of all it stands for itself."""
    found = [
        (first, last, number)
        for number, (first, last) in enumerate(rendition.paragraphs, 1)
        if first < end and last > start
    ]
    return found or [(start, end, paragraph_at(rendition.paragraphs, start))]


def _names(dossier: Dossier) -> dict[str, list[int]]:
    """Return the actors (primary keys) that go by each name; two queries."""
    found: dict[str, set[int]] = defaultdict(set)
    own = Actor.objects.for_readers(dossier).values_list("name", "pk")
    further = ActorName.objects.for_readers(dossier).order_by().values_list("name", "actor")
    for name, pk in (*own, *further):
        for spelling in {name, *_spellings(name)}:
            found[spelling].add(pk)
    return {name: sorted(actors) for name, actors in found.items()}


def _spellings(name: str) -> list[str]:
    """Return the two names in one such as “Syrian Democratic Forces (SDF)”."""
    both = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", name)
    return [both[1], both[2]] if both else []
