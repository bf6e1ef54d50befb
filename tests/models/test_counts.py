"""A dossier is counted once for each of its versions, and counts only what is published."""

from datetime import date

import pytest

from astana.models import Dossier
from astana.models.counts import counts_of

pytestmark = pytest.mark.django_db


def test_what_is_published_is_counted_by_actor_and_by_issue(a_position, a_rendition, a_dossier):
    a_rendition()
    russia = a_position(actor="russia", issue="cease-fire", said="2017-01-09")
    a_position(actor="russia", issue="constitution", said="2017-01")
    turkey = a_position(actor="turkey", issue="cease-fire", said="../2017-01-10")
    counts = counts_of(a_dossier())
    assert counts.actors == {russia.actor_id: 2, turkey.actor_id: 1}
    assert counts.issues[russia.issue_id] == 2
    assert (counts.positions, counts.articles) == (3, 1)
    assert (counts.first_day, counts.last_day) == (date(2017, 1, 9), date(2017, 1, 31))


@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_what_is_not_published_is_not_counted(a_position, a_dossier, status):
    a_position(status=status)
    counts = counts_of(a_dossier())
    assert (counts.positions, counts.actors, counts.issues) == (0, {}, {})
    assert (counts.first_day, counts.last_day) == (None, None)


def test_another_dossier_is_counted_apart(a_position, a_dossier):
    a_position(dossier=a_dossier("congress"))
    a_position()
    assert counts_of(a_dossier()).positions == 1


def test_an_empty_dossier_holds_nothing(a_dossier):
    counts = counts_of(a_dossier())
    assert (counts.articles, counts.positions, counts.last_day) == (0, 0, None)


def test_counting_takes_one_query_and_is_not_repeated(
    a_position, a_dossier, django_assert_num_queries
):
    a_position()
    dossier = Dossier.objects.get(pk=a_dossier().pk)
    with django_assert_num_queries(1):
        first = counts_of(dossier)
    with django_assert_num_queries(0):
        assert counts_of(dossier) == first


def test_a_write_is_counted_at_once(a_position, a_dossier):
    def count():
        return counts_of(Dossier.objects.get(pk=a_dossier().pk)).positions

    position = a_position()
    assert count() == 1
    a_position(actor="turkey")
    assert count() == 2
    position.delete()
    assert count() == 1
