"""A long list is put in order by what its rows refer to, group by group and not row by row."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from astana.models import Actor, Position
from astana.pages.positions.presenter import LIST
from astana.web import filters, long_list
from tests.pages.rows import rows_of

pytestmark = pytest.mark.django_db
ADDRESS = "/dossiers/talks/positions/"
COLUMNS = ("actor", "issue", "stance", "voice")
NARROWED = ("", "&voice=attributed&voice=act", "&actor=iran&actor=syria")


@pytest.fixture
def dossier(a_position, a_dossier):
    """A dossier whose positions are alike in all ways: in actor, issue, stance, voice and day."""
    voices = ("act", "attributed", "document", "attributed")
    for number in range(20):
        voice = voices[number % 4]
        a_position(
            actor=("russia", "iran", "syria")[number % 5 % 3],
            issue=("cease-fire", "elections")[number % 7 % 2],
            stance=("supports", "opposes")[number % 3 % 2],
            voice=voice,
            attributed_by=("egypt", "jordan")[number % 2] if voice == "attributed" else None,
            said=f"2017-01-{1 + number % 3:02}",
        )
    # Two that are written alike stand one after the other.
    Actor.objects.filter(slug="iran").update(sort_name=Actor.objects.get(slug="syria").sort_name)
    return a_dossier()


def test_what_is_put_in_order_by_groups_is_what_is_sorted_as_a_whole(
    dossier, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(long_list, "_FIRST_GROUPS", 1)
    for sort in [
        f"{sign}{name}{more}" for name in COLUMNS for sign in ("", "-") for more in NARROWED
    ]:
        request = RequestFactory().get(f"{ADDRESS}?sort={sort}")
        request.user = AnonymousUser()
        shown = LIST.filters_of(request, dossier)
        table = LIST.table(shown)
        assert not table.turn_to(request)
        whole = list(table.data.data.values_list("pk", flat=True))
        name = sort.partition("&")[0]
        groups = shown.groups(name.removeprefix("-"))
        groups = groups.turned() if name.startswith("-") else groups
        for start in (0, 1, len(whole) // 2, len(whole) - 1):
            # Each turn asks for the rows, and once more for what is passed over.
            with django_assert_max_num_queries(8):
                found = long_list.rows_in_groups(table.data.data, groups, start, len(whole))
            assert found == whole[start:]
    assert Position.objects.count() == 20


def test_a_page_of_a_long_list_is_taken_out_of_its_groups(client, dossier, monkeypatch):
    whole = rows_of(client.get(f"{ADDRESS}?sort=-stance"))
    monkeypatch.setattr(filters, "MOST_SORTED", 0)
    assert rows_of(client.get(f"{ADDRESS}?sort=-stance&page=1")) == whole


def test_articles_are_ranked_by_what_readers_see_in_them(client, a_position, a_rendition):
    texts = [a_rendition("They met.", article=slug) for slug in ("one", "two", "three")]
    drafts, published = ["draft"] * 3, ["published", "draft", "published"]
    for text, statuses in zip(texts, (drafts, ["published"], published), strict=True):
        for status in statuses:
            a_position(rendition=text, quote="They met", status=status)
    for sort in ("positions", "passages"):
        response = client.get(f"/dossiers/talks/articles/?sort=-{sort}")
        assert [row.split()[0] for row in rows_of(response)] == ["Three", "Two", "One"]
