"""The query string of a document's page."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from astana.models import Document
from astana.web.named import likely


class DocumentForm(forms.Form):
    """Which other document of the dossier a document is compared with."""

    def __init__(self, data: Any, *, document: Document, documents: Any) -> None:
        # `with` is a word of Python: the field is added by name.
        super().__init__(data)
        self.fields["with"] = forms.CharField(required=False, strip=True, label=_("Compare with"))
        self.document = document
        self.documents = documents
        self.choices: list[Document] = [
            other for other in documents.order_by("date", "slug") if other.pk != document.pk
        ]

    def clean(self) -> dict[str, Any]:
        """Look the other document up; it is None where nothing is given."""
        cleaned = super().clean() or {}
        slug = cleaned.get("with", "")
        cleaned["with"] = None
        if slug:
            try:
                cleaned["with"] = self._other(slug)
            except ValidationError as error:
                self.add_error("with", error)
        return cleaned

    def _other(self, slug: str) -> Document:
        if slug == self.document.slug:
            raise ValidationError(
                _("A document cannot be compared with itself. Choose another one.")
            )
        is_a_name = re.fullmatch(r"[-\w]{1,80}", slug, re.ASCII)
        other = self.documents.filter(slug=slug).first() if is_a_name else None
        if other is None:
            known = [choice.slug for choice in self.choices]
            like = likely(slug, known) or _("none")
            raise ValidationError(
                _("This dossier has no other document “%(name)s”. It has: %(like)s."),
                params={"name": slug[:60], "like": like},
            )
        return other
