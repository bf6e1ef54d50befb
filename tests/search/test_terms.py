"""What a reader typed, as terms without operators."""

from hypothesis import given
from hypothesis import strategies as st

from astana.search.terms import terms_of
from tests.words.letters import is_word


def _words(text: str) -> list[str]:
    return [str(term) for term in terms_of(text)]


def test_words_are_terms_and_quotes_make_a_phrase():
    assert _words('assad "free syrian army" future') == ["assad", "free syrian army", "future"]
    assert _words("«единый и неделимый» Сирия") == ["единыи и неделимыи", "сирия"]


def test_a_quote_that_is_never_closed_is_a_sign_like_others():
    assert _words('"free syrian') == ["free", "syrian"]


def test_operators_are_words():
    assert _words("russia OR iran NOT turkey NEAR(x) a* -b ^c col:d") == [
        "russia", "iran", "not", "turkey", "near x", "b", "c", "col d",
    ]  # fmt: skip


def test_only_the_last_word_may_be_unfinished():
    assert [term.is_begun for term in terms_of("assad futu")] == [False, True]
    assert [term.is_begun for term in terms_of("assad futu ")] == [False, False]
    assert [term.is_begun for term in terms_of('"assad futu"')] == [False]
    assert [term.is_begun for term in terms_of("x")] == [False]


def test_the_parts_of_a_compound_stand_together_or_are_one_word():
    (term,) = terms_of("cease-fire ")
    assert (term.words, term.others) == (("cease", "fire"), ("ceasefire",))


def test_words_that_say_nothing_are_left_out_unless_there_is_nothing_else():
    assert _words("the future of assad") == ["future", "assad"]
    assert _words("of the") == ["of", "the"]
    assert _words('"the future"') == ["the future"]


def test_a_word_counts_once():
    assert _words("Assad assad ASSAD") == ["assad"]


def test_signs_alone_are_no_term():
    assert terms_of("!? -- \"\" '' \0 *") == ()


@given(st.text(max_size=100))
def test_every_term_has_words_of_letters_and_digits(text):
    for term in terms_of(text):
        assert term.words
        assert all(is_word(word) for word in term.words)
