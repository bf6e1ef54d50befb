"""Lines that are drawn from the left are read from the right, and columns are seen."""

import pytest

from astana.intake.pdf_lines import in_columns, is_turned, turned


@pytest.mark.parametrize(
    "said",
    ["وصل الوفد إلى القاعة", "که این متن را امضا نخواهد کرد", "המשלחת הגיעה לאולם", "ﻣﺘﻦ ﺑﺪﺭ"],
)
def test_words_show_which_way_they_were_drawn(said):
    assert is_turned(said) is False
    assert is_turned(said[::-1]) is True


def test_where_no_word_shows_it_nothing_is_known():
    assert is_turned("متن دور") is None


def test_what_is_read_from_the_left_stays_within_a_line_from_the_right():
    assert turned("(a.b) ذخأ 12,5 ،2254 مقر UN News") == "UN News رقم 2254، 12,5 أخذ (a.b)"
    assert turned("13 ،12 نادنب") == "بندان 12، 13"


def test_columns_need_words_on_both_sides_at_one_place_in_several_lines():
    line = "words of the one    words of the other"
    assert in_columns([line] * 5)
    assert not in_columns([line] * 4)
    stretched = [f"a line of words{at * ' and'}    and its end of words" for at in range(9)]
    assert not in_columns(stretched)
    assert not in_columns(["1.    words of the other"] * 9)
