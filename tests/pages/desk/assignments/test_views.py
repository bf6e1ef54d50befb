"""Which articles are assigned to which coders."""

import pytest

from astana.models import Assignment, Notice
from tests.pages.rows import rows_of, words_of

pytestmark = pytest.mark.django_db

PAGE = "/dossiers/talks/coding/assignments/"


@pytest.fixture(autouse=True)
def _reviewer(client, team):
    client.force_login(team["reviewer"])


@pytest.fixture
def articles(a_rendition):
    return [a_rendition(article=slug).article for slug in ("first", "second", "third")]


def test_several_articles_go_to_several_coders_at_once(client, articles, team):
    values = {"article": ["first", "second"], "coder": ["coder", "second"], "is_independent": "on"}
    assert client.post(PAGE, values).status_code == 302
    given = Assignment.objects.values_list("article__slug", "coder__username", "is_independent")
    assert set(given) == {
        (article, coder, True) for article in ("first", "second") for coder in ("coder", "second")
    }
    assert Notice.objects.filter(user=team["coder"], kind="assigned").count() == 2
    rows = rows_of(client.get(PAGE))
    assert "independent" in rows[0]
    assert "coder 0 positions · not started" in rows[0]
    assert "nobody" in rows[2]


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"coder": ["coder"]}, "Choose at least one article."),
        ({"article": ["first"]}, "Choose at least one coder."),
        ({"article": ["first"], "coder": ["reader"]}, "reader is not one of the available"),
        ({"article": ["nobody"], "coder": ["coder"]}, "nobody is not one of the available"),
    ],
)
def test_what_cannot_be_assigned_is_said(client, articles, values, problem):
    response = client.post(PAGE, values)
    assert response.status_code == 422
    assert problem in words_of(response)
    assert not Assignment.objects.exists()


def test_a_refused_choice_stays_ticked(client, articles):
    client.post(PAGE, {"article": ["first"], "coder": ["coder"]})
    values = {"article": ["first", "second"], "coder": ["second"], "is_independent": "on"}
    response = client.post(PAGE, values)
    assert response.status_code == 422
    page = response.content.decode()
    assert "is assigned already, and not independently" in page
    for ticked in ('value="first" checked', 'value="second" checked', 'is_independent" checked'):
        assert ticked in page
    assert Assignment.objects.count() == 1


def test_articles_are_found_by_words_and_by_having_no_coder(client, articles):
    client.post(PAGE, {"article": ["first"], "coder": ["coder"]})
    assert len(rows_of(client.get(f"{PAGE}?q=third"))) == 1
    assert len(rows_of(client.get(f"{PAGE}?unassigned=1"))) == 2
    assert client.get(f"{PAGE}?unassigned=maybe").status_code == 400


def test_progress_and_removal(client, articles, team, a_coded):
    client.post(PAGE, {"article": ["first"], "coder": ["coder", "second"]})
    begun, idle = Assignment.objects.order_by("coder__username")
    a_coded(assignment=begun)
    row = rows_of(client.get(PAGE))[0]
    assert "coder 1 position · in progress" in row
    response = client.post(f"{PAGE}{begun.pk}/remove/", follow=True)
    assert "The coder has already begun" in words_of(response)
    client.post(f"{PAGE}{idle.pk}/remove/")
    client.post(f"{PAGE}{begun.pk}/finish/", {"next": PAGE})
    assert list(Assignment.objects.all()) == [begun]
    page = client.get(PAGE)
    assert "finished on" in rows_of(page)[0]
    assert "coder 1 of 1 finished" in words_of(page)


@pytest.mark.parametrize(("role", "status"), [("coder", 403), ("reader", 403), (None, 404)])
def test_only_reviewers_assign_and_remove(client, articles, team, role, status):
    client.post(PAGE, {"article": ["first"], "coder": ["coder"]})
    given = Assignment.objects.get()
    client.logout()
    if role:
        client.force_login(team[role])
    values = {"article": ["second"], "coder": ["coder"]}
    assert client.post(PAGE, values).status_code == status
    assert client.post(f"{PAGE}{given.pk}/remove/").status_code == status
    assert Assignment.objects.count() == 1
