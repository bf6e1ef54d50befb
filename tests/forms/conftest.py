"""One site for all that is tried with every form of it, and its pages, asked for once."""

from collections.abc import Callable
from functools import cache

import pytest

from tests.a_filled_form import Form
from tests.a_large_dossier import a_large_dossier, made_once
from tests.a_watched_site import Site, forms_seen


@pytest.fixture(scope="package")
def site(django_db_setup, django_db_blocker):
    """Make a public dossier, beside another one; what a test changes is rolled back."""
    with made_once(django_db_blocker):
        a_large_dossier("elsewhere", size=1)
        yield Site("public")


@pytest.fixture(scope="package")
def seen(site) -> Callable[[str], list[tuple[str, Form]]]:
    """Return what returns the forms that a person of a role sees, each with its page's name.

    A page on which an owner can write nothing is not asked for those who may do less.
    """

    @cache
    def of(role: str) -> list[tuple[str, Form]]:
        if role == "owner":
            return list(forms_seen(site, role))
        # Each page has the form to sign out.
        ways = ((page, form) for page, form in of("owner") if form.view != "account_logout")
        return list(
            forms_seen(site, role, at={page for page, form in ways if form.method == "post"})
        )

    return of


@pytest.fixture
def forms(seen, db) -> list[Form]:
    """Return the forms of our pages that an owner sees, each kind once."""
    found: dict[tuple, Form] = {}
    for page, form in seen("owner"):
        if ":" in page:
            found.setdefault((form.view, form.method, frozenset(form.names)), form)
    return list(found.values())
