"""What is kept of a comparison: never more than its dossier says now."""

from dataclasses import fields, make_dataclass, replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astana.models import Position
from astana.models.kept import state_of
from astana.pages.agreement.forms import AgreementSelection
from astana.pages.shared.selection import Selection

pytestmark = pytest.mark.django_db
URL = "/dossiers/talks/compare/?actor=russia&issue=cease-fire&as_of=2017-02-01&unfold=1"


@pytest.fixture
def a_kept_comparison(client, a_position):
    """Return a position of a comparison that somebody has looked at."""
    position = a_position(
        actor="russia", issue="cease-fire", summary="Keeps it.", said="2017-01-10"
    )
    assert "Keeps it." in client.get(URL).content.decode()
    return position


def test_a_comparison_is_asked_for_once_in_each_version(client, a_kept_comparison):
    with CaptureQueriesContext(connection) as queries:
        client.get(URL)
    assert not [one for one in queries if "astana_position" in one["sql"]]


def test_an_edit_is_seen_at_once(client, a_kept_comparison):
    a_kept_comparison.summary = "Leaves it."
    a_kept_comparison.save()
    html = client.get(URL).content.decode()
    assert "Leaves it." in html
    assert "Keeps it." not in html


def test_what_is_withdrawn_is_gone_at_once(client, a_kept_comparison):
    Position.objects.filter(pk=a_kept_comparison.pk).update(status="draft")
    assert "Keeps it." not in client.get(URL).content.decode()


@pytest.mark.parametrize("change", ["&as_of=2017-01-01", "&recorded_as_of=2000-01-01"])
def test_another_day_is_another_comparison(client, a_kept_comparison, change):
    assert "Keeps it." not in client.get(URL + change).content.decode()


def test_a_dossier_that_closes_shows_nothing_kept(client, a_kept_comparison, a_dossier):
    talks = a_dossier()
    talks.visibility = "members"
    talks.save()
    assert client.get(URL).status_code == 404


def test_agreement_follows_an_edit_at_once(client, a_position):
    a_position(actor="russia", issue="cease-fire", stance="supports")
    one = a_position(actor="turkey", issue="cease-fire", stance="supports")
    url = "/dossiers/talks/agreement/?least=1"
    assert "<b>1.00</b>" in client.get(url).content.decode()
    one.stance = one.issue.stances.get(slug="opposes")
    one.save()
    html = client.get(url).content.decode()
    assert "<b>0.00</b>" in html
    assert "<b>1.00</b>" not in html


@pytest.mark.parametrize("kind", [Selection, AgreementSelection])
def test_each_field_of_a_selection_tells_what_is_kept_apart(kind):
    beside = {"dossier", "counts", "choose", "given", "all_actors", "all_issues", "groups"}
    beside |= {"user", "persons", "reported", "without_order", "sides"}
    one = kind(**dict.fromkeys((field.name for field in fields(kind)), "one"))
    for field in fields(kind):
        other = replace(one, **{field.name: "another"})
        assert (state_of(one) == state_of(other)) == (field.name in beside), field.name


def test_a_new_field_tells_what_is_kept_apart_by_itself():
    kind = make_dataclass("Later", [("new", str)], bases=(Selection,), frozen=True)
    values = dict.fromkeys((field.name for field in fields(kind)), "one")
    assert state_of(kind(**values)) != state_of(kind(**values | {"new": "another"}))
