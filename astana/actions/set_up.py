"""Write what a dossier is made of, apart from positions: actors, sources, events and so on."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from astana.models import (
    Actor,
    Anchor,
    Article,
    Assignment,
    Document,
    Dossier,
    Event,
    Evidence,
    Issue,
    Source,
    User,
)
from astana.models.of_dossier import holding
from astana.models.record import Record
from astana.models.revised import StaleRecord
from astana.models.roles import Act, require
from astana.models.short_names import free_among

# What goes with a record when it is removed, as it says nothing without it: by the model, the
# names of the fields that lead to the record.
PARTS = {
    Actor: {"ActorName.actor", "Affiliation.person"},
    Source: set(),
    Article: {"Rendition.article", "LookedFor.article"},
    Issue: {"Stance.issue", "LookedFor.issue", "Examined.issue"},
    Event: {"Participation.event"},
    Document: {"Signature.document", "Examined.document"},
}
# What depends on the parts of a record, and so on the record.
_FURTHER = {Article: ((Evidence, "rendition__article"), (Anchor, "rendition__article"))}


class Refused(Exception):
    """A record cannot be removed; the text is for people, `uses` says what needs it."""

    def __init__(self, text: str, uses: Sequence[tuple[str, int]] = ()) -> None:
        super().__init__(text)
        self.uses = uses


@holding
def write(
    *, record: Record, rows: Sequence[Record] = (), gone: Sequence[Record] = (), by: User
) -> Record:
    """Save a record, new or changed, and the rows that belong to it; those in `gone` are deleted.

    A new one gets a short name of its own. Raises StaleRecord where somebody else has changed one
    of them since it was read.
    """
    dossier = record.belongs_to()
    require(by, Act.REVIEW, dossier)
    if not record.pk:
        noun = record._meta.model_name
        record.slug = free_among(type(record).objects.of(dossier), str(record), nothing=noun)
    record.save()
    for row in gone:
        row.delete()
    for row in rows:
        row.save()
    return record


@holding
def add_actors(*, dossier: Dossier, names: Sequence[str], kind: str, by: User) -> list[Actor]:
    """Add an actor of one kind for each name, all or none.

    Raises ValidationError for what is unfit.
    """
    require(by, Act.REVIEW, dossier)
    added = []
    for name in names:
        slug = free_among(Actor.objects.of(dossier), name, nothing="actor")
        actor = Actor(dossier=dossier, slug=slug, name=name, kind=kind)
        actor.full_clean()
        actor.save()
        added.append(actor)
    return added


@holding
def remove(*, record: Record, by: User) -> None:
    """Delete a record with its parts.

    Raises Refused where something else uses it, and StaleRecord where somebody has changed it since
    it was read.
    """
    require(by, Act.REVIEW, record.belongs_to())
    stored = type(record)._base_manager.filter(pk=record.pk).first()
    if stored is None or stored.revision != record.revision:
        raise StaleRecord(record)
    refuse_where_used(stored, by=by)
    stored.delete()


def refuse_where_used(record: Record, *, by: User) -> None:
    """Raise Refused, with what uses a record, where something does.

    Who codes in a running round would learn from it which records the others have named.
    """
    rounds = Assignment.objects.in_rounds_of(by).running()
    if rounds.filter(dossier=record.dossier_pk()).exists():
        raise Refused(
            _("You are coding in a running round. Remove this once all its coders have finished.")
        )
    if uses := uses_of(record):
        raise Refused(_("This cannot be removed because something uses it."), uses)


def uses_of(record: Record) -> list[tuple[str, int]]:
    """Return what uses a record and would not go with it: the nouns, and how many of each."""
    model, paths = type(record), {}
    for relation in model._meta.related_objects:
        other, field = relation.related_model, relation.field.name
        if f"{other.__name__}.{field}" not in PARTS[model]:
            paths.setdefault(other, []).append(field)
    for other, path in _FURTHER.get(model, ()):
        paths.setdefault(other, []).append(path)
    found = []
    for other, names in paths.items():
        wanted = Q()
        for name in names:
            wanted |= Q(**{name: record})
        if number := QuerySet(other).filter(wanted).count():
            found.append((str(other._meta.verbose_name_plural), number))
    return found


@holding
def move(*, issue: Issue, steps: int, by: User) -> Issue:
    """Move an issue in the codebook by so many places, up where `steps` is negative."""
    require(by, Act.REVIEW, issue.dossier)
    issues = list(Issue.objects.of(issue.dossier).order_by("order", "slug"))
    if issue not in issues:
        raise StaleRecord(issue)
    place = issues.index(issue)
    moved = issues.pop(place)
    issues.insert(max(0, place + steps), moved)
    for order, one in enumerate(issues, 1):
        if one.order != order:
            one.order = order
            one.save()
    return moved
