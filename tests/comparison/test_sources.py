"""Sources disagree about the same time, never about different times."""

from datetime import date

from astana.comparison.said import UNKNOWN_START
from astana.comparison.sources import cells_by_source, disagreements
from astana.comparison.statement import Statement

AS_OF = date(2017, 2, 1)


def said(number: int, stance: str, day: int, *, to: int | None = None, first_hand: bool = True):
    return Statement(
        id=number,
        actor="damascus",
        issue="direct-talks",
        stance=stance,
        value=None,
        earliest=date(2017, 1, day) if day else UNKNOWN_START,
        latest=date(2017, 1, to or day),
        is_first_hand=first_hand,
    )


def test_two_sources_on_the_same_meeting_disagree():
    statements = [said(1, "face-to-face", 23, to=24), said(2, "indirect", 24)]
    found = disagreements(statements, {1: ["wsws"], 2: ["afp"]}, as_of=AS_OF)
    assert [{one.one.stance, one.other.stance} for one in found] == [{"face-to-face", "indirect"}]


def test_a_change_of_mind_is_no_disagreement():
    statements = [said(1, "open", 9), said(2, "closed", 24)]
    assert disagreements(statements, {1: ["arab"], 2: ["wsws"]}, as_of=AS_OF) == []


def test_one_source_with_two_voices_is_no_disagreement():
    statements = [said(1, "open", 24), said(2, "closed", 24)]
    assert disagreements(statements, {1: ["reuters"], 2: ["reuters"]}, as_of=AS_OF) == []


def test_a_source_that_reports_both_does_not_disagree_with_one_that_reports_one():
    statements = [said(1, "open", 24), said(2, "closed", 24)]
    assert disagreements(statements, {1: ["reuters", "ap"], 2: ["reuters"]}, as_of=AS_OF) == []


def test_what_was_said_later_does_not_count():
    statements = [said(1, "open", 24), said(2, "closed", 24)]
    sources = {1: ["ap"], 2: ["afp"]}
    assert disagreements(statements, sources, as_of=date(2017, 1, 23)) == []


def test_an_open_start_overlaps_on_its_last_day_only():
    statements = [said(1, "open", 0, to=24), said(2, "closed", 9)]
    assert disagreements(statements, {1: ["ap"], 2: ["afp"]}, as_of=AS_OF) == []


def test_each_source_alone_gives_its_own_cell():
    statements = [said(1, "same-room", 24), said(2, "indirect", 24), said(3, "same-room", 9)]
    cells = cells_by_source(statements, {1: ["mehr"], 2: ["afp"], 3: ["afp"]}, as_of=AS_OF)
    assert {source: cell.headline.stance for source, cell in cells.items()} == {
        "afp": "indirect",
        "mehr": "same-room",
    }


def test_a_source_with_nothing_by_the_date_is_silent():
    cells = cells_by_source([said(1, "open", 24)], {1: ["ap"]}, as_of=date(2017, 1, 1))
    assert cells == {}
