"""How a dossier begins: parties by their names, issues by a template, out of a file or a copy."""

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.exchange.codebook_table import Unreadable, entries_of
from astana.models import Actor, Dossier, User
from astana.models.codebook import TEMPLATES, Entry, entries_of_dossier, titles_in
from astana.models.name_field import refuse_unfit_name
from astana.pages.setup.kinds import kind_named
from astana.web.fields import NameField
from astana.web.offered import first_of
from astana.words.normalise import normalise

# Of parties that are added at once.
MOST_NAMES = 60
LONGEST_NAME = 200
MOST_BYTES = 1_000_000
MOST_OFFERED = 200


class PartiesForm(forms.Form):
    """Names of new actors of one kind."""

    names = forms.CharField(
        label=gettext_lazy("Parties, one per line"),
        max_length=MOST_NAMES * LONGEST_NAME,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Actor.Kind.choices)

    def __init__(self, data: Any, *, dossier: Dossier, user: User) -> None:
        super().__init__(data)
        self.dossier, self.user = dossier, user

    def clean_names(self) -> list[str]:
        """Return the names; refuse too many or too long ones, and those that are there already."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["names"].splitlines())
        names = list({normalise(line) or line: line for line in lines if line}.values())
        if not names or len(names) > MOST_NAMES:
            raise forms.ValidationError(
                _("Write 1 to %(most)s names, one per line.") % {"most": MOST_NAMES}
            )
        if any(len(name) > LONGEST_NAME for name in names):
            raise forms.ValidationError(
                _("A name has at most %(most)s characters.") % {"most": LONGEST_NAME}
            )
        for name in names:
            refuse_unfit_name(name)
        actors = kind_named("actors")
        if there := actors.alike(names, dossier=self.dossier, user=self.user):
            raise forms.ValidationError(
                # Translators: `names` is a list of names of actors.
                _("Already in the dossier, perhaps in another spelling: %(names)s.")
                % {"names": ", ".join(map(str, there))}
            )
        return names


class BeginningForm(forms.Form):
    """A way to make several issues; `entries` are those of a valid form.

    A form that is sent says by its `name` which one it is.
    """

    name: str
    heading: Any
    says: Any
    does: Any

    def __init__(self, *args: Any, dossier: Dossier, user: User, **given: Any) -> None:
        super().__init__(*args, **given)
        self.dossier, self.user = dossier, user

    def entries(self) -> list[Entry]:
        """Return the issues to add, each with its stances."""
        raise NotImplementedError

    def titles_there(self) -> set[str]:
        """Return the titles of the dossier's issues, as they are compared; one query."""
        return titles_in(self.dossier, user=self.user)


class TemplateForm(BeginningForm):
    """One issue by a template."""

    name = "template"
    heading = gettext_lazy("From a template")
    says = gettext_lazy("An issue with its stances in one step; both can be changed afterwards.")
    does = gettext_lazy("Add the issue")

    template = forms.ChoiceField(
        label=gettext_lazy("Kind of question"),
        choices=[(one.name, one.label) for one in TEMPLATES],
        widget=forms.RadioSelect,
        initial=TEMPLATES[0].name,
    )
    title = NameField(label=gettext_lazy("Title"), max_length=200)
    question = forms.CharField(
        label=gettext_lazy("Question"),
        max_length=300,
        help_text=gettext_lazy("One neutral question that every stance answers."),
    )

    def clean_title(self) -> str:
        """Refuse the title of an issue that is there, in whatever spelling."""
        title = self.cleaned_data["title"]
        if normalise(title) in self.titles_there():
            raise forms.ValidationError(_("The dossier already has an issue with this title."))
        return title

    def entries(self) -> list[Entry]:
        """Return the one issue."""
        given = self.cleaned_data
        [template] = [one for one in TEMPLATES if one.name == given["template"]]
        return [template.entry(given["title"], given["question"])]


class FileForm(BeginningForm):
    """Issues out of a table: a row for each stance."""

    name = "file"
    heading = gettext_lazy("From a table")
    says = gettext_lazy(
        "One row for each stance; what is said about the issue goes in its first row."
    )
    does = gettext_lazy("Add these issues")

    file = forms.FileField(
        label=gettext_lazy("File (CSV, UTF-8)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )
    table = forms.CharField(
        label=gettext_lazy("Or paste the table"),
        required=False,
        strip=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the table, or say of each line what is wrong with it."""
        cleaned = super().clean() or self.cleaned_data
        file, table = cleaned.get("file"), cleaned.get("table")
        if bool(file) == bool(table and table.strip()):
            raise forms.ValidationError(_("Either choose a file or paste a table."))
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 1 MB."))
        try:
            self.found = entries_of(file.read() if file else table, there=self.titles_there())
        except Unreadable as refusal:
            raise forms.ValidationError(refusal.problems) from refusal
        return cleaned

    def entries(self) -> list[Entry]:
        """Return the issues of the table."""
        return self.found


class CopyForm(BeginningForm):
    """The issues of another dossier that one may read."""

    name = "copy"
    heading = gettext_lazy("From another dossier")
    says = gettext_lazy(
        "All its issues with their stances, except those whose titles are already here."
    )
    does = gettext_lazy("Copy its codebook")

    of = forms.ModelChoiceField(
        label=gettext_lazy("Dossier"), queryset=Dossier.objects.none(), to_field_name="slug"
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        readable = Dossier.objects.visible_to(self.user).exclude(pk=self.dossier.pk)
        readable = readable.annotate(number=Count("issues", Q(issues__public=True))).filter(
            number__gt=0
        )
        self.fields["of"].queryset = readable.order_by("title", "slug")
        offered = first_of(readable.order_by("title", "slug"), MOST_OFFERED)
        if offered.is_cut:
            # Translators: a number of dossiers.
            text = _("Only the first %(most)s are offered.")
            self.fields["of"].help_text = text % {"most": offered.most}
        self.fields["of"].choices = [(one.slug, f"{one.title} ({one.number})") for one in offered]

    def clean(self) -> dict[str, Any]:
        """Refuse a codebook of which all is here already."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("of") and not self.entries():
            raise forms.ValidationError(_("All issues of that dossier are already in this one."))
        return cleaned

    def entries(self) -> list[Entry]:
        """Return copies of the issues whose titles are not here yet; two queries more."""
        return entries_of_dossier(self.cleaned_data["of"], there=self.titles_there())


def ways_to_begin(dossier: Dossier, *, user: User, data: Any, files: Any) -> list[BeginningForm]:
    """Return the ways to begin a codebook, the one that was sent with what was sent."""
    ways = []
    for form in (TemplateForm, CopyForm, FileForm):
        sent = (data, files) if data.get("do") == form.name else ()
        ways.append(form(*sent, dossier=dossier, user=user, auto_id=f"{form.name}-%s"))
    return ways
