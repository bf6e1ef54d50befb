"""A passage is found again where its very words stand, and never jumps to a look-alike."""

import unicodedata

import pytest

from astana.evidence import anchor
from astana.evidence.anchor import CONTEXT, Health, Passage, find, find_all, hash_of, passage_of
from astana.models import evidence as evidence_models
from tests.evidence.found import place

TEXT = (
    "The harbour council met on Monday to talk about the new bridge.\n\n"
    "Its chair said that the ferry would keep running until the bridge opens. Two members asked "
    "for a longer trial, and one of them left the room.\n\n"
    "Fishers fear higher tolls. Shopkeepers hope for more guests, as they did in spring.\n\n"
    "The vote is due in autumn."
)


def the(words, text=TEXT, nth=1):
    """The passage of the nth place where words stand."""
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return passage_of(text, start, start + len(words))


def hash_only(words, text=TEXT):
    start = text.index(words)
    return Passage(start=start, end=start + len(words), sha256=hash_of(words))


# At the edges of a text


def test_a_passage_may_be_its_whole_text():
    whole = passage_of(TEXT, 0, len(TEXT))
    assert (whole.prefix, whole.suffix) == ("", "")
    assert anchor.stands(whole, TEXT)
    assert place(find(whole, TEXT)) == (Health.INTACT, 0)
    assert place(find(hash_only(TEXT), TEXT)) == (Health.INTACT, 0)


def test_a_passage_reaches_to_the_last_code_point_and_no_further():
    last = the("in autumn.")
    assert last.end == len(TEXT)
    assert anchor.stands(last, TEXT)
    assert not anchor.stands(last, TEXT[:-1])
    with pytest.raises(ValueError, match="is no passage of a text"):
        passage_of(TEXT, 0, len(TEXT) + 1)


@pytest.mark.parametrize(("blanks", "health"), [(128, Health.MOVED), (129, Health.AMBIGUOUS)])
def test_what_began_and_ended_its_text_still_does_within_so_many_blanks(blanks, health):
    alone = Passage(start=3, end=8, exact="words", occurrences=2)
    assert find(alone, " " * blanks + "words").health == health
    assert find(alone, " words" + " " * blanks).health == health


def test_a_passage_has_at_least_one_code_point_and_remembers_its_hash():
    with pytest.raises(ValueError, match="is no passage of a text"):
        passage_of(TEXT, 3, 3)
    with pytest.raises(ValueError, match="cannot reach from 3 to 3"):
        Passage(start=3, end=3, sha256=hash_of(""))
    made = passage_of("a word", 2, 6)
    assert (made.prefix, made.sha256) == ("a ", hash_of("word"))


def test_a_place_beyond_the_text_is_not_there_whatever_is_left_of_it():
    assert not anchor.stands(Passage(start=0, end=9, sha256=hash_of("word")), "word")


def test_a_finding_counts_the_places_in_the_own_text():
    text = "Yes. No. Yes."
    assert find(passage_of(text, 0, 4), text).candidates == 2
    stored = Passage(start=5, end=8, exact="No.", text_sha256=hash_of(text))
    assert find(stored, text).candidates == 1


def test_what_stood_once_and_still_does_is_intact_whatever_is_around_it():
    known = {"start": 5, "end": 10, "exact": "words", "prefix": "many ", "suffix": " more"}
    assert find(Passage(**known, occurrences=1), "abcd words efgh").health == Health.INTACT
    assert find(Passage(**known), "abcd words efgh").health == Health.AMBIGUOUS


def test_places_that_are_too_many_to_be_counted_are_not_as_many_as_before():
    text = "x " * anchor.MANY_PLACES
    first = passage_of(text, 0, 1)
    assert find(first, text + "end").health == Health.AMBIGUOUS


def test_a_hash_that_is_not_found_finds_no_other_words():
    lost = find(Passage(start=0, end=4, sha256=hash_of("gone")), "It says XXXX.")
    assert (lost.health, lost.candidates, lost.hint) == (Health.LOST, 0, None)


def test_a_hint_may_be_the_whole_text_and_says_its_likeness_to_a_tenth():
    gone = Passage(start=0, end=14, exact="the ferry runs")
    hint = find(gone, "the ferry rans").hint
    assert (hint.start, hint.end, hint.likeness) == (0, 14, 92.9)


# Intact and moved


def test_a_passage_is_intact_in_its_own_text():
    passage = the("Fishers fear higher tolls.")
    assert place(find(passage, TEXT)) == (Health.INTACT, passage.start)


def test_a_passage_remembers_the_words_around_it():
    passage = the("Fishers")
    assert TEXT[passage.start - CONTEXT : passage.start] == passage.prefix
    assert TEXT[passage.end : passage.end + CONTEXT] == passage.suffix


def test_words_inserted_before_move_a_passage():
    passage = the("higher tolls")
    assert place(find(passage, "A heading\n\n" + TEXT)) == (Health.MOVED, passage.start + 11)


def test_words_removed_before_move_a_passage():
    passage = the("higher tolls")
    assert place(find(passage, TEXT[10:])) == (Health.MOVED, passage.start - 10)


def test_a_change_after_leaves_a_passage_intact():
    passage = the("the new bridge")
    assert place(find(passage, TEXT.replace("autumn", "winter"))) == (
        Health.INTACT,
        passage.start,
    )


def test_one_changed_side_does_not_lose_a_passage():
    passage = the("Two members asked")
    text = TEXT.replace("until the bridge opens", "for two more years")
    assert find(passage, text).health == Health.MOVED
    assert text[find(passage, text).start :].startswith("Two members asked")


def test_another_line_break_around_a_passage_changes_nothing():
    passage = the(TEXT.split("\n\n")[2])
    text = TEXT.replace("\n\n", "\r\n\r\n")
    assert place(find(passage, text)) == (Health.MOVED, passage.start + 4)


def test_a_repeated_wording_is_found_by_the_words_on_both_sides():
    text = "Paint the bridge red. Then close the bridge at noon."
    passage = the("the bridge", text, nth=2)
    assert place(find(passage, "Well: " + text)) == (Health.MOVED, passage.start + 6)


def test_a_repeated_wording_with_the_same_words_around_is_ambiguous():
    verse = "and so the bridge stood, and so it stands, for ever and a day; "
    passage = the("the bridge", verse * 4, nth=3)
    assert place(find(passage, verse * 4)) == (Health.INTACT, passage.start)
    assert find(passage, "Sing: " + verse * 4).health == Health.AMBIGUOUS


# Doubt


def test_a_duplicated_passage_is_ambiguous_also_at_its_old_place():
    passage = the("Fishers fear higher tolls.")
    finding = find(passage, TEXT + "\n\n" + passage.exact)
    assert place(finding) == (Health.AMBIGUOUS, None)
    assert finding.candidates == 2


def test_a_look_alike_is_not_taken_for_a_passage_that_is_gone():
    text = "One side said it would pay at once. Nobody else was asked whether it would pay."
    gone = text.replace("One side said it would pay at once. ", "")
    assert place(find(the("it would pay", text), gone)) == (Health.AMBIGUOUS, None)


def test_the_other_of_two_equal_wordings_is_found_when_one_is_gone():
    text = "Here it would pay. " + "x" * 40 + " There, all agreed, it would pay. " + "y" * 40
    shorter = text.replace("Here it would pay. ", "")
    assert place(find(the("it would pay", text, nth=2), shorter)) == (
        Health.MOVED,
        shorter.index("it would pay"),
    )


def test_a_look_alike_at_the_old_place_is_not_taken_for_the_passage():
    text = "aaaa yes bbbb and then cccc yes dddd, which was the end of it."
    passage = the("yes", text)
    changed = "cccc yes dddd, which was the end of it."
    assert changed[passage.start : passage.end] == "yes"
    assert place(find(passage, changed)) == (Health.AMBIGUOUS, None)


def test_words_alone_in_a_strange_place_are_ambiguous():
    passage = the("higher tolls")
    finding = find(passage, "In another town, higher tolls were seen off long ago.")
    assert (finding.health, finding.candidates) == (Health.AMBIGUOUS, 1)


def test_a_passage_that_began_its_text_is_not_taken_for_granted_elsewhere():
    passage = the("The harbour council")
    assert find(passage, "Once more the case: The harbour council of another town.").health == (
        Health.AMBIGUOUS
    )


def test_very_many_places_are_ambiguous_and_quick():
    passage = the("higher tolls")
    finding = find(passage, "higher tolls " * 100_000)
    assert (finding.health, finding.candidates) == (Health.AMBIGUOUS, anchor.MANY_PLACES)


# Lost


def test_a_removed_passage_is_lost():
    passage = the("Fishers fear higher tolls.")
    finding = find(passage, "Some other words altogether, 123.")
    assert finding == anchor.Finding(Health.LOST, None, None, 0)


def test_an_edit_within_a_passage_loses_it_with_a_hint():
    passage = the("Fishers fear higher tolls.")
    text = TEXT.replace("higher tolls", "higher tools")
    finding = find(passage, text)
    assert place(finding) == (Health.LOST, None)
    assert text[finding.hint.start : finding.hint.end] == "Fishers fear higher tools."
    assert 90 < finding.hint.likeness < 100


def test_another_case_is_another_wording():
    assert find(the("Fishers fear"), TEXT.replace("Fishers", "fishers")).health == Health.LOST


def test_another_normal_form_is_another_setting():
    text = "They met at the café by the río, and left."
    passage = the("café by the río", text)
    changed = unicodedata.normalize("NFD", text)
    finding = find(passage, changed)
    assert place(finding) == (Health.RESET, passage.start)
    words = changed[finding.start : finding.end]
    assert words != passage.exact
    assert unicodedata.normalize("NFC", words) == passage.exact


@pytest.mark.parametrize("sought", [passage_of("A cafe opened.", 2, 6), Passage(2, 6, "cafe")])
def test_a_mark_upon_the_last_letter_makes_another_word(sought):
    finding = find(sought, "A cafe\u0301 opened.")
    assert (finding.health, finding.candidates) == (Health.AMBIGUOUS, 1)


@pytest.mark.parametrize("text", ["It is unable to pay.", "It is able to payload."])
def test_a_letter_that_joins_a_word_at_the_edge_makes_another_word(text):
    for sought in (
        the("able to pay", "It is able to pay."),
        Passage(6, 17, "able to pay"),
        hash_only("able to pay", "It is able to pay."),
    ):
        assert find(sought, text).health == Health.AMBIGUOUS


def test_a_passage_that_was_cut_out_of_a_word_stays_cut():
    cut = the("able to", "It is unable to pay.")
    assert find(cut, "It is unable to pay.  Again.").health == Health.INTACT


def test_scripts_that_part_no_words_have_no_torn_ones():
    text = "會議在星期一討論了新的大橋。"
    sought = Passage(5, 8, sha256=hash_of(text[5:8]))
    assert find(sought, text + "完。").health == Health.INTACT


def test_line_ends_within_a_passage_are_its_setting():
    passage = the("the new bridge.\n\nIts chair")
    assert find(passage, TEXT.replace("\n", "\r\n")).health == Health.RESET


# Code points


def test_offsets_count_code_points_not_utf_16():
    text = "😀😀 𝒜 and b̈ agreed."
    passage = the("agreed", text)
    assert passage.start == 12
    assert place(find(passage, "😀" + text)) == (Health.MOVED, 13)


def test_right_to_left_words_are_found_in_their_logical_order():
    text = "قال المجلس إن الجسر سيفتح في الخريف، وغادر أحد الأعضاء القاعة."
    passage = the("الجسر سيفتح", text)
    assert place(find(passage, "خبر: " + text)) == (Health.MOVED, passage.start + 5)


def test_half_a_character_is_refused():
    with pytest.raises(ValueError, match="surrogate"):
        find(the("Fishers"), "a \ud83d b")
    with pytest.raises(ValueError, match="surrogate"):
        passage_of("a \ud83d b", 1, 3)


# What is no passage


@pytest.mark.parametrize(
    "values",
    [
        {"start": 0, "end": 3, "exact": " \n\t"},
        {"start": 0, "end": 3},
        {"start": 3, "end": 3, "exact": "abc"},
        {"start": -1, "end": 2, "exact": "abc"},
        {"start": 0, "end": 2, "exact": "abc"},
        {"start": 0, "end": None, "exact": "abc"},
        {"start": None, "end": None, "sha256": "0" * 64},
        {"start": 0, "end": 3, "exact": "abc", "sha256": "0" * 64},
    ],
)
def test_a_passage_without_words_or_place_is_refused(values):
    with pytest.raises(ValueError, match=r"passage|place"):
        Passage(**values)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-2, 1), (0, 99), (3, 5)])
def test_offsets_that_hold_no_words_are_refused(start, end):
    with pytest.raises(ValueError, match="passage"):
        passage_of("abc  d", start, end)


# Known by its wording only


def test_a_wording_without_a_place_is_found_where_it_stands_alone():
    wording = Passage(start=None, end=None, exact="higher tolls")
    assert place(find(wording, TEXT)) == (Health.MOVED, TEXT.index("higher tolls"))
    assert find(wording, TEXT + wording.exact).health == Health.AMBIGUOUS
    assert find(wording, "Nothing of it.").health == Health.LOST


# Known by place and hash only


def test_a_hash_resolves_at_its_place():
    passage = hash_only("higher tolls")
    assert anchor.stands(passage, TEXT)
    assert place(find(passage, TEXT)) == (Health.INTACT, passage.start)


def test_a_hash_is_found_where_its_words_moved():
    passages = [hash_only("higher tolls"), hash_only("Two members")]
    assert [place(finding) for finding in find_all(passages, "Ä 😀: " + TEXT)] == [
        (Health.MOVED, passage.start + 5) for passage in passages
    ]


def test_a_hash_whose_words_stand_twice_is_ambiguous():
    assert find(hash_only("higher tolls"), TEXT + " higher tolls").health == Health.AMBIGUOUS


def test_a_hash_whose_words_are_gone_is_lost():
    finding = find(hash_only("higher tolls"), TEXT.replace("tolls", "tools"))
    assert (finding.health, finding.hint, finding.is_complete) == (Health.LOST, None, True)


def test_a_hash_of_white_space_is_lost():
    blank = Passage(start=3, end=5, sha256=hash_of("\n\n"), text_sha256=hash_of("One\n\nTwo"))
    assert find(blank, "One\n\nTwo").health == find(blank, "\n\n").health == Health.LOST


def test_the_core_and_the_records_name_health_alike():
    assert list(Health) == evidence_models.Health.values
