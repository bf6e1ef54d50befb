"""The page of a position that was taken from the site, after an upheld objection or without one."""

import pytest
from django.urls import reverse

from astana.actions.challenges import answer, challenge
from astana.actions.workflow import publish, reject, submit, take_back
from astana.models import Actor, Challenge, Dossier, Notice, Position
from astana.pages.shared.notices import notice_row, notices_of
from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db

SECRET = "A secret that nobody says."


@pytest.fixture
def published(a_position, a_rendition, team):
    """A published position whose every word is a secret."""
    text = a_rendition(f"They met. {SECRET}", kind="full", rights="members")
    position = a_position(
        rendition=text,
        quote=SECRET,
        summary=SECRET,
        condition=SECRET,
        note=SECRET,
        coder=team["coder"],
        coded_at="2017-01-26T00:00Z",
        reviewer=team["owner"],
        reviewed_at="2017-01-27T00:00Z",
    )
    position.stance.label = SECRET
    position.stance.save()
    return position


@pytest.fixture
def withdraw(published, team):
    """Object to the position, and take it from the site."""

    def act(*, by=None) -> Challenge:
        reader = by or team["reader"]
        challenge(position=published, kind="misread", text="An open question.", by=reader)
        made = challenge(position=published, kind="misread", text="Nobody says so.", by=reader)
        text = "So it is; it was <i>misread</i>."
        return answer(
            challenge=made, status="upheld", text=text, by=team["reviewer"], withdraw=True
        )

    return act


def test_its_page_says_that_it_was_withdrawn_and_why(client, published, withdraw):
    withdraw()
    response = client.get(published.get_absolute_url())
    page = words_of(response)
    assert response.status_code == 410
    assert "This position was withdrawn" in page
    day = Position.objects.get().reviewed_at
    assert f"{published.key} was taken from the site on {day:%-d %b %Y}" in page
    assert "Nobody says so." in page
    assert "So it is; it was &lt;i&gt;misread&lt;/i&gt;." in response.content.decode()
    for name in ("actors:detail", "issues:index", "dossiers:detail"):
        parts = ["talks", "russia"] if name == "actors:detail" else ["talks"]
        assert f'href="{reverse(name, args=parts)}"' in response.content.decode()


@pytest.mark.parametrize("role", [None, "reader", "coder"])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_nothing_of_what_it_said_is_shown(client, published, withdraw, team, role, headers):
    withdraw()
    if role:
        client.force_login(team[role])
    html = client.get(published.get_absolute_url(), headers=headers).content.decode()
    main = html.split("<main")[-1].split("</main>")[0]
    assert "This position was withdrawn" in main
    for hidden in (SECRET, "An open question.", "coder", ">reviewer<", "reported"):
        assert hidden not in main


def test_what_its_coder_makes_of_it_since_is_not_shown(client, published, withdraw, team, an_actor):
    withdraw()
    stored = Position.objects.get()
    take_back(position=stored, by=team["coder"])
    stored.actor = an_actor("turkey")
    stored.save()
    response = client.get(published.get_absolute_url())
    assert response.status_code == 410
    assert "Russia" in words_of(response)
    assert "Turkey" not in words_of(response)


def test_the_day_is_that_on_which_it_left(client, published, withdraw, team):
    withdraw()
    Position.history.update(history_date="2017-03-02T12:00Z")
    stored = Position.objects.get()
    take_back(position=stored, by=team["coder"])
    assert "on 2 Mar 2017" in words_of(client.get(published.get_absolute_url()))


def test_published_anew_it_is_a_page_again_with_the_answer(client, published, withdraw, team):
    withdraw()
    stored = Position.objects.get()
    take_back(position=stored, by=team["coder"])
    submit(position=stored, by=team["coder"])
    publish(position=stored, by=team["reviewer"])
    response = client.get(published.get_absolute_url())
    assert response.status_code == 200
    assert "Nobody says so." in words_of(response)


def test_without_an_upheld_objection_its_page_says_no_reason(client, published, team):
    made = challenge(position=published, kind="misread", text="Not so.", by=team["reader"])
    answer(challenge=made, status="declined", text="It is.", by=team["reviewer"])
    reject(position=published, by=team["reviewer"], reason="Coded twice.")
    response = client.get(published.get_absolute_url())
    page = words_of(response)
    assert response.status_code == 410
    assert "upheld" not in page
    assert "Coded twice." not in page
    assert "It is." in page
    assert SECRET not in page


def test_withdrawn_without_an_objection_it_is_gone_and_not_mistyped(client, published, team):
    reject(position=published, by=team["reviewer"], reason="Coded twice.")
    response = client.get(published.get_absolute_url())
    day = Position.objects.get().reviewed_at
    assert response.status_code == 410
    assert f"{published.key} was taken from the site on {day:%-d %b %Y}." in words_of(response)
    assert "Objections by readers" not in words_of(response)


def test_what_was_never_published_is_not_there(client, a_coded, team):
    position = a_coded(status="rejected", reason="Not said.")
    Challenge.objects.create(
        dossier=position.dossier,
        position=position,
        text="No.",
        status="upheld",
        answer="So it is.",
        answered_by=team["owner"],
        answered_at="2017-03-02T00:00Z",
    )
    assert client.get(position.get_absolute_url()).status_code == 404


def test_who_may_not_see_the_dossier_is_told_nothing(client, published, withdraw, team):
    withdraw()
    Dossier.objects.update(visibility="members")
    assert client.get(published.get_absolute_url()).status_code == 404
    client.force_login(team["reader"])
    assert client.get(published.get_absolute_url()).status_code == 410


def test_an_actor_that_is_gone_is_left_out(client, published, withdraw, an_actor):
    withdraw()
    Position.objects.update(actor=an_actor("turkey"))
    Actor.objects.get(slug="russia").delete()
    response = client.get(published.get_absolute_url())
    assert response.status_code == 410
    assert "/actors/russia/" not in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/search/?q=secret",
        "/dossiers/talks/positions.csv",
        "/dossiers/talks/positions/",
        "/dossiers/talks/feed.atom",
        "/sitemap-positions.xml",
        "/dossiers/talks/cite/?of=position&name={key}",
        "/dossiers/talks/positions/{key}.jsonld",
    ],
)
def test_it_is_in_no_list_file_or_feed(client, published, withdraw, address):
    address = address.format(key=published.key)
    before = b"".join(client.get(address)).decode()
    assert SECRET in before or published.key in before
    withdraw()
    after = b"".join(client.get(address)).decode()
    assert SECRET not in after
    assert f"/positions/{published.key}" not in after.replace(address, "")


def test_the_reader_who_objected_is_led_to_the_answer(published, withdraw, team):
    made = withdraw()
    told = notices_of(team["reader"]).get(kind="answered")
    assert notice_row(told)["href"] == f"{published.get_absolute_url()}#challenge-{made.pk}"
    assert Notice.objects.filter(kind="answered").count() == 1
