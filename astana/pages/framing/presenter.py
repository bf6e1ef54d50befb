"""The framing ledger: how texts of each source, or synopses of them, name an actor."""

from collections import defaultdict
from typing import Any

from astana.comparison.framing import Use, called_by_source
from astana.models import Actor, ActorName, Dossier, Source
from astana.models.called import names_used
from astana.models.counts import counts_of

# A dossier with more passages is looked at actor by actor, and then by so many passages.
MOST_PASSAGES = 5000
MOST_PASSAGES_OF_ONE = 1000
MOST_ROWS = 300


def framing_ledger(
    dossier: Dossier, *, actor: Actor | None, source: Source | None, user: Any
) -> dict[str, Any]:
    """Return the names of the actors in the passages one may read, by source; at most nine queries.

    Looked through are the paragraphs of passages of published positions, each once, for all
    recorded names of the actors. A name that several actors share counts for each of them.

    Of the `paragraphs`, `own` are of the source itself and `synopses` the coders' words. Of `total`
    actors a name was found; `hidden` of them do not fit. `is_too_large` says that an actor has to
    be chosen first, `is_cut` that only so many passages were looked at.
    """
    found = None
    if counts_of(dossier).positions <= MOST_PASSAGES:
        found = names_used(dossier, user=user, most=MOST_PASSAGES)
    if found is None or found.is_cut:
        if actor is None:
            return {"is_too_large": True}
        found = names_used(dossier, actor=actor, user=user, most=MOST_PASSAGES_OF_ONE)
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
    framings.sort(key=lambda framing: (-framing["names"], framing["actor"].sort_name))
    rows, shown = 0, []
    for framing in framings:
        if rows >= MOST_ROWS:
            break
        rows += framing["rows"]
        shown.append(framing)
    return {
        "actors": shown,
        "paragraphs": found.paragraphs,
        "own": found.own,
        "synopses": found.paragraphs - found.own,
        "total": len(framings),
        "hidden": len(framings) - len(shown),
        "is_cut": found.is_cut,
    }


def _framing(
    actor: Actor, uses: list[Use], sources: dict[int, Source], languages: dict[str, str]
) -> dict[str, Any]:
    """Return an actor with its names by source; of `plain` ones only the neutral name was found."""
    called = called_by_source(uses, neutral=actor.name, languages=languages)
    called.sort(key=lambda one: (sources[one.source].name, sources[one.source].slug))
    named = [(sources[one.source], one.wordings) for one in called if not one.is_plain]
    plain = [(sources[one.source], one.wordings) for one in called if one.is_plain]
    return {
        "actor": actor,
        "sources": named,
        "plain": plain,
        "rows": len(named) + bool(plain),
        "names": len({use.name for use in uses}),
    }
