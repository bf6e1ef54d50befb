"""The query string of the history pages: which changes are shown."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models import Dossier, User
from astana.models.past import NOUNS
from astana.web.fields import DayField, KnownField, end_of, start_of, within_calendar

PER_PAGE = 40


class MicrosecondField(forms.Field):
    """A moment with all its digits, such as pages write into the link to older changes."""

    def to_python(self, value: Any) -> datetime | None:
        """Return the moment, or None where nothing was given."""
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(value.replace("Z", "+00:00").replace(" ", "+"))
            return within_calendar(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
        except ValueError as error:
            raise forms.ValidationError(
                _("“%(moment)s” is not a date and time.") % {"moment": value[:40]}
            ) from error


class ChangeFilter(forms.Form):
    """Which changes of a dossier are shown: of which noun, by whom, from when to when."""

    noun = KnownField(required=False, label=gettext_lazy("Of"))
    by = forms.CharField(required=False, max_length=150, label=gettext_lazy("By"))
    since = DayField(label=gettext_lazy("From"))
    until = DayField(label=gettext_lazy("To"))
    before = MicrosecondField(required=False)

    def __init__(self, data: Any, *, dossier: Dossier) -> None:
        super().__init__(data)
        everything = [("", _("all"))]
        nouns = [(name, str(model._meta.verbose_name)) for name, model in NOUNS.items()]
        self.fields["noun"].choices = everything + nouns
        members = User.objects.filter(membership__dossier=dossier).order_by("username")
        names = list(members.values_list("username", flat=True))
        self.fields["by"].widget = forms.Select(
            choices=[("", _("anybody")), *((name, name) for name in names)]
        )

    def chosen(self, rows: QuerySet) -> QuerySet:
        """Return the changes of one kind of record that are asked for."""
        asked = self.cleaned_data
        if asked["by"]:
            rows = rows.filter(history_user__username=asked["by"])
        if asked["since"]:
            rows = rows.filter(history_date__gte=start_of(asked["since"]))
        if asked["until"]:
            rows = rows.filter(history_date__lte=end_of(asked["until"]))
        return rows

    @property
    def models(self) -> list[type]:
        """The kinds of record that are asked for."""
        noun = self.cleaned_data["noun"]
        return [NOUNS[noun]] if noun else list(NOUNS.values())

    def older(self, moment: datetime) -> str:
        """Return the query string of the changes before a moment, with the same filters."""
        query = self.data.copy()
        query["before"] = moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
        return f"?{query.urlencode()}"
