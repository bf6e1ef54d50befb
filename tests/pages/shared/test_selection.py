"""The state of the compare page, read from its address and written back into links."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from astana.pages.shared.selection import CompareForm
from astana.web.fields import DayField, FlagField, SlugsField
from astana.web.named import close_matches

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(a_dossier):
    def read(query: str = "") -> CompareForm:
        return CompareForm(QueryDict(query), dossier=a_dossier(), user=AnonymousUser())

    return read


@pytest.fixture
def selection(form):
    def read(query: str = ""):
        asked = form(query)
        assert asked.is_valid(), asked.errors
        return asked.selection()

    return read


def slugs(records) -> list[str]:
    return [record.slug for record in records]


def test_with_nothing_given_the_newest_day_and_all_issues_are_shown(selection, a_position):
    a_position(said="2017-01-24")
    found = selection()
    assert found.as_of == date(2017, 1, 24)
    assert (found.silent, found.bodies_count) == (True, True)
    assert (found.first_hand, found.differences, found.transpose) == (False, False, False)
    assert found.open is None


def test_the_most_reported_are_chosen_and_the_older_one_in_a_tie(selection, a_position):
    for number in range(7):
        a_position(actor=f"actor-{number}", issue="cease-fire")
    a_position(actor="actor-6", issue="constitution")
    assert slugs(selection().actors) == ["actor-0", "actor-1", "actor-2", "actor-3", "actor-6"]


def test_names_are_kept_in_order_and_once(selection, an_actor):
    for name in ("russia", "turkey", "iran"):
        an_actor(name)
    found = selection("actor=turkey&actor=russia&actor=turkey&actor=")
    assert slugs(found.actors) == ["turkey", "russia"]


def test_bodies_of_what_is_chosen_come_along_however_deep(selection, an_actor):
    ministry = an_actor("ministry", part_of=an_actor("russia"))
    an_actor("spokesman", part_of=ministry)
    an_actor("turkey")
    found = selection("actor=russia&actor=ministry&actor=turkey")
    assert {(body.slug, body.whole_slug) for body in found.bodies} == {
        ("ministry", "russia"),
        ("spokesman", "russia"),
        ("spokesman", "ministry"),
    }
    assert selection("actor=russia&bodies=0").bodies == ()


def test_a_link_changes_one_thing_and_keeps_the_rest(selection, an_actor):
    an_actor("russia"), an_actor("turkey")
    found = selection("actor=russia&actor=turkey&as_of=2017-01-24&first_hand=1&utm_source=x")
    kept = QueryDict(found.query(as_of="2017-02-01").removeprefix("?"))
    assert dict(kept.lists()) == {
        "actor": ["russia", "turkey"],
        "as_of": ["2017-02-01"],
        "first_hand": ["1"],
    }
    assert "first_hand" not in QueryDict(found.query(first_hand=None).removeprefix("?"))
    assert QueryDict(found.query(actor=["iran"]).removeprefix("?")).getlist("actor") == ["iran"]


def test_a_link_is_encoded(selection, a_dossier):
    a_dossier()
    assert selection().query(actor="a&b=c") == "?actor=a%26b%3Dc"


def test_the_last_of_a_repeated_switch_counts(selection, a_position):
    a_position()
    assert selection("first_hand=0&first_hand=1").first_hand
    assert not selection("first_hand=1&first_hand=0").first_hand


def test_a_cell_is_open_only_where_it_is_shown(selection, a_position):
    a_position(actor="russia", issue="cease-fire")
    assert selection("open=russia.cease-fire").open == ("russia", "cease-fire", "")
    assert selection("open=turkey.cease-fire").open is None


@pytest.mark.parametrize(
    "query",
    [
        "actor=nobody",
        "issue=nothing",
        "actor=" + "a" * 81,
        "actor=ﬁ",
        "as_of=2017-02-30",
        "as_of=2017-1-1",
        "as_of=20170101",
        "as_of=2017-W01-1",
        "as_of=0000-01-01",
        "as_of=10000-01-01",
        "silent=true",
        "open=a.b.c.d",
        "open=.",
        "choose=everything",
    ],
)
def test_what_cannot_be_read_is_refused(form, a_position, query):
    a_position()
    assert not form(query).is_valid()


def test_only_the_first_unknown_names_are_told(form, a_position):
    a_position()
    asked = form("&".join(f"actor=x{number}" for number in range(20)))
    assert len(asked.errors["actor"]) == 5


def test_an_actor_of_another_dossier_is_not_there(form, an_actor, a_dossier):
    an_actor("russia", dossier=a_dossier("congress"))
    assert not form("actor=russia").is_valid()


def test_an_empty_field_is_what_the_page_does_by_default():
    assert DayField().clean("") is None
    assert SlugsField(most=3).clean(None) == []
    assert FlagField(default=True).clean("") is True


def test_close_matches_are_offered_best_first():
    assert close_matches("rusia", ["turkey", "russia", "prussia"])[0] == "russia"
    assert close_matches("zzz", ["turkey"]) == []
