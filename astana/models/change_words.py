"""What happened to a cell, in words: a move is called one, and all else is said as what it is."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from astana.comparison.change import Kind, Step

_WORDS = {
    # Translators: `before` and `after` are stances, such as “Must leave first”.
    Kind.MOVED: _("moved from “%(before)s” to “%(after)s”"),
    Kind.CONDITION_CHANGED: _("the condition changed"),
    Kind.NOW_FIRST_HAND: _("now heard first-hand"),
    Kind.REPORTED_DIFFERENTLY: _("reported differently: “%(before)s”, then “%(after)s”"),
    Kind.DISPUTED: _("disputed report: “%(after)s”"),
    Kind.TWO_VOICES: _("two voices from here: “%(after)s”"),
    Kind.ONE_VOICE: _("one voice now: “%(after)s”"),
    Kind.FIRST_HEARD: _("first heard: “%(after)s”"),
}
# Where second-hand claims are left out, an earlier one may have been heard.
_AT_FIRST_HAND = _("first heard first-hand: “%(after)s”")
_AT_SECOND_HAND = _("first heard, at second hand: “%(after)s”")


def step_words(
    step: Step, labels: dict[tuple[str, str], str], *, first_hand_only: bool = False
) -> str:
    """Return what a step of a cell is; `labels` are those of stances, by (issue, stance)."""

    def named(shown: Iterable[Any]) -> str:
        return "; ".join(labels[one.issue, one.stance] for one in shown)

    words = _WORDS[step.kind]
    if step.kind is Kind.FIRST_HEARD and not any(one.is_first_hand for one in step.after):
        words = _AT_SECOND_HAND
    elif step.kind is Kind.FIRST_HEARD and first_hand_only:
        words = _AT_FIRST_HAND
    return str(words) % {"before": named(step.before), "after": named(step.after)}


def by_statement(
    steps: Iterable[Step],
    labels: dict[tuple[str, str], str],
    *,
    first: bool = False,
    first_hand_only: bool = False,
) -> dict[int, tuple[Kind, str]]:
    """Return, by the id of each statement that a step brought, its kind and its words.

    Being heard for the first time is left out unless `first` asks for it.
    """
    return {
        one.id: (step.kind, step_words(step, labels, first_hand_only=first_hand_only))
        for step in steps
        if first or step.kind is not Kind.FIRST_HEARD
        for one in step.after
        if one not in step.before
    }
