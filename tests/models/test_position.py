"""A position: its days, what the core is told of it, and which is newer."""

from datetime import UTC, date, datetime

import pytest

from astana.comparison.statement import Statement
from astana.models import Actor, Event, Evidence, Issue, Link, Position

pytestmark = pytest.mark.django_db


@pytest.fixture
def talks(a_dossier):
    return Event.objects.create(
        dossier=a_dossier(), slug="talks", name="Talks", start="2017-01-01", end="2017-01-01"
    )


def test_a_position_belongs_to_the_days_of_its_date(a_position):
    position = a_position(said="2017-01-23/2017-01-24")
    assert (position.earliest, position.latest) == (date(2017, 1, 23), date(2017, 1, 24))
    position.said = "../2017-02"
    position.save()
    position.refresh_from_db()
    assert (position.earliest, position.latest) == (date(1, 1, 1), date(2017, 2, 28))


@pytest.mark.parametrize("voice", Position.Voice.values)
def test_the_database_knows_which_voices_are_first_hand(a_position, voice):
    by = "turkey" if voice == "attributed" else None
    position = a_position(voice=voice, attributed_by=by)
    position.refresh_from_db()
    assert position.first_hand == (voice not in ("attributed", "characterised"))


def test_the_core_is_told_all_that_it_knows_of_a_position(a_position, an_actor, an_issue, talks):
    an_issue("attack", kind="fact", per_event=True)
    position = a_position(
        issue="attack",
        stance="opposes",
        said="2017-01-23/2017-01-24",
        condition="Only if the others do.",
        speaker=an_actor("envoy", kind="person"),
        event=talks,
    )
    [statement] = Position.objects.statements()
    assert statement == Statement(
        id=position.pk,
        actor="russia",
        issue="attack",
        stance="opposes",
        value=-1.0,
        earliest=date(2017, 1, 23),
        latest=date(2017, 1, 24),
        is_first_hand=True,
        said="2017-01-23/2017-01-24",
        condition="Only if the others do.",
        is_disputed=False,
        event="talks",
        speaker="envoy",
        same_as=None,
    )
    assert (type(statement.is_first_hand), type(statement.is_disputed)) == (bool, bool)


def test_only_what_was_said_first_hand_has_a_speaker_for_the_core(a_position, an_actor):
    envoy = an_actor("envoy", kind="person")
    a_position(voice="attributed", attributed_by="turkey", speaker=envoy)
    a_position()
    assert [one.speaker for one in Position.objects.order_by("pk").statements()] == ["", ""]


def test_only_an_issue_that_is_asked_of_each_event_has_events_for_the_core(
    a_position, an_issue, talks
):
    a_position(event=talks)
    an_issue("attack", kind="fact", per_event=True)
    a_position(issue="attack")
    assert [one.event for one in Position.objects.order_by("pk").statements()] == ["", ""]


def test_another_rendering_gives_way_to_a_published_one_alone(a_position):
    fuller, unpublished = a_position(), a_position(status="draft")
    kinds = {"same-utterance": fuller, "answers": fuller, "repeats": fuller}
    renderings = {kind: a_position() for kind in [*kinds, "of-a-draft"]}
    for kind, to in kinds.items():
        Link.objects.create(position=renderings[kind], kind=kind, to=to)
    Link.objects.create(position=renderings["of-a-draft"], kind="same-utterance", to=unpublished)
    same_as = {one.id: one.same_as for one in Position.objects.statements() if one.same_as}
    assert same_as == {renderings["same-utterance"].pk: fuller.pk}


def test_only_passages_that_dispute_make_a_position_disputed(a_position, a_rendition):
    text = a_rendition()
    a_position(rendition=text, quote="They")
    disputed = a_position(rendition=text, quote="They")
    Evidence.objects.create(
        position=disputed, number=2, role="disputes", rendition=text, start=0, end=4, exact="They"
    )
    statements = Position.objects.statements()
    assert [one.id for one in statements if one.is_disputed] == [disputed.pk]


def test_the_newest_come_first(a_position):
    year = a_position(said="2017")
    day = a_position(said="2017-12-31")
    older = a_position(said="2017-11")
    assert [*Position.objects.newest_first()] == [day, year, older]


def test_as_of_keeps_what_had_been_said_by_a_day(a_position):
    before, on_the_day = a_position(said="2017-01-23"), a_position(said="2017-01-24")
    a_position(said="2017-01")
    assert {*Position.objects.as_of(date(2017, 1, 24))} == {before, on_the_day}


def test_of_two_with_one_last_day_the_later_first_day_is_newer(a_position):
    a_position(said="2017-01-31", key="day")
    a_position(said="2017-01", key="month")
    assert [position.key for position in Position.objects.newest_first()] == ["day", "month"]


def test_of_two_with_the_same_days_the_later_record_comes_first(a_position):
    first, second = a_position(said="2017-01-31"), a_position(said="2017-01-31")
    assert [*Position.objects.newest_first()] == [second, first]


def test_the_lanes_of_an_actor_are_issues_and_those_of_an_issue_actors(a_position, a_dossier):
    for actor in ("russia", "turkey"):
        for issue in ("cease-fire", "constitution"):
            a_position(actor=actor, issue=issue, key=f"{actor}-{issue}")
    russia, turkey = Actor.objects.order_by("slug")
    truce, constitution = Issue.objects.order_by("slug")

    def keys(**about) -> set[str]:
        return set(Position.objects.about(**about).values_list("key", flat=True))

    assert keys(actor=russia) == {"russia-cease-fire", "russia-constitution"}
    assert keys(actor=russia, lanes=[constitution]) == {"russia-constitution"}
    assert keys(issue=truce) == {"russia-cease-fire", "turkey-cease-fire"}
    assert keys(issue=truce, lanes=[turkey]) == {"turkey-cease-fire"}


def test_what_was_written_again_since_stands_no_more_as_it_did(a_position):
    same, edited = (a_position(published_at=datetime(2017, 2, 1, tzinfo=UTC)) for _ in range(2))
    for position in (same, edited):
        position.history.update(history_date=datetime(2017, 2, 1, tzinfo=UTC))
    edited.summary = "Said in other words."
    edited.save()
    edited.history.filter(summary=edited.summary).update(
        history_date=datetime(2017, 2, 3, tzinfo=UTC)
    )

    def recorded(day: int) -> set:
        return {*Position.objects.recorded_by(datetime(2017, 2, day, 12, tzinfo=UTC))}

    assert recorded(2) == {same}
    assert recorded(3) == {same, edited}
    assert {*Position.objects.recorded_by(None)} == {same, edited}
