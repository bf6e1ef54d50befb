"""What the panel of an open cell shows: passages, silence, two voices, the order of time."""

import re

import pytest

from astana.models import Evidence, LookedFor
from tests.pages.cells import panel_of
from tests.pages.rows import in_words

pytestmark = pytest.mark.django_db


def test_the_panel_shows_the_passage_in_its_paragraph(compare, a_position, a_rendition):
    a_position(rendition=a_rendition(), quote="Russia supports the cease-fire")
    response = compare("open=russia.cease-fire")
    assert "<mark>Russia supports the cease-fire</mark>" in response.content.decode()
    assert "They met. Russia supports" in panel_of(response)


def test_the_panel_of_a_silent_cell_says_what_was_looked_through(
    compare, a_position, a_rendition, an_issue
):
    article = a_rendition().article
    a_position(actor="russia", said="2017-03-01")
    silent = "actor=russia&as_of=2017-01-25&open=russia.cease-fire"
    panel = panel_of(compare(silent))
    assert "No stated position" in panel
    read = "Nothing was found in the 1 article published by then: 1 read in full, 0 in its opening."
    assert f"{read} No article was read for all that it says on the issue." in panel
    LookedFor.objects.create(article=article, issue=an_issue("cease-fire"))
    assert "The issue was looked for in 1 of 1 article." in panel_of(compare(silent))
    too_early = panel_of(compare(silent.replace("01-25", "01-24")))
    assert "Nothing was found. No article read here had been published by then." in too_early
    assert "not a neutral stance" in panel
    assert "The first statement found after this day: 1 Mar 2017." in panel


def test_what_was_published_here_later_is_not_said_to_be_silence(compare, a_position, a_rendition):
    a_rendition()
    a_position(actor="russia")
    panel = panel_of(
        compare("as_of=2017-01-31&open=russia.cease-fire&recorded_as_of=2017-02-01T00:00:00Z")
    )
    assert "No position on it that was published here by then is still published." in panel
    assert "Nothing was found" not in panel
    assert "silence in these sources" not in panel


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        ("first_hand=1", "No first-hand position"),
        ("recorded_as_of=2017-02-01T00:00:00Z", "No position shown"),
    ],
)
def test_what_is_left_out_is_called_silent_nowhere(
    client, compare, a_position, a_rendition, left_out, words
):
    a_rendition()
    a_position(actor="russia", voice="characterised")
    query = f"as_of=2017-01-31&{left_out}"
    page = compare(f"{query}&open=russia.cease-fire")
    table = in_words(re.search(r"<main.*?</table>", page.content.decode(), re.DOTALL)[0])
    assert words in panel_of(page)
    assert "1 without one" in table
    for claim in ("o stated position", "1 silent", "All are silent"):
        assert claim not in table
    chosen = f"actor=russia&issue=cease-fire&{query}"
    for address in (f"compare.svg?{chosen}", f"issues/cease-fire.svg?{query}"):
        picture = client.get(f"/embed/dossiers/talks/{address}").content.decode()
        assert words in picture
        assert "No stated position" not in picture


def test_the_panel_of_two_voices_shows_both_with_their_passages(compare, a_position, a_rendition):
    text = a_rendition("They said yes.\n\nThey said no.")
    a_position(stance="supports", rendition=text, quote="said yes")
    a_position(stance="opposes", rendition=text, quote="said no")
    response = compare("open=russia.cease-fire")
    assert "no single stance" in panel_of(response)
    for words in ("said yes", "said no"):
        assert f"<mark>{words}</mark>" in response.content.decode()


def test_the_panel_marks_a_passage_that_disputes(compare, a_position, a_rendition):
    text = a_rendition("They met. He denied it.")
    position = a_position(rendition=text, quote="They met")
    Evidence.objects.create(
        position=position,
        number=2,
        role="disputes",
        rendition=text,
        start=10,
        end=19,
        exact="He denied",
    )
    assert "Disputed:" in panel_of(compare("open=russia.cease-fire"))


def test_the_panel_tells_what_came_before_and_after(compare, a_position):
    for said, stance in (("2017-01-01", "opposes"), ("2017-01-24", "supports")):
        a_position(said=said, stance=stance)
    a_position(said="2017-03-01", stance="neither")
    panel = panel_of(compare("as_of=2017-02-01&open=russia.cease-fire"))
    trail = panel.partition("Over time")[2]
    stances = [trail.index(word) for word in ("Opposes", "Supports", "Neither")]
    assert stances == sorted(stances)
    assert "1 Mar 2017 · after this date" in trail


def test_what_may_have_been_said_by_the_day_is_not_called_later(compare, a_position):
    a_position(said="2017-01/2017-06")
    a_position(said="2017-08-01")

    panel = panel_of(compare("as_of=2017-03-01&open=russia.cease-fire"))

    assert "may have been made by this day or after it: Jan – Jun 2017." in panel
    assert "Jan – Jun 2017 · perhaps after this date" in panel
    assert "1 Aug 2017 · after this date" in panel
    assert "first statement found after" not in panel


def test_words_for_members_only_reach_nobody_else(
    client, compare, a_position, a_rendition, a_member
):
    text = a_rendition("A canary sang of the plan.", rights="members", kind="full")
    a_position(rendition=text, quote="canary sang")
    response = compare("open=russia.cease-fire")
    assert "canary" not in response.content.decode()
    assert "only members of the dossier may read" in panel_of(response)
    client.force_login(a_member())
    assert "A canary sang" in panel_of(compare("open=russia.cease-fire"))
