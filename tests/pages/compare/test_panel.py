"""The evidence of one cell: what it rests on, what is kept back, what came before and after."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from astana.models import Link
from astana.pages.compare import panel as module
from astana.pages.compare.panel import evidence_panel
from astana.pages.shared.matrix import compare_table
from astana.pages.shared.selection import CompareForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel(a_dossier):
    def read(query: str, *, user=None):
        user = user or AnonymousUser()
        form = CompareForm(QueryDict(query), dossier=a_dossier(), user=user)
        assert form.is_valid(), form.errors
        selection = form.selection()
        return evidence_panel(selection, compare_table(selection), user=user)

    return read


def test_no_cell_is_open_by_default(panel, a_position):
    a_position()
    assert panel("actor=russia") is None


def test_all_that_ties_for_the_headline_is_shown(panel, a_position):
    tied = [a_position(summary=f"Saying {number}.") for number in range(3)]
    a_position(said="2017-01-01")
    found = panel("open=russia.cease-fire")
    assert {one["position"] for one in found["shown"]} == set(tied)
    assert not found["is_two_voices"]
    assert len(found["trail"]) == 4


def test_a_cell_that_a_switch_hides_is_not_open(panel, a_position):
    """An empty panel would call it silent, whatever was said."""
    a_position()
    assert panel("open=russia.cease-fire")["shown"]
    assert panel("differences=1&open=russia.cease-fire") is None


def test_the_body_that_spoke_is_named(panel, a_position, an_actor):
    an_actor("ministry", part_of=an_actor("russia"))
    a_position(actor="ministry")
    found = panel("actor=russia&open=russia.cease-fire")
    assert [one["body"] for one in found["shown"]] == ["Ministry"]
    assert panel("actor=russia&bodies=0&open=russia.cease-fire")["shown"] == []


def test_passages_are_in_their_order(panel, a_position, a_rendition):
    text = a_rendition("They met. They left.")
    position = a_position(rendition=text, quote="They left")
    position.evidence.create(number=2, rendition=text, start=0, end=8, exact="They met")
    (shown,) = panel("open=russia.cease-fire")["shown"]
    assert [passage.excerpt.exact for passage in shown["passages"]] == ["They left", "They met"]
    assert not shown["has_hidden_passages"]


def test_passages_for_members_are_told_of_and_not_shown(panel, a_position, a_rendition, a_member):
    text = a_rendition("A canary.", rights="members", kind="full")
    a_position(rendition=text, quote="canary")
    (shown,) = panel("open=russia.cease-fire")["shown"]
    assert (shown["passages"], shown["has_hidden_passages"]) == ([], True)
    (shown,) = panel("open=russia.cease-fire", user=a_member())["shown"]
    assert (len(shown["passages"]), shown["has_hidden_passages"]) == (1, False)


def test_the_next_statement_is_the_first_after_the_date(panel, a_position):
    a_position(said="2017-03-01")
    first = a_position(said="2017-02-01")
    found = panel("as_of=2017-01-24&open=russia.cease-fire")
    assert found["next"] == first
    assert [step["is_later"] for step in found["trail"]] == [True, True]


def test_a_long_trail_is_cut_at_its_old_end(panel, a_position, monkeypatch):
    monkeypatch.setattr(module, "MOST_IN_TRAIL", 3)
    for day in range(1, 6):
        a_position(said=f"2017-01-0{day}")
    found = panel("open=russia.cease-fire")
    assert [step["position"].said for step in found["trail"]] == [
        "2017-01-03",
        "2017-01-04",
        "2017-01-05",
    ]
    assert len(found["shown"]) == 1
    assert found["is_cut"]
    # The first of those that are listed is not the first that was said.
    assert panel("as_of=2016-12-31&open=russia.cease-fire")["next"] is None
    monkeypatch.setattr(module, "MOST_IN_TRAIL", 5)
    assert not panel("open=russia.cease-fire")["is_cut"]
    assert panel("as_of=2016-12-31&open=russia.cease-fire")["next"].said == "2017-01-01"


def test_a_cut_trail_claims_no_step_over_what_it_leaves_out(panel, a_position, monkeypatch):
    a_position(said="2017-01-01", stance="opposes")
    for day in range(2, 8):
        a_position(said=f"2017-01-0{day}")
    asked = "as_of=2017-01-01&open=russia.cease-fire"
    assert "moved from" in panel(asked)["trail"][1]["change"]
    monkeypatch.setattr(module, "MOST_IN_TRAIL", 3)
    found = panel(asked)
    assert [step["position"].said for step in found["trail"]] == [
        "2017-01-01",
        "2017-01-06",
        "2017-01-07",
    ]
    assert {step["change"] for step in found["trail"]} == {""}


def test_as_many_ties_as_a_trail_has_are_no_fault(panel, a_position, monkeypatch):
    monkeypatch.setattr(module, "MOST_IN_TRAIL", 2)
    for _ in range(4):
        a_position()
    assert len(panel("open=russia.cease-fire")["shown"]) == 2


def test_the_headline_is_shown_however_much_was_said_after_it(panel, a_position, monkeypatch):
    monkeypatch.setattr(module, "MOST_IN_TRAIL", 3)
    headline = a_position(said="2017-01-01")
    for day in range(2, 8):
        a_position(said=f"2017-01-0{day}")
    found = panel("as_of=2017-01-01&open=russia.cease-fire")
    assert [one["position"] for one in found["shown"]] == [headline]


def test_a_headline_before_many_second_hand_claims_is_shown(panel, a_position, monkeypatch):
    monkeypatch.setattr(module, "MOST_IN_TRAIL", 3)
    headline = a_position(said="2017-01-01")
    for day in range(2, 8):
        a_position(said=f"2017-01-0{day}", voice="characterised")
    found = panel("open=russia.cease-fire")
    assert [one["position"] for one in found["shown"]] == [headline]


def test_a_cell_of_two_renderings_leads_to_what_each_source_reports(panel, a_position):
    fuller, other = a_position(), a_position(stance="neither")
    Link.objects.create(position=other, kind="same-utterance", to=fuller)
    found = panel("open=russia.cease-fire&as_of=2017-02-01")
    assert [one["position"] for one in found["shown"]] == [fuller]
    assert not found["is_two_voices"]
    (href,) = [one["renderings"] for one in found["shown"]]
    assert href == "/dossiers/talks/sources/?actor=russia&issue=cease-fire&as_of=2017-02-01"


@pytest.mark.parametrize(
    "other",
    [{"status": "draft"}, {"said": "2017-03-01"}],
    ids=["unpublished", "later"],
)
def test_a_rendering_that_is_not_there_by_the_date_is_not_told_of(panel, a_position, other):
    fuller = a_position()
    Link.objects.create(position=a_position(**other), kind="same-utterance", to=fuller)
    (shown,) = panel("open=russia.cease-fire&as_of=2017-02-01")["shown"]
    assert shown["renderings"] == ""


def test_a_rendering_that_stands_for_itself_leads_there_too(panel, a_position):
    first_hand = a_position()
    told = a_position(voice="attributed", attributed_by="turkey", stance="neither")
    Link.objects.create(position=first_hand, kind="same-utterance", to=told)
    (shown,) = panel("open=russia.cease-fire")["shown"]
    assert shown["position"] == first_hand
    assert "/sources/?actor=russia" in shown["renderings"]


def test_any_other_link_is_no_rendering(panel, a_position):
    Link.objects.create(position=a_position(stance="neither"), kind="repeats", to=a_position())
    assert {one["renderings"] for one in panel("open=russia.cease-fire")["shown"]} == {""}


def test_where_no_event_is_named_the_first_that_was_heard_of_is_open(
    panel, a_position, an_issue, a_dossier
):
    event = a_dossier().events.create(
        slug="first", name="First", start="2017-01-23", end="2017-01-24"
    )
    an_issue("direct-talks", kind="fact", per_event=True)
    said = a_position(issue="direct-talks", event=event)
    for name in ("russia.direct-talks.first", "russia.direct-talks"):
        [shown] = panel(f"open={name}")["shown"]
        assert shown["position"] == said
    assert panel("open=russia.direct-talks.second")["shown"] == []
