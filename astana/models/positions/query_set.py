"""Positions as they are asked for: by whom they may be seen, as of when, and as headlines."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Self

from django.db import transaction
from django.db.models import Case, Exists, F, FloatField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast

from astana.comparison.statement import Statement
from astana.models.actor import Actor
from astana.models.dossier import Dossier
from astana.models.issue import Issue
from astana.models.positions.headlines import headline_pks
from astana.models.record import Reader, RecordQuerySet, write_summaries
from astana.models.roles import Act, dossiers_where, may
from astana.models.summary import MADE_OF, made_anew, made_in

_BATCH = 500
# The columns of a position that the core knows.
STATED = ("id", "earliest", "latest", "said", "first_hand", "condition")


def statement_of(row: dict[str, Any]) -> Statement:
    """Return a row with the columns `STATED`, and those of `stated_of`, as the core knows it."""
    return Statement(
        id=row["id"],
        actor=row["actor_slug"],
        issue=row["issue_slug"],
        stance=row["stance_slug"],
        value=row["value"],
        earliest=row["earliest"],
        latest=row["latest"],
        is_first_hand=bool(row["first_hand"]),
        said=row["said"],
        condition=row["condition"],
        is_disputed=bool(row["is_disputed"]),
        event=(row["event_slug"] or "") if row["per_event"] else "",
        speaker=(row["speaker_slug"] or "") if row["first_hand"] else "",
        same_as=row["same_as"],
    )


class PositionQuerySet(RecordQuerySet):
    """Positions; `statements` and `headlines` are the bridge to the core."""

    def update(self, **values: Any) -> int:
        """Change all positions of the set; summaries that were made follow what they say now."""
        moved = {*MADE_OF, *(f"{name}_id" for name in MADE_OF)} & values.keys()
        if not moved or "summary" in values:
            return super().update(**values)
        with transaction.atomic(using=self.db):
            self._hold()
            pks = made_in(self)
            number = super().update(**values)
            for start in range(0, len(pks), _BATCH):
                rows = self.model._base_manager.filter(pk__in=pks[start : start + _BATCH])
                write_summaries(made_anew(rows))
            return number

    def visible_to(self, user: Reader) -> Self:
        """Return the published positions of the dossiers this user may see."""
        # Equality with a parameter: SQLite finds no index for a bare `WHERE public`.
        return super().visible_to(user).filter(public=Value(True))

    def at_desk_of(self, user: Reader, *, dossier: Dossier | None = None) -> Self:
        """Return the positions, in whatever state, that a user may see at the desk of a dossier.

        Coders see their own, what is published, and the rounds that a curator has settled.
        Reviewers see all; but who codes an article independently sees no other coder's work on it
        until all have finished. Without a dossier: at the desks of all.
        """
        assignments = self.model._meta.get_field("assignment").related_model.objects
        hidden = assignments.hidden_pks(user)
        hidden_pks = self.model.objects.filter(assignment__in=hidden, public=Value(False))
        settled = Q(assignment__settled_at__isnull=False)
        taking_part = Q(assignment__article__assignments__coder=user.pk)
        in_round = self.model.objects.filter(settled & taking_part).order_by().values("pk")
        of_coder = Q(coder=user.pk) | Q(public=Value(True)) | Q(pk__in=in_round)
        if dossier is None:
            reviewed = Q(dossier__in=dossiers_where(user, Act.REVIEW).values("pk"))
            found = self.filter(dossier__in=dossiers_where(user, Act.CODE).values("pk"))
            found = found.filter(reviewed | of_coder)
        elif not may(user, Act.CODE, dossier):
            return self.none()
        elif not may(user, Act.REVIEW, dossier):
            return self.of(dossier).filter(of_coder)
        else:
            found = self.of(dossier)
        return found.exclude(pk__in=hidden_pks.order_by().values("pk"))

    def waiting_for(self, user: Reader, *, dossier: Dossier) -> Self:
        """Return what waits for a reviewer, oldest first: submitted, and in no running round."""
        free = Q(assignment=None) | Q(assignment__is_independent=False)
        challenges = self.model._meta.get_field("challenges").related_model.objects
        challenged = challenges.filter(position=OuterRef("pk")).order_by()
        found = self.at_desk_of(user, dossier=dossier).filter(
            free | Q(assignment__settled_at__isnull=False), status="submitted"
        )
        return found.annotate(was_challenged=Exists(challenged)).order_by("pk")

    def as_of(self, day: date) -> Self:
        """Return the positions that had been said by a day."""
        return self.filter(latest__lte=day)

    def recorded_by(self, moment: datetime | None) -> Self:
        """Return the positions that stood here at a moment as they stand now; None is now.

        What has been written again since has a version of then: see `versions_at`.
        """
        if moment is None:
            return self
        versions = self.model.history.model.objects.filter(id=OuterRef("pk")).order_by()
        later = Exists(versions.filter(history_date__gt=moment))
        earlier = Exists(versions.filter(history_date__lte=moment))
        return self.filter(~(later & earlier), published_at__lte=moment)

    def provisions(self) -> Self:
        """Return what documents provide; what is said or done about a document is no provision."""
        return self.filter(document__isnull=False, voice="document")

    def about(
        self,
        *,
        issue: Issue | None = None,
        actor: Actor | None = None,
        lanes: Collection[Actor | Issue] = (),
    ) -> Self:
        """Return the positions on an issue or of an actor, of all `lanes` or only of these.

        Those of a person are also what they said first-hand for others.
        """
        if issue:
            found = self.filter(issue=issue)
            return found.filter(actor__in=lanes) if lanes else found
        own = Q(actor=actor)
        if actor and actor.kind == Actor.Kind.PERSON:
            own |= Q(speaker=actor, first_hand=True)
        found = self.filter(own)
        return found.filter(issue__in=lanes) if lanes else found

    def newest_first(self) -> Self:
        """Order by what counts as newer: the later last day, then the later first day."""
        return self.order_by("-latest", "-earliest", "-id")

    def statements(self) -> list[Statement]:
        """Return the positions as the core knows them."""
        return [statement_of(row) for row in self.values(*STATED, **self.stated_of(self.model))]

    @staticmethod
    def bearing(model: Any) -> dict[str, Any]:
        """Return annotations of what bears on a position: is_disputed, same_as."""
        evidence = model._meta.get_field("evidence").related_model.objects
        links = model._meta.get_field("links").related_model.objects
        of_it = {"position": OuterRef("pk")}
        fuller = links.filter(**of_it, kind="same-utterance", to__public=Value(True)).order_by()
        return {
            "is_disputed": Exists(evidence.filter(**of_it, role="disputes").order_by()),
            "same_as": Subquery(fuller.values("to")[:1]),
        }

    @staticmethod
    def stated_of(model: Any) -> dict[str, Any]:
        """Return what `statement_of` needs beside the columns `STATED`, for `values`."""
        return PositionQuerySet.bearing(model) | {
            "value": Cast("stance__value", FloatField()),
            "actor_slug": F("actor__slug"),
            "issue_slug": F("issue__slug"),
            "stance_slug": F("stance__slug"),
            "event_slug": F("event__slug"),
            # Only persons have cells of what they said for others.
            "speaker_slug": Case(When(speaker__kind=Actor.Kind.PERSON, then=F("speaker__slug"))),
            "per_event": F("issue__per_event"),
        }

    def headlines(
        self,
        *,
        actors: Collection[int],
        issues: Collection[int],
        as_of: date,
        since: date = date.min,
        first_hand_only: bool = False,
        recorded_as_of: datetime | None = None,
        spoken: bool = False,
        of_events: bool = True,
    ) -> Self:
        """Return the published positions that are, or tie for, the headline of each cell.

        `actors` and `issues` are primary keys; what had been said before `since` is not looked at,
        nor what was published here, or written again, after `recorded_as_of`. With `spoken` the
        cells of persons hold what they said for others too. `of_events` is not needed where
        none of the issues is asked of each event.
        """
        if not actors or not issues:
            return self.none()
        pks = headline_pks(
            actors=actors,
            issues=issues,
            as_of=as_of,
            since=since,
            first_hand_only=first_hand_only,
            recorded_as_of=recorded_as_of,
            spoken=spoken,
            of_events=of_events,
            using=self.db,
        )
        return self.filter(pk__one_of=pks)
