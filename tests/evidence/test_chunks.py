"""A paragraph cut at its sentences, suggestions and the chosen passage."""

from itertools import chain

from astana.evidence.chunks import Hint, chunks_of

TEXT = "No toll was paid. The boatmen said so. Nobody asked."
HINT = Hint(18, 38, "direct speech")


def test_chunks_are_the_words_of_the_text_in_order():
    found = chunks_of(TEXT, [(0, 22), (22, len(TEXT))], hints=[HINT], chosen=(3, 7))
    assert "".join(chunk.words for chunk in chain(*found)) == TEXT
    assert [chunk.words for chunk in chain(*found) if chunk.is_chosen] == ["toll"]
    assert {chunk.words for chunk in chain(*found) if chunk.hint} == {"The ", "boatmen said so."}
    assert [chunk.words for chunk in chain(*found) if chunk.ends_hint] == ["boatmen said so."]


def test_each_sentence_is_a_link_once_at_its_longest_chunk():
    found = chunks_of(TEXT, [(0, 22), (22, len(TEXT))], hints=[], chosen=(3, 7))
    links = [(chunk.first, chunk.words) for chunk in chain(*found) if chunk.is_link]
    assert links == [(0, " was paid. "), (18, "boatmen said so. "), (39, "Nobody asked.")]


def test_of_chunks_of_the_same_length_the_first_is_the_link():
    (chunks,) = chunks_of("Four+five", [(0, 9)], hints=[], chosen=(4, 5))
    assert [(chunk.words, chunk.is_link) for chunk in chunks] == [
        ("Four", True),
        ("+", False),
        ("five", False),
    ]


def test_a_sentence_ends_with_its_paragraph():
    (chunks,) = chunks_of("A heading\n\nWords", [(0, 9)], hints=[], chosen=None)
    assert [(chunk.words, chunk.first, chunk.last) for chunk in chunks] == [("A heading", 0, 9)]


def test_a_hint_may_be_the_last_letter():
    (chunks,) = chunks_of("So b", [(0, 4)], hints=[Hint(3, 4, "direct speech")], chosen=None)
    assert [(chunk.words, chunk.ends_hint) for chunk in chunks] == [("So ", False), ("b", True)]


def test_hints_elsewhere_change_nothing():
    far = [Hint(0, 4, "direct speech"), HINT, Hint(39, 45, "direct speech")]
    there = chunks_of(TEXT, [(18, 39)], hints=far, chosen=None)
    assert there == chunks_of(TEXT, [(18, 39)], hints=[HINT], chosen=None)


def test_a_paragraph_without_a_sentence_is_one_chunk():
    assert [one.parts for one in chain(*chunks_of(" \r ", [(0, 3)], hints=[], chosen=None))] == [
        [" ", " "]
    ]
