"""What is shown of a headline beside its stance."""

from datetime import date

import pytest

from astana.models import Evidence, Position
from astana.models.positions.query_set import statement_of
from astana.models.positions.shown import headline_details, headline_rows

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


@pytest.mark.parametrize("first_hand_only", [False, True])
@pytest.mark.parametrize("with_sources", [False, True])
def test_the_query_as_prepared_gives_what_the_query_gives(
    a_position, first_hand_only, with_sources
):
    """For any number of actors, and any days."""
    for number, actor in enumerate(("russia", "turkey"), 1):
        for day in (1, 10):
            a_position(actor=actor, said=f"2017-01-{day + number:02}")
        a_position(actor=actor, said=f"2017-01-{20 + number}", voice="characterised")
    issue = Position.objects.first().issue_id
    actors = sorted(Position.objects.order_by().values_list("actor", flat=True).distinct())
    found = set()
    for some in (actors[:1], actors):
        for since, day in ((date.min, date(2017, 1, 5)), (date(2017, 1, 12), date(2017, 1, 31))):
            asked = {"actors": some, "issues": [issue], "as_of": day, "since": since}
            how = {"first_hand_only": first_hand_only, "with_sources": with_sources}
            how |= {"spoken": True, "of_events": True}
            rows = headline_rows(**asked, **how, recorded_as_of=None)
            shown = headline_details(**asked, **how)
            assert shown == {row["id"]: row | {"statement": statement_of(row)} for row in rows}
            found.add(frozenset(shown))
    assert len(found) == 4
