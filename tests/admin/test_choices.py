"""Searches in forms: they find by every name, say which dossier, and stay within it."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from astana.models import Position, User


def _search(
    client, field: str, term: str = "", *, model: str = "position", **narrowed
) -> list[str]:
    values = {"app_label": "astana", "model_name": model, "field_name": field, "term": term}
    response = client.get(f"{reverse('admin:autocomplete')}?{urlencode(values | narrowed)}")
    assert response.status_code == 200, response.content
    return [found["text"] for found in response.json()["results"]]


@pytest.mark.parametrize(
    "term", ["روسيا", "россия", "РОССИЯ", "russia", "Federation Russ", "ru-short", "côte", "Cote"]
)
def test_an_actor_is_found_by_each_of_its_names(term, desk, an_actor):
    actor = an_actor("ru-short", name="Russian Federation of Côte")
    actor.names.create(name="روسيا الاتحادية", language="ar")
    actor.names.create(name="Россия", language="ru")
    an_actor("turkey")
    assert _search(desk, "actor", term) == ["Russian Federation of Côte · talks"]


def test_signs_of_patterns_are_only_signs(desk, an_actor):
    an_actor("turkey")
    assert _search(desk, "actor", "(.*[") == []


def test_labels_tell_records_of_different_dossiers_apart(desk, an_actor, a_dossier):
    an_actor()
    an_actor(dossier=a_dossier("other"))
    assert sorted(_search(desk, "actor", "russia")) == ["Russia · other", "Russia · talks"]


def test_a_search_stays_within_the_dossier_of_the_form(desk, an_actor, a_dossier):
    an_actor()
    an_actor(dossier=a_dossier("other"))
    found = _search(desk, "actor", "russia", dossier=a_dossier("other").pk)
    assert found == ["Russia · other"]


def test_a_search_for_a_stance_shows_those_of_the_issue_with_their_values(desk, an_issue):
    an_issue("truce")
    found = _search(desk, "stance", issue=an_issue().pk)
    assert found == [
        "Cease fire: Supports (+1) · talks",
        "Cease fire: Neither (0) · talks",
        "Cease fire: Opposes (-1) · talks",
        "Cease fire: Declines · talks",
    ]


@pytest.mark.parametrize("value", ["x", "-1", "9" * 30, "١x", ""])
def test_a_search_overlooks_what_is_no_dossier(value, desk, an_actor):
    an_actor()
    assert _search(desk, "actor", "russia", dossier=value) == ["Russia · talks"]


def test_a_search_for_a_rendition_finds_those_whose_words_are_stored(desk, a_rendition):
    a_rendition()
    a_rendition("Other words.", kind="full").__class__.objects.filter(kind="full").update(text="")
    assert _search(desk, "rendition", "gazette", model="evidence") == [
        "Gazette 2017 01 25 (synopsis, en, 1) · talks"
    ]


def test_a_search_asks_as_many_queries_of_many_rows(
    desk, a_full_dossier, django_assert_num_queries
):
    a_full_dossier("small", size=12)
    for field in ("actor", "stance", "event", "document"):
        _search(desk, field)
        with django_assert_num_queries(4):
            _search(desk, field)


def test_a_search_needs_permission(client, an_actor):
    an_actor()
    client.force_login(User.objects.create_user("clerk", is_staff=True))
    values = {"app_label": "astana", "model_name": "position", "field_name": "actor"}
    response = client.get(f"{reverse('admin:autocomplete')}?{urlencode(values)}")
    assert response.status_code == 403


def test_a_form_shows_the_chosen_records_with_their_dossier(desk, a_position):
    position = a_position()
    page = desk.get(reverse("admin:astana_position_change", args=[position.pk])).content.decode()
    assert ">Cease fire: Supports (+1) · talks</option>" in page
    assert Position.objects.count() == 1
