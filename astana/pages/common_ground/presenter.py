"""Where the parties meet and where they do not, ready to be shown."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.comparison.common_ground import (
    Ground,
    grounds,
    most_accepted_first,
    most_contested_first,
    spoken_on,
    tallies,
)
from astana.comparison.matrix import Cell, build_matrix
from astana.comparison.spread import spread_marks
from astana.models import Actor, Evidence, Issue, Position
from astana.models.ends import ends_of
from astana.models.event import events_by_issue, events_of
from astana.models.kept import kept
from astana.models.positions.counted import Counted
from astana.models.positions.stood import stood
from astana.models.positions.told import sources_of
from astana.pages.common_ground.forms import CommonGroundForm
from astana.pages.shared.lines import Line, line_of
from astana.pages.shared.passages import PassageView, passages_of

# A page has so many issues, and fewer where so many lines would be too many.
MOST_ISSUES, FEWEST_ISSUES, MOST_LINES = 40, 5, 1000
MOST_DISPUTED = 50
METHOD = gettext_lazy(
    "For each actor, the newest first-hand statement by the day counts or, only where there is "
    "none, the newest second-hand one, which is marked. Two voices and silence count on no side."
)
# What each list holds, and in which order.
METHODS = {
    "accepted": gettext_lazy(
        "This lists the issues on which at least two actors are heard: first those on which "
        "the most actors are on one side of the scale, then those with the fewest on the other."
    ),
    "contested": gettext_lazy(
        "This lists the issues on which both sides of the scale are taken: first those whose "
        "stances lie furthest apart, then those on which the sides are most even."
    ),
    "facts": gettext_lazy(
        "This lists the questions of fact on which somebody is heard, answer by answer."
    ),
}
# What is said of a list that holds nothing.
NONE = {
    "accepted": gettext_lazy(
        "There is no issue on which at least two actors are heard with one voice and a side of "
        "the scale is taken."
    ),
    "contested": gettext_lazy("There is no issue on which both sides of the scale are taken."),
    "facts": gettext_lazy("There is no question of fact on which anybody is heard."),
}
_ORDERS = {
    "accepted": most_accepted_first,
    "contested": most_contested_first,
}


def in_order(form: CommonGroundForm, *, user: Any) -> list[tuple[Issue, str]]:
    """Return the issues of one list, each with the short name of its event, in their order.

    At most five queries, and one where the order is kept.
    """
    chosen, show = form.cleaned_data, form.cleaned_data["show"]
    kind = Issue.Kind.FACT if show == "facts" else Issue.Kind.PREFERENCE
    issues = {issue.slug: issue for issue in form.issues.asking(kind=kind, group=chosen["group"])}
    actors, as_of, first_hand = chosen["actors"], chosen["as_of"], chosen["first_hand"]

    def made() -> list[tuple[str, str]]:
        if show == "facts":
            return _spoken_on(form, list(issues.values()))
        counted = Counted(
            dossier=form.dossier,
            user=user,
            actors={actor.pk: actor.slug for actor in actors},
            issues={issue.pk: issue.slug for issue in issues.values()},
            persons=frozenset(one.pk for one in actors if one.kind == Actor.Kind.PERSON),
            since=date.min,
            until=as_of,
            first_hand=first_hand,
        )
        nominal = {issue.slug for issue in issues.values() if issue.is_nominal}
        found = tallies(counted.answers(once=True), issues=list(issues), nominal=nominal)
        return [(tally.issue, "") for tally in _ORDERS[show](found)]

    who, what = tuple(actor.pk for actor in actors), tuple(issue.pk for issue in issues.values())
    state = (show, as_of, first_hand, who, what)
    return [(issues[slug], event) for slug, event in kept(form.dossier, "ground", state, made)]


def _spoken_on(form: CommonGroundForm, issues: list[Issue]) -> list[tuple[str, str]]:
    """Return on which facts, and of which events, somebody is heard."""
    chosen = form.cleaned_data
    headlines = Position.objects.headlines(
        actors=[actor.pk for actor in chosen["actors"]],
        issues=[issue.pk for issue in issues],
        as_of=chosen["as_of"],
        first_hand_only=chosen["first_hand"],
        spoken=True,
    )
    matrix = build_matrix(
        headlines.order_by().statements(),
        actors=[actor.slug for actor in chosen["actors"]],
        issues=[issue.slug for issue in issues],
        as_of=chosen["as_of"],
        first_hand_only=chosen["first_hand"],
        events=events_by_issue(issues, dossier=form.dossier),
    )
    return [(ground.issue, ground.event) for ground in spoken_on(grounds(matrix))]


def issues_on_a_page(actors: int) -> int:
    """Return how many issues a page has room for, where so many actors may be named on each."""
    return max(FEWEST_ISSUES, min(MOST_ISSUES, MOST_LINES // max(1, actors)))


def common_ground(
    form: CommonGroundForm, shown: list[tuple[Issue, str]], *, user: Any
) -> dict[str, Any]:
    """Return the cards of a page of `in_order`; at most eight queries, whatever the size.

    `disputed` holds the newest disputed reports, each with the passages on either side; `is_cut`
    says that there are more of them.
    """
    chosen, dossier = form.cleaned_data, form.dossier
    as_of, first_hand, actors = chosen["as_of"], chosen["first_hand"], chosen["actors"]
    issues = list(Issue.objects.filter(pk__in={issue.pk for issue, _event in shown}).with_ends())
    found = stood(
        dossier=dossier, actors=actors, issues=issues, as_of=as_of, first_hand_only=first_hand
    )
    nominal = {issue.slug for issue in issues if issue.is_nominal}
    on = {(one.issue, one.event): one for one in grounds(found.matrix, nominal=nominal)}
    events = {one.slug: one.name for one in events_of(dossier)} if issues else {}
    by_slug = {issue.slug: issue for issue in issues}
    names = {actor.slug: actor.name for actor in actors}
    sources: dict[str, set[str]] = {}
    for position, told_by in sources_of(list(found.details), by="name").items():
        sources.setdefault(found.details[position]["issue_slug"], set()).update(told_by)
    asked = {"as_of": as_of.isoformat(), "bodies": "0"} | (
        {"first_hand": "1"} if first_hand else {}
    )
    compare = reverse("compare:matrix", args=[dossier.slug], query=asked)
    disputed = _disputed(form, user=user) if chosen["show"] == "facts" else []

    def held(cells: tuple[Cell, ...]) -> list[Line]:
        return [
            line_of(found.details[voice.id], actor=names[cell.actor], href=_open(compare, cell))
            for cell in cells
            for voice in cell.voices
        ]

    return {
        "cards": [
            {
                "issue": by_slug[issue.slug],
                "ends": ends_of(by_slug[issue.slug]),
                "event": events.get(event, ""),
                "sources": sorted(sources.get(issue.slug, ())),
                "silent": [names[cell.actor] for cell in on[issue.slug, event].silent],
                **_sides(by_slug[issue.slug], on[issue.slug, event], found.details, held),
            }
            for issue, event in shown
            # An event may have been removed since they were put in order.
            if (issue.slug, event) in on
        ],
        "disputed": disputed[:MOST_DISPUTED],
        "is_cut": len(disputed) > MOST_DISPUTED,
    }


def _sides(
    issue: Issue,
    ground: Ground,
    details: dict[int, dict[str, Any]],
    held: Callable[[tuple[Cell, ...]], list[Line]],
) -> dict[str, Any]:
    """Return who stands on either side of the scale of an issue, and who on none.

    Facts are told answer by answer, as issues without an order are: what lies between two ends
    asserts and denies nothing. `answers` are then who gives which.
    """
    if issue.is_nominal or issue.kind == Issue.Kind.FACT:
        answers = [
            (_answer(issue, details[cells[0].voices[0].id]), held(cells))
            for cells in _in_order(ground)
        ]
        return {"answers": answers, "others": held(ground.two_voices)}
    values = [cell.value for cell in ground.plus + ground.minus + ground.between]
    return {
        "marks": spread_marks(values),
        "wider": held(ground.wider),
        "narrower": held(ground.narrower),
        "others": held(ground.between + ground.off_scale + ground.two_voices),
        "spoken": ground.spoken,
    }


def _in_order(ground: Ground) -> list[tuple[Cell, ...]]:
    """Return the cells by answer: those on a scale from its plus end, nominal ones by number."""
    found = [cells for _stance, cells in ground.answers]
    if ground.is_nominal:
        return found
    return sorted(found, key=lambda cells: (cells[0].value is None, -(cells[0].value or 0)))


def _answer(issue: Issue, row: dict[str, Any]) -> str:
    """Return the heading of those who give an answer."""
    label = str(row["label"])
    if issue.scale != Issue.Scale.YES_NO or row["value"] is None:
        return label
    # Translators: the answer of those below to a question of fact.
    words = _("Asserts: %(answer)s") if row["value"] > 0 else _("Denies: %(answer)s")
    return words % {"answer": label}


def _open(compare: str, cell: Cell) -> str:
    # Short names stand in addresses as they are.
    name = ".".join(filter(None, (cell.actor, cell.issue, cell.event)))
    return f"{compare}&actor={cell.actor}&issue={cell.issue}&open={name}"


def _disputed(form: CommonGroundForm, *, user: Any) -> list[tuple[Position, list[PassageView]]]:
    disputes = Evidence.objects.filter(position=OuterRef("pk"), role=Evidence.Role.DISPUTES)
    positions = list(
        Position.objects.visible_to(user)
        .of(form.dossier)
        .as_of(form.cleaned_data["as_of"])
        .filter(Exists(disputes))
        .select_related("actor", "issue", "stance__issue", "dossier")
        .newest_first()[: MOST_DISPUTED + 1]
    )
    passages = passages_of(positions, dossier=form.dossier, user=user) if positions else {}
    return [(position, passages[position.pk]) for position in positions]
