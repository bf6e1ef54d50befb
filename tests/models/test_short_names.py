"""How records are called in addresses."""

import pytest

from astana.models import Actor
from astana.models.short_names import free_among, free_name


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
