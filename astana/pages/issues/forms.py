"""What is asked about issues: filters of the list, a day for one, and its codebook entry."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from astana.models import Dossier, Event, Issue, Stance, User
from astana.models.issue import ENTRY
from astana.pages.shared.day_forms import DayForm
from astana.pages.shared.revision import OwnRows, RevisionForm
from astana.web.addresses import moment_words, query_of
from astana.web.facets import Facet
from astana.web.fields import MomentField
from astana.web.filters import ListFilter, TextFilter
from astana.web.offered import Option


def _groups(dossier: Dossier) -> list[Option]:
    groups = Issue.objects.for_readers(dossier).exclude(group="").order_by("order", "slug")
    names = dict.fromkeys(groups.values_list("group", flat=True))
    return [Option(name, name, name) for name in names]


class IssueFilter(ListFilter):
    """Issues by group, kind and words."""

    q = TextFilter(label=_("Words"), within=("title", "question", "description"))
    group = Facet("group", label=_("Group"), options=_groups)
    kind = Facet("kind", label=_("Kind"), options=Issue.Kind)


class IssueForm(DayForm):
    """As of when, whether first-hand alone, and as recorded here by when."""

    recorded_as_of = MomentField(label=_("Recorded by"))

    def everything(self, **changes: str | None) -> str:
        """Return the query string that leaves nothing to a default, with changes."""
        moment = self.cleaned_data["recorded_as_of"]
        query: dict[str, str | None] = {
            "as_of": self.day.isoformat(),
            "first_hand": "1" if self.cleaned_data["first_hand"] else None,
            "recorded_as_of": moment_words(moment) if moment else None,
        }
        return query_of((), **(query | changes))


ROOM = 4
MOST_STANCES = 40


class CodebookForm(RevisionForm, forms.ModelForm):
    """The question and its codebook entry."""

    class Meta:
        model = Issue
        fields = ["title", "question", "kind", "scale", "event", "per_event", "group", *ENTRY]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("question", *ENTRY)}
        help_texts = {
            "question": _("One neutral question that every stance answers."),
            "group": _("Issues of one group are listed together."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].queryset = Event.objects.for_readers(self.instance.dossier)


class StanceForm(RevisionForm, forms.ModelForm):
    """One of the issue's answers; a row left empty is none."""

    class Meta:
        model = Stance
        fields = ["label", "value", *ENTRY]
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in ENTRY}
        widgets["value"] = forms.NumberInput(attrs={"min": -1, "max": 1, "step": "0.05"})

    def entry(self) -> list[Any]:
        """Return the fields of what the codebook says of it."""
        return [self[name] for name in ENTRY]

    @property
    def is_entry_wrong(self) -> bool:
        """Whether something of that cannot be saved."""
        return any(field.errors for field in self.entry())


def _place(row: Any) -> tuple[int, int]:
    """Return where an answer is to stand; one without a place comes last."""
    before, now = row.fields["ORDER"].initial, row.cleaned_data.get("ORDER")
    if now is None:
        return (MOST_STANCES + 1, 0)
    moved = 0 if before is None else now - before
    return (now, (moved > 0) - (moved < 0))


class _StanceFormSet(OwnRows, forms.BaseModelFormSet):
    def clean(self) -> None:
        """Refuse an issue with fewer than two answers, and two answers of one name."""
        super().clean()
        if any(self.errors):
            return
        labels = [form.cleaned_data["label"].casefold() for form in self.kept]
        if len(labels) < 2:
            raise ValidationError(_("Give the issue at least two stances."))
        if len(set(labels)) < len(labels):
            raise ValidationError(_("Two stances have the same label. Change one."))

    def add_fields(self, form: Any, index: int | None) -> None:
        """Let each row say its place among the stances; one without a place comes last."""
        super().add_fields(form, index)
        place = form.fields["ORDER"]
        place.label, place.widget = (
            _("Place"),
            forms.NumberInput(attrs={"min": 1, "max": MOST_STANCES}),
        )

    @property
    def kept(self) -> list[Any]:
        """The rows of the answers that are to stay; only for valid ones."""
        rows = [form for form in self.forms if form.cleaned_data.get("label")]
        return [form for form in rows if not form.cleaned_data.get("DELETE")]

    def in_order(self) -> list[Any]:
        """Return the answers that are to stay, by their places; only for valid rows.

        One that is moved to the place of another takes it: that one moves up or down.
        """
        return [form.instance for form in sorted(self.kept, key=_place)]

    def values(self) -> list[Any]:
        """Return the values of the answers that are to stay; only for valid rows."""
        return [form.cleaned_data["value"] for form in self.kept]


def stance_forms(data: Any, *, issue: Issue, user: User) -> Any:
    """Return the rows of an issue's stances, with some empty ones."""
    make = forms.modelformset_factory(
        Stance,
        form=StanceForm,
        formset=_StanceFormSet,
        extra=ROOM if issue.pk else ROOM + 2,
        can_delete=bool(issue.pk),
        can_order=True,
        max_num=MOST_STANCES,
        absolute_max=MOST_STANCES,
    )
    known = Stance.objects.at_desk_of(user, dossier=issue.dossier).order_by("order", "slug")
    stances = known.filter(issue=issue) if issue.pk else Stance.objects.none()
    rows = make(data, queryset=stances, prefix="stances")
    for row in rows.forms:
        row.instance.issue = issue
    return rows
