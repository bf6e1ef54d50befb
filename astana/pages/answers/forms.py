"""A reader's own stances, read from the address and kept nowhere."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from astana.models import Dossier, Issue, Stance
from astana.models.counts import counts_of, most_reported
from astana.web.fields import DayField, SlugsField
from astana.web.named import MOST_REFUSED, named, refuse_unused
from astana.web.offered import Offered, first_of

MOST_ISSUES = 12
# So many issues are offered in the place of these.
MOST_OFFERED = 200
PREFIX = "answer-"


class AnswersForm(forms.Form):
    """The query string: `answer-<issue>=<stance>`, the issues to be asked about, and a day."""

    issue = SlugsField(most=MOST_ISSUES, label=_("Issues"))
    as_of = DayField(label=_("As of"))

    def __init__(self, data: Any, *, dossier: Dossier, user: Any) -> None:
        super().__init__(data)
        self.counts = counts_of(dossier)
        visible = Issue.objects.visible_to(user).of(dossier)
        # On a disputed fact nobody has a stance, and what has no order is near to nothing.
        self.asked = visible.filter(kind=Issue.Kind.PREFERENCE).exclude(scale=Issue.Scale.NOMINAL)
        self.stances = Stance.objects.visible_to(user).of(dossier)

    def clean(self) -> dict[str, Any]:
        """Find the issues and the stances that the reader takes; unknown ones are errors."""
        cleaned = super().clean() or {}
        refuse_unused(self)
        given = {
            name.removeprefix(PREFIX)[:80]: self.data[name]
            for name in self.data
            if name.startswith(PREFIX) and self.data[name]
        }
        chosen = cleaned.get("issue", self.data.getlist("issue")[:MOST_ISSUES])
        wanted = list(dict.fromkeys([*chosen, *given]))
        if len(wanted) > MOST_ISSUES:
            self.add_error(
                None,
                _("%(number)s issues are too many: answer at most %(most)s.")
                % {"number": len(wanted), "most": MOST_ISSUES},
            )
        cleaned["issues"] = self._issues(wanted[:MOST_ISSUES], is_chosen=bool(chosen))
        cleaned["answers"] = self._answers(given, cleaned["issues"])
        cleaned["as_of"] = self.counts.day(cleaned.get("as_of"))
        return cleaned

    def _issues(self, wanted: list[str], *, is_chosen: bool) -> list[Issue]:
        """Return the issues asked for, filled up with those most reported on if none is chosen."""
        found = named(self, "issue", wanted, self.asked)
        if not is_chosen:
            numbers = self.counts.issues
            known = dict.fromkeys(self.asked.order_by().values_list("pk", flat=True), 0)
            most = most_reported({pk: numbers.get(pk, 0) for pk in known}, MOST_ISSUES)
            rest = self.asked.filter(pk__in=most).exclude(pk__in=[issue.pk for issue in found])
            found += list(rest)[: MOST_ISSUES - len(found)]
        return sorted(found, key=lambda issue: (issue.order, issue.slug))

    def _answers(self, given: dict[str, str], issues: list[Issue]) -> dict[str, Stance]:
        """Return the stance that the reader takes, by the short name of its issue."""
        answers, unknown = {}, []
        on_scale = self.stances.filter(issue__in=issues, value__isnull=False)
        stances = list(on_scale.order_by("issue", "-value", "order", "slug"))
        for issue in issues:
            options = {one.slug: one for one in stances if one.issue_id == issue.pk}
            if issue.slug in given:
                if given[issue.slug] in options:
                    answers[issue.slug] = options[given[issue.slug]]
                else:
                    unknown.append((issue, given[issue.slug], options))
            issue.options = list(options.values())
            for stance in issue.options:
                stance.issue = issue
        for issue, typed, options in unknown[:MOST_REFUSED]:
            words = _("“%(title)s” has no answer “%(typed)s”. It has: %(known)s.")
            known = ", ".join(options)
            words %= {"title": issue.title, "typed": typed[:60], "known": known}
            self.add_error(None, words)
        return answers

    @cached_property
    def offered(self) -> Offered:
        """The issues that the reader can choose from."""
        return first_of(self.asked, MOST_OFFERED, chosen=self.cleaned_data["issues"])
