"""A query that is written out once gives what it would give if it were written out each time."""

from datetime import date

import pytest
from django.db.models import DateField, F

from astana.models import Position
from astana.models.prepared import Given, Prepared

pytestmark = pytest.mark.django_db


def _said(keys, since):
    found = Position.objects.filter(key__in=keys, latest__gte=since).order_by("key")
    return found.values("key", "latest", "first_hand", name_of_actor=F("actor__name"))


@pytest.fixture
def prepared():
    return Prepared(_said([Given("keys")], Given("since", DateField())))


@pytest.mark.parametrize("keys", [["p1"], ["p1", "p2", "p3"]])
@pytest.mark.parametrize("since", [date(2017, 1, 1), date(2017, 1, 25)])
def test_it_gives_the_same_rows_for_any_values(a_position, prepared, keys, since):
    for number, day in enumerate(("2017-01-24", "2017-01-25", "2017-01-26"), 1):
        a_position(key=f"p{number}", said=day)
    rows = list(prepared.rows(keys=keys, since=since))
    assert rows == list(_said(keys, since))
    assert all(isinstance(row["latest"], date) for row in rows)


def test_a_value_that_is_not_given_is_an_error(prepared):
    with pytest.raises(KeyError):
        list(prepared.rows(keys=["p1"]))
