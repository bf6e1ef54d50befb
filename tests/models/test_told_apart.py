"""Where sources disagree on a position, SQL and the core say the same."""

from datetime import date
from itertools import product

import pytest

from astana.comparison.sources import by_cell, disagreements
from astana.models import Event, Evidence, Position
from astana.models.positions.shown import told_apart
from astana.models.positions.told import told

pytestmark = pytest.mark.django_db
AS_OF = date(2017, 1, 31)
DAYS = ("2017-01-24", "2017-01-23/2017-01-24", "../2017-01-24", "2017-01-25", "2017-02-05")


def test_sql_finds_the_positions_that_the_core_finds(a_dossier, an_issue, a_position, a_rendition):
    texts = [a_rendition("It is so.", source=name, article=name) for name in ("gazette", "herald")]
    dossier = a_dossier()
    day = {"start": date(2017, 1, 23), "end": date(2017, 1, 24)}
    events = [Event.objects.create(dossier=dossier, slug=name, name=name, **day) for name in "ab"]
    an_issue("format", per_event=True, kind="fact")
    reported = list(product(DAYS, ("supports", "opposes"), (texts[:1], texts[1:], texts)))
    cells = [("cease-fire", said, stance, by, None) for said, stance, by in reported]
    cells += [
        ("format", DAYS[0], stance, by, event)
        for (_said, stance, by), event in product(reported[:6], (*events, None))
        if by != texts and (by == texts[:1]) == (stance == "supports" or event != events[1])
    ]
    for issue, said, stance, by, event in cells:
        position = a_position(issue=issue, said=said, stance=stance, event=event)
        for number, text in enumerate(by, 1):
            Evidence.objects.create(
                position=position,
                number=number,
                rendition=text,
                start=0,
                end=5,
                exact="It is",
                paragraph=1,
            )
    everything = Position.objects.of(dossier)
    said, sources = told(everything, as_of=AS_OF, most=1000)
    expected = {
        one.id
        for spoken in by_cell(said).values()
        for pair in disagreements(spoken, sources, as_of=AS_OF)
        for one in pair
    }
    asked = everything.filter(latest__lte=AS_OF).annotate(apart=told_apart(AS_OF))
    assert set(asked.filter(apart=True).values_list("pk", flat=True)) == expected
    assert 0 < len(expected) < len(said)
