"""The query string of the timeline."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models import Actor, Dossier, Issue
from astana.models.counts import counts_of, most_reported
from astana.web.addresses import moment_words
from astana.web.fields import DayField, FlagField, KnownField, MomentField, SlugsField
from astana.web.named import named, one_named

MOST_LANES = 40


class TimelineForm(forms.Form):
    """One issue with a lane for each actor, or one actor with a lane for each issue."""

    by = KnownField(
        choices=[("issue", gettext_lazy("One issue")), ("actor", gettext_lazy("One actor"))],
        required=False,
        label=gettext_lazy("Lanes"),
    )
    issue = SlugsField(most=MOST_LANES, label=gettext_lazy("Issues"))
    actor = SlugsField(most=MOST_LANES, label=gettext_lazy("Actors"))
    first_hand = FlagField(label=gettext_lazy("First-hand only"))
    changed = FlagField(label=gettext_lazy("Only what changed"))
    recorded_as_of = MomentField(label=gettext_lazy("Recorded by"))
    axis = KnownField(
        choices=[
            ("even", gettext_lazy("All days equally wide")),
            ("ranked", gettext_lazy("Room for crowded weeks")),
        ],
        required=False,
        label=gettext_lazy("Width of days"),
    )

    def __init__(self, data: Any, *, dossier: Dossier, user: Any) -> None:
        # `from` is a word of Python: these two fields are added by name.
        super().__init__(data)
        self.fields["from"] = DayField(label=gettext_lazy("From"))
        self.fields["to"] = DayField(label=gettext_lazy("To"))
        self.actors = Actor.objects.visible_to(user).of(dossier)
        self.issues = Issue.objects.visible_to(user).of(dossier)
        self.dossier, self.counts = dossier, counts_of(dossier)

    @property
    def lane(self) -> str:
        """What has a lane each: actors of an issue, issues of an actor."""
        return "actor" if self.cleaned_data["by"] == "issue" else "issue"

    def clean(self) -> dict[str, Any]:
        """Look the names up, choose the subject, and refuse a range that runs backwards."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        start, end = cleaned["from"], cleaned["to"]
        if start and end and start > end:
            self.add_error("from", _("The range ends before it starts. Put the earlier day first."))
        by = cleaned["by"] = cleaned["by"] or "issue"
        subject, lane = ("issue", "actor") if by == "issue" else ("actor", "issue")
        cleaned["subject"] = self._subject(subject, cleaned[subject])
        cleaned["lanes"] = named(self, lane, cleaned[lane], getattr(self, f"{lane}s"))
        return cleaned

    def _subject(self, name: str, slugs: list[str]) -> Actor | Issue | None:
        """Return what the timeline is about; by default what has most positions."""
        records = self.issues.with_ends() if name == "issue" else self.actors
        if slugs:
            return one_named(self, name, slugs, records)
        most = most_reported(getattr(self.counts, f"{name}s"), 1)
        return records.filter(pk__in=most).first()

    def asked(self) -> dict[str, str | list[str]]:
        """Return the query of what is shown, whatever the days."""
        chosen, moment = self.cleaned_data, self.cleaned_data["recorded_as_of"]
        by, subject = chosen["by"], chosen["subject"]
        query = {
            "by": by,
            by: subject.slug if subject else "",
            self.lane: [one.slug for one in chosen["lanes"]],
            "first_hand": "1" if chosen["first_hand"] else "",
            "changed": "1" if chosen["changed"] else "",
            "axis": "ranked" if chosen["axis"] == "ranked" else "",
            "recorded_as_of": moment_words(moment) if moment else "",
        }
        return {name: value for name, value in query.items() if value}

    def everything(self, **changes: str | None) -> str:
        """Return the query string of what is shown, with its days and with changes."""
        days = {name: self.cleaned_data[name] for name in ("from", "to")}
        given = {name: day.isoformat() for name, day in days.items() if day}
        query = {**self.asked(), **given, **changes}
        return f"?{urlencode({k: v for k, v in query.items() if v}, doseq=True)}"
