"""What a page asks the database does not grow with the dossier."""

import pytest

from tests.a_large_dossier import a_keeper, a_large_dossier, made_once
from tests.addresses import SIGNED_IN, page_url
from tests.test_pages import each_page_of_a_dossier, queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_two_dossiers")]


@pytest.fixture(scope="module")
def _two_dossiers(django_db_setup, django_db_blocker):
    """Make a small and a large dossier once for all tests of this file."""
    with made_once(django_db_blocker):
        a_large_dossier("talks", size=3)
        a_large_dossier("congress", size=60)
        yield


@each_page_of_a_dossier
def test_a_page_costs_the_same_queries_for_a_small_and_a_large_dossier(client, name):
    if name in SIGNED_IN:
        client.force_login(a_keeper())
    small, large = (
        queries_of(client, page_url(name, dossier=dossier)) for dossier in ("talks", "congress")
    )
    assert len(small) == len(large), "\n".join(large)
