"""The framing ledger: what each source calls an actor, beside the neutral name."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from astana.comparison.framing import Use, Wording, actors_by_name, called_by_source, spelled
from astana.evidence.paragraphs import paragraphs_touched
from astana.models import Actor, ActorName, Anchor, Dossier, Evidence, Rendition, Source
from astana.models.counts import counts_of
from astana.models.process_cache import cache
from astana.models.roles import Act, may
from astana.words.mentions import Names

# A dossier with more passages is looked at actor by actor, and then by so many passages.
MOST_PASSAGES = 5000
MOST_PASSAGES_OF_ONE = 1000
MOST_ROWS = 300
_KEPT_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Framing:
    """An actor with what each source calls it; `plain` sources use the neutral name alone."""

    actor: Actor
    sources: list[tuple[Source, tuple[Wording, ...]]]
    plain: list[tuple[Source, tuple[Wording, ...]]]
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
class _Found:
    uses: list[Use]
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
    by_actor: dict[int, list[Use]] = defaultdict(list)
    for use in uses:
        by_actor[use.actor].append(use)
    actors = Actor.objects.visible_to(user).of(dossier).filter(pk__in=by_actor)
    sources = {one.pk: one for one in Source.objects.visible_to(user).of(dossier)}
    languages = dict(
        ActorName.objects.filter(actor__in=by_actor).order_by("-pk").values_list("name", "language")
    )
    framings = [_framing(one, by_actor[one.pk], sources, languages) for one in actors]
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
    actor: Actor, uses: list[Use], sources: dict[int, Source], languages: dict[str, str]
) -> Framing:
    called = called_by_source(uses, neutral=actor.name, languages=languages)
    called.sort(key=lambda one: (sources[one.source].name, sources[one.source].slug))
    return Framing(
        actor=actor,
        sources=[(sources[one.source], one.wordings) for one in called if not one.is_plain],
        plain=[(sources[one.source], one.wordings) for one in called if one.is_plain],
        names=len({use.name for use in uses}),
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
        for first, last, number in paragraphs_touched(rendition.paragraphs, start, end):
            if (pk, first) in seen:
                continue
            seen.add((pk, first))
            is_own = rendition.kind != Rendition.Kind.SYNOPSIS
            own += is_own
            paragraph = rendition.text[first:last]
            for used in names.used_in(paragraph):
                words = paragraph[used.start : used.end]
                uses += [
                    Use(
                        one,
                        name,
                        rendition.article.source_id,
                        rendition.article.slug,
                        rendition.article.published,
                        number,
                        is_own,
                    )
                    for one, name in spelled(used.names, words, known=known).items()
                ]
    return _Found(uses, len(seen), own, is_cut)


def _places(passages: QuerySet, most: int) -> list[tuple[int, int, int]]:
    rows = passages.order_by("-pk").values_list("rendition", "start", "end")
    return list(rows[: most + 1])


def _names(dossier: Dossier) -> dict[str, list[int]]:
    """Return the actors (primary keys) that go by each name; two queries."""
    own = Actor.objects.of(dossier).values_list("name", "pk")
    further = ActorName.objects.of(dossier).order_by().values_list("name", "actor")
    return actors_by_name([*own, *further])
