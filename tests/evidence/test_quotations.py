"""What stands in quotation marks is found, whichever marks a language uses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from astana.evidence.quotations import quotations_in


def quoted(text):
    return [text[start:end] for start, end in quotations_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        'He said "we agree" and left.',
        "He said “we agree” and left.",
        "He said ‘we agree’ and left.",
        "Er sagte: „we agree“ und ging.",
        "On a dit «we agree» hier.",
        "Man sagte »we agree« hier.",
        "قال «we agree» ثم غادر",
        "قال ”we agree“ ثم غادر",
        "他说「we agree」之后离开",
    ],
)
def test_each_kind_of_marks_quotes(text):
    assert quoted(text) == ["we agree"]


def test_an_apostrophe_closes_nothing():
    assert quoted("‘We don’t agree’, he said, and the delegates’ hall fell silent.") == [
        "We don’t agree"
    ]


def test_a_quotation_in_a_quotation_is_part_of_it():
    assert quoted("“They said ‘never’ to us,” he said.") == ["They said ‘never’ to us,"]


def test_a_quotation_may_go_on_in_the_next_paragraph():
    assert quoted("He said: “This is the first part.") == ["This is the first part."]


def test_a_straight_mark_that_stands_alone_quotes_nothing():
    assert quoted('A pipe of 5" and no more') == []
    assert quoted('He said "this and left') == []


@pytest.mark.parametrize(
    "text",
    ['Pipes of 5"wide and 6"deep', 'He said " not this" here', 'He left."Nobody saw it" they say'],
)
def test_a_straight_mark_opens_before_a_word_and_after_none(text):
    assert quoted(text) == []


def test_empty_marks_quote_nothing():
    assert quoted('"" “ ” «»') == []


def test_offsets_count_code_points():
    text = "😀 He said “😀 yes”."
    assert quotations_in(text) == [(11, 16)]
    assert quotations_in(text, 2, 14) == [(11, 14)]


@given(st.text("“”„«»‘’\"'.a é\n😀", max_size=30))
def test_quotations_are_in_order_and_do_not_overlap(text):
    edges = [edge for pair in quotations_in(text) for edge in pair]
    assert edges == sorted(edges)
