"""The query string of a brief: the sides, the issues, and as of when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models import Actor, Dossier, Issue
from astana.models.counts import Counts, counts_of, most_reported
from astana.pages.shared.selection import MOST_ISSUES
from astana.web.addresses import given_of, moment_words, query_of
from astana.web.fields import (
    MOST_ACTORS,
    MOST_SIDES,
    DayField,
    FlagField,
    MomentField,
    SidesField,
    SlugsField,
    sides_typed,
    sides_written,
)
from astana.web.named import likely, refuse_unknown, refuse_unused
from astana.web.offered import facet_of_issues, first_of

MOST_CHOICES = 1000
DEFAULT_SIDES = 2
DEFAULT_ISSUES = 10
# The value of `group` that asks for the issues of all groups.
ALL = "*"


@dataclass(frozen=True)
class BriefSelection:
    """Which sides, on which issues, as of when.

    `bodies` are the actors that are part of a member and on no side themselves, each with
    `whole_slug`; empty where bodies are kept apart. `all_issues` are those of the dossier, and
    `left_out` tells how many of those asked for are more than a brief takes.
    """

    dossier: Dossier
    counts: Counts
    sides: tuple[tuple[Actor, ...], ...]
    bodies: tuple[Actor, ...]
    issues: tuple[Issue, ...]
    all_issues: tuple[Issue, ...]
    left_out: int
    group: str
    as_of: date
    recorded_as_of: datetime | None
    first_hand: bool
    bodies_count: bool
    given: tuple[tuple[str, str], ...]

    @property
    def is_possible(self) -> bool:
        """Whether there are two sides; in a dossier with a single voice there are none to take."""
        return len(self.sides) > 1

    @property
    def members(self) -> list[Actor]:
        """The actors of all sides."""
        return [actor for side in self.sides for actor in side]

    @property
    def written(self) -> list[str]:
        """The sides as an address names them."""
        return sides_written([actor.slug for actor in side] for side in self.sides)

    def query(self, **changes: str | list[str] | None) -> str:
        """Return the query string of this brief with changes; None takes a parameter out."""
        return query_of(self.given, **changes)

    def everything(self, **changes: str | list[str] | None) -> str:
        """Return the query string that leaves nothing to a default, with changes."""
        everything: dict[str, str | list[str] | None] = {
            "side": self.written,
            "issue": [issue.slug for issue in self.issues],
            "as_of": self.as_of.isoformat(),
            "recorded_as_of": moment_words(recorded) if (recorded := self.recorded_as_of) else None,
            "first_hand": "1" if self.first_hand else "0",
            "bodies": "1" if self.bodies_count else "0",
        }
        return query_of((), **everything | changes)

    @property
    def facet(self) -> Any:
        """The issues to choose from; no query."""
        chosen = {value for name, value in self.given if name == "issue"}
        return facet_of_issues(self.all_issues, self.counts, chosen=chosen)

    @property
    def links(self) -> dict[str, str]:
        """What can be done with the brief, as addresses."""
        dossier, actors = self.dossier.slug, [actor.slug for actor in self.members]
        return {
            "save": reverse("comparisons:new") + self.everything(dossier=dossier, actor=actors),
            "compare": reverse("compare:matrix", args=[dossier]) + self.everything(actor=actors),
            "files": self.everything(),
            "docx": reverse("exports:brief", args=[dossier, "docx"]) + self.everything(),
        }


class BriefForm(forms.Form):
    """The query string of a brief; names that the dossier does not know are errors.

    `add`, `to` and `remove` change the sides: `edited` is then the address of the changed ones.
    """

    side = SidesField(most=MOST_ACTORS, label=gettext_lazy("Sides"))
    issue = SlugsField(most=MOST_ISSUES, label=gettext_lazy("Issues"))
    group = forms.CharField(required=False, max_length=80, label=gettext_lazy("Group"))
    as_of = DayField(label=gettext_lazy("As of"))
    recorded_as_of = MomentField(label=gettext_lazy("Recorded by"))
    first_hand = FlagField(label=gettext_lazy("First-hand only"))
    bodies = FlagField(default=True, label=gettext_lazy("Bodies count for their whole"))
    add = SlugsField(most=1, label=gettext_lazy("Actor to add"))
    to = forms.RegexField(
        r"^\d{1,2}$",
        required=False,
        label=gettext_lazy("Side to add it to"),
        error_messages={"invalid": gettext_lazy("A side is named by its number.")},
    )
    remove = SlugsField(most=1, label=gettext_lazy("Actor to remove"))

    def __init__(self, data: Any, *, dossier: Dossier, user: Any) -> None:
        super().__init__(data)
        self.dossier = dossier
        self.counts = counts_of(dossier)
        self.actors = Actor.objects.visible_to(user).of(dossier)
        self.issues = Issue.objects.visible_to(user).of(dossier)
        self.all_issues = tuple(self.issues.with_ends()[:MOST_CHOICES])
        self.typed = sides_typed(data.getlist("side"))
        self.names: dict[str, str] = {}

    @property
    def groups(self) -> list[str]:
        """The groups of the dossier's issues, in the order in which they first come."""
        return list(dict.fromkeys(issue.group for issue in self.all_issues if issue.group))

    @property
    def picker(self) -> dict[str, Any]:
        """The sides as they can be changed, with all actors to choose from; one query.

        Also where they cannot be: nothing typed is lost. Of a member that the dossier does not know
        the name is empty. `hidden` are the parameters that the form of the sides carries along.
        """
        sides = self.cleaned_data.get("sides") if self.is_valid() else self.typed
        slugs = [[getattr(one, "slug", one) for one in side] for side in sides or ()]
        hidden = ("group", "as_of", "recorded_as_of", "first_hand", "bodies")
        return {
            "sides": [[(slug, self.names.get(slug, "")) for slug in side] for side in slugs],
            "written": sides_written(slugs),
            "actors": first_of(self.actors.values_list("slug", "name"), MOST_CHOICES),
            "has_room": len(slugs) < MOST_SIDES,
            "hidden": [(name, self.data[name]) for name in hidden if self.data.get(name)]
            + [("issue", slug) for slug in self.data.getlist("issue") if slug],
        }

    @property
    def edited(self) -> str:
        """The address after a change of the sides, empty where none is asked for."""
        add, remove = ("".join(self.cleaned_data.get(name) or ()) for name in ("add", "remove"))
        if not add and not remove:
            return ""
        sides = [[slug for slug in side if slug not in (add, remove)] for side in self.typed]
        if add:
            to = int(self.cleaned_data.get("to") or 0) - 1
            if 0 <= to < len(sides):
                sides[to].append(add)
            else:
                sides.append([add])
        changed = sides_written(side for side in sides if side)
        given = given_of(self, without=("add", "to", "remove"))
        return query_of(given, side=changed)

    def clean(self) -> dict[str, Any]:
        """Look the names up, and fill in what was left open."""
        cleaned = super().clean() or {}
        refuse_unused(self)
        self._find_actors(cleaned)
        self._find_issues(cleaned)
        for slug in cleaned.get("remove") or ():
            if not any(slug in side for side in self.typed):
                words = _("“%(name)s” is not on a side, so it cannot be removed from one.")
                self.add_error("remove", words % {"name": slug})
        if not self.errors:
            cleaned["as_of"] = self.counts.day(cleaned["as_of"])
        return cleaned

    def clean_group(self) -> str:
        """Return a group that the dossier has, `ALL`, or nothing."""
        group = self.cleaned_data["group"]
        if group and group != ALL and group not in self.groups:
            raise ValidationError(
                _("This dossier has no group of issues “%(name)s”. It has: %(names)s.")
                % {"name": group, "names": likely(group, self.groups)}
            )
        return group

    def selection(self) -> BriefSelection:
        """Return what the brief is about; only for a valid form."""
        cleaned = self.cleaned_data
        return BriefSelection(
            dossier=self.dossier,
            counts=self.counts,
            sides=cleaned["sides"],
            bodies=cleaned["parts"],
            issues=cleaned["issues"],
            all_issues=self.all_issues,
            left_out=cleaned["left_out"],
            group=cleaned["group"],
            as_of=cleaned["as_of"],
            recorded_as_of=cleaned["recorded_as_of"],
            first_hand=cleaned["first_hand"],
            bodies_count=cleaned["bodies"],
            given=given_of(self, without=("add", "to", "remove")),
        )

    def _find_actors(self, cleaned: dict[str, Any]) -> None:
        """Find the members of the sides and their bodies; two queries at most.

        Where no side is named, the actors most reported on are a side each.
        """
        sides = self.typed
        if not sides:
            most = most_reported(self.counts.actors, DEFAULT_SIDES)
            slugs = self.actors.filter(pk__in=most).values_list("slug", flat=True) if most else ()
            sides = [[slug] for slug in slugs]
        slugs = [slug for side in sides for slug in side]
        found = Actor.objects.with_bodies([*slugs, *cleaned.get("add", ())], dossier=self.dossier)
        pairs = {(actor.slug, actor.whole_slug): actor for actor in found}
        chosen = {slug: actor for (slug, whole), actor in pairs.items() if slug == whole}
        self.names = {slug: actor.name for slug, actor in chosen.items()}
        for name in ("side", "add"):
            if name in cleaned:
                asked = slugs if name == "side" else cleaned[name]
                refuse_unknown(self, name, asked, known=chosen, records=self.actors)
        cleaned["sides"] = tuple(
            tuple(chosen[slug] for slug in side if slug in chosen) for side in sides
        )
        # What is on a side itself, and what is part of that, counts there and not for its whole.
        cleaned["parts"] = tuple(
            actor
            for (slug, whole), actor in pairs.items()
            if cleaned.get("bodies")
            and slug not in chosen
            and not any(
                (slug, other) in pairs and (other, whole) in pairs
                for other in chosen
                if other != whole
            )
        )

    def _find_issues(self, cleaned: dict[str, Any]) -> None:
        """Find the issues; where none and no group is named, those most reported on."""
        asked, group = cleaned.get("issue", ()), cleaned.get("group", "")
        known = {issue.slug for issue in self.all_issues}
        refuse_unknown(self, "issue", asked, known=known, records=self.issues)
        issues = [
            issue
            for issue in self.all_issues
            if (not asked or issue.slug in asked) and (group in ("", ALL) or issue.group == group)
        ]
        if not asked and not group:
            most = most_reported(self.counts.issues, DEFAULT_ISSUES)
            issues = [issue for issue in issues if issue.pk in most]
        cleaned["issues"] = tuple(issues[:MOST_ISSUES])
        cleaned["left_out"] = len(issues[MOST_ISSUES:])
