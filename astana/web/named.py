"""Records that a query string names by their short names, or what is most like a name."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from astana.models import Dossier
from astana.web.addresses import OURS
from astana.web.offered import Offered, first_of

# So many names are looked at for those most like an unknown one.
MOST_KNOWN = 2_000
MOST_REFUSED = 5

_UNKNOWN = {
    # Translators: `name` is a short name that a reader typed, `like` a list of those there are.
    "actor": _("This dossier has no actor “%(name)s”. It has: %(like)s."),
    # Translators: `name` is a short name that a reader typed, `like` a list of those there are.
    "issue": _("This dossier has no issue “%(name)s”. It has: %(like)s."),
    # Translators: `name` is a short name that a reader typed, `like` a list of those there are.
    "source": _("This dossier has no source “%(name)s”. It has: %(like)s."),
}


class ChooserForm(forms.Form):
    """A form with fields that each name one record of a dossier, or none.

    `MODELS` are by the name of the field.
    """

    MODELS: ClassVar[dict[str, Any]]
    MOST_OPTIONS = 500

    def __init__(self, data: Any, *, dossier: Dossier, user: Any) -> None:
        super().__init__(data)
        self.records = {
            name: model.objects.visible_to(user).of(dossier) for name, model in self.MODELS.items()
        }

    def clean(self) -> dict[str, Any]:
        """Look the names up; what is left open is None."""
        cleaned = super().clean() or {}
        if not self.errors:
            for name, records in self.records.items():
                cleaned[name] = one_named(self, name, cleaned[name], records)
        return cleaned

    def options(self, name: str) -> Offered:
        """Return the records that can be chosen, the chosen one with them."""
        chosen = self.cleaned_data[name]
        chosen = [] if chosen is None else [chosen]
        return first_of(self.offered(name), self.MOST_OPTIONS, chosen=chosen)

    def offered(self, name: str) -> QuerySet:
        """Return the records that a field offers; all of them, where a form says nothing else."""
        return self.records[name]


def problems_of(form: forms.BaseForm) -> list[str]:
    """Return in words what of an address a form cannot understand."""
    return [str(message) for messages in form.errors.values() for message in messages]


def close_matches(name: str, known: Iterable[str], *, most: int = 5) -> list[str]:
    """Return the known short names that are most like a mistyped one."""
    return get_close_matches(name[:80], list(known), n=most, cutoff=0.5)


def likely(name: str, known: Sequence[str]) -> str:
    """Return in words what may have been meant by an unknown name, of what there is."""
    like = close_matches(name, known) or known[:5]
    return ", ".join(like) + (" …" if 0 < len(like) < len(known) else "")


def named(form: forms.Form, field: str, slugs: Sequence[str], records: QuerySet) -> list[Any]:
    """Return the records of these short names in the order given; one query.

    The form gets an error at its field for each that is not there, with what there is.
    """
    found = {record.slug: record for record in records.filter(slug__in=slugs)} if slugs else {}
    refuse_unknown(form, field, slugs, known=found, records=records)
    return [found[slug] for slug in slugs if slug in found]


def one_named(form: forms.Form, field: str, slugs: Sequence[str], records: QuerySet) -> Any | None:
    """Return the record of the first of these short names, or None, as `named` does."""
    found = named(form, field, slugs[:1], records)
    return found[0] if found else None


def refuse_unknown(
    form: forms.Form, field: str, slugs: Iterable[str], *, known: Iterable[str], records: QuerySet
) -> None:
    """Add an error to a field for each unknown name, with what of the records is like it."""
    unknown = [slug for slug in slugs if slug not in known]
    if not unknown:
        return
    there = list(records.values_list("slug", flat=True)[:MOST_KNOWN])
    for slug in unknown[:MOST_REFUSED]:
        words = _UNKNOWN[records.model._meta.model_name]
        form.add_error(field, words % {"name": slug[:60], "like": likely(slug, there)})


def refuse_unused(form: forms.Form) -> None:
    """Add an error for each parameter of ours that the page of this form has no use for.

    It would show something else than what was asked for, and not say so.
    """
    unused = [name for name in form.data if name in OURS and name not in form.fields]
    for name in unused[:MOST_REFUSED]:
        # Translators: `name` is a parameter of an address, `known` a list of those the page has.
        words = _("This page does not use “%(name)s”. It understands: %(known)s.")
        form.add_error(None, words % {"name": name, "known": ", ".join(form.fields)})
