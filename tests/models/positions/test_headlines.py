"""The bridge to the core: headlines picked by the database are those that the rule picks."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from django.db import connection

from astana.comparison.matrix import build_matrix
from astana.models import Actor, Event, Issue, Link, Position
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
            one_by_one = Position.objects.headlines(**cells, **asked, of_events=False).order_by()
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
