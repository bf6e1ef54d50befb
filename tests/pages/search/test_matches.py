"""Of a word that very many records have, so many are looked at, and the page says so."""

import re
from itertools import product
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from astana.models import matches as search_matches
from astana.models.process_cache import cache
from astana.pages.search import presenter as search
from astana.pages.search.forms import SearchForm
from astana.pages.search.presenter import results_of
from tests.as_a_new_process import forget

pytestmark = pytest.mark.django_db

BOUND = 4


@pytest.fixture(autouse=True)
def bound(monkeypatch):
    monkeypatch.setattr(search_matches, "MOST_COUNTED", BOUND)
    monkeypatch.setattr(search, "MOST_COUNTED", BOUND)


@pytest.fixture
def positions(a_position):
    """Return a builder of positions with the word `truce`, said on the first days of a year."""

    def build(number: int, *, prefix: str = "p", **values) -> None:
        for day in range(1, number + 1):
            words = {"summary": "Agrees to the truce.", "said": f"2017-01-{day:02}"}
            a_position(key=f"{prefix}{day}", **words, **values)

    return build


def _results(query: str = "q=truce", user=None) -> SimpleNamespace:
    form = SearchForm(QueryDict(query), user=user or AnonymousUser())
    assert not form.problems
    return results_of(form, user=user or AnonymousUser())


def _keys(results: SimpleNamespace) -> list[str]:
    return [hit.record.key for group in results.groups for hit in group.hits]


def _choices(results: SimpleNamespace, name: str) -> dict[str, tuple[int, bool]]:
    facet = next(facet for facet in results.facets if facet.name == name)
    return {choice.value: (choice.number, choice.is_least) for choice in facet.choices}


def _words(client, **values) -> str:
    html = client.get("/search/", {"q": "truce"} | values).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_as_many_as_the_bound_are_counted_exactly(client, positions):
    positions(BOUND)
    assert "4 results for truce" in _words(client)
    assert "More than" not in _words(client)
    positions(1, prefix="q")
    assert "More than 4 results for truce" in _words(client)
    assert "positions 4+" in _words(client)
    assert "of the 4 entered last, the newest come first" in _words(client)


def test_a_kind_with_few_is_whole_beside_one_with_too_many(an_issue, positions):
    an_issue("truce", title="Truce")
    positions(7, issue="other")
    tabs = {tab.label: (tab.number, tab.is_more) for tab in _results().tabs}
    assert tabs["issues"] == (1, False)
    assert tabs["positions"] == (4, True)
    assert tabs["all"] == (5, True)
    assert _results().groups[0].hits[0].record.slug == "truce"


def test_of_those_entered_last_the_newest_come_first(positions):
    positions(2, prefix="early")
    positions(4)
    assert _keys(_results("q=truce&kind=position")) == ["p4", "p3", "p2", "p1"]


def test_what_one_may_not_see_does_not_fill_the_bound(a_dossier, positions, a_member):
    closed = a_dossier("closed", visibility="members")
    positions(BOUND)
    positions(3, dossier=closed)
    seen = _results()
    assert (seen.number, seen.is_more) == (4, False)
    assert seen.facets == []
    assert _results(user=a_member("alice", dossier=closed)).is_more


def test_too_many_seen_ones_say_nothing_of_hidden_ones(a_dossier, positions, client):
    positions(BOUND + 1)
    before = _words(client)
    positions(9, dossier=a_dossier("closed", title="Zanzibarian", visibility="members"))
    assert _words(client) == before


def test_a_dossier_that_none_of_the_last_is_in_is_offered_and_counted(a_dossier, positions):
    positions(2, dossier=a_dossier("early"))
    positions(6)
    assert _choices(_results(), "dossier") == {"talks": (4, True), "early": (0, True)}
    narrowed = _results("q=truce&dossier=early")
    assert (narrowed.number, narrowed.is_more) == (2, False)
    assert sorted(_keys(narrowed)) == ["p1", "p2"]


def test_each_choice_of_places_counts_up_to_the_bound(a_dossier, a_rendition, monkeypatch):
    names = list(product(("talks", "congress"), ("gazette", "herald"), ("en", "fr"), range(2)))
    for number, (dossier, source, language, _) in enumerate(names):
        article = a_rendition(
            "A truce.", dossier=a_dossier(dossier), article=f"a{number}", source=source
        ).article
        article.language = language
        article.save()
    choices = [
        f"q=truce{dossier}{source}{language}"
        for dossier, source, language in product(
            ("", "&dossier=talks", "&dossier=congress"),
            ("", "&source=gazette", "&source=gazette&source=herald"),
            ("", "&language=fr"),
        )
    ]
    found = {query: _results(query) for query in choices}
    monkeypatch.setattr(search_matches, "MOST_COUNTED", 10_000)
    forget()
    for query, bounded in found.items():
        whole = _results(query)
        assert bounded.number == min(whole.number, BOUND), query
        assert bounded.is_more == (whole.number > BOUND), query
        for facet in bounded.facets:
            exact = _choices(whole, facet.name)
            for choice in facet.choices:
                number = exact[choice.value][0]
                assert choice.number <= number, query
                assert choice.is_least or choice.number == number, query


def test_too_many_take_the_same_queries_however_many(positions):
    counts = []
    for prefix in ("p", "q"):
        positions(BOUND + 5, prefix=prefix)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            _results("q=truce&dossier=talks")
        counts.append(len(queries))
    assert counts[0] == counts[1]
