"""The forms of what a dossier is made of: one for a record, one for each kind of its rows."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from astana.models import (
    Actor,
    ActorName,
    Affiliation,
    Article,
    Document,
    Dossier,
    Event,
    Participation,
    Signature,
    Source,
    User,
)
from astana.models.actors_at_desk import name_to_fill_in
from astana.models.record import Record
from astana.pages.shared.actor_field import ActorField
from astana.pages.shared.revision import OwnRows, RevisionForm

MOST_ROWS = 200
# So many names are offered to choose from while one types.
MOST_OFFERED = 500


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _actor(label: Any, **options: Any) -> ActorField:
    return ActorField(label=label, widget=forms.TextInput(attrs={"list": "actors"}), **options)


class SetupForm(RevisionForm, forms.ModelForm):
    """A form of one record of a dossier, which names its actors by any of their names.

    `known` has what is filled in for the actors that are stored, by their numbers.
    """

    def __init__(
        self, *args: Any, dossier: Dossier, user: User, known: dict[int, str], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.dossier, self.user = dossier, user
        for name, field in self.fields.items():
            if isinstance(field, ActorField):
                field.dossier, field.user = dossier, user
                self.initial[name] = known.get(self.initial.get(name), "")

    def values_of(self, record: Record) -> dict[str, Any]:
        """Return what the fields hold for a record, actors by their names."""
        values = super().values_of(record)
        for name, field in self.fields.items():
            if isinstance(field, ActorField):
                actor = getattr(record, name)
                values[name] = name_to_fill_in(actor, dossier=self.dossier, user=self.user)
        return values


class AnotherForm(SetupForm):
    """A form that asks, where something of the same name is there, whether this is another one."""

    is_another = forms.BooleanField(
        required=False,
        label=gettext_lazy("It is another one: save it under this name"),
        widget=forms.HiddenInput,
    )

    def ask_whether_another(self) -> None:
        """Refuse what may be there already, until the box is ticked."""
        self.fields["is_another"].widget = forms.CheckboxInput()
        self.add_error(
            None,
            _("This may already be there, under this name or in another spelling. Check first."),
        )


class ActorForm(AnotherForm):
    """An actor."""

    part_of = _actor(
        gettext_lazy("Part of"),
        required=False,
        help_text=gettext_lazy("The whole that this actor is a body of: the state of a ministry."),
    )

    class Meta:
        model = Actor
        fields = ["name", "kind", "part_of", "description", "wikidata"]
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}


class ActorNameForm(SetupForm):
    """One more name of an actor."""

    class Meta:
        model = ActorName
        fields = ["name", "language"]


class AffiliationForm(SetupForm):
    """A role of the actor in a body, over a time."""

    body = _actor(pgettext_lazy("of an affiliation", "Body"))

    class Meta:
        model = Affiliation
        fields = ["body", "role", "start", "end"]
        widgets = {"start": _day(), "end": _day()}

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.instance.dossier = self.dossier


class SourceForm(AnotherForm):
    """An outlet or publisher."""

    homepage = forms.URLField(
        label=gettext_lazy("Home page"), required=False, max_length=500, assume_scheme="https"
    )

    class Meta:
        model = Source
        fields = ["name", "kind", "country", "language", "homepage"]

    def clean_country(self) -> str:
        """Return the letters in capitals."""
        return self.cleaned_data["country"].upper()


class ArticleForm(SetupForm):
    """What is said about an article; its texts are on its own pages."""

    url = forms.URLField(
        label=gettext_lazy("Address"), required=False, max_length=1000, assume_scheme="https"
    )

    class Meta:
        model = Article
        fields = ["source", "title", "byline", "published", "url", "language", "coverage"]
        widgets = {"published": _day()}

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["source"].queryset = Source.objects.of(self.dossier)


class EventForm(AnotherForm):
    """A meeting or happening."""

    class Meta:
        model = Event
        fields = ["name", "place", "start", "end", "description"]
        widgets = {
            "start": _day(),
            "end": _day(),
            "description": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["end"].required = False
        self.fields["end"].help_text = _("Leave it empty for an event of one day.")

    def clean_end(self) -> Any:
        """Return the last day, which is the first where none is given."""
        return self.cleaned_data["end"] or self.cleaned_data.get("start")


class ParticipationForm(SetupForm):
    """An actor's part in the event."""

    actor = _actor(gettext_lazy("Actor"))

    class Meta:
        model = Participation
        fields = ["actor", "role"]


class DocumentForm(AnotherForm):
    """A text that came out of an event."""

    url = forms.URLField(
        label=gettext_lazy("Address"), required=False, max_length=1000, assume_scheme="https"
    )

    class Meta:
        model = Document
        fields = ["title", "date", "event", "url"]
        widgets = {"date": _day()}

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["event"].queryset = Event.objects.for_readers(self.dossier)


class SignatureForm(SetupForm):
    """Whether an actor signed the document."""

    actor = _actor(gettext_lazy("Actor"))

    class Meta:
        model = Signature
        fields = ["actor", "status"]


class OwnRowsOfRecord(OwnRows, forms.BaseInlineFormSet):
    """The rows of a record, each of which is its own."""

    def _construct_form(self, i: int, **given: Any) -> forms.ModelForm:
        form = super()._construct_form(i, **given)
        # The record itself: it may be a new one, which has no number yet.
        setattr(form.instance, self.fk.name, self.instance)
        return form
