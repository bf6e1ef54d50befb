"""Every page tells a date as it was recorded, and a day in the site's time zone."""

import json
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db

# Recorded as months and as a year; as days that happen to be those of a month.
TOLD = {
    "2017-01/2017-03": "Jan – Mar 2017",
    "../2017": "by 2017",
    "2017-02-01/2017-02-28": "1–28 Feb 2017",
}
PLACES = (
    "positions/{key}/",
    "positions/",
    "feed.atom",
    "actors/russia/",
    "issues/cease-fire/",
    "timeline/?issue=cease-fire",
    "compare/?actor=russia&issue=cease-fire&as_of=2018-01-01&open=russia.cease-fire",
    "agreement/?pair=russia.turkey&as_of=2018-01-01",
    "articles/gazette-2017-01-25/?position={key}",
    "sources/?actor=russia&issue=cease-fire&as_of=2018-01-01",
    "positions/{key}/challenge/",
    "history/position/{key}/",
    "coding/positions/{key}/",
)


@pytest.mark.parametrize("place", PLACES)
def test_a_page_tells_a_date_as_it_was_recorded(client, a_position, a_rendition, a_member, place):
    client.force_login(a_member(role="reviewer"))
    position = a_position(rendition=a_rendition(), quote="They met.", key="p-one")
    a_position(actor="turkey")
    for said, words in TOLD.items():
        position.said = said
        position.save()
        page = client.get(f"/dossiers/talks/{place.format(key=position.key)}")
        assert page.status_code == 200
        assert words in words_of(page)


def test_a_search_tells_a_date_as_it_was_recorded(client, a_position):
    for said, words in TOLD.items():
        a_position(said=said)
        assert words in words_of(client.get("/search/?q=russia"))


def test_sources_in_dispute_tell_a_date_as_it_was_recorded(client, a_position, a_rendition):
    for stance, source in (("supports", "gazette"), ("opposes", "times")):
        rendition = a_rendition(f"They met. {source}", article=f"{source}-1", source=source)
        a_position(said="2017-01/2017-03", stance=stance, rendition=rendition, quote="They met.")
    assert "Jan – Mar 2017" in words_of(client.get("/dossiers/talks/sources/"))


FAR = ("Pacific/Kiritimati", "Pacific/Niue")


@pytest.mark.parametrize("zone", FAR)
def test_a_position_is_cited_with_days_of_one_time_zone(client, a_position, settings, zone):
    settings.TIME_ZONE = zone
    now = timezone.now()
    position = a_position(published_at=now)
    page = client.get(f"/dossiers/talks/cite/?of=position&name={position.key}&format=csl")
    (item,) = json.loads(page.content)
    today = timezone.localdate(now)
    # Dated by the articles that report it, and none does: not by the day of the import.
    assert "issued" not in item
    assert item["accessed"] == {"date-parts": [[today.year, today.month, today.day]]}


def test_a_moment_of_a_comparison_is_told_in_the_time_zone_of_the_site(
    client, a_position, settings
):
    settings.TIME_ZONE = "Pacific/Kiritimati"
    a_position(published_at=datetime(2017, 1, 1, tzinfo=UTC))
    page = client.get("/dossiers/talks/compare/?recorded_as_of=2017-02-01T20:00:00Z")
    assert "as recorded here by 2 Feb 2017, 10:00:00 UTC+14:00" in words_of(page)


def test_a_day_of_recording_ends_in_the_time_zone_of_the_site(client, a_position, settings):
    settings.TIME_ZONE = "Pacific/Kiritimati"
    a_position(published_at=datetime(2017, 2, 1, 20, tzinfo=UTC))  # 2 February on the site
    pages = [
        words_of(client.get(f"/dossiers/talks/compare/?unfold=1&recorded_as_of=2017-02-0{day}"))
        for day in (1, 2)
    ]
    assert ["russia supports cease-fire." in page for page in pages] == [False, True]


@pytest.mark.parametrize(("zone", "day"), [(FAR[0], "0001-01-01"), (FAR[1], "9999-12-31")])
def test_a_day_at_an_end_of_the_calendar_is_a_day_everywhere(
    client, a_position, a_member, a_rendition, settings, zone, day
):
    settings.TIME_ZONE = zone
    a_position(rendition=a_rendition(), quote="They met.")
    a_position(said=day, actor="turkey")
    client.force_login(a_member(role="owner"))
    days = dict.fromkeys(("as_of", "from", "to", "since", "until"), day)
    moments = (day, f"{day}T00:00:00Z", f"{day}T23:59:59Z")
    places = (
        "compare/", "compare.csv", "agreement/", "agreement.csv", "agreement.graphml",
        "common-ground/", "sources/", "issues/cease-fire/", "actors/russia/", "timeline/",
        "history/", "positions/", "positions.csv", "articles/", "cite/",
    )  # fmt: skip
    for number, place in enumerate(places):
        # Whole days everywhere, moments where the first two and each third place ask for them.
        for moment in moments if number < 2 or number % 3 == 0 else moments[:1]:
            query = {"actor": "russia", "issue": "cease-fire", "of": "dossier"} | days
            query |= {"recorded_as_of": moment, "before": moment}
            page = client.get(f"/dossiers/talks/{place}", query)
            assert page.status_code in (200, 400), (place, moment)
    for moment in moments:
        # A comparison understands the parameters of its own page alone.
        own = {"actor": "russia", "issue": "cease-fire", "as_of": day, "recorded_as_of": moment}
        cited = client.get("/dossiers/talks/cite/", own | {"of": "compare"})
        assert cited.status_code == 200
