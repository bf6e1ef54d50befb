"""What holds for every page: whole or as a slice, for the right readers, in few queries."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from astana.models import Dossier, Membership, User
from tests.a_large_dossier import a_keeper, a_large_dossier, made_once
from tests.addresses import ADDRESSES, HTMX, ROLES, SIGNED_IN, WRITING, page_url
from tests.as_a_new_process import forget
from tests.asked import asked
from tests.site_pages import deeds, pages
from tests.unrendered import unrendered

BACK = HTMX | {"HX-History-Restore-Request": "true"}
FOREIGN = "?utm_source=x&fbclid=1"

pytestmark = pytest.mark.django_db
# With the scope of the file all tests of a page follow each other, in one process that asks once.
each_page = pytest.mark.parametrize("name", ADDRESSES, scope="module")
each_page_of_a_dossier = pytest.mark.parametrize(
    "name", [name for name, address in ADDRESSES.items() if "dossier" in address], scope="module"
)


@pytest.fixture(scope="module")
def _the_talks(django_db_setup, django_db_blocker):
    """Make the dossier once for all tests of this file; what a test changes is rolled back."""
    with made_once(django_db_blocker):
        a_large_dossier("talks", size=3)
        yield


@pytest.fixture
def talks(_the_talks, db):
    return Dossier.objects.get(slug="talks")


@pytest.fixture(scope="module")
def _sessions(_the_talks):
    """Return the sessions of the keeper, of a stranger, and of a member of each role."""
    dossier = Dossier.objects.get(slug="talks")
    people = {"keeper": a_keeper(), "stranger": User.objects.create_user("charlie")}
    for role in Membership.Role.values:
        people[role] = User.objects.create_user(f"a-{role}")
        Membership.objects.create(dossier=dossier, user=people[role], role=role)
    return {name: _session_of(user) for name, user in people.items()}


def _session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


@pytest.fixture
def browser_of(talks, _sessions):
    """Return a browser in which a person has signed in, by role."""

    def browser(role: str) -> Client:
        client = Client(headers=HTMX)
        client.cookies["sessionid"] = _sessions[role]
        return client

    return browser


@pytest.fixture(scope="module")
def _answers():
    return {}


@pytest.fixture
def ask(client, talks, _answers):
    """Return what asks for a page, once in each way, and says what it looked for in its address."""

    def once(name: str, query: str = "", **headers: str):
        way = (name, query, *headers)
        if way not in _answers:
            with asked() as names:
                response = client.get(page_url(name) + query, headers=headers)
            _answers[way] = (response, frozenset(names))
        return _answers[way]

    return once


@pytest.fixture
def answer(ask):
    """Return what answers a page, whole or as a slice, which is only read."""
    return lambda name, *query, **headers: ask(name, *query, **headers)[0]


@pytest.fixture
def private_talks(talks):
    Dossier.objects.filter(pk=talks.pk).update(visibility="members")
    return talks


@pytest.fixture(autouse=True)
def _signed_in(request, client, _sessions):
    """Sign the keeper of saved comparisons in, before a test of one of the keeper's pages."""
    # Sessions are asked for by name above: made within a test they would be gone with it.
    callspec = getattr(request.node, "callspec", None)
    if callspec and callspec.params.get("name") in SIGNED_IN:
        client.cookies["sessionid"] = _sessions["keeper"]


def test_every_page_is_tested():
    assert set(pages()) == set(ADDRESSES)


@each_page
def test_a_page_answers(answer, name):
    response = answer(name)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("name", sorted(set(ADDRESSES) - WRITING))
def test_a_page_is_only_read(client, talks, name):
    assert client.post(page_url(name)).status_code == 405


@each_page
def test_a_fragment_is_a_slice_of_its_page(answer, name):
    whole, fragment = _settled(answer(name)), _settled(answer(name, **HTMX))
    assert "<html" in whole
    assert "<html" not in fragment
    assert len(fragment) > 100
    assert fragment in whole


def _settled(response) -> str:
    """Return a page without what is another one each time: tokens, names of kept forms, now."""
    own = r'(name="(?:csrfmiddlewaretoken|ticket|form)" value="|recorded_as_of=)[^"&]+'
    return re.sub(own, r"\1", response.content.decode())


@each_page
def test_caches_keep_page_and_fragment_apart(answer, name):
    for headers in ({}, HTMX):
        assert "HX-Request" in answer(name, **headers)["Vary"]


@each_page
def test_going_back_gives_the_whole_page(answer, name):
    assert "<html" in answer(name, FOREIGN, **BACK).content.decode()


@each_page
def test_a_page_has_one_heading(answer, name):
    headings = re.findall(r"<h1[^>]*>(.*?)</h1>", answer(name).content.decode(), re.DOTALL)
    assert len(headings) == 1
    assert re.sub(r"<[^>]+>", "", headings[0]).strip()


def test_each_page_has_its_own_title(client, answer):
    titles = {}
    for name in ADDRESSES:
        if name in SIGNED_IN:
            client.force_login(a_keeper())
        else:
            client.logout()
        html = answer(name).content.decode()
        title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1]
        titles[name] = title.rsplit("·", 1)[0].strip()
    assert all(titles.values())
    assert len(set(titles.values())) == len(titles)


def test_a_page_costs_the_same_queries_when_a_large_dossier_joins(client, talks):
    names = [name for name in ADDRESSES if "dossier" not in ADDRESSES[name]]

    def each() -> Iterator[tuple[str, list[str]]]:
        for name in names:
            if name in SIGNED_IN:
                client.force_login(a_keeper())
            else:
                client.logout()
            yield name, queries_of(client, page_url(name))

    small = dict(each())
    a_large_dossier("congress", size=60)
    for name, large in each():
        assert len(small[name]) == len(large), name + "\n" + "\n".join(large)


def queries_of(client, url: str) -> list[str]:
    """Return what a page asks the database, with nothing in the memory of the process."""
    forget()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in queries]


@each_page_of_a_dossier
def test_a_private_dossier_is_there_for_its_members_alone(browser_of, private_talks, name):
    with unrendered():
        for stranger in (Client(headers=HTMX), browser_of("stranger")):
            assert stranger.get(page_url(name)).status_code == 404
    assert browser_of(ROLES.get(name, "reader")).get(page_url(name)).status_code == 200


@pytest.mark.parametrize("name", ROLES)
def test_a_page_of_the_desk_is_there_for_those_who_work_on_the_dossier(browser_of, name):
    with unrendered():
        for stranger in (Client(headers=HTMX), browser_of("stranger")):
            assert stranger.get(page_url(name)).status_code == 404
        lower = list(Membership.Role.values)[: Membership.Role.values.index(ROLES[name])]
        for role in lower:
            assert browser_of(role).get(page_url(name)).status_code == 403


@pytest.mark.parametrize("name", deeds())
def test_nothing_is_done_by_reading(rf, name):
    assert deeds()[name](rf.get("/")).status_code == 405


def test_a_private_dossier_is_not_named_to_outsiders(client, private_talks):
    assert "talks" not in client.get(page_url("home:index")).content.decode()


@each_page_of_a_dossier
def test_what_a_dossier_does_not_hold_is_not_found(client, talks, name):
    with unrendered():
        for part in ADDRESSES[name]:
            assert client.get(page_url(name, **{part: "nobody"})).status_code == 404


@each_page
def test_foreign_parameters_are_ignored(answer, name):
    foreign = answer(name, FOREIGN, **BACK)
    assert foreign.status_code == 200
    assert _seen(foreign) == _seen(answer(name))


def _seen(response) -> str:
    """Return the words of a page, without the addresses in it."""
    return re.sub(r"<[^>]+>", "", response.content.decode())


HOSTILE = {
    "a null byte": "actor=%00",
    "5 MB": "q=" + "a" * 5_000_000,
    "10,000 actors": "&".join(f"actor=actor-{n}" for n in range(10_000)),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_query_string_is_refused(browser_of, kind):
    nobody, keeper = Client(), browser_of("keeper")
    with unrendered():
        answers = {
            name: (keeper if name in SIGNED_IN else nobody).get(f"{page_url(name)}?{HOSTILE[kind]}")
            for name in ADDRESSES
        }
    found = {name: answer.status_code for name, answer in answers.items()}
    assert {name: status for name, status in found.items() if status not in (400, 414)} == {}


NONSENSE = (
    "nobody",
    "1000000000000",
    "-1",
    "99999999999999999999999999",
    "2017-02-30",
    "٣",
    "'",
    "%ff%fe",
    "%ed%a0%80",
    "a.b",
    ".",
    "%F0%9F%98%80",
)


@each_page
def test_nonsense_is_never_a_fault_of_ours(client, ask, name):
    client.raise_request_exception = False
    page = page_url(name)
    # One value for each, in turn: every parameter that pages share meets many of them.
    turn = sorted(ADDRESSES).index(name)
    tried: list[str] = []
    with asked() as known:
        known.update(ask(name, **HTMX)[1])
        while left := sorted(known.difference(tried)):
            value = NONSENSE[(turn + len(tried)) % len(NONSENSE)]
            # A slice, as the frame around it takes time and says nothing of the value.
            response = client.get(f"{page}?{left[0]}={value}", headers=HTMX)
            assert response.status_code in (200, 400, 404), f"{left[0]}={value}"
            tried.append(left[0])


@each_page
def test_what_is_unknown_is_named(client, ask, name):
    """A parameter that the page knows answers 400 with the value; another one is ignored."""
    known = ask(name, **HTMX)[1] & {
        "actor",
        "issue",
        "as_of",
        "recorded_as_of",
        "stance",
        "voice",
        "source",
        "beside",
        "with",
    }
    for parameter in sorted(known):
        response = client.get(f"{page_url(name)}?{parameter}=zzz-nobody", headers=HTMX)
        if response.status_code == 400:
            assert "zzz-nobody" in response.content.decode()
            assert 'role="alert"' in response.content.decode()
        else:
            assert response.status_code == 200
            assert "zzz-nobody" not in _seen(response)


class _Inline(HTMLParser):
    """Collect what the policy forbids: styles, handlers and scripts in the page itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        if tag == "style" or "style" in names or any(name.startswith("on") for name in names):
            self.found.append(self.get_starttag_text())
        if tag == "script" and "src" not in names and names.get("type") != "application/ld+json":
            self.found.append(self.get_starttag_text())


@each_page
def test_nothing_is_inline_and_the_policy_forbids_it(answer, name):
    response = answer(name)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy
    parser = _Inline()
    parser.feed(response.content.decode())
    assert parser.found == []


def test_an_error_page_has_the_policy_too(client, talks):
    for url in ("/nowhere/", "/?x=%00"):
        assert "default-src 'none'" in client.get(url)["Content-Security-Policy"]
