"""The query string of the page of coverage."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from astana.pages.shared.day_forms import GroupForm
from astana.web.fields import OneOfField


class AllSourcesForm(GroupForm):
    """As of when, of which issues, and whether issues or parties stand beside the sources."""

    BY = {
        "issue": pgettext_lazy("columns of a table", "Issues"),
        "actor": pgettext_lazy("columns of a table", "Parties"),
    }

    by = OneOfField(
        BY,
        label=gettext_lazy("Beside the sources"),
        refusal=gettext_lazy(
            # Translators: `value` is what a reader typed, `known` a list of what may stand there.
            "“%(value)s” cannot be shown beside the sources. Choose one of: %(known)s."
        ),
    )
