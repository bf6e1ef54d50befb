"""What a brief says of itself: its findings, its method, and the sentence above it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from astana.comparison.brief import Finding, Point
from astana.models.coverage_words import read_words
from astana.models.positions.stood import withdrawn_words
from astana.models.said_words import day_words, recorded_words
from astana.pages.brief.forms import BriefSelection

TITLES = {
    Finding.AGREED: gettext_lazy("Agreed by all sides"),
    Finding.AGREED_IF: gettext_lazy("Agreed, if"),
    Finding.BRIDGEABLE: gettext_lazy("Bridgeable"),
    Finding.OPPOSED: gettext_lazy("Opposed"),
    Finding.UNHEARD: gettext_lazy("Unheard"),
}
COUNTED = {
    # Translators: a number of issues.
    Finding.AGREED: pgettext_lazy("a number of issues", "%(n)s agreed"),
    # Translators: a number of issues, agreed under a condition.
    Finding.AGREED_IF: pgettext_lazy("a number of issues", "%(n)s agreed under conditions"),
    # Translators: a number of issues.
    Finding.BRIDGEABLE: pgettext_lazy("a number of issues", "%(n)s bridgeable"),
    # Translators: a number of issues.
    Finding.OPPOSED: pgettext_lazy("a number of issues", "%(n)s opposed"),
    # Translators: a number of issues.
    Finding.UNHEARD: pgettext_lazy("a number of issues", "%(n)s unheard"),
}
MEANINGS = {
    Finding.AGREED: gettext_lazy("All sides take the same stance, and none sets a condition."),
    Finding.AGREED_IF: gettext_lazy(
        "All sides take the same stance, and at least one sets a condition."
    ),
    Finding.BRIDGEABLE: gettext_lazy(
        "Not agreed, and nothing found stands in the way. Of a silent side nothing is known."
    ),
    Finding.OPPOSED: gettext_lazy(
        "Sides take stances further apart than two neighbours, or give different answers to a "
        "question whose answers have no order."
    ),
    Finding.UNHEARD: gettext_lazy(
        "No side is heard, or only one of three or more. Silence in what counts here is not a "
        "neutral stance."
    ),
}
METHOD = gettext_lazy(
    "Sides are counted, not actors: what several actors of a side say is counted once, and a "
    "side whose members differ is divided. An issue is placed where the newest stances of the "
    "sides put it; the nearest come first. Stances are next to each other if the scale of the "
    "issue has none between them and both lie on one side of it; answers of yes or no, or "
    "without an order, are never next to each other. Conditions are compared by their words: "
    "whether they can be met together is for you to judge. Silence is never neutral, and nothing "
    "is agreed while a side is silent."
)


def brief_sentence(selection: BriefSelection, points: list[Point], *, withdrawn: int) -> str:
    """Return the sentence that says what the brief shows, how much of it, and as of when."""
    sides, issues = len(selection.sides), len({point.issue for point in points})
    counted = {finding: sum(point.finding == finding for point in points) for finding in Finding}
    # Translators: `found` is “2 agreed, 1 opposed”; `articles` “4 articles published by then …”.
    words = _("%(sides)s on %(issues)s as of %(day)s: %(found)s; %(articles)s") % {
        "sides": ngettext("%(n)s side", "%(n)s sides", sides) % {"n": sides},
        "issues": ngettext("%(n)s issue", "%(n)s issues", issues) % {"n": issues},
        "day": day_words(selection.as_of),
        "found": ", ".join(COUNTED[one] % {"n": n} for one, n in counted.items() if n),
        "articles": read_words(selection.counts.coverage(as_of=selection.as_of)),
    }
    notes = [
        (selection.first_hand, _("first-hand only")),
        (not selection.bodies_count, _("bodies kept apart from their whole")),
    ]
    applied = [note for is_on, note in notes if is_on]
    if selection.recorded_as_of:
        applied += [recorded_words(selection.recorded_as_of), _("with the current passages")]
    if withdrawn:
        applied.append(withdrawn_words(withdrawn))
    return f"{words}; {'; '.join(applied)}." if applied else f"{words}."
