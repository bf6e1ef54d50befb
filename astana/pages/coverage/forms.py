"""The query string of the page of coverage."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from astana.pages.shared.coverage import CoverageForm


class AllSourcesForm(CoverageForm):
    """As of when, of which issues, and whether issues or parties stand beside the sources."""

    BY = {
        "issue": pgettext_lazy("columns of a table", "Issues"),
        "actor": pgettext_lazy("columns of a table", "Parties"),
    }

    by = forms.CharField(required=False, max_length=20, label=gettext_lazy("Beside the sources"))

    def clean_by(self) -> str:
        """Return what stands beside the sources; by default the issues."""
        by = self.cleaned_data["by"] or "issue"
        if by not in self.BY:
            # Translators: `name` is what a reader typed, `names` a list of what may stand there.
            raise ValidationError(
                _("Beside the sources there is no “%(name)s”. There are: %(names)s.")
                % {"name": by, "names": ", ".join(self.BY)}
            )
        return by
