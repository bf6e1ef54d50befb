"""What coders proposed and nobody has decided on, with where it is used and what it may be."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from astana.actions.additions import CALLED
from astana.models import Actor, Document, Dossier, Event, Issue, Position, Stance, User
from astana.models.alike_names import actors_alike, actors_of, alike_of
from astana.models.in_passing import InPassing
from astana.models.said_words import day_words, days_words

# In the order in which they are shown: what others need comes first.
MODELS: dict[str, type[InPassing]] = {
    model._meta.model_name: model for model in (Issue, Stance, Actor, Event, Document)
}
MOST_SHOWN = 100
MOST_OFFERED = 500
# So many of the positions that name one are listed.
MOST_USES = 12


def _of_issue(issue: Issue) -> tuple[str, ...]:
    names = ", ".join(f"“{stance}”" for stance in issue.stances.all())
    # Translators: `names` are the stances of an issue, in quotes.
    return (issue.question, names and _("Stances: %(names)s") % {"names": names})


def _of_stance(stance: Stance) -> tuple[str, ...]:
    issue = stance.issue
    if stance.value is None:
        # Translators: `issue` is the title of an issue.
        return (_("On “%(issue)s”, off the scale") % {"issue": issue},)
    # Translators: `issue` is the title of an issue, `value` a number from -1 to 1.
    told = _("On “%(issue)s”, with the value %(value)s")
    return (told % {"issue": issue, "value": f"{stance.value.normalize():f}"},)


def _of_event(event: Event) -> tuple[str, ...]:
    return (days_words(event.start, event.end), event.place)


# What is said of a proposal beside its name.
_FACTS: dict[type[InPassing], Callable[[Any], tuple[Any, ...]]] = {
    Issue: _of_issue,
    Stance: _of_stance,
    Actor: lambda one: (one.get_kind_display(),),
    Event: _of_event,
    Document: lambda one: (day_words(one.date),),
}


def others_at_desk(proposal: InPassing, *, user: User) -> QuerySet:
    """Return what a proposal can go into: the others of its kind that a user sees at the desk."""
    found = type(proposal).objects.at_desk_of(user, dossier=proposal.belongs_to())
    if isinstance(proposal, Stance):
        found = found.filter(issue=proposal.issue_id)
    return found.exclude(pk=proposal.pk)


def queue_of(dossier: Dossier, *, user: User) -> dict[str, Any]:
    """Return what waits, the oldest of each kind first; at most some queries for each kind.

    `number` counts those too that are not `shown`; `offered` is what each can go into, by its
    `offered_in`: short names with names.
    """
    number, shown, offered = 0, [], {}
    for model in MODELS.values():
        rows = model.objects.at_desk_of(user, dossier=dossier).proposed().order_by("pk")
        if model is Stance:
            rows = rows.select_related("issue")
        elif model is Issue:
            rows = rows.prefetch_related("stances")
        found = list(rows)
        number += len(found)
        these = _with_all(found[: MOST_SHOWN - len(shown)], model, dossier=dossier, user=user)
        shown += these
        offered |= _offered(these, dossier=dossier, user=user)
    return {"number": number, "shown": shown, "offered": offered}


def _offered(
    proposals: list[dict[str, Any]], *, dossier: Dossier, user: User
) -> dict[str, list[tuple[str, str]]]:
    """Return what proposals of one kind can go into; one query, if there are any."""
    if not proposals:
        return {}
    known = list(type(proposals[0]["record"]).objects.at_desk_of(user, dossier=dossier))
    lists = {one["offered_in"]: getattr(one["record"], "issue_id", None) for one in proposals}
    return {
        name: [(one.slug, str(one)) for one in known if getattr(one, "issue_id", None) == issue][
            :MOST_OFFERED
        ]
        for name, issue in lists.items()
    }


def _with_all(
    records: list[Any], model: type[InPassing], *, dossier: Dossier, user: User
) -> list[dict[str, Any]]:
    """Return each proposal with who made it, the positions that name it, what is called alike."""
    if not records:
        return []
    by = _makers(model, records)
    uses = _uses(model, records, dossier=dossier, user=user)
    near = _near(model, records, dossier=dossier, user=user)
    noun, longest = model._meta.model_name, model._meta.get_field(CALLED[model]).max_length
    return [
        {
            "record": record,
            "noun": noun,
            "key": f"{noun}-{record.pk}",
            # Of stances there is a list for each issue.
            "offered_in": f"others-{noun}-{getattr(record, 'issue_id', 'any')}",
            "longest": longest,
            "facts": [fact for fact in _FACTS[model](record) if fact],
            "by": by.get(record.pk, ""),
            "uses": uses.get(record.pk, [])[:MOST_USES],
            "further_uses": max(len(uses.get(record.pk, [])) - MOST_USES, 0),
            "near": near[record.pk],
            "edit": _edit(record, dossier),
        }
        for record in records
    ]


def _makers(model: type[InPassing], records: list[Any]) -> dict[int, str]:
    """Return who made each record, as far as its history says so."""
    first = model.history.filter(id__in=[one.pk for one in records], history_type="+")
    return dict(first.order_by().values_list("id", "history_user__username"))


def _uses(
    model: type[InPassing], records: list[Any], *, dossier: Dossier, user: User
) -> dict[int, list[Position]]:
    """Return by record the positions at the desk that name it."""
    pks = {one.pk for one in records}
    named = Q()
    for name in model.NAMED_AS:
        named |= Q(**{f"{name}__in": pks})
    found: dict[int, list[Position]] = {}
    seen = Position.objects.at_desk_of(user, dossier=dossier).filter(named)
    for position in seen.order_by("pk"):
        for pk in {getattr(position, f"{name}_id") for name in model.NAMED_AS} & pks:
            found.setdefault(pk, []).append(position)
    return found


def _near(
    model: type[InPassing], records: list[Any], *, dossier: Dossier, user: User
) -> dict[int, list[Any]]:
    """Return by record what else is called nearly so."""
    if model is Actor:
        alike = {one.pk: actors_alike(one.name, dossier=dossier, user=user) for one in records}
        pks = (pk for found in alike.values() for pk in found)
        actors = actors_of(pks, dossier=dossier, user=user)
        return {
            one.pk: [actors[pk] for pk in alike[one.pk] if pk in actors and pk != one.pk]
            for one in records
        }
    known = list(model.objects.at_desk_of(user, dossier=dossier))

    def others(record: Any) -> Iterable[Any]:
        alone = getattr(record, "issue_id", None)
        return (one for one in known if one != record and getattr(one, "issue_id", None) == alone)

    return {one.pk: alike_of(str(one), others(one)) for one in records}


def _edit(record: Any, dossier: Dossier) -> str:
    """Return where all that is said of a record is edited."""
    issue = record.issue if isinstance(record, Stance) else record
    if isinstance(issue, Issue):
        return reverse("issues:edit", args=[dossier.slug, issue.slug])
    return reverse("setup:edit", args=[dossier.slug, f"{record._meta.model_name}s", record.slug])
