"""The whole state of the compare page, read from its address, or from a token without names.

The token of a blind reading has numbers, signed against tampering.
"""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from astana.models import Actor, Dossier, Issue
from astana.models.counts import Counts, counts_of, most_reported
from astana.models.kept import BESIDE
from astana.models.said_words import day_words
from astana.web.addresses import given_of, moment_words, query_of
from astana.web.fields import (
    MOST_ACTORS,
    MOST_SIDES,
    DayField,
    FlagField,
    KnownField,
    MomentField,
    SidesField,
    SlugsField,
    sides_written,
)
from astana.web.named import named, refuse_unknown, refuse_unused

_SALT = "astana.blind"
MOST_ISSUES = 60
DEFAULT_ACTORS = 5
DEFAULT_ISSUES = 8
_SINCE_WHEN = gettext_lazy(
    # Translators: both are days, such as “24 Jan 2017”.
    "“Only what changed” needs a day to begin with: add “since”, such as since=2017-01-24."
)
_SINCE_LATER = gettext_lazy(
    "Changes from %(since)s to %(day)s cannot be shown: choose an earlier day to begin with."
)


@dataclass(frozen=True)
class Selection:
    """What to compare, as of when, and how to show it.

    `actors` and `issues` are in the order to be shown. `bodies` are the actors that are part of a
    chosen one, each with `whole_slug`; empty where bodies are kept apart. `open` is the cell whose
    evidence is shown: (actor, issue, event or empty), or None. With `since` each cell says what
    happened to it from that day to the as-of day; `changed` shows only rows where something
    did. `recorded_as_of` leaves out what was published here later; None leaves out nothing. `sides`
    are those of a brief on the same issues, as its address names them; compare shows none.
    """

    dossier: Dossier = field(metadata=BESIDE)
    counts: Counts = field(metadata=BESIDE)
    actors: tuple[Actor, ...]
    issues: tuple[Issue, ...]
    bodies: tuple[Actor, ...]
    as_of: date
    since: date | None
    recorded_as_of: datetime | None
    first_hand: bool
    changed: bool
    differences: bool
    silent: bool
    bodies_count: bool
    transpose: bool
    unfolded: tuple[str, ...]
    open: tuple[str, str, str] | None
    choose: str = field(metadata=BESIDE)
    sides: tuple[str, ...] = field(metadata=BESIDE)
    given: tuple[tuple[str, str], ...] = field(metadata=BESIDE)

    def query(self, **changes: str | list[str] | None) -> str:
        """Return the query string of this selection with changes; None takes a parameter out."""
        return query_of(self.given, **changes)

    def everything(self, **changes: str | list[str] | None) -> str:
        """Return the query string that leaves nothing to a default, with changes."""
        recorded = self.recorded_as_of
        switches = {
            "first_hand": self.first_hand,
            "differences": self.differences,
            "silent": self.silent,
            "bodies": self.bodies_count,
            "transpose": self.transpose,
        }
        pairs: dict[str, str | list[str] | None] = {
            "actor": [actor.slug for actor in self.actors],
            "issue": [issue.slug for issue in self.issues],
            "as_of": self.as_of.isoformat(),
            "since": self.since.isoformat() if self.since else None,
            **{name: "1" if is_on else "0" for name, is_on in switches.items()},
            "open": ".".join(filter(None, self.open)) if self.open else None,
            "choose": None,
            "blind": None,
            "recorded_as_of": moment_words(recorded) if recorded else None,
        }
        return self.query(**(pairs | changes))

    def of_brief(self) -> str:
        """Return the query string of the brief on these issues, on its sides if there are any.

        Else each actor is a side. Empty where these are too few or too many for a brief.
        """
        sides = list(self.sides) or [actor.slug for actor in self.actors]
        if not 1 < len(sides) <= MOST_SIDES:
            return ""
        switches = {"first_hand": self.first_hand, "bodies": self.bodies_count}
        return query_of(
            (),
            side=sides,
            issue=[issue.slug for issue in self.issues],
            as_of=self.as_of.isoformat(),
            recorded_as_of=moment_words(recorded) if (recorded := self.recorded_as_of) else None,
            **{name: "1" if is_on else "0" for name, is_on in switches.items()},
        )

    def edited(self, edit: str) -> str:
        """Return the query string after one change, such as `remove:actor:russia`.

        A button says its change in a few letters where a link would say the whole address.
        """
        what, _, rest = edit.partition(":")
        if what == "as_of":
            return self.query(as_of=rest)
        if what in ("fold", "unfold"):
            return self._folded(what, rest)
        noun, _, slug = rest.partition(":")
        order = [one.slug for one in (self.actors if noun == "actor" else self.issues)]
        if slug not in order:
            return self.query()
        at = order.index(slug)
        if what == "remove":
            order = [other for other in order if other != slug] or order
        else:
            to = max(0, at - 1) if what == "earlier" else at + 1
            order.insert(to, order.pop(at))
        return self.query(**{noun: order})

    def _folded(self, what: str, issue: str) -> str:
        """Return the query string with the rows of an issue, or `all`, folded or unfolded."""
        if issue == "all":
            return self.query(unfold="1" if what == "unfold" else None, row=None)
        rows = [other for other in self.unfolded if other != issue]
        if what == "unfold":
            rows.append(issue)
        is_all = len(rows) == len(self.issues)
        return self.query(unfold="1" if is_all else None, row=None if is_all else rows)


class CompareForm(forms.Form):
    """The query string of the compare page; names that the dossier does not know are errors."""

    actor = SlugsField(most=MOST_ACTORS, label=gettext_lazy("Actors"))
    issue = SlugsField(most=MOST_ISSUES, label=gettext_lazy("Issues"))
    as_of = DayField(label=gettext_lazy("As of"))
    since = DayField(label=gettext_lazy("Changed since"))
    changed = FlagField(label=gettext_lazy("Only what changed"))
    recorded_as_of = MomentField(label=gettext_lazy("Recorded by"))
    first_hand = FlagField(label=gettext_lazy("First-hand only"))
    differences = FlagField(label=gettext_lazy("Only where they differ"))
    silent = FlagField(default=True, label=gettext_lazy("Issues with no stated position"))
    bodies = FlagField(default=True, label=gettext_lazy("Bodies count for their whole"))
    transpose = FlagField(label=gettext_lazy("Actors in rows"))
    unfold = FlagField(label=gettext_lazy("All rows unfolded"))
    row = SlugsField(most=MOST_ISSUES, label=gettext_lazy("Unfolded rows"))
    blind = FlagField(label=gettext_lazy("Hide who is who"))
    side = SidesField(most=MOST_ACTORS, label=gettext_lazy("Sides"))
    open = forms.RegexField(
        r"^[-\w]{1,80}(\.[-\w]{1,80}){1,2}$",
        required=False,
        label=gettext_lazy("Open cell"),
        error_messages={"invalid": gettext_lazy("A cell is named by its actor, a dot, its issue.")},
    )
    edit = forms.RegexField(
        r"^((earlier|later|remove):(actor|issue):[-\w]{1,80}|(fold|unfold):[-\w]{1,80}"
        r"|as_of:\d{4}-\d{2}-\d{2})$",
        required=False,
        label=gettext_lazy("Change"),
        error_messages={"invalid": gettext_lazy("This change of the comparison is unknown.")},
    )
    choose = KnownField(
        choices=[
            ("actors", gettext_lazy("Actors")),
            ("issues", gettext_lazy("Issues")),
            ("day", gettext_lazy("As of")),
            ("more", gettext_lazy("More")),
        ],
        required=False,
        label=gettext_lazy("Choose"),
    )

    def __init__(
        self,
        data: Any,
        *,
        dossier: Dossier,
        user: Any,
        actors: int = DEFAULT_ACTORS,
        issues: int = DEFAULT_ISSUES,
    ) -> None:
        """Read `data`; with nothing chosen there, take the `actors` and `issues` most reported."""
        super().__init__(data)
        self.by_default = {"actors": actors, "issues": issues}
        self.dossier = dossier
        self.user = user
        self.counts = counts_of(dossier)

    def clean(self) -> dict[str, Any]:
        """Look the names up, and fill in what was left open."""
        cleaned = super().clean() or {}
        refuse_unused(self)
        if not self.errors:
            self._find_actors(cleaned)
            self._find_issues(cleaned)
            members = [slug for side in cleaned["side"] for slug in side]
            if members:
                visible = Actor.objects.visible_to(self.user).of(self.dossier)
                named(self, "side", members, visible)
            cleaned["open"] = self._find_open(cleaned)
            cleaned["as_of"] = self.counts.day(cleaned["as_of"])
            if cleaned["changed"] and "since" not in self.data:
                self.add_error("changed", _SINCE_WHEN)
            if cleaned["since"] and cleaned["since"] >= cleaned["as_of"]:
                self.add_error(
                    "since",
                    _SINCE_LATER
                    % {"since": day_words(cleaned["since"]), "day": day_words(cleaned["as_of"])},
                )
        return cleaned

    def selection(self) -> Selection:
        """Return what to compare; only for a valid form."""
        cleaned = self.cleaned_data
        return Selection(
            dossier=self.dossier,
            counts=self.counts,
            actors=cleaned["actors"],
            issues=cleaned["issues"],
            bodies=cleaned["parts"],
            as_of=cleaned["as_of"],
            since=cleaned["since"],
            changed=cleaned["changed"] and bool(cleaned["since"]),
            recorded_as_of=cleaned["recorded_as_of"],
            first_hand=cleaned["first_hand"],
            differences=cleaned["differences"],
            silent=cleaned["silent"],
            bodies_count=cleaned["bodies"],
            transpose=cleaned["transpose"],
            unfolded=tuple(
                issue.slug
                for issue in cleaned["issues"]
                if cleaned["unfold"] or issue.slug in cleaned["row"]
            ),
            open=cleaned["open"],
            choose=cleaned["choose"],
            sides=tuple(sides_written(cleaned["side"])),
            given=given_of(self, without=("edit",) if cleaned["since"] else ("edit", "changed")),
        )

    def _find_actors(self, cleaned: dict[str, Any]) -> None:
        slugs = cleaned["actor"]
        visible = Actor.objects.visible_to(self.user).of(self.dossier)
        if not slugs:
            most = most_reported(self.counts.actors, self.by_default["actors"])
            slugs = list(visible.filter(pk__in=most).values_list("slug", flat=True))
        found = list(Actor.objects.with_bodies(slugs, dossier=self.dossier)) if slugs else []
        chosen = {actor.slug: actor for actor in found if actor.slug == actor.whole_slug}
        refuse_unknown(self, "actor", slugs, known=chosen, records=visible)
        cleaned["actors"] = tuple(chosen[slug] for slug in slugs if slug in chosen)
        cleaned["parts"] = tuple(
            actor for actor in found if actor.slug != actor.whole_slug and cleaned["bodies"]
        )

    def _find_issues(self, cleaned: dict[str, Any]) -> None:
        slugs = cleaned["issue"]
        visible = Issue.objects.visible_to(self.user).of(self.dossier)
        # The ends of each scale are named where it is drawn.
        visible = visible.with_ends()
        if slugs:
            cleaned["issues"] = tuple(named(self, "issue", slugs, visible))
        else:
            most = most_reported(self.counts.issues, self.by_default["issues"])
            cleaned["issues"] = tuple(visible.filter(pk__in=most)) if most else ()

    def _find_open(self, cleaned: dict[str, Any]) -> tuple[str, str, str] | None:
        """Return the open cell; one that the selection does not hold is closed, not an error."""
        if not cleaned["open"]:
            return None
        actor, issue, event = (*cleaned["open"].split("."), "")[:3]
        is_shown = any(actor == one.slug for one in cleaned["actors"]) and any(
            issue == one.slug for one in cleaned["issues"]
        )
        return (actor, issue, event) if is_shown else None


def token_of(selection: Selection) -> str:
    """Return a token of a selection; each has a seed of its own for the order of the letters."""
    recorded = selection.recorded_as_of
    switches = (
        *(selection.first_hand, selection.differences),
        *(selection.silent, selection.bodies_count),
    )
    numbers = {
        "d": selection.dossier.pk,
        "a": [actor.pk for actor in selection.actors],
        "i": [issue.pk for issue in selection.issues],
        "t": selection.as_of.isoformat(),
        "r": moment_words(recorded) if recorded else "",
        "f": [int(is_on) for is_on in switches],
        "s": secrets.randbelow(2**32),
    }
    return signing.dumps(numbers, salt=_SALT, compress=True)


def numbers_of(token: str) -> dict[str, Any] | None:
    """Return the numbers in a token; None if it is not one, or somebody has changed it."""
    try:
        return signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None


def selection_of(numbers: dict[str, Any], *, dossier: Dossier, user: Any) -> Selection | None:
    """Return what the numbers of a token stand for; None where a part of it is not to be seen."""
    if numbers["d"] != dossier.pk:
        return None
    actors = Actor.objects.visible_to(user).of(dossier).in_bulk(numbers["a"])
    issues = Issue.objects.visible_to(user).of(dossier).in_bulk(numbers["i"])
    if len(actors) < len(numbers["a"]) or len(issues) < len(numbers["i"]):
        return None
    data = QueryDict(mutable=True)
    data.setlist("actor", [actors[pk].slug for pk in numbers["a"]])
    data.setlist("issue", [issues[pk].slug for pk in numbers["i"]])
    data["as_of"], data["recorded_as_of"] = numbers["t"], numbers["r"]
    switches = ("first_hand", "differences", "silent", "bodies")
    data.update({name: str(is_on) for name, is_on in zip(switches, numbers["f"], strict=True)})
    form = CompareForm(data, dossier=dossier, user=user)
    return form.selection() if form.is_valid() else None
