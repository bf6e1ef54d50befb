"""What is similar is offered whole, and never cut inside a word."""

import pytest

from astana.evidence.likeness import is_alike, most_alike


def offered(words, text):
    hint = most_alike(words, text)
    return text[hint.start : hint.end]


@pytest.mark.parametrize(
    "now",
    [
        "Two of the members asked for a longer trial",
        "Two members had asked for a longer trial",
        "Two members asked for a longer trials",
        "Members asked for a longer trial",
        "Two members asked for a trial",
        "Two members asked for a much longer trial",
    ],
)
def test_the_place_that_is_most_alike_begins_and_ends_with_words(now):
    text = f"The chair spoke first. {now}, and one of them left the room in anger."
    assert offered("Two members asked for a longer trial", text) == now


def test_a_word_before_that_has_the_same_letters_is_not_offered_too():
    text = "They met again on Tuesday. Moscow supports the exchange."
    assert offered("Russia supports the exchange", text) == "Moscow supports the exchange"


def test_nothing_is_offered_that_is_not_similar():
    assert (
        most_alike("Two members asked for a longer trial", "The vote is due in autumn. " * 9)
        is None
    )
    assert most_alike("Two members", "Two") is None
    assert not is_alike("Two members asked", "The vote is due")


def test_words_without_spaces_are_offered_as_they_are():
    assert offered("討論了新的大橋", "會議在星期一討論了舊的大橋。完。") == "討論了舊的大橋"
