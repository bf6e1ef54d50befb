"""The language is what the file says, else what the words plainly show, else not known."""

import pytest

from astana.intake.language import language_in, language_of, with_language
from astana.intake.reading import Reading

WORDS = {
    "en": "The envoys came to the hall in the morning and would not say what they had brought.",
    "de": "Die Gesandten kamen am Morgen in den Saal und wollten nicht sagen, was sie mitbrachten.",
    "tr": "Elçiler sabah salona geldi ve ne getirdiklerini söylemek istemediler.",
    "ar": "وصل المبعوثون إلى القاعة في الصباح ولم يقولوا ماذا جلبوا معهم",
    "fa": "فرستادگان صبح به تالار آمدند و نمی‌خواستند بگویند چه آورده‌اند",
    "ru": "Посланники пришли утром в зал и не хотели говорить, что они привезли.",
    "he": "השליחים הגיעו לאולם בבוקר ולא רצו לומר מה הביאו איתם",
}


@pytest.mark.parametrize("code", WORDS)
def test_words_show_their_language(code):
    assert language_in(WORDS[code]) == code


def test_what_the_words_do_not_show_is_not_known():
    for text in ("Short", "1 2 3 4", "", WORDS["en"] + WORDS["ar"] + WORDS["ru"], "\ud800"):
        assert language_in(text) == ""


def test_where_nothing_can_tell_no_language_is_guessed(monkeypatch):
    monkeypatch.setattr("astana.intake.language.pycld2", None)
    assert language_in(WORDS["en"]) == ""


def test_a_code_is_written_as_standards_do():
    codes = ["pt_BR", "AR", " de-CH ", "iw", "zh-Hant-TW"]
    assert [language_of(code) for code in codes] == ["pt-BR", "ar", "de-CH", "he", "zh-Hant-TW"]
    assert [language_of(code) for code in ("English", "x", "*", "")] == [""] * 4


def test_what_the_file_says_stays_and_is_questioned_where_the_words_differ():
    judged = with_language(Reading(WORDS["ar"]))
    assert (judged.language, judged.origins) == ("ar", {"language": "words"})
    said = with_language(Reading(WORDS["ar"], language="en-US", origins={"language": "tag"}))
    assert (said.language, said.warnings) == ("en-US", ("other-language",))
    assert with_language(Reading(WORDS["en"], language="en-US")).warnings == ()
    assert with_language(Reading("Short")).language == ""


def test_of_two_languages_that_of_most_words_counts_and_questions_nothing():
    mixed = WORDS["en"] * 2 + WORDS["ar"]
    assert with_language(Reading(mixed)).language == "en"
    assert with_language(Reading(mixed, language="ar")).warnings == ()
