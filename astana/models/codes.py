"""Codes of others: of a language, of a country, of Wikidata; each is checked as files check it."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

LANGUAGE = r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*"
COUNTRY = r"[A-Z]{2}"
WIKIDATA = r"Q[1-9][0-9]{0,18}"


def refuse_no_language(code: str) -> None:
    """Raise ValidationError for what is no code of a language."""
    if not re.fullmatch(LANGUAGE, code, re.ASCII):
        raise ValidationError(_("Write a code of two or three letters, such as en or ar."))


def refuse_no_country(code: str) -> None:
    """Raise ValidationError for what is no code of a country."""
    if not re.fullmatch(COUNTRY, code, re.ASCII):
        raise ValidationError(_("Write two capital letters, such as KZ."))


def refuse_no_wikidata(code: str) -> None:
    """Raise ValidationError for what names nothing at Wikidata."""
    if not re.fullmatch(WIKIDATA, code, re.ASCII):
        raise ValidationError(_("Write a Wikidata id, such as Q159."))


class _CodeField(models.CharField):
    """A code. To migrations it is a CharField: the database stores the same."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return how migrations write the field."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class LanguageField(_CodeField):
    """The code of a language, such as ar or pt-BR."""

    default_validators = [refuse_no_language]


class CountryField(_CodeField):
    """The two letters of a country."""

    default_validators = [refuse_no_country]


class WikidataField(_CodeField):
    """What names somebody at Wikidata."""

    default_validators = [refuse_no_wikidata]
