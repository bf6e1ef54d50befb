"""What is read of positions over time is enough to say what happened to their cells."""

from datetime import date
from random import Random

import pytest
from django.db import connection

from astana.comparison.change import steps
from astana.models import Event, Evidence, Issue, Link, Position
from astana.models.positions.over_time import glances_at, newest_said, said_near

pytestmark = pytest.mark.django_db

MOST = 1000
VOICES = ("direct-quote", "reported-speech", "characterised", "attributed")
DATES = ("2017-01-{:02}", "2017-01-{:02}", "2017-01-{:02}/2017-01-15", "2017-01")


@pytest.fixture
def positions(a_dossier, an_actor, an_issue, a_rendition):
    """Return a builder of positions of two actors on two issues, one of which is asked of each of
    two events: with ties, disputed reports, other renderings, and what a person said for others."""

    def build(seed: int, *, number: int = 100) -> None:
        random, dossier = Random(seed), a_dossier()
        actors = [an_actor("person", kind="person"), an_actor("iran")]
        issues = [an_issue("cease-fire"), an_issue("attack", kind="fact", per_event=True)]
        events = [
            Event.objects.create(
                dossier=dossier, slug=f"event-{n}", name=f"Event {n}", start=day, end=day
            )
            for n, day in enumerate([date(2017, 1, 1), date(2017, 1, 3)])
        ]
        said = []
        for n in range(number):
            issue, actor = random.choice(issues), random.choice(actors)
            voice = random.choice(VOICES)
            one = Position(
                dossier=dossier,
                key=f"p{n}",
                actor=actor,
                issue=issue,
                stance=random.choice(list(issue.stances.all())),
                summary="A summary.",
                condition=random.choice(["", "", "a condition"]),
                said=random.choice(DATES).format(random.randint(1, 15)),
                voice=voice,
                attributed_by=next(other for other in actors if other != actor)
                if voice == "attributed"
                else None,
                speaker=random.choice([actors[0], None]),
                event=random.choice(events),
                status="published",
            )
            one.prepare()
            said.append(one)
        Position.objects.bulk_create(said)
        text = a_rendition()
        Evidence.objects.bulk_create(
            Evidence(
                position=one, rendition=text, role="disputes", start=0, end=4, exact="They",
                paragraph=1,
            )
            for one in random.sample(said, number // 4)
        )  # fmt: skip
        cells = [(one.actor, one.issue, one.event) for one in said]
        Link.objects.bulk_create(
            Link(position=one, kind="same-utterance", to=random.choice(others))
            for n, one in enumerate(said)
            if random.random() < 0.3
            and (others := [said[other] for other in range(n) if cells[other] == cells[n]])
        )

    return build


# A server takes its time over so many questions, and half of them tell as much.
@pytest.mark.parametrize("seed", range(8 if connection.vendor == "sqlite" else 2))
def test_what_is_read_near_a_day_says_the_same_of_it_as_all(positions, an_actor, seed):
    positions(seed)
    person = an_actor("person")
    of_issue = Position.objects.about(issue=Issue.objects.get(slug="attack"))
    of_plain = Position.objects.about(issue=Issue.objects.get(slug="cease-fire"))
    of_person = Position.objects.about(actor=person)
    left_out = 0
    for found, lane, whose in [
        (of_issue, "actor", ""), (of_plain, "actor", ""), (of_person, "issue", person.slug),
    ]:  # fmt: skip
        everything = newest_said(found, lane=lane, most=MOST)
        looked_at = glances_at(found, lane=lane, most=MOST)
        assert looked_at == [one.glance for one in everything]
        for since in {one.latest for one in everything}:
            near = said_near(looked_at, since=since, lane=lane)
            assert near == [one for one in everything if one in near]
            left_out += len(everything) - len(near)
            for first_hand_only in (False, True):
                asked = {"first_hand_only": first_hand_only, "whose": whose, "since": since}
                expected = steps([one.statement for one in everything], **asked)
                assert steps([one.statement for one in near], **asked) == expected
    assert left_out
