"""Which file is brought in, and how it is to be read."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from astana.formats.options import VALUES
from astana.formats.registry import FORMATS
from astana.models import Upload, User

LARGEST_FILE = 15 * 1024 * 1024
# So many files of one person, of all dossiers, are kept at once: 300 MB.
MOST_KEPT = 20
_LONGEST = 2_000


def format_choices() -> list[tuple[str, Any]]:
    """Return all formats that can be read, after the choice to guess."""
    readable = [one for one in FORMATS.values() if one.read or one.read_beside]
    return [
        ("", _("Guess from its name and content")),
        *((one.name, one.title) for one in readable),
    ]


class UploadForm(forms.Form):
    """A file of a bounded size, and its format."""

    file = forms.FileField(label=_("File"))
    format = forms.ChoiceField(label=_("Format"), choices=format_choices, required=False)

    def __init__(self, *args: Any, user: User) -> None:
        super().__init__(*args)
        self._user = user

    def clean_file(self) -> UploadedFile:
        """Refuse a file that is larger than one is kept, and one too many."""
        if Upload.objects.kept().filter(user=self._user).count() >= MOST_KEPT:
            message = gettext(
                # Translators: number is how many files somebody may have here at once.
                "You have %(number)s files that are not loaded. Load or delete some of them."
            )
            raise ValidationError(message % {"number": MOST_KEPT})
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            # Translators: megabytes is a number.
            message = gettext("The file is larger than %(megabytes)s MB. Load it by command.")
            raise ValidationError(message % {"megabytes": LARGEST_FILE // 1024 // 1024})
        return file


class ReadingForm(forms.Form):
    """How a file is to be read: a field for each option of its format, filled with the proposal."""

    format = forms.ChoiceField(label=_("Format"), choices=format_choices, required=False)

    def __init__(self, data: Any, *, upload: Upload) -> None:
        super().__init__(data, initial={"format": upload.format})
        form = FORMATS.get(upload.format)
        self.names = list(form.options) if form else []
        choices = VALUES | upload.told.get("choices", {})
        for name in self.names:
            chosen = upload.options.get(name, "")
            self.fields[_field(name)] = _option(name, form.options[name], chosen, choices)

    def options(self) -> dict[str, str]:
        """Return what was chosen; of another format than the one shown, nothing."""
        found = {name: self.cleaned_data[_field(name)].strip() for name in self.names}
        is_other = self.cleaned_data["format"] != self.initial["format"]
        return {} if is_other else {name: value for name, value in found.items() if value}


def _field(name: str) -> str:
    return f"option-{name}"


def _option(name: str, says: str, chosen: str, choices: Mapping[str, Sequence[str]]) -> forms.Field:
    """Return the field of an option: of those that the file or its format leaves to choose from."""
    shared = {"label": name, "help_text": gettext(says), "initial": chosen, "required": False}
    if name in choices:
        known = dict.fromkeys([*choices[name], *([chosen] if chosen else [])])
        return forms.ChoiceField(choices=[("", "—"), *((one, one) for one in known)], **shared)
    return forms.CharField(max_length=_LONGEST, **shared)
