"""What is searched for, read from the address: words, and where to look for them."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from astana.models import Article, Dossier, Source
from astana.models.matches import KINDS, PLACES, Asked
from astana.search.terms import Term, terms_of
from astana.web.facets import OptionsField
from astana.web.filters import TEXT_MAX_CHARACTERS
from astana.web.offered import Option

MOST_TERMS = 12


class WordsField(forms.CharField):
    """The words looked for, as they were typed: any sign is allowed, but not any length."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, **kwargs)

    def clean(self, value: Any) -> tuple[Term, ...]:
        """Return the terms; none where nothing was typed, or only signs."""
        words = super().clean(value)
        if len(words) > TEXT_MAX_CHARACTERS:
            raise ValidationError(
                _("These are %(number)s characters. Search for at most %(most)s.")
                % {"number": f"{len(words):,}", "most": TEXT_MAX_CHARACTERS}
            )
        terms = terms_of(words)
        if len(terms) > MOST_TERMS:
            raise ValidationError(
                _("These are %(number)s words. Search for at most %(most)s at once.")
                % {"number": len(terms), "most": MOST_TERMS}
            )
        return terms


class PageField(forms.Field):
    """A page, counted from 1."""

    def clean(self, value: Any) -> int:
        """Return the page; 1 where none was given."""
        if value in (None, ""):
            return 1
        if not re.fullmatch(r"[1-9][0-9]{0,8}", value, re.ASCII):
            raise ValidationError(_("There is no page “%(page)s”.") % {"page": value[:20]})
        return int(value)


class SearchForm(forms.Form):
    """Words, kinds of record, dossiers, sources, languages and a page.

    Sources and languages are those of articles: choosing one leaves out all other kinds. A source
    of the same short name in two dossiers counts as one.
    """

    q = WordsField(label=_("Words"))
    page = PageField(label=_("Page"))

    def __init__(
        self, data: QueryDict, *, user: Any, carried: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Read `data`; what is `carried` is carried along while one dossier is searched."""
        super().__init__(data)
        self.user = user
        self.carried = carried
        options = {
            "kind": (_("Kind"), [Option(kind.value, kind.value, kind.label) for kind in KINDS]),
            "dossier": (
                _("Dossier"),
                [Option(known.pk, known.slug, known.title) for known in self.dossiers],
            ),
            "source": (_("Source"), self._sources() if "source" in data else []),
            "language": (_("Language"), self._languages() if "language" in data else []),
        }
        for name, (label, known) in options.items():
            self.fields[name] = OptionsField(
                options=partial(_by_name, known), label=label, required=False
            )

    @cached_property
    def dossiers(self) -> list[Dossier]:
        """The dossiers that this user may see."""
        return list(Dossier.objects.visible_to(self.user))

    def _sources(self) -> list[Option]:
        rows = Source.objects.visible_to(self.user).order_by("slug", "pk")
        return [Option(0, slug, name) for slug, name in rows.values_list("slug", "name")]

    def _languages(self) -> list[Option]:
        articles = Article.objects.visible_to(self.user).order_by("language")
        codes = articles.values_list("language", flat=True).distinct()
        return [Option(code, code, code) for code in codes]

    @property
    def problems(self) -> list[str]:
        """What cannot be understood, each with the name of its field; empty if all can."""
        return [
            f"{self.fields[name].label}: {message}"
            for name, messages in self.errors.items()
            for message in messages
        ]

    @property
    def words(self) -> str:
        """The words as they were typed, as far as they fit into the field."""
        return self.data.get("q", "")[:TEXT_MAX_CHARACTERS]

    @property
    def terms(self) -> tuple[Term, ...]:
        """What is looked for."""
        return self.cleaned_data.get("q", ())

    def chosen(self, name: str) -> list[str]:
        """Return the values chosen in `kind`, `dossier`, `source` or `language`."""
        return [option.value for option in self.cleaned_data.get(name, ())]

    @property
    def asked(self) -> Asked:
        """Which kinds of record are looked for, and where."""
        seen = {known.pk: known.slug for known in self.dossiers}
        return Asked(seen, **{name: self.chosen(name) for name in ("kind", *PLACES)})

    @property
    def scope(self) -> Dossier | None:
        """The one dossier that is searched, or None where it is several or all."""
        slugs = self.chosen("dossier")
        return next((known for known in self.dossiers if [known.slug] == slugs), None)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What stays chosen when other words are sent and the page offers no facet for it."""
        names = ("kind",) if self.terms and not self.errors else ("kind", *PLACES)
        return [(name, value) for name in names for value in self.chosen(name)]

    def address(self, **changes: str | list[str]) -> str:
        """Return the address of this search with other values; the page starts at 1."""
        query = QueryDict(mutable=True)
        if self.words:
            query["q"] = self.words
        for name in ("kind", *PLACES):
            query.setlist(name, self.chosen(name))
        if self.scope and "dossier" not in changes:
            query.update(dict(self.carried))
        for name, value in changes.items():
            query.setlist(name, [value] if isinstance(value, str) else value)
        return f"?{query.urlencode()}"

    @property
    def everywhere(self) -> str:
        """The address of these words in everything."""
        return self.address(kind=[], dossier=[], source=[], language=[])


def _by_name(options: list[Option]) -> dict[str, Option]:
    return {option.value: option for option in options}
