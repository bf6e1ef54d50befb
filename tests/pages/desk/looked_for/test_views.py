"""Recording what was looked for: named issues or all of the codebook, and never over others."""

import pytest
from django.urls import reverse

from astana.models import Assignment, Examined, Issue, LookedFor
from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(client, a_member, a_rendition, an_issue):
    """An article of a dossier with two issues, as a signed-in coder finds it."""
    client.force_login(a_member("coder", role="coder"))
    an_issue("cease-fire")
    an_issue("constitution")
    return a_rendition().article


@pytest.fixture
def url(article):
    return reverse("looked_for:article", args=["talks", article.slug])


def recorded() -> set[str]:
    return set(LookedFor.objects.values_list("issue__slug", flat=True))


def test_named_issues_are_recorded_and_taken_back(client, url):
    client.post(url, {"issue": ["cease-fire"]})
    assert recorded() == {"cease-fire"}
    client.post(url, {"issue": ["constitution"], "before": ["cease-fire"]})
    assert recorded() == {"constitution"}
    client.post(url, {"before": ["constitution"]})
    assert recorded() == set()


def test_the_whole_code_book_is_that_of_now(client, url, an_issue):
    client.post(url, {"everything": "1"})
    assert recorded() == {"cease-fire", "constitution"}
    an_issue("added-later")
    assert recorded() == {"cease-fire", "constitution"}


def test_what_somebody_else_has_recorded_meanwhile_is_shown_and_kept(client, url, article):
    LookedFor.objects.create(article=article, issue=Issue.objects.get(slug="constitution"))
    response = client.post(url, {"issue": ["cease-fire"]})
    assert response.status_code == 422
    assert "Somebody else has changed this" in words_of(response)
    assert "Recorded now: Constitution" in words_of(response)
    assert recorded() == {"constitution"}
    html = response.content.decode()
    assert 'value="cease-fire" checked' in html
    client.post(url, {"issue": ["cease-fire"], "before": ["constitution"]})
    assert recorded() == {"cease-fire"}


def test_while_the_article_is_coded_independently_nothing_is_recorded(
    client, url, article, a_member
):
    for name in ("one", "two"):
        Assignment.objects.create(
            dossier=article.dossier,
            article=article,
            coder=a_member(name, role="coder"),
            is_independent=True,
            assigned_by=a_member(f"{name}-owner", role="owner"),
        )
    response = client.post(url, {"issue": ["cease-fire"]})
    assert "being coded independently" in words_of(response)
    assert recorded() == set()


def test_an_issue_of_nowhere_is_refused(client, url):
    response = client.post(url, {"issue": ["oil"]})
    assert response.status_code == 422
    assert recorded() == set()


def test_a_document_is_examined_for_issues(client, article):
    document = article.dossier.documents.create(slug="note", title="Note", date="2017-01-24")
    client.post(reverse("looked_for:document", args=["talks", "note"]), {"issue": ["cease-fire"]})
    assert [str(one.document) for one in Examined.objects.all()] == [document.title]
