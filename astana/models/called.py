"""The names by which the passages of evidence call the actors, with what may be read of them."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import QuerySet

from astana.comparison.framing import Use, actors_by_name, spelled
from astana.evidence.paragraphs import paragraphs_touched
from astana.models import Actor, ActorName, Anchor, Dossier, Evidence, Rendition
from astana.models.kept import kept
from astana.models.process_cache import cache
from astana.models.roles import Act, may
from astana.words.mentions import Names


@dataclass(frozen=True, slots=True)
class NamesUsed:
    """The uses found in so many paragraphs, `own` of them in the words of the source itself.

    `is_cut` says that there are more passages than were to be looked through.
    """

    uses: list[Use]
    paragraphs: int
    own: int
    is_cut: bool


def names_used(dossier: Dossier, *, actor: Actor | None = None, user: Any, most: int) -> NamesUsed:
    """Return the names used in the passages on one or all actors, kept for the dossier's version.

    What members may read is kept apart from what everybody may. Of one actor the newest `most`
    passages are looked through; where all actors have more, nothing is, and `is_cut` says so.
    """
    audience = "members" if may(user, Act.READ_TEXTS, dossier) else "everybody"
    of = actor.pk if actor else "all"
    found = partial(_find, dossier, actor, user, most)
    return kept(dossier, "framing", (of, audience), found, among=cache)


def _find(dossier: Dossier, actor: Actor | None, user: Any, most: int) -> NamesUsed:
    evidence = Evidence.objects.visible_to(user).of(dossier).filter(start__isnull=False)
    anchors = Anchor.objects.visible_to(user).of(dossier).filter(start__isnull=False)
    if actor:
        evidence = evidence.filter(position__actor=actor)
        anchors = anchors.filter(evidence__position__actor=actor)
    passages = [*_places(evidence, most), *_places(anchors, most)]
    is_cut = len(passages) > most
    if is_cut and actor is None:
        return NamesUsed([], 0, 0, is_cut=True)
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
    return NamesUsed(uses, len(seen), own, is_cut)


def _places(passages: QuerySet, most: int) -> list[tuple[int, int, int]]:
    rows = passages.order_by("-pk").values_list("rendition", "start", "end")
    return list(rows[: most + 1])


def _names(dossier: Dossier) -> dict[str, list[int]]:
    """Return the actors (primary keys) that go by each name; two queries."""
    own = Actor.objects.of(dossier).values_list("name", "pk")
    further = ActorName.objects.of(dossier).order_by().values_list("name", "actor")
    return actors_by_name([*own, *further])
