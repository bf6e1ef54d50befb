"""The review queue: what waits, and that no decision is lost or taken twice."""

import pytest

from astana.models import Assignment, Challenge, Evidence, Notice, Position
from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db

QUEUE = "/dossiers/talks/review/"


@pytest.fixture
def decide(client):
    def post(position: Position, decision: str = "publish", query: str = "", **values):
        values = {"decision": decision, "revision": position.revision} | values
        return client.post(f"{QUEUE}{position.key}/{query}", values)

    return post


@pytest.fixture(autouse=True)
def _reviewer(client, team):
    client.force_login(team["reviewer"])


def test_the_oldest_is_open_and_the_others_wait_beside_it(client, a_coded):
    a_coded(summary="The first.")
    second = a_coded(summary="The second.")
    page = words_of(client.get(QUEUE))
    assert "2 positions are waiting for a decision" in page
    assert "The first." in page
    assert "The second." not in page
    assert second.key in page
    page = words_of(client.get(f"{QUEUE}?position={second.key}"))
    assert "The second." in page
    assert "The first." not in page


def test_drafts_and_running_rounds_do_not_wait(client, a_coded, a_rendition, team):
    a_coded(status="draft")
    article = a_rendition().article
    a_coded(
        assignment=Assignment.objects.create(
            dossier=article.dossier,
            article=article,
            coder=team["coder"],
            assigned_by=team["owner"],
            is_independent=True,
        )
    )
    page = words_of(client.get(QUEUE))
    assert "No positions are waiting for a decision here." in page
    # What a round has to decide on is not said to be decided on.
    assert "those of independent coding are decided on in their round" in page


@pytest.mark.parametrize(
    "query", ["coder=second", "issue=borders", "actor=turkey", "article=post", "health=lost"]
)
def test_filters_narrow_the_queue(client, a_coded, a_rendition, query):
    text = a_rendition()
    a_coded(rendition=text, quote="They met.", summary="The plain one.")
    a_coded(
        coder="second",
        issue="borders",
        actor="turkey",
        summary="The other one.",
        rendition=a_rendition(article="post"),
        quote="They met.",
    )
    Evidence.objects.filter(rendition__article__slug="post").update(
        health="lost", start=None, end=None
    )
    page = words_of(client.get(f"{QUEUE}?{query}"))
    assert "1 position is waiting" in page
    assert "The other one." in page
    assert "The plain one." not in page


def test_the_filters_offer_and_count_what_waits_now_for_whoever_asks(client, a_coded, team):
    def offered() -> dict[str, int]:
        facets = {facet.name: facet for facet in client.get(QUEUE).context["filters"].facets}
        return {choice.value: choice.number for choice in facets["coder"].choices}

    a_coded()
    assert offered() == {"coder": 1}
    a_coded()
    a_coded(coder="second")
    assert offered() == {"coder": 2, "second": 1}
    assert not client.get(QUEUE).context["dossier"].positions.filter(public=True).exists()


def test_what_a_reader_has_challenged_can_be_looked_for(client, a_coded):
    a_coded(summary="The plain one.")
    again = a_coded(summary="It was challenged.")
    Challenge.objects.create(dossier=again.dossier, position=again, text="Not so.")
    page = words_of(client.get(f"{QUEUE}?challenged=1"))
    assert "It was challenged." in page
    assert "1 position is waiting" in page


def test_passages_that_only_members_may_read_are_shown(client, a_coded, a_rendition):
    a_coded(rendition=a_rendition(rights="members"), quote="They met.")
    assert "<mark>They met.</mark>" in client.get(QUEUE).content.decode()


def test_next_after_a_decision_keeps_the_filters(client, a_coded, decide):
    ours = [a_coded(actor="turkey") for _ in range(3)]
    a_coded(actor="russia")
    response = decide(ours[1], query="?actor=turkey")
    assert response["Location"] == f"{QUEUE}?actor=turkey&position={ours[2].key}"
    response = decide(ours[2], query="?actor=turkey")
    assert response["Location"] == f"{QUEUE}?actor=turkey&position={ours[0].key}"
    response = decide(ours[0], query="?actor=turkey")
    assert response["Location"] == f"{QUEUE}?actor=turkey"
    assert Position.objects.filter(status="published").count() == 3
    assert client.get(response["Location"]).status_code == 200


def test_a_rejection_needs_a_reason_and_the_coder_sees_it(a_coded, decide, team):
    position = a_coded()
    response = decide(position, "reject", reason="  ")
    assert response.status_code == 422
    assert "Say why the position is rejected" in words_of(response)
    assert decide(position, "reject", reason="Not said there.").status_code == 302
    position.refresh_from_db()
    assert (position.status, position.reason) == ("rejected", "Not said there.")
    assert Notice.objects.filter(user=team["coder"], kind="rejected").exists()


def test_nobody_decides_on_their_own_coding(client, a_coded, decide):
    position = a_coded(coder="reviewer")
    page = client.get(QUEUE).content.decode()
    assert "A second person has to decide on it." in page
    assert 'value="publish"' not in page
    response = decide(position)
    assert response.status_code == 403
    assert "A second person has to decide" in words_of(response)
    assert Position.objects.get().status == "submitted"


def test_a_decision_on_an_older_state_is_refused_and_nothing_typed_is_lost(a_coded, decide):
    position = a_coded()
    seen = Position.objects.get()
    position.summary = "It says something else now."
    position.save()
    response = decide(seen, "reject", reason="A reason that took <b>long</b>.")
    assert response.status_code == 409
    page = response.content.decode()
    assert "Somebody has changed it since you opened it." in page
    assert "It says something else now." in page
    assert "A reason that took &lt;b&gt;long&lt;/b&gt;.</textarea>" in page
    assert f'name="revision" value="{position.revision}"' in page
    assert Position.objects.get().status == "submitted"


def test_a_decision_on_other_passages_than_were_read_is_refused(
    client, a_coded, decide, a_rendition
):
    position = a_coded(rendition=a_rendition(), quote="They met.")
    read = client.get(QUEUE).context["coded"]["passages_seen"]
    assert read
    passage = Evidence.objects.get()
    passage.exact, passage.end = "They", 4
    passage.save()
    assert decide(position, passages=read).status_code == 409
    read = client.get(QUEUE).context["coded"]["passages_seen"]
    assert decide(position, passages=read).status_code == 302


def test_who_comes_second_is_told_of_the_first(a_coded, decide, client, team):
    position = a_coded()
    assert decide(position).status_code == 302
    client.force_login(team["owner"])
    response = decide(position, "reject", reason="Not said there.")
    assert response.status_code == 409
    page = words_of(response)
    assert "Nothing was changed." in page
    assert "It is now published; the decision was taken by reviewer." in page
    assert "Not said there.</textarea>" in response.content.decode()
    assert Position.objects.get().status == "published"


def test_a_published_position_is_taken_from_the_site(a_coded, decide, client):
    position = a_coded(status="published")
    page = client.get(position.get_absolute_url()).content.decode()
    assert f'action="{QUEUE}{position.key}/"' in page
    response = decide(position, "reject", reason="It was misread.", then="position")
    assert response["Location"] == f"/dossiers/talks/coding/positions/{position.key}/"
    assert "It was misread." in words_of(client.get(response["Location"]))
    client.logout()
    assert client.get(position.get_absolute_url()).status_code == 410


@pytest.mark.parametrize(("role", "status"), [("coder", 403), ("reader", 403), (None, 404)])
def test_only_reviewers_decide(client, a_coded, decide, team, role, status):
    position = a_coded()
    client.logout()
    if role:
        client.force_login(team[role])
    assert decide(position).status_code == status
    assert client.get(QUEUE).status_code == status
    assert Position.objects.get().status == "submitted"


@pytest.mark.parametrize(
    "values",
    [
        {"decision": "delete"},
        {"revision": ""},
        {"revision": "x"},
        {"revision": "-1"},
        {"reason": "x" * 2001},
    ],
)
def test_nonsense_is_refused_in_words(a_coded, decide, values):
    response = decide(a_coded(), **values)
    assert response.status_code == 422
    assert "Nothing was changed." in words_of(response)
    assert Position.objects.get().status == "submitted"


def test_nothing_else_can_be_set_by_a_decision(a_coded, decide, team):
    position = a_coded()
    decide(position, summary="Mine.", coder=team["owner"].pk, status="draft", public="1")
    stored = Position.objects.get()
    assert (stored.summary, stored.coder, stored.status) == (
        position.summary,
        team["coder"],
        "published",
    )


def test_what_is_asked_for_and_does_not_wait_is_said(client, a_coded):
    a_coded()
    page = words_of(client.get(f"{QUEUE}?position=p-of-old"))
    assert "The position asked for is not waiting here" in page
