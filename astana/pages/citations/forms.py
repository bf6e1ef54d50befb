"""The query string of the citation page: what to cite, and as which file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from astana.models import Article, Dossier, Issue, Position
from astana.pages.shared.selection import CompareForm
from astana.web.fields import KnownField
from astana.web.named import likely

_RECORDS = {
    "position": (Position, "key", ("actor", "issue")),
    "issue": (Issue, "slug", ()),
    "article": (Article, "slug", ("source",)),
}


class CitationForm(forms.Form):
    """What to cite: the dossier, one of its records by `name`, or a comparison by its address.

    The valid form has in `cleaned_data` the `record`, or the `selection` of a comparison.
    """

    of = KnownField(
        choices=[
            ("dossier", _("Dossier")),
            ("position", _("Position")),
            ("issue", _("Issue")),
            ("article", _("Article")),
            ("compare", _("Comparison")),
        ],
        required=False,
    )
    name = forms.RegexField(
        r"^[-\w]{1,80}$", required=False, error_messages={"invalid": _("This is not a short name.")}
    )
    format = KnownField(
        choices=[("bibtex", "BibTeX"), ("ris", "RIS"), ("csl", "CSL-JSON")], required=False
    )

    def __init__(self, data: Any, *, dossier: Dossier, user: Any) -> None:
        super().__init__(data)
        self.dossier = dossier
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Look up what is to be cited."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        cleaned["of"] = cleaned["of"] or "dossier"
        if cleaned["of"] == "compare":
            compare = CompareForm(self.data, dossier=self.dossier, user=self.user)
            if compare.is_valid():
                cleaned["selection"] = compare.selection()
            for errors in compare.errors.values():
                self.add_error(None, errors)
        elif cleaned["of"] in _RECORDS:
            cleaned["record"] = self._found(cleaned["of"], cleaned["name"])
        return cleaned

    def _found(self, noun: str, name: str) -> Any:
        model, field, related = _RECORDS[noun]
        if not name:
            self.add_error("name", _("Add the short name of what is to be cited, as name=…."))
            return None
        records = model.objects.visible_to(self.user).of(self.dossier).select_related(*related)
        record = records.filter(**{field: name}).first()
        if record is None:
            known = list(records.order_by(field).values_list(field, flat=True)[:2000])
            like = likely(name, known) or _("nothing")
            words = _(
                "The dossier has nothing named “%(name)s” here. It has, for example: %(like)s."
            )
            self.add_error("name", words % {"name": name, "like": like})
        else:
            record.dossier = self.dossier
        return record
