"""Which stances coders take for each other, opened to the codings, and who may know."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest

from astana.models import Assignment, Evidence, Position, User
from tests.a_large_dossier import TEXT, a_keeper, a_large_dossier

pytestmark = pytest.mark.django_db

ADDRESS = "/dossiers/talks/coding/agreement/confusion/"


@pytest.fixture
def talks():
    """Return a dossier with a round of four units; the coders differ on numbers 0 and 3."""
    dossier = a_large_dossier("talks", size=4)
    for number in range(4):
        passages = Evidence.objects.filter(position__key__in=[f"r{number}", f"s{number}"])
        start = number * 5
        passages.update(start=start, end=start + 4, exact=TEXT[start : start + 4])
    return dossier


def test_what_is_confused_is_counted_by_issue_voice_time_and_round(client, talks):
    Position.objects.filter(key="s0").update(voice="direct-quote")
    # Number 3: r declines, s supports. Number 0 (r supports, s is neither) is on another issue.
    other = talks.issues.get(slug="issue-2")
    for key, slug in (("r0", "supports"), ("s0", "neither")):
        stance = other.stances.get(slug=slug)
        Position.objects.filter(key=key).update(issue=other, stance=stance)
    client.force_login(a_keeper())
    seen = client.get(ADDRESS).context["seen"]
    assert (seen["whole"].pairs, seen["whole"].differing) == (4, 2)
    # The same number of differences: the one with the larger share is first.
    assert [(row["label"], row["percent"], row["worst"]) for row in seen["discuss"]] == [
        ("Issue 2", "100 %", ["Neither", "Supports"]),
        ("Issue 0", "33 %", ["Declines", "Supports"]),
    ]
    assert {row["label"]: (row["held"].pairs, row["held"].differing) for row in seen["voices"]} == {
        "reported speech": (3, 1),
        "the coders chose different voices": (1, 1),
    }
    assert [(row["label"], row["held"].pairs) for row in seen["months"]] == [("March 2017", 4)]
    assert [(row["label"], row["held"].pairs) for row in seen["rounds"]] == [("Article 0", 4)]
    for query, pairs in (
        ("issue=issue-2", 1),
        ("voice=reported-speech", 3),
        ("article=article-0&coder=talks-r", 4),
    ):
        assert client.get(f"{ADDRESS}?{query}").context["seen"]["whole"].pairs == pairs
    opened = client.get(f"{ADDRESS}?issue=issue-0&cell=supports.declines").context["seen"]["opened"]
    assert [{position.key for _, position in unit["said"]} for unit in opened] == [{"r3", "s3"}]
    answer = client.get("/dossiers/talks/coding/agreement/confusion.csv?voice=reported-speech")
    rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))
    assert [(row["issue"], row["stance"], row["other_stance"], row["pairs"]) for row in rows] == [
        ("issue-0", "declines", "supports", "1"),
        ("issue-0", "neither", "neither", "1"),
        ("issue-0", "opposes", "opposes", "1"),
    ]
    for query in ("issue=atlantis", "coder=nobody", "voice=x", "article=x", "cell=x"):
        refused = client.get(f"{ADDRESS}?{query}")
        assert refused.status_code == 400
        assert 'role="alert"' in refused.content.decode()


def test_coders_see_pairs_of_settled_rounds_alone(client, talks):
    client.force_login(User.objects.get(username="talks-r"))
    assert client.get(ADDRESS).context["seen"]["whole"].pairs == 0
    file = client.get("/dossiers/talks/coding/agreement/confusion.csv")
    assert b"".join(file.streaming_content).count(b"\n") == 1
    now = datetime(2017, 3, 2, tzinfo=UTC)
    Assignment.objects.filter(is_independent=True).update(settled_at=now, settled_by=a_keeper())
    assert client.get(ADDRESS).context["seen"]["whole"].pairs == 4
