"""A comparison as it stood here at a moment that is over, however much was edited since."""

import csv
import io
import random
import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from astana.actions.merge import merge_actors
from astana.comparison.matrix import build_matrix
from astana.models import Actor, Evidence, Issue, Position, Stance
from astana.models.positions.shown import headline_details
from astana.models.positions.then import details_then
from tests.pages.cells import cell_of, lede_of, panel_of

pytestmark = pytest.mark.django_db
TALKS = "/dossiers/talks/compare/"
MARCH, APRIL = datetime(2017, 3, 1, 12, tzinfo=UTC), "recorded_as_of=2017-04-01"
CELL = {"actor": "russia", "issue": "cease-fire"}


@pytest.fixture
def compare(client):
    def ask(query: str = ""):
        return client.get(f"{TALKS}?actor=russia&issue=cease-fire&{query}")

    return ask


@pytest.fixture
def stood(a_position):
    """Return a builder of positions that were published in March, with their history."""

    def build(**values) -> Position:
        position = a_position(**CELL | {"published_at": MARCH} | values)
        _as_of_march()
        return position

    return build


def _as_of_march() -> None:
    for model in (Position, Evidence):
        model.history.all().update(history_date=MARCH)


def test_a_brief_of_a_permalink_stands_as_its_comparison_did(stood, client, a_position):
    position = stood(stance="supports", summary="It is for it.", said="2017-01-10")
    a_position(actor="turkey", published_at=MARCH)
    other = a_position(issue="cease-fire", stance="opposes", status="draft").stance
    position.stance = other
    position.save()
    sides = "side=russia&side=turkey&issue=cease-fire"
    for query, finding in (("", "opposed"), (f"&{APRIL}", "agreed")):
        html = client.get(f"/dossiers/talks/brief/?{sides}{query}").content.decode()
        assert f'<h2 id="{finding}">' in html
    assert "as recorded here by 1 Apr 2017" in html
    assert "with the current passages" in html
    # It leads back to that comparison, and that comparison to it.
    for address in ("brief/?side=russia&side=turkey", "compare/?actor=russia&actor=turkey"):
        html = client.get(f"/dossiers/talks/{address}&{APRIL}").content.decode()
        for page in ("compare", "brief"):
            assert re.search(rf'href="/dossiers/talks/{page}/\?[^"]*{APRIL}', html)


def test_an_edited_position_stands_in_the_words_of_then(stood, compare, a_position):
    position = stood(stance="supports", summary="It is for it.", said="2017-01-10")
    other = a_position(issue="cease-fire", stance="opposes", status="draft").stance
    position.stance, position.summary, position.condition = other, "It is not.", "Always."
    position.save()
    assert "Opposes" in cell_of(compare(), "russia", "cease-fire")
    then = cell_of(compare(f"{APRIL}&unfold=1"), "russia", "cease-fire")
    assert "Supports" in then
    assert "It is for it." in then
    assert "Always." not in then
    panel = panel_of(compare(f"{APRIL}&open=russia.cease-fire"))
    assert "It is for it." in panel
    assert "been edited here since" in panel
    assert "been edited here since" not in panel_of(compare("open=russia.cease-fire"))


def test_sources_disagree_as_they_did_then(stood, compare, a_position, a_rendition):
    texts = [a_rendition("It is so.", source=name, article=name) for name in ("gazette", "herald")]
    reports = [
        {"stance": stance, "rendition": text, "quote": "It is", "said": "2017-01-24"}
        for stance, text in zip(("supports", "opposes"), texts, strict=True)
    ]

    def is_marked(query: str = "") -> bool:
        return "sources disagree" in cell_of(compare(query), "russia", "cease-fire")

    one = stood(**reports[0])
    later = a_position(**reports[1])
    assert is_marked()
    assert not is_marked(APRIL)
    later.delete()
    other = stood(**reports[1])
    assert is_marked(APRIL)
    supports, opposes = one.stance, other.stance
    other.stance = supports
    other.save()
    assert not is_marked()
    assert is_marked(APRIL)
    one.stance = opposes
    one.save()
    assert is_marked(APRIL)
    # Also by what they rested on then.
    Evidence.objects.filter(position=one).delete()
    assert not is_marked()
    assert is_marked(APRIL)
    other.status, other.reason = "rejected", "The passage does not say so."
    other.save()
    assert not is_marked(APRIL)


def test_what_was_not_edited_is_not_said_to_be(stood, compare):
    position = stood()
    position.save()
    assert "been edited here since" not in panel_of(compare(f"{APRIL}&open=russia.cease-fire"))


def test_a_date_that_was_corrected_counts_as_it_did(stood, compare):
    position = stood(said="2017-01-10", stance="supports")
    position.said = "2017-02-10"
    position.save()
    asked = f"as_of=2017-01-31&{APRIL}"
    assert "Supports" in cell_of(compare(asked), "russia", "cease-fire")
    assert "No stated position" in cell_of(compare("as_of=2017-01-31"), "russia", "cease-fire")


def test_a_position_that_went_to_another_issue_was_in_its_cell(stood, compare, a_position):
    position = stood(stance="supports")
    elsewhere = a_position(issue="constitution", status="draft")
    position.issue, position.stance = elsewhere.issue, elsewhere.stance
    position.save()
    assert "Supports" in cell_of(compare(f"issue=constitution&{APRIL}"), "russia", "cease-fire")
    there = cell_of(compare(f"issue=constitution&{APRIL}"), "russia", "constitution")
    assert "No position shown" in there


def test_what_is_withdrawn_is_counted_and_not_shown_again(stood, compare):
    position = stood(summary="Never said like this.")
    position.status, position.reason = "rejected", "The passage does not say so."
    position.save()
    response = compare(APRIL)
    assert "Never said like this." not in response.content.decode()
    assert "1 position published here by then has since been withdrawn" in lede_of(response)
    assert "withdrawn" not in lede_of(compare())


def test_a_deleted_position_is_gone(stood, compare):
    stood(summary="Never said like this.").delete()
    response = compare(APRIL)
    assert "Never said like this." not in response.content.decode()


def test_what_was_a_draft_then_is_not_shown(stood, compare):
    position = stood(status="draft", published_at=None)
    position.status = "published"
    position.save()
    Position.objects.filter(pk=position.pk).update(published_at=MARCH)
    assert "No position shown" in cell_of(compare(f"{APRIL}&unfold=1"), "russia", "cease-fire")


def test_sources_that_came_later_are_not_counted(stood, compare, a_rendition):
    position = stood(rendition=a_rendition("One."), quote="One")
    later = a_rendition("Two.", article="herald-2017-01-26", source="herald")
    Evidence.objects.create(position=position, number=2, rendition=later, start=0, end=3, exact="T")
    assert "2 sources" in cell_of(compare("unfold=1"), "russia", "cease-fire")
    assert "1 source" in cell_of(compare(f"{APRIL}&unfold=1"), "russia", "cease-fire")


def test_a_merged_actor_stands_under_the_one_it_is_now(stood, compare, a_position, a_member):
    stood(actor="rossiya", stance="supports")
    russia = a_position(actor="russia", issue="constitution").actor
    _as_of_march()
    rossiya = Actor.objects.get(slug="rossiya")
    merge_actors(kept=russia, other=rossiya, by=a_member("rita", role="reviewer"))
    assert "Supports" in cell_of(compare(f"{APRIL}&unfold=1"), "russia", "cease-fire")


def test_a_stance_that_is_gone_stands_with_the_issue_of_now(stood, compare, a_position):
    position = stood(stance="opposes")
    was, elsewhere = position.stance, a_position(issue="constitution", status="draft")
    position.issue, position.stance = elsewhere.issue, elsewhere.stance
    position.save()
    was.delete()
    response = compare(f"issue=constitution&{APRIL}")
    assert "No position shown" in cell_of(response, "russia", "cease-fire")
    assert "Supports" in cell_of(response, "russia", "constitution")


def test_a_file_says_what_the_page_said(stood, client):
    position = stood(summary="It is for it.", said="2017-01-10")
    position.summary, position.said = "It is not.", "2017-01-09"
    position.save()
    for query, summary in (("", "It is not."), (f"&{APRIL}", "It is for it.")):
        file = reverse("exports:compare", args=["talks", "csv"])
        address = f"{file}?actor=russia&issue=cease-fire&as_of=2017-01-31{query}"
        body = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
        row = next(csv.DictReader(io.StringIO(body)))
        assert (row["summary"], row["position"]) == (summary, position.key)


# A server takes its time over so many questions.
@pytest.mark.parametrize("seed", range(3 if connection.vendor == "sqlite" else 1))
def test_any_moment_is_as_a_slow_way_tells_it(a_position, seed):
    """Edit, withdraw and publish at random, and note after each act what all positions are."""
    chance = random.Random(seed)
    actors, issues = ("russia", "turkey"), ("cease-fire", "constitution")
    for number in range(12):
        a_position(
            actor=chance.choice(actors),
            issue=chance.choice(issues),
            stance=chance.choice(("supports", "opposes")),
            said=f"2017-01-{chance.randint(1, 9):02}",
            voice=chance.choice(("direct-quote", "characterised")),
            status=chance.choice(("draft", "published")),
            key=f"r{number}",
        )
    told = []
    for _step in range(25):
        position = chance.choice(list(Position.objects.order_by("pk")))
        act = chance.choice(("day", "stance", "publish", "withdraw"))
        if act == "day":
            position.said = f"2017-01-{chance.randint(1, 9):02}"
        elif act == "stance":
            position.stance = chance.choice(list(Stance.objects.filter(issue=position.issue)))
        elif act == "publish":
            position.status = "published"
        else:
            position.status, position.reason = "rejected", "No."
        position.save()
        told.append((timezone.now(), _published()))
    withdrawn_now = set(Position.objects.exclude(status="published").values_list("pk", flat=True))
    asked = {
        "actors": list(Actor.objects.values_list("pk", flat=True)),
        "issues": list(Issue.objects.values_list("pk", flat=True)),
        "as_of": date(2017, 1, 31),
    }
    for moment, statements in told:
        details = headline_details(**asked, recorded_as_of=moment)
        edited, withdrawn = details_then(moment, **asked)
        found = [row["statement"] for row in (details | edited).values()]
        kept = [one for one in statements if one.id not in withdrawn_now]
        assert _matrix(found, actors, issues) == _matrix(kept, actors, issues)
        assert withdrawn == len(statements) - len(kept)


def _published() -> list:
    return Position.objects.filter(status="published").statements()


def _matrix(statements, actors, issues):
    return build_matrix(statements, actors=actors, issues=issues, as_of=date(2017, 1, 31)).rows
