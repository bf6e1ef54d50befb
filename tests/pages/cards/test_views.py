"""The picture of a comparison: drawn by the server, for everybody only where the dossier is."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client, override_settings
from django.utils import timezone
from PIL import Image

from astana.exchange.card import NOTHING, Picture, drawn

pytestmark = pytest.mark.django_db


def _image(response) -> Image.Image:
    assert response.headers["Content-Type"] == "image/png"
    return Image.open(BytesIO(response.content))


def test_the_picture_of_a_public_dossier_may_be_kept_by_caches(client, a_position):
    a_position()
    response = client.get("/dossiers/talks/card.png")
    assert _image(response).size == (1200, 630)
    assert "public" in response.headers["Cache-Control"]
    assert "Cookie" not in response.headers.get("Vary", "")


def test_the_picture_shows_what_the_table_does(client, a_position):
    a_position(actor="russia", issue="truce", said="2017-01-01")
    before = client.get("/dossiers/talks/card.png").content
    assert client.get("/dossiers/talks/card.png").content == before
    a_position(actor="russia", issue="truce", stance="opposes", said="2017-01-02")
    after = client.get("/dossiers/talks/card.png").content
    assert after != before
    then = client.get("/dossiers/talks/card.png?as_of=2017-01-01")
    assert then.status_code == 200
    assert then.content != after


def test_the_picture_of_a_permalink_shows_what_was_recorded_by_then(client, a_position):
    a_position()
    then = f"recorded_as_of={timezone.now() - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"
    now = client.get("/dossiers/talks/card.png?actor=russia").content
    assert client.get(f"/dossiers/talks/card.png?actor=russia&{then}").content != now


def test_the_picture_of_a_members_dossier_is_for_members_and_kept_nowhere(
    client, a_dossier, a_position, a_member
):
    closed = a_dossier("closed", visibility="members")
    a_position(dossier=closed)
    assert client.get("/dossiers/closed/card.png").status_code == 404
    client.force_login(a_member(dossier=closed))
    response = client.get("/dossiers/closed/card.png")
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert "public" not in response.headers["Cache-Control"]


def test_a_dossier_that_is_closed_takes_its_picture_along(client, a_dossier, a_position):
    a_position()
    assert client.get("/dossiers/talks/card.png").status_code == 200
    dossier = a_dossier()
    dossier.visibility = "members"
    dossier.save()
    assert Client().get("/dossiers/talks/card.png").status_code == 404
    site = Client().get("/card.png").content
    a_dossier("canary", visibility="members", title="Canary")
    assert Client().get("/card.png").content == site


@pytest.mark.parametrize("query", ["actor=nobody", "issue=nothing", "as_of=2017-02-30"])
def test_what_the_dossier_does_not_know_has_no_picture(client, a_position, query):
    a_position()
    assert client.get(f"/dossiers/talks/card.png?{query}").status_code == 404


def test_a_site_without_dossiers_has_a_picture(client):
    assert _image(client.get("/card.png")).size == (1200, 630)


def test_a_picture_of_sixty_actors_costs_no_more_than_one_of_four(
    client, an_actor, a_position, django_assert_max_num_queries
):
    a_position()
    for number in range(60):
        an_actor(f"a{number}")
    query = "&".join(f"actor=a{number}" for number in range(60))
    with django_assert_max_num_queries(10):
        assert client.get(f"/dossiers/talks/card.png?{query}").status_code == 200


@pytest.mark.parametrize(
    "name", ["Çavuşoğlu Łódź Ünal", "Лавров", "الجعفري", "王毅", "x" * 300, ""]
)
def test_any_name_is_drawn_within_the_picture(name):
    cells = [[(name, "plus-2", False)], [], [(name, "answer-1", True), (name, "off", False)]]
    png = drawn(Picture(name, name, [name] * 3, [(name, cells)] * 4))
    image = Image.open(BytesIO(png)).convert("RGB")
    edge = [image.getpixel((x, y)) for x in (2, 1197) for y in range(12, 630)]
    assert set(edge) == {(251, 250, 246)}


def test_a_third_voice_is_told_of():
    voices = [
        ("Supports", "plus-2", False),
        ("Neither", "zero", False),
        ("Opposes", "minus-2", False),
    ]
    two, three = (
        drawn(Picture("", "", ["Russia"], [("Aid", [cell])])) for cell in (voices[:2], voices)
    )
    assert two != three


def test_a_script_that_the_font_does_not_have_is_not_drawn_as_boxes(client, a_dossier, a_position):
    a_position(actor="russia")
    site = drawn(NOTHING)
    assert client.get("/dossiers/talks/card.png").content != site
    dossier = a_dossier()
    dossier.title = "Łódź, Лавров και Αθήνα"
    dossier.save()
    assert client.get("/dossiers/talks/card.png").content != site
    dossier.title = "阿斯塔纳"
    dossier.save()
    assert client.get("/dossiers/talks/card.png").content == site


def test_what_is_disputed_looks_different(client, a_position, a_rendition):
    position = a_position(actor="russia", rendition=a_rendition(), quote="They met")
    plain = client.get("/dossiers/talks/card.png").content
    evidence = position.evidence.get()
    evidence.role = "disputes"
    evidence.save()
    assert client.get("/dossiers/talks/card.png").content != plain


def test_letters_beyond_english_are_not_drawn_as_the_same_box():
    pictures = {drawn(Picture(letter * 5, "", [], [])) for letter in "äüßçşğışłéñőЖλ"}
    assert len(pictures) == len(set("äüßçşğışłéñőЖλ"))


def test_what_the_font_has_no_letters_for_is_drawn_in_the_language_of_the_site(client, a_position):
    a_position(said="2017-01-01")
    ours = client.get("/dossiers/talks/card.png").content
    with override_settings(LANGUAGES=[("en", "English"), ("ar", "Arabic")]):
        theirs = client.get("/dossiers/talks/card.png", headers={"accept-language": "ar"})
    # The days of Arabic are in Arabic letters.
    assert theirs.content == ours != drawn(NOTHING)
