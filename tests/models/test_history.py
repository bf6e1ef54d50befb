"""The history of records, as the models have it."""

from astana.models import Position


def test_managers_of_a_history_are_of_one_class_however_often_they_are_asked_for():
    assert type(Position.history) is type(Position.history)
    assert type(Position.history) is type(Position().history)
