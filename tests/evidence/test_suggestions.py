"""Passages that look like statements are suggested, with a guess at who said them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.evidence.suggestions import suggestions_in

NAMES = [
    ("hill", "Ann Hill"),
    ("hill", "Hill"),
    ("wood", "Wood"),
    ("norland", "Norland"),
    ("lavrov", "Лавров"),
    ("alloush", "محمد علوش"),
]


def suggested(text):
    return [
        (one.actor, one.voice, text[one.start : one.end])
        for one in suggestions_in(text, names=NAMES)
    ]


def only(text):
    (one,) = suggestions_in(text, names=NAMES)
    return one


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Hill said: “We will not leave the hall.”", "hill"),
        ("“We will not leave the hall,” said Ann Hill.", "hill"),
        ("“We will not leave the hall,” Hill told Wood.", "hill"),
        ("Hill, who had met the press, told it: „We will not leave the hall“.", "hill"),
        (
            "Wood left early when Hill answered him, declaring, “We will not leave the hall.”",
            "hill",
        ),
        ('"We will not leave the hall," she said.', None),
        ("Das sagte Hill: „We will not leave the hall“", "hill"),
        ("«We will not leave the hall», — сказал Лавров.", "lavrov"),
        ("« We will not leave the hall. » Hill said.", "hill"),
        ("وقال محمد علوش «We will not leave the hall»", "alloush"),
    ],
)
def test_a_quotation_is_suggested_without_its_marks(text, actor):
    ((guess, voice, words),) = suggested(text)
    assert (guess, voice) == (actor, "direct-quote")
    assert words.strip(",. ") == "We will not leave the hall"


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Hill rejected the proposal of Norland.", "hill"),
        ("Norland's minister insisted that the hall was full.", "norland"),
        ("Some said so, but Hill denied it.", "hill"),
        ("According to Wood, the hall was full.", "wood"),
        ("The hall was full, Wood added.", "wood"),
        ("The talks went on, but Wood denied it, while Hill slept.", "wood"),
        ("At the talks with Norland, Hill warned of war.", "hill"),
        ("The plan was declared dead, Hill said.", "hill"),
        ("The hall was full, according to Wood.", "wood"),
        ("(Said Hill: nobody left the hall.)", "hill"),
        ("Wood came, and Hill said that the hall was full.", "hill"),
        ("Hill at the talks with Norland warned of war.", "hill"),
        ("In Norland with Wood nobody said a word.", "wood"),
        ("The delegates agreed on nothing.", None),
        ("Hill sat with the guests, their host insisting that the hall was full.", None),
        ("Hill answered Wood by insisting that the hall was full.", "hill"),
        ("Лавров заявил, что зал полон.", "lavrov"),
        ("أعلن محمد علوش أن القاعة ممتلئة", "alloush"),
    ],
)
def test_a_sentence_that_reports_is_suggested_as_a_whole(text, actor):
    assert suggested(text) == [(actor, "reported-speech", text)]


@pytest.mark.parametrize(
    "text",
    [
        "The end of the war was declared in the hall.",
        "Hill has been repeatedly rejected by the voters.",
        "The so-called Wood plan came first.",
        "Hill and the recently confirmed guests sat in the hall.",
        "The United States and the proposed plan are old.",
        "Hill sat in the hall.",
        "",
    ],
)
def test_what_says_nothing_is_not_suggested(text):
    assert suggested(text) == []


def test_a_quotation_of_four_words_is_no_term():
    assert suggested("Hill said: “We stay right here.”") == [
        ("hill", "direct-quote", "We stay right here.")
    ]


def test_each_statement_of_a_text_is_suggested():
    text = "Some came.\n\n“We will not leave the hall,” said Ann Hill. Wood said that it was full."
    assert suggested(text) == [
        ("hill", "direct-quote", "We will not leave the hall,"),
        ("wood", "reported-speech", "Wood said that it was full."),
    ]


def test_a_quoted_term_is_no_quotation():
    text = "Hill said the “so old” hall was full."
    assert suggested(text) == [("hill", "reported-speech", text)]


def test_a_pronoun_is_whoever_came_last():
    text = "Hill came late. She said the hall was full."
    assert suggested(text) == [("hill", "reported-speech", "She said the hall was full.")]


@pytest.mark.parametrize(
    "words",
    [
        "Hill said that the hall was full. She added that it was cold.",
        "Hill came late. Some said so. She said the hall was full.",
        "Hill came late. She sat with Wood. She said the hall was full.",
        "Hill came late. She left, insisting that the hall was full.",
        "Hill left the hall\n\ninsisting that it was full.",
    ],
)
def test_whoever_came_last_is_the_last_who_did_something(words):
    assert suggested(words)[-1][0] == "hill"


def test_who_is_named_last_in_a_heading_is_meant_by_a_pronoun():
    text = "The press saw Hill\n\nShe said the hall was full."
    assert suggested(text) == [("hill", "reported-speech", "She said the hall was full.")]


@pytest.mark.parametrize(
    "words", ["The guests said that he slept.", "3rd floor guests said the hall was full."]
)
def test_only_a_pronoun_or_half_a_sentence_is_whoever_came_last(words):
    assert suggested(f"Hill came late. {words}") == [(None, "reported-speech", words)]


def test_a_sentence_broken_by_a_page_keeps_its_speaker():
    text = "The envoy of the north, Wood, who had led\n\ntold them: “We will not leave the hall.”"
    assert suggested(text) == [("wood", "direct-quote", "We will not leave the hall.")]


def test_a_quotation_of_several_sentences_is_one():
    text = "“We stay here today. We said so. We mean it,” Hill said."
    assert suggested(text) == [
        ("hill", "direct-quote", "We stay here today. We said so. We mean it,")
    ]


def test_names_and_verbs_in_a_quotation_do_not_speak():
    assert only("“Norland said so to all of us,” Hill said.").actor == "hill"
    assert only("“Norland said so to all of us.”").actor is None


def test_surer_rules_have_more_confidence():
    direct = only("Hill said: “We will not leave the hall.”")
    reported = only("Hill said that the hall was full.")
    owner = only("Hill's friend said that the hall was full.")
    nobody = only("Some said that the hall was full.")
    order = [direct, reported, owner, nobody]
    assert [one.confidence for one in order] == sorted(
        {one.confidence for one in order}, reverse=True
    )
    assert all(0 < one.confidence < 1 for one in order)


def test_the_surer_the_speaker_the_more_confidence():
    actor = only("Hill said that the hall was full.")
    owner = only("Hill's friend said that the hall was full.")
    typeset = only("Hill’s friend said that the hall was full.")
    pronoun = only("Hill came late. She said that the hall was full.")
    place = only("In Norland some said that the hall was full.")
    nobody = only("Some said that the hall was full.")
    unknown = only("She said that the hall was full.")
    rumour = only("According to some, the hall was full.")
    source = only("According to Hill, the hall was full.")
    inverted = only("Said Hill: the hall was full.")
    host = only("Hill sat with the guests, their host insisting that the hall was full.")
    assert owner.confidence == typeset.confidence
    assert rumour.confidence == host.confidence == nobody.confidence
    order = [actor, source, inverted, owner, pronoun, place, nobody, unknown]
    assert [one.confidence for one in order] == sorted(
        {one.confidence for one in order}, reverse=True
    )
    assert all(0 < one.confidence < 1 for one in order)


def test_a_quotation_of_nobody_has_less_confidence_than_one_of_an_actor():
    nobody, place, actor = (
        only(f"{words} “We will not leave the hall.”")
        for words in ("The press:", "In Norland they said:", "Hill said:")
    )
    assert nobody.confidence < place.confidence < actor.confidence


@pytest.mark.parametrize(("letters", "actor"), [(57, "hill"), (58, None)])
def test_who_stands_sixty_letters_behind_a_verb_is_not_its_speaker(letters, actor):
    assert only(f"Said {'x' * letters} Hill.").actor == actor


def test_offsets_count_code_points():
    text = "😀 News.\n\n😀 Hill said: “We stay 😀 here today.”"
    one = only(text)
    assert text[one.start : one.end] == "We stay 😀 here today."


@pytest.mark.parametrize(
    "words", ["said Hill ", "said “we are all here” Hill ", "said ", "“a b c d "]
)
def test_a_text_of_one_endless_sentence_takes_no_longer_than_its_length(words):
    """Looked at anew for each verb or name, it would take hours."""
    found = suggestions_in(words * 20_000, names=NAMES)
    assert len(found) in (1, 20_000)


@given(
    st.lists(
        st.sampled_from(
            [
                "Hill",
                "she",
                "said",
                "“",
                "”",
                '"',
                ". ",
                "\n\n",
                "according to",
                "that",
                "«",
                "»",
                "😀",
                "قال",
            ]
        ),
        max_size=30,
    ).map(" ".join)
)
def test_suggestions_are_passages_in_order_that_do_not_overlap(text):
    found = suggestions_in(text, names=NAMES)
    edges = [edge for one in found for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(text[one.start : one.end].strip() for one in found)
