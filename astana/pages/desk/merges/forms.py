"""What to merge or to split, and how."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models import Actor, Dossier, Issue, Merge, Position, Stance, User
from astana.models.actors_at_desk import actors_called
from astana.models.said_words import day_words
from astana.web.fields import KnownField, NameField
from astana.web.named import likely
from astana.web.offered import Offered, first_of
from astana.words.normalise import normalise

# More than these are not offered in one form.
MOST_OFFERED = 300


class ChooseForm(forms.Form):
    """The query string of the page: what is done, to which noun, and to which one or two."""

    do = KnownField(
        choices=[
            ("merge", gettext_lazy("merge two into one")),
            ("split", gettext_lazy("split one in two")),
        ],
        required=False,
        label=gettext_lazy("What to do"),
    )
    noun = KnownField(
        choices=[(one.value, one.label) for one in (Merge.Noun.ACTOR, Merge.Noun.ISSUE)],
        required=False,
        label=gettext_lazy("With"),
    )
    kept = forms.CharField(required=False, max_length=200, label=gettext_lazy("The one that stays"))
    other = forms.CharField(
        required=False, max_length=200, label=gettext_lazy("The one that goes into it")
    )

    def __init__(self, data: Any, *, dossier: Dossier, user: User) -> None:
        super().__init__(data)
        self.dossier, self.user = dossier, user
        self.is_split = False
        self.known: list[Actor | Issue] = []
        for name in ("kept", "other"):
            self.fields[name].widget.attrs |= {"list": "known", "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        """Look the named ones up, by short name or by name."""
        cleaned = super().clean() or {}
        self.is_split = cleaned.get("do") == "split"
        if cleaned.get("noun") == "issue":
            self.known = list(Issue.objects.at_desk_of(self.user, dossier=self.dossier))
        else:
            self.known = list(Actor.objects.at_desk_of(self.user, dossier=self.dossier))
        for name in ("kept",) if self.is_split else ("kept", "other"):
            if asked := cleaned.get(name):
                cleaned[name] = self._find(name, asked)
        return cleaned

    def _find(self, name: str, asked: str) -> Actor | Issue | None:
        found = [one for one in self.known if asked in (one.slug, str(one))]
        if len(found) == 1:
            return found[0]
        known = [one.slug for one in self.known]
        self.add_error(
            name,
            _("“%(name)s” is unknown. Known, for example: %(like)s.")
            % {"name": asked[:60], "like": likely(asked, known)},
        )
        return None

    @property
    def is_complete(self) -> bool:
        """Whether all is named that has to be."""
        if not self.is_valid():
            return False
        names = ("kept",) if self.is_split else ("kept", "other")
        return all(self.cleaned_data.get(name) for name in names)

    @property
    def offered(self) -> Offered:
        """The ones to choose from, as suggestions."""
        return first_of(self.known, MOST_OFFERED)


class MergeForm(forms.Form):
    """What a merge asks for: of issues, which stance becomes which."""

    def __init__(self, data: Any, *, kept: Actor | Issue, other: Actor | Issue, user: User) -> None:
        super().__init__(data)
        self.stances: dict[str, int] = {}
        if not isinstance(kept, Issue):
            return
        choices = [("", _("add it to the issue that stays"))]
        known = Stance.objects.at_desk_of(user, dossier=kept.dossier)
        staying = list(known.filter(issue=kept))
        choices += [(str(stance.pk), stance.label) for stance in staying]
        alike = {stance.slug: str(stance.pk) for stance in staying}
        for stance in known.filter(issue=other):
            name = f"stance-{stance.pk}"
            self.stances[name] = stance.pk
            self.fields[name] = forms.ChoiceField(
                choices=choices,
                required=False,
                label=stance.label,
                initial=alike.get(stance.slug, ""),
            )

    @property
    def mapping(self) -> Mapping[int, int | None]:
        """The stances that go, each with the one that it becomes; None is added."""
        chosen = self.cleaned_data
        return {
            pk: int(chosen[name]) if chosen[name] else None for name, pk in self.stances.items()
        }


class SplitForm(forms.Form):
    """What a split asks for: the new one's name, and what goes to it of what a user may see."""

    name = NameField(
        max_length=200,
        label=gettext_lazy("Name of the new one"),
        error_messages={"required": gettext_lazy("Write the name of the new one.")},
    )
    slug = forms.SlugField(
        max_length=80,
        required=False,
        label=gettext_lazy("Short name"),
        help_text=gettext_lazy("If you leave it empty, it is made from the name."),
    )
    question = forms.CharField(
        max_length=300,
        label=gettext_lazy("Question of the new issue"),
        error_messages={"required": gettext_lazy("Write the question of the new issue.")},
    )
    rows = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("What goes to the new one"),
        error_messages={
            "required": gettext_lazy("Choose what goes to the new one."),
            "invalid_choice": gettext_lazy(
                "Something that you chose is no longer there. Nothing was changed. Choose again."
            ),
        },
    )

    def __init__(self, data: Any, *, whole: Actor | Issue, user: User) -> None:
        super().__init__(data)
        self.whole, self.user = whole, user
        seen = Position.objects.at_desk_of(user, dossier=whole.dossier)
        if isinstance(whole, Issue):
            choices = _positions(seen.filter(issue=whole), "issue")
        else:
            del self.fields["question"]
            choices = _of_actor(whole, seen)
        self.is_cut = len(choices) > MOST_OFFERED
        self.fields["rows"].choices = choices[:MOST_OFFERED]

    def clean_name(self) -> str:
        """Refuse a name that there is; a further name of the one that is split may become one."""
        name, whole = self.cleaned_data["name"], self.whole
        if isinstance(whole, Issue):
            told = _(
                "There is already an issue with this name: %(name)s. Give the new one another name."
            )
            issues = Issue.objects.at_desk_of(self.user, dossier=whole.dossier)
            known = [one for one in issues if normalise(one.title) == normalise(name)]
        else:
            told = _(
                "There is already an actor with this name: %(name)s. Give the new one another name."
            )
            is_own = normalise(whole.name) == normalise(name)
            called = actors_called(name, dossier=whole.dossier, user=self.user)
            known = [one for one in called if one.pk != whole.pk or is_own]
        if known:
            raise forms.ValidationError(told % {"name": known[0]})
        return name

    @property
    def chosen(self) -> list[tuple[str, int, str]]:
        """What goes to the new one, as (model, primary key, field)."""
        rows = [row.split(".") for row in self.cleaned_data["rows"]]
        return [(model, int(pk), field) for model, pk, field in rows]


def _positions(positions: Any, field: str) -> list[tuple[str, str]]:
    rows = positions.select_related("stance", "actor").newest_first()[: MOST_OFFERED + 1]
    labels = {"attributed_by": _("attributed by it"), "speaker": _("what it said for another")}
    return [
        (
            f"position.{row.pk}.{field}",
            " · ".join(filter(None, [row.key, row.said_words, row.summary, labels.get(field, "")])),
        )
        for row in rows
    ]


def _of_actor(actor: Actor, positions: Any) -> list[tuple[str, str]]:
    """Return what names an actor, as choices; of positions those that are given."""
    found = []
    for field in ("actor", "attributed_by", "speaker"):
        found += _positions(positions.filter(**{field: actor}), field)
    names = [(f"actorname.{row.pk}.actor", _("name: %s") % row) for row in actor.names.all()]
    parts = [(f"actor.{row.pk}.part_of", _("body: %s") % row) for row in actor.bodies.all()]
    roles = [
        (f"participation.{row.pk}.actor", f"{row.event} ({row.get_role_display()})")
        for row in actor.participations.select_related("event")
    ]
    signed = [
        (f"signature.{row.pk}.actor", f"{row.document} ({row.get_status_display()})")
        for row in actor.signatures.select_related("document")
    ]
    links = [
        (f"affiliation.{row.pk}.{field}", f"{row}{_from(row)}")
        for field, rows in (("person", actor.affiliations), ("body", actor.affiliates))
        for row in rows.select_related("person", "body")
    ]
    return names + parts + links + roles + signed + found


def _from(row: Any) -> str:
    return f", {day_words(row.start)}" if row.start else ""
