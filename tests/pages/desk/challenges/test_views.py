"""Objections: anybody writes one, reviewers answer, readers see what came of it."""

import pytest
from django.core.cache import cache

from astana.actions.challenges import answer
from astana.models import Challenge, Dossier, Position
from astana.pages.desk.challenges.views import MOST_AN_HOUR
from tests.pages.rows import rows_of, words_of

pytestmark = pytest.mark.django_db

SECRET = "A secret <script>alert(1)</script> word."
ALL = "/dossiers/talks/review/challenges/"


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture
def position(a_position, a_rendition, team):
    return a_position(rendition=a_rendition(), quote="Russia supports the cease-fire.")


@pytest.fixture
def object_to(client):
    def post(position: Position, **values):
        values = {"kind": "misread", "text": SECRET, "website": ""} | values
        return client.post(f"{position.get_absolute_url()}challenge/", values)

    return post


def test_a_stranger_objects_and_the_page_says_only_that_it_is_contested(
    client, position, object_to
):
    response = object_to(position)
    assert response["Location"] == position.get_absolute_url()
    page = words_of(client.get(position.get_absolute_url()))
    assert "contested" in page
    assert "Contested: a reader objects to this position." in page
    assert "secret" not in page
    made = Challenge.objects.get()
    assert (made.reader, made.text, made.status) == (None, SECRET, "open")


def test_the_answer_stands_beside_the_objection(client, position, object_to, team):
    object_to(position, kind="source-error")
    client.force_login(team["reviewer"])
    made = Challenge.objects.get()
    assert SECRET.split("<")[0] in words_of(client.get(ALL))
    values = {"status": "upheld", "text": "It was <i>corrected</i>."}
    assert client.post(f"{ALL}{made.pk}/", values)["Location"] == ALL
    client.logout()
    html = client.get(position.get_absolute_url()).content.decode()
    assert "A secret &lt;script&gt;alert(1)&lt;/script&gt; word." in html
    assert "It was &lt;i&gt;corrected&lt;/i&gt;." in html
    assert "source error" in html
    assert "contested" not in html
    assert "source error" in rows_of(client.get("/dossiers/talks/positions/"))[0]
    cell = "?actor=russia&issue=cease-fire&as_of=2017-01-24&open=russia.cease-fire"
    assert "Source error:" in words_of(client.get(f"/dossiers/talks/compare/{cell}"))


def test_a_contested_position_is_marked_wherever_it_is_listed(client, position, object_to):
    object_to(position)
    assert "contested" in rows_of(client.get("/dossiers/talks/positions/"))[0]
    cell = "?actor=russia&issue=cease-fire&as_of=2017-01-24&open=russia.cease-fire"
    assert "Contested:" in words_of(client.get(f"/dossiers/talks/compare/{cell}"))


def test_a_declined_objection_marks_nothing(client, position, object_to, team):
    object_to(position, kind="source-error")
    made = Challenge.objects.get()
    answer(challenge=made, status="declined", text="It is right.", by=team["owner"])
    assert "It is right." in words_of(client.get(position.get_absolute_url()))
    row = rows_of(client.get("/dossiers/talks/positions/"))[0]
    assert "contested" not in row
    assert "source error" not in row


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"text": " "}, "Say what you think the passage says."),
        ({"text": "x" * 2001}, "at most 2000 characters"),
        ({"website": "https://buy.example"}, "it is there to stop automated programs"),
        ({"kind": "rude"}, "rude is not one of the available choices"),
    ],
)
def test_a_refused_objection_is_not_lost(position, object_to, values, problem):
    response = object_to(position, **values)
    assert response.status_code == 422
    assert problem in words_of(response)
    if "text" not in values:
        assert "A secret &lt;script&gt;" in response.content.decode()
    assert not Challenge.objects.exists()


def test_one_reader_objects_so_often_an_hour(position, object_to, a_position):
    for number in range(MOST_AN_HOUR):
        assert object_to(a_position(said=f"2017-01-{number + 1:02}")).status_code == 302
    response = object_to(position)
    assert response.status_code == 429
    assert "Come back in an hour." in words_of(response)
    assert "A secret &lt;script&gt;" in response.content.decode()
    assert Challenge.objects.count() == MOST_AN_HOUR


def test_where_an_account_is_wanted_strangers_are_sent_to_sign_in(
    client, position, object_to, team
):
    Dossier.objects.update(open_challenges=False)
    assert object_to(position)["Location"].startswith("/accounts/login/?next=")
    client.force_login(team["reader"])
    assert object_to(position).status_code == 302
    assert Challenge.objects.get().reader == team["reader"]


def test_what_one_may_not_read_one_cannot_challenge(object_to, a_coded, position):
    assert object_to(a_coded(status="draft")).status_code == 404
    Dossier.objects.update(visibility="members")
    assert object_to(position).status_code == 404
    assert not Challenge.objects.exists()


def test_an_upheld_objection_takes_the_position_from_the_site(client, position, object_to, team):
    object_to(position)
    client.force_login(team["reviewer"])
    values = {"status": "upheld", "text": "So it is.", "withdraw": "on"}
    answer = client.post(f"{ALL}{Challenge.objects.get().pk}/", values, follow=True)
    assert "the position is no longer on the site" in words_of(answer)
    position.refresh_from_db()
    assert (position.status, position.reason) == ("rejected", "So it is.")
    assert "So it is." in words_of(client.get(f"{ALL}?show=answered"))


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"text": "A long answer."}, "Decline or uphold the objection."),
        ({"status": "upheld", "text": ""}, "Write an answer"),
        (
            {"status": "declined", "text": "A long answer.", "withdraw": "on"},
            "To remove the position from the site, uphold the objection.",
        ),
    ],
)
def test_a_refused_answer_is_not_lost(client, position, object_to, team, values, problem):
    object_to(position)
    client.force_login(team["reviewer"])
    made = Challenge.objects.get()
    response = client.post(f"{ALL}{made.pk}/", values)
    assert response.status_code == 422
    assert problem in words_of(response)
    assert values["text"] in words_of(response)
    made.refresh_from_db()
    assert made.status == "open"


def test_who_answers_second_sees_both_answers(client, position, object_to, team):
    object_to(position)
    made = Challenge.objects.get()
    answer(challenge=made, status="declined", text="It does.", by=team["owner"])
    client.force_login(team["reviewer"])
    response = client.post(f"{ALL}{made.pk}/", {"status": "upheld", "text": "It does not."})
    page = words_of(response)
    assert response.status_code == 422
    assert "Somebody else has answered this objection." in page
    assert "It does." in page
    assert "It does not." in page


@pytest.mark.parametrize(("role", "status"), [("coder", 403), ("reader", 403), (None, 404)])
def test_only_reviewers_read_and_answer_them(client, position, object_to, team, role, status):
    object_to(position)
    made = Challenge.objects.get()
    if role:
        client.force_login(team[role])
    assert client.get(ALL).status_code == status
    assert client.get(f"{ALL}{made.pk}/").status_code == status
    values = {"status": "upheld", "text": "So it is."}
    assert client.post(f"{ALL}{made.pk}/", values).status_code == status
    made.refresh_from_db()
    assert made.status == "open"


def test_nothing_else_can_be_set_by_an_objection(position, object_to, team):
    object_to(position, status="upheld", answer="Yes.", reader=team["owner"].pk, dossier="99")
    made = Challenge.objects.get()
    assert (made.status, made.answer, made.reader) == ("open", "", None)
