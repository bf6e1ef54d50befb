"""What is shown of a headline beside its stance."""

import pytest

from astana.models import Evidence, Position
from astana.models.positions.shown import headline_details

pytestmark = pytest.mark.django_db


def _details(position):
    found = headline_details(
        actors=[position.actor_id], issues=[position.issue_id], as_of=position.latest
    )
    return found[position.pk]


def test_a_source_counts_once_however_often_it_says_so(a_position, a_rendition):
    first, again = a_rendition("One."), a_rendition("Two.", article="gazette-2017-01-26")
    position = a_position(rendition=first, quote="One")
    Evidence.objects.create(
        position=position, number=2, rendition=again, start=0, end=3, exact="Two"
    )
    assert _details(position)["sources"] == 1


def test_a_position_without_passages_has_no_source(a_position):
    found = _details(a_position())
    assert (found["sources"], found["is_disputed"]) == (0, False)


def test_a_dispute_is_no_source(a_position, a_rendition):
    position = a_position()
    Evidence.objects.create(
        position=position,
        role="disputes",
        rendition=a_rendition(),
        start=0,
        end=4,
        exact="They",
    )
    found = _details(position)
    assert (found["sources"], found["is_disputed"]) == (0, True)


def test_the_statement_is_that_of_the_position(a_position):
    position = a_position(stance="opposes")
    assert _details(position)["statement"] == Position.objects.all().statements()[0]
