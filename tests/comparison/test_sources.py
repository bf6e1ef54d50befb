"""Sources disagree about the same time, never about different times."""

from datetime import date

from astana.comparison.said import UNKNOWN_START
from astana.comparison.sources import cells_by_source, cells_in_dispute, disputes_of, versions_of
from astana.comparison.sources import disagreements as _disagreements
from astana.comparison.statement import Statement

AS_OF = date(2017, 2, 1)
CELL = {"actor": "damascus", "issue": "direct-talks"}


def disagreements(*args, **kwargs) -> list:
    return list(_disagreements(*args, **kwargs))


def said(
    number: int,
    stance: str,
    day: int,
    *,
    to: int | None = None,
    first_hand: bool = True,
    actor: str = "damascus",
    event: str = "",
):
    return Statement(
        id=number,
        actor=actor,
        issue="direct-talks",
        stance=stance,
        value=None,
        earliest=date(2017, 1, day) if day else UNKNOWN_START,
        latest=date(2017, 1, to or day),
        is_first_hand=first_hand,
        event=event,
    )


def test_two_sources_on_the_same_meeting_disagree():
    statements = [said(1, "face-to-face", 23, to=24), said(2, "indirect", 24)]
    found = disagreements(statements, {1: ["wsws"], 2: ["afp"]}, as_of=AS_OF)
    assert [{one.stance, other.stance} for one, other in found] == [{"face-to-face", "indirect"}]


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
    assert len(disagreements(statements, sources, as_of=date(2017, 1, 24))) == 1


def test_an_open_start_overlaps_on_its_last_day_only():
    statements = [said(1, "open", 0, to=24), said(2, "closed", 9)]
    assert disagreements(statements, {1: ["ap"], 2: ["afp"]}, as_of=AS_OF) == []


def test_each_source_alone_gives_its_own_cell():
    statements = [said(1, "same-room", 24), said(2, "indirect", 24), said(3, "same-room", 9)]
    sources = {1: ["mehr"], 2: ["afp"], 3: ["afp"]}
    cells = cells_by_source(statements, sources, **CELL, as_of=AS_OF)
    assert {source: cell.headline.stance for source, cell in cells.items()} == {
        "afp": "indirect",
        "mehr": "same-room",
    }


def test_what_is_told_of_two_events_is_no_disagreement_and_gives_a_cell_for_each():
    """AFP has the first meeting and the third, LBC the third alone, and they agree on it."""
    statements = [
        said(1, "indirect", 24, event="first"),
        said(2, "stays-away", 24, event="third"),
    ]
    sources = {1: ["afp"], 2: ["afp", "lbc"]}
    assert disagreements(statements, {1: ["afp"], 2: ["lbc"]}, as_of=AS_OF) == []
    stances = {
        event: {
            source: cell.headline.stance
            for source, cell in cells_by_source(
                statements, sources, **CELL, as_of=AS_OF, event=event
            ).items()
        }
        for event in ("first", "third")
    }
    assert stances == {
        "first": {"afp": "indirect"},
        "third": {"afp": "stays-away", "lbc": "stays-away"},
    }


def test_a_source_with_nothing_by_the_date_is_silent():
    cells = cells_by_source([said(1, "open", 24)], {1: ["ap"]}, **CELL, as_of=date(2017, 1, 1))
    assert cells == {}


def test_what_a_body_said_counts_for_the_whole_in_each_source():
    statements = [said(1, "open", 24), said(2, "closed", 24, actor="ministry")]
    cells = cells_by_source(statements, {1: ["ap"], 2: ["ap", "afp"]}, **CELL, as_of=AS_OF)
    assert cells["ap"].is_two_voices
    assert cells["afp"].headline.stance == "closed"


def test_two_bodies_of_a_state_are_two_voices_and_no_dispute_among_sources():
    statements = [said(1, "open", 24), said(2, "closed", 24, actor="ministry")]
    assert cells_in_dispute(statements, {1: ["ap"], 2: ["afp"]}, as_of=AS_OF) == set()


def test_only_the_cells_in_dispute_are_named():
    statements = [said(1, "open", 24), said(2, "closed", 24), said(3, "open", 24, actor="other")]
    sources = {1: ["ap"], 2: ["afp"], 3: ["ap"]}
    assert cells_in_dispute(statements, sources, as_of=AS_OF) == {("damascus", "direct-talks")}


def test_a_statement_without_a_source_disagrees_with_nobody():
    statements = [said(1, "open", 24), said(2, "closed", 24)]
    assert disagreements(statements, {1: ["ap"]}, as_of=AS_OF) == []


def test_what_disagrees_with_the_same_statement_is_one_dispute():
    statements = [
        said(1, "face-to-face", 23, to=24),
        said(2, "indirect", 24),
        said(3, "same-room", 23),
        said(4, "open", 9),
        said(5, "closed", 9),
    ]
    sources = {1: ["wsws"], 2: ["afp"], 3: ["mehr"], 4: ["wsws"], 5: ["afp"]}
    found = disputes_of(statements, sources, as_of=AS_OF)
    assert [[one.id for one in dispute] for dispute in found] == [[1, 2, 3], [5, 4]]


def test_disputes_of_one_day_come_in_one_order_whatever_order_they_are_given_in():
    """Each of two sources tells one thing and its opposite, and a third stands beside one."""
    statements = [said(1, "open", 24), said(4, "closed", 24)]
    statements += [said(2, "closed", 24), said(3, "open", 24)]
    sources = {1: ["ap"], 4: ["afp"], 2: ["ap"], 3: ["afp", "wsws"]}
    for given in (statements, statements[::-1]):
        found = disputes_of(given, sources, as_of=AS_OF)
        assert [[one.id for one in dispute] for dispute in found] == [[4, 1], [2, 3]]


def test_a_statement_without_a_source_is_in_no_cell_of_a_source():
    statements = [said(1, "open", 24), said(2, "closed", 24)]
    assert list(cells_by_source(statements, {1: ["ap"]}, **CELL, as_of=AS_OF)) == ["ap"]


def test_versions_go_from_the_highest_value_down_and_then_off_the_scale():
    values = {"opposes": -1.0, "declines": None, "neither": 0.0, "leans": 0.5}
    dispute = [
        Statement(
            id=number,
            actor="damascus",
            issue="direct-talks",
            stance=stance,
            value=values[stance],
            earliest=AS_OF,
            latest=AS_OF,
            is_first_hand=True,
        )
        for number, stance in enumerate(["declines", "opposes", "neither", "leans", "opposes"])
    ]
    found = [[one.id for one in version] for version in versions_of(dispute)]
    assert found == [[3], [2], [1, 4], [0]]
