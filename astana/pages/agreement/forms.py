"""The whole state of the pages of this folder, read from their addresses."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from astana.comparison.network import OF_STATEMENTS, Network
from astana.comparison.standing import LEAST
from astana.models import Actor, Dossier, Issue, Position
from astana.models.counts import Counts, counts_of, most_reported
from astana.models.kept import BESIDE
from astana.models.positions.counted import Counted
from astana.web.addresses import given_of, query_of
from astana.web.fields import DayField, FlagField, OneOfField, SlugsField
from astana.web.named import MOST_REFUSED, likely, refuse_unknown
from astana.web.offered import facet_of, facet_of_actors, facet_of_issues

# So many of the actors most reported on are compared where none are named.
MOST_ACTORS = 200
MOST_ISSUES = 1000
MOST_GROUPS = 100
MEASURES = {
    "agreement": gettext_lazy("Agreement"),
    "points": gettext_lazy("Points (Wahl-O-Mat)"),
    "congruence": gettext_lazy("Congruence"),
    "conflict": gettext_lazy("Conflict"),
    "subtract": gettext_lazy("Congruence minus conflict"),
    "ignore": gettext_lazy("Congruence and conflict together"),
}
NORMALISATIONS = {
    "none": gettext_lazy("Not at all"),
    "average": gettext_lazy("By average activity"),
    "jaccard": gettext_lazy("By Jaccard"),
    "cosine": gettext_lazy("By the product of activities"),
}
DUPLICATES = {
    "range": gettext_lazy("Once in the whole range"),
    "article": gettext_lazy("Once in each article"),
    "week": gettext_lazy("Once in each week"),
    "month": gettext_lazy("Once in each month"),
    "year": gettext_lazy("Once in each year"),
    "include": gettext_lazy("Every time"),
}

# `from` is a word of Python: these two fields are added by name.
DAYS = {
    "from": DayField(label=gettext_lazy("Said from")),
    "to": DayField(label=gettext_lazy("Said until")),
}


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Whose statements, on what, as of when.

    `actors` are those considered, by name; `is_chosen` says whether the reader named them. If not,
    `persons` are left out, and `reported` is the number of the actors of other kinds.
    `issues` are the preference issues asked about that have an order, of `all_issues`;
    `without_order` is how many of those asked about have none. What had been said before `since`
    does not count.
    """

    dossier: Dossier = field(metadata=BESIDE)
    counts: Counts = field(metadata=BESIDE)
    actors: tuple[Actor, ...]
    all_actors: tuple[Actor, ...] = field(metadata=BESIDE)
    is_chosen: bool
    reported: int = field(metadata=BESIDE)
    persons: int = field(metadata=BESIDE)
    issues: tuple[Issue, ...]
    without_order: int = field(metadata=BESIDE)
    all_issues: tuple[Issue, ...] = field(metadata=BESIDE)
    as_of: date
    since: date | None
    until: date | None
    first_hand: bool
    duplicates: str
    normalisation: str
    given: tuple[tuple[str, str], ...] = field(metadata=BESIDE)
    user: Any = field(metadata=BESIDE)

    @cached_property
    def language(self) -> str | None:
        """The language of the reader: asked for once, as there are very many figures."""
        return get_language()

    @property
    def last_day(self) -> date:
        """The day by which something had to be said to count."""
        return min(self.as_of, self.until) if self.until else self.as_of

    @property
    def asked(self) -> set[str]:
        """The short names of the actors whose positions count."""
        return {actor.slug for actor in self.actors}

    @cached_property
    def by_slug(self) -> dict[str, Actor]:
        """The actors by their short names, also those that are not considered."""
        return {actor.slug: actor for actor in self.all_actors}

    def counted_on(self, nominal: tuple[Issue, ...] = ()) -> Counted:
        """Return the positions that count, on further issues without an order too."""
        asked = self.asked
        return Counted(
            dossier=self.dossier,
            user=self.user,
            actors={actor.pk: actor.slug for actor in self.all_actors if actor.slug in asked},
            issues={issue.pk: issue.slug for issue in self.issues},
            persons=frozenset(a.pk for a in self.all_actors if a.kind == Actor.Kind.PERSON),
            nominal={issue.pk: issue.slug for issue in nominal},
            since=self.since or date.min,
            until=self.last_day,
            first_hand=self.first_hand,
            duplicates=self.duplicates,
        )

    def query(self, **changes: str | None) -> str:
        """Return the query string of this selection with changes; None takes a parameter out."""
        return query_of(self.given, **changes)

    def positions_href(self, issue: str, actors: Collection[Actor]) -> str:
        """Return where the positions of some actors on an issue are that count."""
        query: dict[str, Any] = {"issue": issue}
        # The list does not know what a person said for others by the name of the person.
        if not any(actor.kind == Actor.Kind.PERSON for actor in actors):
            query["actor"] = [actor.slug for actor in actors]
        if self.since:
            query["since"] = self.since.isoformat()
        query["until"] = self.last_day.isoformat()
        if self.first_hand:
            query["first_hand"] = "1"
        return reverse("positions:index", args=[self.dossier.slug], query=query)

    def without(self, *names: str) -> list[tuple[str, str]]:
        """Return the given parameters but for some, for a form to carry along."""
        return [(name, value) for name, value in self.given if name not in names]

    @property
    def facets(self) -> list[Any]:
        """The choices of actors, issues and groups; no query."""
        groups = Counter(issue.group for issue in self.all_issues if issue.group)
        options = [(group, group, "", number) for group, number in groups.items()]
        chosen: dict[str, set[str]] = defaultdict(set)
        for name, value in self.given:
            chosen[name].add(value)
        return [
            facet_of_actors(self.all_actors, self.counts, chosen=chosen["actor"]),
            facet_of_issues(self.all_issues, self.counts, chosen=chosen["issue"]),
            facet_of("group", _("Groups of issues"), options, chosen=chosen["group"]),
        ]


class GroupsField(SlugsField):
    """Groups of issues, each given as a parameter of its own, in words."""

    def clean(self, value: Any) -> list[str]:
        """Return the groups in the order given, without repetitions."""
        groups = list(dict.fromkeys(group for group in value or [] if group))
        if len(groups) > self.most:
            raise forms.ValidationError(
                _("%(number)s groups are too many: choose at most %(most)s.")
                % {"number": len(groups), "most": self.most}
            )
        return groups


class ChosenForm(forms.Form):
    """What a query string asks of `Chosen`; names that the dossier does not know are errors."""

    actor = SlugsField(most=MOST_ACTORS, label=gettext_lazy("Actors"))
    issue = SlugsField(most=MOST_ISSUES, label=gettext_lazy("Issues"))
    group = GroupsField(most=MOST_GROUPS, label=gettext_lazy("Groups of issues"))
    as_of = DayField(label=gettext_lazy("As of"))
    first_hand = FlagField(label=gettext_lazy("First-hand only"))
    duplicates = OneOfField(DUPLICATES, label=gettext_lazy("Repeated statements count"))

    def __init__(self, data: Any, *, dossier: Dossier, user: Any) -> None:
        super().__init__(data)
        self.fields |= {name: DayField(label=field.label) for name, field in DAYS.items()}
        self.dossier = dossier
        self.user = user
        self.counts = counts_of(dossier)

    def clean(self) -> dict[str, Any]:
        """Look the names up, refuse what runs backwards, and fill in what was left open."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        start = cleaned["from"]
        for end in (cleaned["to"], cleaned["as_of"]):
            if start and end and start > end and "from" not in self.errors:
                self.add_error(
                    "from",
                    _("The range from %(start)s to %(end)s ends before it starts.")
                    % {"start": start, "end": end},
                )
        cleaned["as_of"] = cleaned["as_of"] or max(
            filter(None, [self.counts.last_day, cleaned["to"]]), default=timezone.localdate()
        )
        self._find_actors(cleaned)
        self._find_issues(cleaned)
        return cleaned

    def named_beside(self, _cleaned: dict[str, Any]) -> dict[str, list[str]]:
        """Return the actors that other fields than `actor` name, by the field."""
        return {}

    def chosen(self) -> dict[str, Any]:
        """Return the fields of `Chosen`; only for a valid form."""
        cleaned = self.cleaned_data
        return {
            "dossier": self.dossier,
            "counts": self.counts,
            "actors": cleaned["actors"],
            "all_actors": cleaned["all_actors"],
            "is_chosen": bool(cleaned["actor"]),
            "reported": cleaned["reported"],
            "persons": cleaned["persons"],
            "issues": cleaned["issues"],
            "without_order": len(cleaned["apart"]),
            "all_issues": cleaned["all_issues"],
            "as_of": cleaned["as_of"],
            "since": cleaned["from"],
            "until": cleaned["to"],
            "first_hand": cleaned["first_hand"],
            "duplicates": cleaned["duplicates"],
            "normalisation": cleaned["normalisation"],
            "given": given_of(self),
            "user": self.user,
        }

    def _find_actors(self, cleaned: dict[str, Any]) -> None:
        """Find the actors named, those most reported on, and the persons to offer; two queries."""
        numbers = self.counts.actors
        asked, others = cleaned["actor"], self.named_beside(cleaned)
        named = [*asked, *(slug for slugs in others.values() for slug in slugs)]
        visible = Actor.objects.visible_to(self.user).of(self.dossier)
        spoken = Position.objects.filter(
            speaker=OuterRef("pk"), public=Value(True), first_hand=Value(True)
        )
        persons = dict(
            visible.filter(kind=Actor.Kind.PERSON)
            .annotate(speaks=Exists(spoken.order_by()))
            .values_list("pk", "speaks")
        )
        heard = [pk for pk, speaks in persons.items() if speaks or pk in numbers]
        reported = {pk: number for pk, number in numbers.items() if pk not in persons}
        most = most_reported(reported, MOST_ACTORS)
        offered = [*most, *heard[:MOST_ACTORS]]
        found = list(visible.filter(Q(pk__in=offered) | Q(slug__in=named)))
        slugs = {actor.slug for actor in found}
        for name, values in {"actor": asked, **others}.items():
            refuse_unknown(self, name, values, known=slugs, records=visible)
        chosen = set(asked or (actor.slug for actor in found if actor.pk in most))
        cleaned["all_actors"] = tuple(found)
        cleaned["reported"] = len(reported)
        cleaned["persons"] = 0 if asked else len(heard)
        cleaned["actors"] = tuple(actor for actor in found if actor.slug in chosen)

    def _find_issues(self, cleaned: dict[str, Any]) -> None:
        """Find the issues and their groups; a disputed fact cannot be asked for."""
        asked, asked_groups = cleaned["issue"], cleaned["group"]
        visible = Issue.objects.visible_to(self.user).of(self.dossier)
        issues = list(visible[:MOST_ISSUES])
        preferences = [issue for issue in issues if issue.kind == Issue.Kind.PREFERENCE]
        groups = {issue.group for issue in preferences if issue.group}
        refuse_unknown(self, "issue", asked, known=[one.slug for one in issues], records=visible)
        words = _("No preference issue is in a group “%(name)s”. Existing groups: %(like)s.")
        for group in [group for group in asked_groups if group not in groups][:MOST_REFUSED]:
            like = likely(group, sorted(groups))
            self.add_error("group", words % {"name": group[:60], "like": like})
        for issue in issues:
            if issue.slug in asked and issue not in preferences:
                self.add_error(
                    "issue",
                    _("“%(name)s” is a disputed fact, which never enters an agreement score.")
                    % {"name": issue.title},
                )
        cleaned["all_issues"] = tuple(preferences)
        chosen = [
            issue
            for issue in preferences
            if (not asked or issue.slug in asked)
            and (not asked_groups or issue.group in asked_groups)
        ]
        cleaned["issues"] = tuple(issue for issue in chosen if not issue.is_nominal)
        cleaned["apart"] = tuple(issue for issue in chosen if issue.is_nominal)


@dataclass(frozen=True, kw_only=True)
class AgreementSelection(Chosen):
    """Whose agreement, on what, as of when, and how it is measured.

    `nominal` are the issues without an order, where the reader asks for them. `pair` is the open
    pair and `of` the actor whose list a narrow screen shows, by short name; None and empty where
    none is asked for.
    """

    nominal: tuple[Issue, ...]
    least: int
    measure: str
    pair: tuple[str, str] | None
    of: str

    @property
    def is_of_statements(self) -> bool:
        """Whether the measure counts everything said in the range, and not headlines."""
        return self.measure in OF_STATEMENTS

    @property
    def asked(self) -> set[str]:
        """The actors considered and those of the open pair."""
        return super().asked | set(self.pair or ())

    @cached_property
    def counted(self) -> Counted:
        """The positions that count."""
        return self.counted_on(self.nominal)

    @cached_property
    def network(self) -> Network:
        """The figures of the actors by the measure asked for."""
        return Network(
            self.counted.headlines,
            self.counted.discourse,
            measure=self.measure,
            least=self.least,
            normalisation=self.normalisation,
        )


class LeastField(forms.Field):
    """The number of issues that a pair has to share; nothing is the default."""

    def clean(self, value: Any) -> int:
        """Return the number, which is at least 1."""
        if not value:
            return LEAST
        if not (value.isascii() and value.isdecimal() and 1 <= int(value[:9]) <= MOST_ISSUES):
            raise forms.ValidationError(
                _("“%(value)s” cannot be the least number of issues: write 1 to %(most)s.")
                % {"value": value[:20], "most": MOST_ISSUES}
            )
        return int(value)


class AgreementForm(ChosenForm):
    """The query string of the agreement page."""

    nominal = FlagField(label=gettext_lazy("Count questions without an order"))
    least = LeastField(required=False, label=gettext_lazy("Shared issues, at least"))
    measure = OneOfField(MEASURES, label=gettext_lazy("Measure"))
    normalisation = OneOfField(NORMALISATIONS, label=gettext_lazy("Normalised"))
    pair = forms.RegexField(
        r"^[-\w]{1,80}\.[-\w]{1,80}$",
        required=False,
        label=gettext_lazy("Pair"),
        error_messages={"invalid": gettext_lazy("A pair is two actors with a dot between them.")},
    )
    of = SlugsField(most=1, label=gettext_lazy("Agreement of"))

    def named_beside(self, cleaned: dict[str, Any]) -> dict[str, list[str]]:
        """Return the actors of the open pair, and the one of the list of a narrow screen."""
        return {"pair": cleaned["pair"].split(".") if cleaned["pair"] else [], "of": cleaned["of"]}

    def clean_pair(self) -> str:
        """Refuse an actor with itself."""
        one, _dot, other = self.cleaned_data["pair"].partition(".")
        if one and one == other:
            raise forms.ValidationError(_("A pair is two different actors."))
        return self.cleaned_data["pair"]

    def selection(self) -> AgreementSelection:
        """Return what to compare and how; only for a valid form."""
        cleaned = self.cleaned_data
        return AgreementSelection(
            **self.chosen(),
            nominal=cleaned["apart"] if cleaned["nominal"] else (),
            least=cleaned["least"],
            measure=cleaned["measure"],
            pair=tuple(cleaned["pair"].split(".")) if cleaned["pair"] else None,
            of="".join(cleaned["of"]),
        )
