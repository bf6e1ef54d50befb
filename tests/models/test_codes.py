"""Codes that a record can have are those that a file can have: what goes out comes in again."""

import re

import pytest
from django.core.exceptions import ValidationError

from astana.exchange.cells import PATTERNS
from astana.models import Actor, ActorName, Article, Rendition, Source

LANGUAGES = ["en", "pt-BR", "zh-Hant-TW", "ckb"]
FIELDS = [
    (Actor, "wikidata", ["Q159", "Q1"]),
    (Source, "country", ["KZ", "UN"]),
    *((model, "language", LANGUAGES) for model in (Source, Article, ActorName, Rendition)),
]
WRONG = ["zz1", "Q0", "-1", "a\tb", "<b>", "١٢", "kz ", "English", "x"]


@pytest.mark.parametrize(("model", "name", "right"), FIELDS)
def test_a_record_and_a_file_take_the_same_codes(model, name, right):
    field = model._meta.get_field(name)
    for code in (*right, *WRONG):
        is_in_files = re.fullmatch(PATTERNS[name], code) is not None
        assert is_in_files == (code in right)
        if is_in_files:
            assert field.clean(code, None) == code
        else:
            with pytest.raises(ValidationError):
                field.clean(code, None)
