"""Every address, for every role, by every method, as tests/permissions.py has it."""

from collections.abc import Iterator
from hashlib import sha256

import pytest
from django.db import connection, transaction

from tests.a_large_dossier import made_once
from tests.a_watched_site import FRAMED, HTMX, PEOPLE, Address, Site, addresses
from tests.permissions import ORDER, TABLE
from tests.unrendered import unrendered

pytestmark = pytest.mark.django_db

ROLES = ["anonymous", *PEOPLE]
LET_IN = {
    "get": {200, 301, 302, 401, 410},
    "post": {200, 201, 204, 301, 302, 400, 409, 410, 422},
}
DOORS = ("/accounts/login/", "/admin/login/")


@pytest.fixture(scope="module", params=["public", "members"])
def visibility(request):
    return request.param


@pytest.fixture(scope="module")
def _made(visibility, django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        yield Site(visibility)


@pytest.fixture
def site(_made, db):
    """The site; what a test changes is rolled back."""
    return _made


only_public = pytest.mark.parametrize("visibility", ["public"], indirect=True, scope="module")
only_private = pytest.mark.parametrize("visibility", ["members"], indirect=True, scope="module")


def test_every_address_has_a_row():
    """A missing row is added to TABLE in tests/permissions.py, with the least role that may."""
    assert [address.name for address in addresses() if address.row is None] == []


def test_every_row_has_an_address():
    names = {address.name for address in addresses()} | {"admin:*"}
    assert sorted(set(TABLE) - names) == []


def _is_let_in(response, method: str) -> bool:
    to = response.get("Location", "")
    return response.status_code in LET_IN[method] and not to.startswith(DOORS)


def _is_ours(address) -> bool:
    return address.pattern.callback.__module__.startswith("astana.pages.")


def _least(row, method: str, *, is_private: bool) -> str | None:
    """Return the least role that an address lets in, None where it does not know the method."""
    least = getattr(row, method)
    if least == "seen":
        return "reader" if is_private else "anonymous"
    if least == "public":
        return "nobody" if is_private else "anonymous"
    return least


def _expected(row, method: str, *, role: str, is_private: bool) -> str:
    least = _least(row, method, is_private=is_private)
    if least is None:
        return "405"
    is_high_enough = ORDER.index(role) >= ORDER.index(least) and role not in row.but
    return "let in" if is_high_enough else "refused"


def _found(response, method: str, *, of_dossier: bool, role: str, is_private: bool) -> str:
    """Return what an answer comes to; a wrong way to refuse is named by its status."""
    if response.status_code == 405:
        return "405"
    if _is_let_in(response, method):
        return "let in"
    is_stranger = role in ("anonymous", "outsider")
    if of_dossier:
        # A dossier, or a desk of it, that is not for a stranger does not exist for one.
        fits = response.status_code == (404 if is_stranger else 403)
        if role == "admin":
            fits = response.status_code in (403, 404)
    else:
        fits = response.status_code in (302, 403, 404)
    return "refused" if fits else f"status {response.status_code}"


def _asked(row, method: str, *, number: int, is_private: bool) -> set[str]:
    """Return the roles at the edge: who is just let in, who just is not, both ends, one in turn."""
    low, high = ROLES[0], "owner"
    least = _least(row, method, is_private=is_private)
    edge = ORDER.index(least) if least else 0
    just = {role for role in ORDER[max(edge - 1, 0) : edge + 1] if role in ROLES}
    return {low, high, *just, *row.but, ROLES[number % len(ROLES)]}


def _walk(role: str, method: str, *, is_private: bool) -> Iterator[Address]:
    """Yield the addresses that a role is sent to by a method."""
    for number, address in enumerate(addresses()):
        if address.row is None or (role == "admin" and address.name.startswith("admin:")):
            continue
        # What is not ours knows of no dossier, and is walked once.
        if is_private and not _is_ours(address):
            continue
        if role in _asked(address.row, method, number=number, is_private=is_private):
            yield address


def _differs(response, address: Address, method: str, *, role: str, is_private: bool) -> list[str]:
    """Return how an answer differs from what the table has, nothing where it does not."""
    expected = _expected(address.row, method, role=role, is_private=is_private)
    is_shown_to_nobody = expected == "refused" and getattr(address.row, method) == "public"
    if is_shown_to_nobody and response.status_code == 404:
        return []
    of_dossier = "dossier" in address.parts
    found = _found(response, method, of_dossier=of_dossier, role=role, is_private=is_private)
    if expected == "405" and found == "refused" and not _is_ours(address):
        # Others look at who asks before they look at how.
        return []
    if found == expected:
        return []
    return [f"{address.name} {method} as {role}: {found}, not {expected}"]


def _wrong(site: Site, role: str, method: str, *, is_private: bool) -> list[str]:
    """Return where the site differs from the table; nothing that is done stays."""
    wrong = []
    # A slice of a page is for the same people as the page, and has no frame to be made.
    headers = HTMX if method == "get" else {}
    for address in _walk(role, method, is_private=is_private):
        url = site.url(address, role)
        with transaction.atomic(), unrendered():
            response = getattr(site.client(role), method)(url, headers=headers)
            transaction.set_rollback(True)
        wrong += _differs(response, address, method, role=role, is_private=is_private)
    return wrong


# What is not in these is read below, by the same table: whole, and by HEAD.
PUBLIC = [(role, "post") for role in ROLES]
PUBLIC += [(role, "get") for role in ROLES if role not in ("anonymous", "owner")]
# Those who are above readers are told apart by their role alone, as in a public dossier.
PRIVATE = [(role, "get") for role in ("anonymous", "outsider", "reader", "admin")]
PRIVATE += [(role, "post") for role in ("anonymous", "outsider", "reader", "owner", "admin")]


@only_public
@pytest.mark.parametrize(("role", "method"), PUBLIC)
def test_the_table_holds_of_a_public_dossier(site, role, method):
    wrong = _wrong(site, role, method, is_private=False)
    assert wrong == [], "\n" + "\n".join(wrong)


@only_private
@pytest.mark.parametrize(("role", "method"), PRIVATE)
def test_the_table_holds_of_a_private_dossier(site, role, method):
    wrong = _wrong(site, role, method, is_private=True)
    assert wrong == [], "\n" + "\n".join(wrong)


@only_public
@pytest.mark.parametrize("role", ["anonymous", "owner"])
def test_reading_holds_to_the_table_and_changes_nothing(site, role):
    before, wrong = _contents(), []
    for address in _walk(role, "get", is_private=False):
        # The frame around the pages is the same for all, and is asked for with two of them.
        headers = {} if address.name in FRAMED else HTMX
        response = site.client(role).get(site.url(address, role), headers=headers)
        wrong += _differs(response, address, "get", role=role, is_private=False)
    after = _contents()
    assert [table for table in before if after[table] != before[table]] == []
    assert wrong == [], "\n" + "\n".join(wrong)


@pytest.fixture(scope="module")
def heads(_made):
    """Return what an owner is answered to HEAD at each address, and whether still signed in."""
    found = {}
    for address in addresses():
        client = _made.client("owner")
        with unrendered():
            response = client.head(_made.url(address, "owner"), headers=HTMX)
        found[address.name] = (address, response, bool(client.cookies["sessionid"].value))
    return found


@only_private
def test_a_head_is_answered_as_a_get_without_words(site, heads):
    wrong = []
    for address, response, _is_in in heads.values():
        if address.row is None:
            continue
        words = b"" if response.streaming else response.content
        differs = _differs(response, address, "get", role="owner", is_private=True)
        wrong += [f"{address.name}: {words[:50]}"] if words else differs
    assert wrong == [], "\n" + "\n".join(wrong)


@only_private
def test_no_cache_keeps_what_is_answered_to_who_has_signed_in(site, heads):
    kept = []
    for address, response, is_in in heads.values():
        given = set(response.get("Cache-Control", "").split(", "))
        if is_in and not given >= {"private", "no-store"}:
            kept.append((address.name, response.status_code, given))
    assert kept == []


@only_public
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written_without_the_token_of_our_forms(site, method):
    before = _contents()
    strict = site.client("admin", enforce_csrf_checks=True)
    with unrendered():
        answers = {
            address.name: getattr(strict, method)(site.url(address, "admin")).status_code
            for address in addresses()
        }
    # A mail program has no token of ours: it sends one click to a signed address (RFC 8058).
    assert answers.pop("notices:unsubscribe") == (200 if method == "post" else 405)
    # Here nothing is written; what was sent is no message.
    assert answers.pop("agents:mcp") == (400 if method == "post" else 405)
    assert {name: status for name, status in answers.items() if status != 403} == {}
    assert _contents() == before


@only_public
@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_pages_of_ours_know_no_other_method(site, method):
    answers = {}
    for address in addresses():
        if _is_ours(address):
            client = site.client("owner")
            answers[address.name] = getattr(client, method)(site.url(address, "owner")).status_code
    assert answers
    assert {name: status for name, status in answers.items() if status != 405} == {}


# What is not about a dossier or an account: who has been here, and how often.
_FLEETING = {"django_session", "astana_cache", "usersessions_usersession", "django_migrations"}


def _contents() -> dict[str, str]:
    """Return a hash of the rows of each table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in _FLEETING or table.startswith("sqlite_"):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = sorted(map(repr, cursor.fetchall()))
            found[table] = sha256("\n".join(rows).encode()).hexdigest()
    assert len(found) > 40
    return found
