"""How records are called in addresses."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.urls import URLPattern, get_resolver

from astana.models import Actor, Dossier
from astana.models.short_names import PAGES, free_among, free_name


@pytest.mark.parametrize(
    ("words", "taken", "name"),
    [
        ("The High Negotiations Committee", (), "the-high-negotiations-committee"),
        ("Russia", {"russia"}, "russia-2"),
        ("Russia", {"russia", "russia-2"}, "russia-3"),
        ("روسيا", (), "actor"),
        ("روسيا", {"actor"}, "actor-2"),
        ("a" * 59 + " b", (), "a" * 59),
        ("New", (), "new-2"),
    ],
)
def test_a_name_is_made_of_the_words_and_is_free(words, taken, name):
    assert free_name(words, taken=taken, nothing="actor") == name


@pytest.mark.django_db
def test_a_name_is_free_among_the_records(an_actor, a_dossier):
    an_actor("russia")
    actors = Actor.objects.of(a_dossier())
    assert free_among(actors, "Russia", nothing="actor") == "russia-2"
    assert free_among(actors, "Iran", nothing="actor") == "iran"


def _routes(resolver, before: str = "") -> Iterator[str]:
    for part in resolver.url_patterns:
        route = before + str(part.pattern)
        if isinstance(part, URLPattern):
            yield route
        else:
            yield from _routes(part, route)


def test_every_page_that_stands_where_a_record_would_is_known():
    routes = [route.split("/") for route in _routes(get_resolver()) if "dossiers/" in route]
    found = set()
    for record in routes:
        for page in routes:
            if len(record) != len(page):
                continue
            apart = [(one, other) for one, other in zip(record, page, strict=True) if one != other]
            if len(apart) == 1 and apart[0][0].startswith("<slug:") and apart[0][0].endswith(">"):
                noun, name = apart[0][0][len("<slug:") : -1], apart[0][1]
                # What can be set up has fixed names, and is no record.
                is_record = noun != "kind" and not name.startswith("<")
                found |= {(noun, name)} if is_record else set()
    assert found == {(noun, name) for noun, (_, names) in PAGES.items() for name in names}


@pytest.mark.django_db
def test_a_record_is_not_called_like_a_page(an_issue, a_rendition, a_position):
    records = {
        "issue": an_issue(),
        "article": a_rendition().article,
        "position": a_position(),
        "dossier": Dossier(title="Talks"),
    }
    assert records.keys() == PAGES.keys()
    for noun, record in records.items():
        field, names = PAGES[noun]
        for name in names:
            setattr(record, field, name)
            with pytest.raises(ValidationError) as refusal:
                record.full_clean()
            assert f"address “{name}”" in str(refusal.value.message_dict[field])


@pytest.mark.django_db
def test_what_no_page_is_called_may_be_called_new(an_actor):
    an_actor("new").full_clean()
