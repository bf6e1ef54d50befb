"""The names, titles and places by which an actor that is read blind could be told."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q

from astana.models import Actor, ActorName, Affiliation, Dossier, Source
from astana.words.masking import SOMEBODY, Hidden
from astana.words.normalise import normalise
from astana.words.states import also_called, states_named
from astana.words.titles import telling_titles

# Whose name says that it is one of a state, or speaks for one.
_OF_STATES = {
    Actor.Kind.STATE,
    Actor.Kind.GOVERNMENT,
    Actor.Kind.OFFICE,
    Actor.Kind.INTERNATIONAL_ORGANIZATION,
}


def hidden_names(
    dossier: Dossier,
    letters: dict[int, str],
    positions: Iterable[Any],
    sources: dict[str, str],
    languages: Collection[str],
    *,
    user: Any,
) -> list[Hidden]:
    """Return all by which an actor that is still hidden, or a source, could be told.

    `letters` stand for those actors, by primary key, and `sources` for the names of sources.

    These are the names of the actor, of its bodies and wholes and of who speaks for it, their
    titles in the dossier, and of states the people, the capital and the offices; these in the
    `languages` of the passages too.
    """
    label = _labels(letters, positions)
    about = set(normalise(dossier.title).split())
    hidden = []
    of_dossier = Actor.objects.visible_to(user).of(dossier).filter(pk__in=label)
    kinds = {}
    for pk, name, slug, kind in of_dossier.values_list("pk", "name", "slug", "kind"):
        kinds[pk] = kind
        is_person = kind == Actor.Kind.PERSON
        hidden += [Hidden(name, label[pk], is_person), _of_slug(slug, label[pk])]
        if kind in _OF_STATES:
            is_state = kind != Actor.Kind.GOVERNMENT
            for word in _of_state(name, languages, is_state=is_state, about=about):
                is_abbreviation = len(word) < 4 and word.isupper()
                hidden.append(Hidden(word, label[pk], is_abbreviation=is_abbreviation))
    names = ActorName.objects.visible_to(user).filter(actor__in=label)
    for pk, name in names.values_list("actor", "name"):
        hidden.append(Hidden(name, label[pk], kinds.get(pk) == Actor.Kind.PERSON))
    offices = Affiliation.objects.visible_to(user).of(dossier)
    offices = offices.filter(Q(person__in=label) | Q(body__in=label))
    for person, body, role in offices.values_list("person", "body", "role"):
        words = label.get(person) or label[body]
        hidden += [Hidden(title, words) for title in telling_titles(role)]
    for name, slug in Source.objects.visible_to(user).of(dossier).values_list("name", "slug"):
        words = f"[{sources[name]}]" if name in sources else SOMEBODY
        hidden += [Hidden(name, words), _of_slug(slug, words)]
    return hidden


def _labels(letters: dict[int, str], positions: Iterable[Any]) -> dict[int, str]:
    """Return what stands for each actor that must not be read, by primary key."""
    kin: dict[int, set[str]] = defaultdict(set)
    for pk, actor in Actor.objects.kin_of(list(letters)):
        kin[pk].add(letters[actor])
    for position in positions:
        speaks_for = position.attributed_by_id or position.actor_id
        if position.speaker_id and speaks_for in kin:
            kin[position.speaker_id] |= kin[speaks_for]
    return {
        pk: f"[{next(iter(found))}]" if len(found) == 1 else SOMEBODY for pk, found in kin.items()
    }


def _of_state(
    name: str, languages: Collection[str], *, is_state: bool, about: set[str]
) -> Iterable[str]:
    """Yield the words that tell of the state that a name names.

    The country and its people do not tell of a government: they are what much of the text is about.
    Nor does what the title of the dossier says already.
    """
    for state in states_named(name):
        for word in (state.names + state.people if is_state else ()) + state.seats:
            if not about >= set(normalise(word).split()):
                yield word
                for language in languages:
                    yield from also_called(word, language)


def _of_slug(slug: str, label: str) -> Hidden:
    """Return a short name as a name: most are one, or an abbreviation."""
    return Hidden(slug, label, is_abbreviation=len(slug) < 4)
