"""The bridge to the core: headlines picked by the database are those that the rule picks."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from django.db import connection

from astana.comparison.matrix import build_matrix
from astana.comparison.statement import Statement
from astana.models import Actor, Event, Evidence, Issue, Link, Position
from astana.models.positions.headlines import headline_stances

pytestmark = pytest.mark.django_db

FIRST_DAY = date(2017, 1, 1)
VOICES = ("direct-quote", "reported-speech", "document", "act", "attributed", "characterised")
DATES = ("2017-01-0{}", "2017-01-0{}/2017-01-05", "../2017-01-0{}", "2017-01", "2016")


@pytest.fixture
def positions(an_actor, an_issue, a_dossier):
    """Return a builder of many positions on few days: ties, open starts, drafts, two dossiers."""

    def build(seed: int, *, number: int = 150) -> None:
        random = Random(seed)
        for slug in ("talks", "congress"):
            dossier = a_dossier(slug)
            actors = [an_actor(f"actor-{n}", dossier=dossier) for n in range(5)]
            issues = [an_issue(f"issue-{n}", dossier=dossier) for n in range(4)]
            Issue.objects.filter(pk=issues[-1].pk).update(kind="fact", per_event=True)
            person = an_actor("person", dossier=dossier, kind="person")
            events = [
                Event.objects.create(
                    dossier=dossier, slug=f"event-{n}", name=f"Event {n}", start=day, end=day
                )
                for n, day in enumerate([FIRST_DAY, FIRST_DAY + timedelta(days=2)])
            ]
            said = []
            for n in range(number):
                issue, actor = random.choice(issues), random.choice(actors)
                # The last actor is only ever spoken of by others.
                voice = random.choice(VOICES[4:] if actor == actors[-1] else VOICES)
                others = [one for one in actors if one != actor]
                said.append(
                    Position(
                        dossier=dossier,
                        key=f"p{n}",
                        actor=actor,
                        issue=issue,
                        stance=random.choice(list(issue.stances.all())),
                        summary="A summary.",
                        said=random.choice(DATES).format(random.randint(1, 5)),
                        voice=voice,
                        attributed_by=others[0] if voice == "attributed" else None,
                        speaker=random.choice([person, None]),
                        event=random.choice(events),
                        status=random.choice(["published"] * 4 + ["draft", "submitted"]),
                        published_at=datetime(2017, 2, 1, tzinfo=UTC),
                    )
                )
            for position in said:
                position.prepare()
            Position.objects.bulk_create(said)
            # Of some utterances there are two renderings.
            Link.objects.bulk_create(
                Link(position=other, kind="same-utterance", to=one)
                for one, other in pairwise(said)
                if (one.actor, one.issue, one.event) == (other.actor, other.issue, other.event)
            )

    return build


@pytest.fixture
def talks(a_dossier):
    return Event.objects.create(
        dossier=a_dossier(), slug="talks", name="Talks", start=FIRST_DAY, end=FIRST_DAY
    )


def _matrix(statements, actors, issues, as_of, *, first_hand_only):
    return build_matrix(
        statements,
        actors=[actor.slug for actor in actors],
        issues=[issue.slug for issue in issues],
        as_of=as_of,
        first_hand_only=first_hand_only,
    )


# A server takes its time over so many questions, and half of them tell as much.
@pytest.mark.parametrize("seed", range(4 if connection.vendor == "sqlite" else 2))
def test_the_database_picks_the_headlines_that_the_core_picks(positions, a_dossier, seed):
    positions(seed)
    dossier = a_dossier("talks")
    actors, issues = Actor.objects.of(dossier), Issue.objects.of(dossier)
    everything = Position.objects.of(dossier).filter(status="published").statements()
    for number in range(-2, 32, 3):
        as_of = FIRST_DAY + timedelta(days=number)
        for first_hand_only in (False, True):
            picked = Position.objects.headlines(
                actors=[actor.pk for actor in actors],
                issues=[issue.pk for issue in issues],
                as_of=as_of,
                first_hand_only=first_hand_only,
                spoken=True,
            ).statements()
            asked = {"first_hand_only": first_hand_only}
            expected = _matrix(everything, actors, issues, as_of, **asked)
            assert _matrix(picked, actors, issues, as_of, **asked) == expected
            # No more than what the cells rest on is handed over.
            assert {one.id for one in picked} == {
                one.id for row in expected.rows for cell in row.cells for one in cell.statements
            }
            plain = {issue.pk for issue in issues if not issue.per_event}
            cells = {"actors": [actor.pk for actor in actors], "issues": plain, "as_of": as_of}
            one_by_one = Position.objects.headlines(**cells, **asked).order_by()
            at_once = headline_stances(**cells, **asked, since=date.min, using="default")
            named = one_by_one.values_list("actor_id", "issue_id", "stance__slug", "stance__value")
            assert {*at_once} == {*named}


@pytest.mark.parametrize("seed", range(2))
def test_the_database_leaves_out_what_was_recorded_later_as_the_core_would(
    positions, a_dossier, seed
):
    positions(seed)
    dossier = a_dossier("talks")
    actors, issues = Actor.objects.of(dossier), Issue.objects.of(dossier)
    published = Position.objects.of(dossier).filter(status="published")
    first = datetime(2017, 3, 1, 12, tzinfo=UTC)
    pks = list(published.values_list("pk", flat=True))
    for hours in range(7):
        published.filter(pk__in=pks[hours::7]).update(published_at=first + timedelta(hours=hours))
    for hours in range(-1, 8):
        moment = first + timedelta(hours=hours)
        known = published.recorded_by(moment).statements()
        assert len(known) < published.count() or hours >= 6
        picked = Position.objects.headlines(
            actors=[actor.pk for actor in actors],
            issues=[issue.pk for issue in issues],
            as_of=date(2017, 1, 31),
            recorded_as_of=moment,
            spoken=True,
        ).statements()
        asked = (actors, issues, date(2017, 1, 31))
        expected = _matrix(known, *asked, first_hand_only=False)
        assert _matrix(picked, *asked, first_hand_only=False) == expected


def test_headlines_are_those_of_the_actors_and_issues_asked_for(a_position):
    asked = a_position(actor="russia", issue="cease-fire")
    a_position(actor="turkey", issue="cease-fire")
    a_position(actor="russia", issue="constitution")
    assert [*_headlines(actors=[asked.actor_id], issues=[asked.issue_id])] == [asked]


@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_a_position_that_is_not_published_is_never_a_headline(a_position, status):
    published = a_position(said="2017-01-01")
    a_position(said="2017-01-24", stance="opposes", status=status)
    assert [*_headlines(published)] == [published]


def test_a_rejected_position_is_never_a_headline(a_position):
    rejected = a_position(status="rejected", reason="The passage does not say so.")
    assert not _headlines(rejected).exists()


def test_nothing_asked_for_is_nothing_found(a_position):
    position = a_position()
    assert not _headlines(actors=[], issues=[position.issue_id]).exists()
    assert not _headlines(actors=[position.actor_id], issues=[]).exists()


def test_a_month_is_a_headline_from_its_last_day_on(a_position):
    position = a_position(said="2017-01")
    assert not _headlines(position, as_of=date(2017, 1, 30)).exists()
    assert _headlines(position, as_of=date(2017, 1, 31)).exists()


def test_an_open_start_is_older_than_any_known_one(a_position):
    a_position(said="../2017-01-24", stance="opposes")
    known = a_position(said="2016/2017-01-24", stance="supports")
    assert [*_headlines(known)] == [known]


def _headlines(position=None, *, actors=None, issues=None, as_of=date(2017, 12, 31), spoken=False):
    return Position.objects.headlines(
        actors=[position.actor_id] if actors is None else actors,
        issues=[position.issue_id] if issues is None else issues,
        as_of=as_of,
        spoken=spoken,
    )


def test_a_headline_is_looked_up_and_never_searched_for(a_position):
    position = a_position()
    plan = _headlines(position).explain()
    if connection.vendor == "sqlite":
        # Twice for the newest and once for what ties with it, and the same about each event; of
        # what a person said for others there is no second-hand one.
        many = {"actors": range(1, 7), "issues": range(1, 21)}
        spoken = _headlines(**many, spoken=True).explain()
        for found, number, parts in ((plan, 3 + 3, 2), (spoken, 3 + 3 + 2 + 2, 4)):
            probes = re.findall(r"SEARCH (?:one|tie) USING INDEX \w+ \((.*?)\)", found)
            assert len(probes) == number, found
            # Each by all that it depends on.
            for probe in probes:
                names = {*re.split("[=<>]. AND |[=<>].$", probe)}
                assert {"issue_id", "public", "first_hand", "latest"} <= names, found
                assert names & {"actor_id", "speaker_id"}, found
            assert found.count("SCAN") == found.count("SCAN cell") == parts, found
    else:
        # PostgreSQL chooses among indexes by statistics; it must not read all of the table.
        assert "Index" in plan
        # Each cell is picked once; else it may be picked anew for every position.
        assert "CTE Scan on cell" in plan
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        assert "Seq Scan on astana_position" not in _headlines(a_position()).explain()


def test_a_headline_as_recorded_by_a_moment_is_looked_up_too(a_position):
    position = a_position()
    recorded = Position.objects.headlines(
        actors=[position.actor_id],
        issues=[position.issue_id],
        as_of=date(2017, 12, 31),
        recorded_as_of=datetime(2100, 1, 1, tzinfo=UTC),
    )
    assert [*recorded] == [position]
    if connection.vendor == "sqlite":
        assert set(re.findall(r"SCAN (\w+)", recorded.explain())) <= {"cell"}


def test_a_position_belongs_to_the_days_of_its_date(a_position):
    position = a_position(said="2017-01-23/2017-01-24")
    assert (position.earliest, position.latest) == (date(2017, 1, 23), date(2017, 1, 24))
    position.said = "../2017-02"
    position.save()
    position.refresh_from_db()
    assert (position.earliest, position.latest) == (date(1, 1, 1), date(2017, 2, 28))


@pytest.mark.parametrize("voice", VOICES)
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


def test_what_was_said_before_the_first_day_asked_for_is_no_headline(a_position):
    position = a_position(said="2017-01-24")
    asked = {"actors": [position.actor_id], "issues": [position.issue_id]}
    for since, found in ((date(2017, 1, 24), [position]), (date(2017, 1, 25), [])):
        assert [*Position.objects.headlines(**asked, as_of=date(2017, 2, 1), since=since)] == found


def test_what_a_person_said_for_another_is_theirs_only_where_it_is_asked_for(a_position, an_actor):
    envoy = an_actor("envoy", kind="person")
    position = a_position(speaker=envoy)
    asked = {"actors": [envoy.pk], "issues": [position.issue_id], "as_of": date(2017, 2, 1)}
    assert [*Position.objects.headlines(**asked)] == []
    assert [*Position.objects.headlines(**asked, spoken=True)] == [position]


def test_only_persons_hold_what_they_said_for_another(a_position, an_actor):
    team = an_actor("team", kind="delegation")
    position = a_position(speaker=team)
    asked = {"actors": [team.pk], "issues": [position.issue_id], "as_of": date(2017, 2, 1)}
    assert not Position.objects.headlines(**asked, spoken=True).exists()


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
