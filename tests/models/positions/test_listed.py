"""What a row of a table says of a position is what every other page says of it."""

from itertools import product

import pytest
from django.utils import timezone

from astana.models import Challenge, Evidence, Issue, Position, Stance
from astana.models.positions.fetched import marked
from astana.models.positions.listed import listed
from astana.models.voice_words import how_known

KINDS, STATUSES = Challenge.Kind, Challenge.Status


@pytest.fixture
def positions(a_position, a_rendition, an_actor, a_dossier, a_member):
    """Return positions with every objection, disputed or not, second-hand, of a nominal issue."""
    text = a_rendition()
    keeper = a_member()
    envoy = an_actor("envoy", kind="person")
    where = {"title": "Venue", "question": "Where?", "scale": "nominal"}
    venue = Issue.objects.create(dossier=a_dossier(), slug="venue", **where)
    Stance.objects.create(issue=venue, slug="astana", label="Astana", order=3)
    a_position(rendition=text, quote="They", condition="If asked.", said="2017-01")
    a_position(voice="attributed", attributed_by="turkey", speaker=envoy, authority="for-actor")
    a_position(issue="venue", stance="astana")
    for kind, status in product(KINDS, STATUSES):
        one = a_position(rendition=text, quote="They")
        answer = {"answer": "It does.", "answered_at": timezone.now(), "answered_by": keeper}
        answered = {} if status == STATUSES.OPEN else answer
        for words in ("One", "Two"):
            Challenge.objects.create(
                dossier=one.dossier, position=one, kind=kind, status=status, text=words, **answered
            )
        Evidence.objects.create(
            position=one, number=2, role="disputes", rendition=text, start=0, end=4, exact="They"
        )
    return Position.objects.all()


def test_a_row_says_what_the_position_says(positions):
    rows = {row.pk: row for row in listed(positions)}
    stored = list(marked(positions).select_related("stance__issue"))
    assert rows.keys() == {one.pk for one in stored}
    for one in stored:
        row = rows[one.pk]
        for name in ("key", "summary", "condition", "said_words", "voice", "first_hand"):
            assert getattr(row, name) == getattr(one, name)
        for name in ("is_disputed", "is_contested", "has_source_error"):
            assert getattr(row, name) == getattr(one, name)
        assert row.actor == (one.actor.slug, one.actor.name)
        assert row.issue == (one.issue.slug, one.issue.title)
        assert row.stance == (one.stance.step, one.stance.label)
        assert how_known(row) == how_known(one)
        assert row.passages == [
            (article.slug, passage.paragraph, article.source.name, passage.role == "disputes")
            for passage in one.evidence.order_by("number")
            for article in [passage.rendition.article]
        ]


def test_rows_take_two_queries_whatever_was_objected(positions, django_assert_num_queries):
    with django_assert_num_queries(2):
        rows = list(listed(positions))
    assert len(rows) == positions.count()
