"""What the reader's guesses of a blind reading are worth."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext as _

from astana.models import Actor
from astana.models.names import names_in
from astana.pages.shared.blind import BlindSet
from astana.words.names import Name, close_names
from astana.words.normalise import normalise
from astana.words.states import states_named


def score_of(
    blind: BlindSet,
    *,
    candidates: Collection[Actor],
    guesses: dict[str, str],
    revealed: Collection[str],
    is_all: bool,
) -> dict[str, Any]:
    """Return what the guesses are worth; who was revealed before being guessed is not counted.

    A guess is the short name of a candidate, or any name, as older addresses have it; `chosen` is
    that of the candidate whom the words mean, empty where they mean none. The name of a letter is
    empty as long as it is hidden: `opened` are the others. It is over when none is hidden any more.
    """
    by_slug = {actor.slug: actor for actor in candidates}
    names = names_in([blind.selection.dossier]) if any(guesses.values()) else []
    kin = set(Actor.objects.kin_of([actor.pk for actor in blind.letters.values()]))
    known: dict[str, set[int]] = defaultdict(set)
    for name in names:
        known[name.normalised].add(name.actor)
    shown = []
    for letter, actor in blind.letters.items():
        words = guesses.get(letter, "")
        meant = {by_slug[words].pk} if words in by_slug else _meant(words, names, known)
        chosen = next((one for one in candidates if one.pk in meant), None)
        is_right = actor.pk in meant and letter not in revealed
        is_opened = is_right or is_all or letter in revealed
        if not words or (is_opened and not is_right):
            feedback = ""
        elif is_right:
            feedback = _("Right.")
        elif any((pk, actor.pk) in kin for pk in meant):
            feedback = _("Close: a part of it, what it is part of, or one of its people.")
        elif meant:
            feedback = _("No, not this one.")
        else:
            feedback = _("No actor of this dossier has a name like that. Choose one from the list.")
        shown.append(
            {
                "letter": letter,
                "words": chosen.name if chosen else words,
                "chosen": chosen.slug if chosen else "",
                "name": actor.name if is_opened else "",
                "feedback": feedback,
                "is_right": is_right,
                "is_revealed": is_opened and not is_right,
            }
        )
    opened = {guess["letter"] for guess in shown if guess["name"]}
    return {
        "guesses": shown,
        "recognised": sum(guess["is_right"] for guess in shown),
        "opened": opened,
        "is_over": len(opened) == len(shown),
    }


def _meant(words: str, names: Sequence[Name], known: dict[str, set[int]]) -> set[int]:
    """Return whom words mean: by a name, by a country's (US), or by a name much like it."""
    wanted = normalise(words)
    if meant := known.get(wanted):
        return meant
    called = {
        normalise(name) for state in states_named(words.replace(".", "")) for name in state.names
    }
    if meant := {pk for name in called for pk in known.get(name, ())}:
        return meant
    return {name.actor for name in close_names(wanted, names, most=1)}
