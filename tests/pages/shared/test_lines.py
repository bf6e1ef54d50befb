"""One position in a line: how it is known, in words."""

import pytest

from astana.models import Position
from astana.models.positions.shown import headline_details
from astana.models.voice_words import how_words, voice_of
from astana.pages.shared.lines import line_of


@pytest.fixture
def line(a_position):
    """Return a function that draws the line of a position."""

    def draw(**values):
        position = a_position(**values)
        rows = headline_details(
            actors=[position.actor_id], issues=[position.issue_id], as_of=position.latest
        )
        return line_of(rows[position.pk])

    return draw


@pytest.mark.parametrize("voice", Position.Voice.values)
def test_every_voice_has_words_of_its_own(voice):
    words = how_words(voice, by="Turkey")
    assert words
    assert ("Turkey" in words) == (voice == "attributed")
    assert [how_words(other, by="Turkey") for other in Position.Voice.values].count(words) == 1


@pytest.mark.django_db
def test_a_line_says_who_holds_what_since_when_and_how_it_is_known(line, a_rendition):
    drawn = line(rendition=a_rendition(), quote="They met", summary="Yes.", condition="In spring.")
    assert (drawn.step, drawn.label) == ("plus-2", "Supports")
    assert (drawn.summary, drawn.condition) == ("Yes.", "In spring.")
    assert (drawn.said, drawn.how, drawn.source_words) == ("24 Jan 2017", "reported", "1 source")
    assert not drawn.is_second_hand
    assert not drawn.is_disputed


@pytest.mark.django_db
@pytest.mark.parametrize("voice", ["attributed", "characterised"])
def test_what_others_say_of_somebody_is_second_hand(line, voice):
    by = "turkey" if voice == "attributed" else None
    assert line(voice=voice, attributed_by=by).is_second_hand


@pytest.mark.django_db
def test_a_position_without_passages_has_no_sources(line):
    assert line().source_words == "0 sources"


@pytest.mark.django_db
def test_a_stance_without_a_value_is_off_the_scale(line):
    assert line(stance="declines").step == "off"


@pytest.mark.django_db
def test_each_name_in_how_we_know_of_a_position_stands_apart_and_is_escaped(a_position, an_actor):
    an_actor("syria", name="Syria <gov>")
    position = a_position(
        voice="attributed",
        attributed_by="syria",
        authority="about-actor",
        speaker=an_actor("jaafari", kind="person"),
    )
    assert (
        voice_of(position) == "attributed by <bdi>Jaafari</bdi>, for <bdi>Syria &lt;gov&gt;</bdi>"
    )
    assert position.spoken_by is None


@pytest.mark.django_db
def test_who_speaks_first_hand_speaks_for_the_actor(a_position, an_actor):
    lavrov = an_actor("lavrov", kind="person")
    position = a_position(voice="direct-quote", speaker=lavrov)
    assert position.spoken_by == lavrov
    assert voice_of(position) == "direct quote"
