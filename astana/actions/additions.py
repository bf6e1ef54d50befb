"""What coders add while they code: actors, issues, stances, events and documents, each once."""

from dataclasses import asdict, fields, replace
from typing import Any

from astana.actions.coding import (
    Coding,
    New,
    NewActor,
    NewDocument,
    NewEvent,
    NewIssue,
    NewStance,
)
from astana.models import Actor, Document, Dossier, Event, Issue, Stance, User
from astana.models.in_passing import InPassing
from astana.models.roles import Act, may, require
from astana.models.short_names import free_among
from astana.words.normalise import normalise

_MODELS: dict[type[New], type[InPassing]] = {
    NewActor: Actor,
    NewIssue: Issue,
    NewStance: Stance,
    NewEvent: Event,
    NewDocument: Document,
}
# By which of its fields something is called, and which others tell those of one name apart.
CALLED = {Actor: "name", Issue: "title", Stance: "label", Event: "name", Document: "title"}
_APART = {Actor: ("kind",), Issue: (), Stance: (), Event: ("start",), Document: ("date",)}


def add(new: New, *, within: Dossier | Issue, by: User, under: int | None) -> Any:
    """Return a record for what was not known, added under an assignment (its key) or none.

    Stances are added within their issue. Readers do not see it until something published names it,
    and where the dossier wants that, a reviewer decides on it first. Where somebody else has added
    the same meanwhile, or in a running round that hides it, it is that one. The caller holds the
    dossier's row.
    """
    model = _MODELS[type(new)]
    dossier = within.dossier if isinstance(within, Issue) else within
    require(by, Act.CODE, dossier)
    there = model.objects.filter(**{"issue" if model is Stance else "dossier": within})
    if same := _same(new, there.order_by("pk")):
        return same
    name = getattr(new, CALLED[model])
    record = model(**asdict(new), slug=free_among(there, name, nothing=model._meta.model_name))
    if isinstance(record, Stance):
        record.issue, record.order = within, 1 + _last(there)
    else:
        record.dossier = dossier
    if isinstance(record, Issue):
        record.order = 1 + _last(there)
    record.public, record.added_under_id = False, under
    # A stance on a proposed issue is decided on with it.
    is_decided_with = isinstance(within, Issue) and within.proposed
    waits = dossier.additions_are_proposed and not may(by, Act.REVIEW, dossier)
    record.proposed = waits and not is_decided_with
    record.full_clean()
    record.save()
    return record


def _same(new: New, there: Any) -> InPassing | None:
    """Return what is there already of this name, in whatever spelling, and of the same kind."""
    model = there.model
    apart = {name: getattr(new, name) for name in _APART[model]}
    wanted = normalise(getattr(new, CALLED[model]))
    known = there.filter(**apart).only("pk", CALLED[model])
    pks = [one.pk for one in known if normalise(getattr(one, CALLED[model])) == wanted]
    return there.filter(pk=pks[0]).get() if pks else None


def _last(there: Any) -> int:
    return max(there.order_by().values_list("order", flat=True), default=0)


class Added:
    """What is new in codings, each added once."""

    def __init__(self, dossier: Dossier, *, by: User, under: int | None) -> None:
        self._known: dict[tuple[New, Any], Any] = {}
        self._dossier = dossier
        self._how = {"by": by, "under": under}

    def to(self, coding: Coding) -> Coding:
        """Return a coding with a record for each new thing that it names."""
        found: dict[str, Any] = {}
        # The issue comes before its stance.
        for field in fields(coding):
            new = getattr(coding, field.name)
            if isinstance(new, New):
                within = self._dossier
                if isinstance(new, NewStance):
                    within = found.get("issue", coding.issue)
                if (new, within) not in self._known:
                    self._known[new, within] = add(new, within=within, **self._how)
                found[field.name] = self._known[new, within]
        return replace(coding, **found)


def is_new_in(coding: Coding) -> bool:
    """Return whether a coding names something that is new to the dossier."""
    return any(isinstance(getattr(coding, field.name), New) for field in fields(coding))
