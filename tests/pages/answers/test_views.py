"""Answer first: the reader's own stances beside those of actors; silence is never counted."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from astana.models.process_cache import cache
from astana.pages.answers.forms import MOST_ISSUES
from tests.a_large_dossier import a_large_dossier
from tests.pages.rows import words_of

ANSWERS = "/dossiers/talks/answers/"
ISSUES = ("costs", "borders", "cease-fire", "constitution")

pytestmark = pytest.mark.django_db


@pytest.fixture
def parties(a_position):
    """Russia supports all four issues, Turkey opposes three, Iran was heard on two alone."""
    for issue in ISSUES:
        a_position(actor="russia", issue=issue)
    for issue in ISSUES[:3]:
        a_position(actor="turkey", issue=issue, stance="opposes")
    for issue in ISSUES[:2]:
        a_position(actor="iran", issue=issue)


def _answers(stance: str = "supports", *, issues=ISSUES) -> dict[str, str]:
    return {f"answer-{issue}": stance for issue in issues}


def test_who_agrees_is_near_and_who_does_not_is_far_with_n(client, parties):
    page = client.get(ANSWERS, _answers())
    found = page.context["found"]
    assert [(one.name, one.percent, one.n) for one in found.nearest] == [("Russia", 100, 4)]
    assert [(one.name, one.percent, one.n) for one in found.farthest] == [("Turkey", 0, 3)]
    words = words_of(page)
    assert "Nearest to you is Russia (100% on 4 issues); farthest is Turkey (0% on 3" in words
    assert "on 3 issues in common · silent on 1" in words


def test_who_shares_too_few_issues_is_named_and_not_ranked(client, parties):
    page = client.get(ANSWERS, _answers())
    assert page.context["found"].few == ("Iran",)
    assert "heard on fewer than 3 of your issues and is not ranked: Iran" in words_of(page)


@pytest.mark.parametrize(("number", "words"), [(1, "answered 1 issue."), (2, "answered 2 issues.")])
def test_too_few_answers_rank_nobody(client, parties, number, words):
    page = client.get(ANSWERS, _answers(issues=ISSUES[:number]))
    assert f"You have {words} Answer at least 3" in words_of(page)
    assert page.context["found"].nearest == ()


def test_what_is_not_plainly_the_actors_own_is_marked(client, parties, a_position, a_rendition):
    """It counts like any other stance, and is no less second-hand or disputed here."""
    page = words_of(client.get(ANSWERS, _answers()))
    assert "characterised by the source" not in page
    newer = {"actor": "russia", "said": "2017-02-01"}
    a_position(actor="turkey", issue="constitution", voice="characterised")
    a_position(issue="borders", condition="The others stop first.", **newer)
    denied = a_position(issue="costs", rendition=a_rendition(), quote="They met", **newer)
    denied.evidence.update(role="disputes")
    denied.dossier.save()

    page = words_of(client.get(ANSWERS, _answers()))

    assert re.search(r"Costs Supports ?disputed ?the same as yours", page)
    assert re.search(r"Borders Supports ?on a condition ?the same as yours", page)
    assert re.search(r"Supports ?characterised by the source ?the same as yours", page)


def test_two_voices_do_not_count(client, parties, a_position):
    a_position(actor="russia", issue="costs", stance="opposes")
    russia = client.get(ANSWERS, _answers()).context["found"].nearest[0]
    assert (russia.percent, russia.n) == (100, 3)
    assert "two voices: does not count" in [part.words for part in russia.parts]


def test_off_the_scale_does_not_count_and_is_no_answer(client, parties, a_position):
    a_position(actor="russia", issue="costs", stance="declines", said="2017-02-01")
    page = client.get(ANSWERS, _answers())
    russia = page.context["found"].nearest[0]
    assert (russia.percent, russia.n) == (100, 3)
    assert 'value="declines"' not in page.content.decode()
    assert client.get(ANSWERS, {"answer-costs": "declines"}).status_code == 400


def test_each_actor_leads_to_the_passages(client, parties):
    russia = client.get(ANSWERS, _answers()).context["found"].nearest[0]
    assert len(russia.parts) == 4
    for part in russia.parts:
        assert "open=russia." in part.href
        assert client.get(part.href).status_code == 200
    assert client.get(russia.href).status_code == 200


def test_what_is_said_later_does_not_count(client, parties, a_position):
    for issue in ISSUES:
        a_position(actor="russia", issue=issue, stance="opposes", said="2018-01-01")
    then = client.get(ANSWERS, _answers() | {"as_of": "2017-12-31"}).context["found"]
    now = client.get(ANSWERS, _answers()).context["found"]
    assert then.nearest[0].percent == 100
    assert now.nearest[0].percent == 0


def test_answers_stay_chosen(client, parties):
    html = client.get(ANSWERS, _answers(issues=["costs"])).content.decode()
    assert re.findall(r'id="answer-costs-(\w*)"[^>]* checked', html) == ["supports"]
    assert re.findall(r'id="answer-borders-(\w*)"[^>]* checked', html) == [""]


def test_no_answer_is_no_answer(client, parties):
    page = client.get(ANSWERS, _answers("", issues=ISSUES))
    assert "found" not in page.context
    assert page.status_code == 200


def test_disputed_facts_and_questions_without_an_order_are_not_asked(client, parties, an_issue):
    an_issue("who-fired", kind="fact")
    an_issue("capital", scale="nominal").stances.update(value=None)
    words = words_of(client.get(ANSWERS))
    assert "Costs" in words
    assert "Who fired" not in words
    assert "Capital" not in words
    assert client.get(ANSWERS, {"answer-who-fired": "supports"}).status_code == 400


def test_persons_have_no_rank(client, parties, a_position, an_actor):
    an_actor("lavrov", kind="person")
    for issue in ISSUES:
        a_position(actor="lavrov", issue=issue)
    found = client.get(ANSWERS, _answers()).context["found"]
    names = [one.name for one in (*found.nearest, *found.between, *found.farthest)]
    assert names == ["Russia", "Turkey"]


def test_one_answers_at_most_twelve_issues(client, a_position):
    issues = [f"issue-{n}" for n in range(MOST_ISSUES + 1)]
    for issue in issues:
        a_position(issue=issue)
    assert len(client.get(ANSWERS).context["form"].cleaned_data["issues"]) == MOST_ISSUES
    assert client.get(ANSWERS, _answers(issues=issues[:MOST_ISSUES])).status_code == 200
    page = client.get(ANSWERS, _answers(issues=issues))
    assert page.status_code == 400
    assert "13 issues are too many: answer at most 12." in words_of(page)
    # What was answered is still there.
    assert page.content.decode().count('value="supports" checked') == MOST_ISSUES


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"answer-atlantis": "supports"}, "atlantis"),
        ({"answer-costs": "perhaps"}, "“Costs” has no answer “perhaps”"),
        ({"issue": "atlantis"}, "atlantis"),
        ({"actor": "russia"}, "does not use “actor”"),
    ],
)
def test_what_is_unknown_is_named_and_the_rest_kept(client, parties, asked, said):
    page = client.get(ANSWERS, asked | {"answer-borders": "opposes"})
    assert page.status_code == 400
    assert said in words_of(page)
    html = page.content.decode()
    assert re.findall(r'id="answer-borders-(\w*)"[^>]* checked', html) == ["opposes"]


def test_answers_are_for_no_cache_and_leave_no_trace(client, parties):
    with CaptureQueriesContext(connection) as queries:
        page = client.get(ANSWERS, _answers())
    assert page["Cache-Control"] == "private, no-store"
    assert not page.cookies
    written = [one for one in queries if re.match(r"\s*(INSERT|UPDATE|DELETE)", one["sql"])]
    assert written == []
    assert '<meta name="robots" content="noindex">' in page.content.decode()


def test_it_costs_the_same_queries_for_a_small_and_a_large_dossier(client):
    counts = []
    for slug, size in (("talks", 30), ("congress", 60)):
        a_large_dossier(slug, size=size)
        address = f"/dossiers/{slug}/answers/"
        page = client.get(address)
        answers = {
            f"answer-{issue.slug}": issue.options[0].slug
            for issue in page.context["form"].cleaned_data["issues"]
            if issue.options
        }
        assert len(answers) >= 3
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address, answers)
        # Somebody is ranked, so that all is asked for.
        assert page.context["found"].nearest
        counts.append([query["sql"] for query in queries])
    small, large = counts
    assert len(small) == len(large), "\n".join(large)
