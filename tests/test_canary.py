"""A word planted in everything private is in no answer to whoever may not see it."""

from collections.abc import Callable, Iterable
from io import BytesIO
from itertools import chain
from zipfile import ZipFile, is_zipfile

import pytest
from django.contrib.auth.models import Permission
from django.http import QueryDict

from astana.actions.notices import notify
from astana.models import Comment, Evidence, Membership, Notice, Position, Rendition, User
from astana.web.api.offered import TABLES
from tests.a_canary import BAIT, CANARY, close, code, hide
from tests.a_large_dossier import made_once
from tests.a_watched_site import Site, addresses
from tests.asked import asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uncounted")]

# What excludes nothing that another asks for is asked for together with it.
QUERIES = [
    f"q={BAIT}",
    "status=submitted&status=rejected&status=draft",
    "sort=-said&per_page=200&rendition=2&title=1&of=position&name=p0",
    "actor=actor-0&issue=issue-0&open=actor-0.issue-0&choose=actors",
    "recorded_as_of=2099-01-01&as_of=2099-01-01",
]
HTMX = {"HX-Request": "true"}


def _make_staff(user: User) -> None:
    """Let a person into the admin, with every right there that Django knows."""
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.all())


def _words(response) -> str:
    """Return all that an answer says: its head, its body, and the files in it."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    parts = [str(dict(response.items())), body.decode(errors="replace")]
    if is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as packed:
            parts += [packed.read(name).decode(errors="replace") for name in packed.namelist()]
    return " ".join(parts).lower()


def _answers(site: Site, role: str, *, at: Callable[[str], bool]):
    """Yield what each address answers a person, whole, and to each question as a slice or whole.

    That a slice says nothing that the whole page does not is tested of every page. Asked are the
    addresses `at` which there may be a difference.
    """
    # Whoever has an account is asked for the most telling question alone: each costs a walk.
    queries = QUERIES if role == "anonymous" else QUERIES[:1]
    for address in addresses():
        if address.row.get is None or not at(address.name):
            continue
        if address.name.startswith(("account", "mfa_", "social", "openid", "usersessions")):
            continue
        url = site.url(address, role)
        with asked() as known:
            yield url, {}, site.client(role).get(url)
        # A question that a page does not look for changes nothing, as is tested of every page.
        known = set() if address.name.startswith("admin:") else known
        more = [
            f"{url}{'&' if '?' in url else '?'}{query}"
            for query in queries
            if known.intersection(QueryDict(query))
        ]
        if address.name.startswith("exports:") and "suffix" in address.parts:
            others = (".docx",) if address.name == "exports:brief" else ()
            more += [url.replace(".csv", suffix) for suffix in (".json", ".xlsx", *others)]
        if address.name == "api:table":
            more += [url.replace("positions.csv", f"{table}?size=1000") for table in TABLES]
            more.append(url.replace(".csv", ".metadata.json"))
        for one in more:
            headers = HTMX if BAIT in one else {}
            yield one, headers, site.client(role).get(one, headers=headers)
    is_asked = role == "anonymous" and at("agents:mcp")
    for name, arguments in _asked_of_tools(site) if is_asked else ():
        call = {"method": "tools/call", "params": {"name": name, "arguments": arguments}}
        message = {"jsonrpc": "2.0", "id": 1} | call
        answer = site.client(role).post("/mcp", message, content_type="application/json")
        yield f"/mcp {call}", {}, answer


def _asked_of_tools(site: Site) -> list[tuple[str, dict]]:
    """Return what agents may ask of a dossier; who is signed in is nobody there."""
    of = {"dossier": site.dossier.slug}
    kinds = {"issue": "issue-0", "position": "p0", "article": "article-0", "actor": "actor-0"}
    drafts = Position.objects.of(site.dossier).exclude(status="published")
    keys = ["p0", *drafts.values_list("key", flat=True)[:3]]
    return [
        ("list_issues", {}),
        ("list_issues", of),
        ("positions", of),
        ("positions", of | {"actor": "actor-0", "issue": "issue-0"}),
        ("compare", of | {"actors": ["actor-0", "actor-1"]}),
        ("search", {"query": BAIT}),
        ("search", of | {"query": BAIT}),
        *(("evidence", of | {"position": key}) for key in keys),
        *(("fetch", {"id": f"{kind}:{site.dossier.slug}/{name}"}) for kind, name in kinds.items()),
        *(("fetch", {"id": f"position:{site.dossier.slug}/{key}"}) for key in keys),
    ]


def _everywhere(_name: str) -> bool:
    return True


def _in_admin(name: str) -> bool:
    return name.startswith("admin:")


def _on_the_site(name: str) -> bool:
    return not _in_admin(name)


def _found(
    site: Site,
    role: str,
    *,
    but: tuple[str, ...] = (),
    more: Iterable[str] = (),
    at: Callable[[str], bool] = _everywhere,
) -> list[str]:
    found = []
    others = ((url, {}, site.client(role).get(url)) for url in more)
    for url, headers, response in chain(others, _answers(site, role, at=at)):
        if CANARY in _words(response) and not url.startswith(but or ("//",)):
            found.append(f"{url} {headers} ({response.status_code})")
    return found


@pytest.fixture(scope="module")
def planted(request, django_db_setup, django_db_blocker):
    """Return a site with the canary in it, and more addresses that ask for it; made once."""
    visibility, plant = request.param
    with made_once(django_db_blocker):
        site = Site(visibility)
        yield site, plant(site) or []


def _a_site(visibility: str, plant: Callable[[Site], object]):
    return pytest.mark.parametrize(
        "planted", [(visibility, plant)], ids=[plant.__name__], indirect=True, scope="module"
    )


a_private_site, a_public_site = _a_site("members", close), _a_site("public", hide)
a_site_with_a_round = _a_site("public", code)


@pytest.fixture
def site(planted, db):
    """The site; what a test changes is rolled back."""
    return planted[0]


# Who may not come into the admin is told nothing there, as test_permissions.py has it.
@a_private_site
@pytest.mark.parametrize("role", ["anonymous", "outsider"])
def test_nothing_of_a_private_dossier_is_told_to_outsiders(site, role):
    assert _found(site, role, but=("/invitations/",), at=_on_the_site) == []


# An outsider who has coded is walked below.
@a_public_site
@pytest.mark.parametrize("role", ["anonymous", "reader"])
def test_nothing_from_inside_a_public_dossier_is_told(site, role):
    if role == "reader":
        Evidence.objects.filter(number=90).delete()
        Rendition.objects.filter(language="fr").delete()
    own = f"/comparisons/{site.dossier.slug}-the-{role}/"
    assert _found(site, role, but=(own, "/comparisons/"), at=_on_the_site) == []


@a_public_site
def test_nothing_from_inside_is_told_to_whoever_has_left(site):
    notify(
        [site.people["coder"]], Notice.Kind.COMMENTED, dossier=site.dossier, by=None,
        comment=Comment.objects.filter(position__key="p0").first(),
    )  # fmt: skip
    Membership.objects.filter(user=site.people["coder"]).delete()
    own = f"/comparisons/{site.dossier.slug}-the-coder/"
    assert _found(site, "coder", but=(own, "/comparisons/"), at=_on_the_site) == []


@a_public_site
def test_staff_without_a_role_are_told_nothing_from_inside(site):
    _make_staff(site.people["outsider"])
    own = f"/comparisons/{site.dossier.slug}-the-outsider/"
    # On the site they are outsiders like others, who are walked above.
    # Accounts belong to the site and to no dossier: whoever may see them is up to Django's rights.
    mine = ("/comparisons/", "/admin/astana/savedcomparison/")
    but = (own, *mine, "/admin/astana/user/")
    assert _found(site, "outsider", but=but, at=_in_admin) == []


# The lists of the admin ask the same of both; what a reviewer may do there is more.
@a_site_with_a_round
@pytest.mark.parametrize(
    ("role", "at"),
    [("coder", _on_the_site), ("reviewer", _on_the_site), ("reviewer", _in_admin)],
)
def test_nothing_of_a_running_round_is_told_to_the_others_who_code_in_it(site, planted, role, at):
    _make_staff(site.people[role])
    more = [] if at == _in_admin else planted[1]
    assert _found(site, role, more=more, at=at) == []


@a_site_with_a_round
def test_whoever_takes_no_part_in_a_running_round_finds_it(site, planted):
    on_the_site = [url for url in planted[1] if "/admin/" not in url]
    assert on_the_site
    unseen = [url for url in on_the_site if CANARY not in _words(site.client("owner").get(url))]
    assert unseen == []


@a_private_site
def test_a_member_does_find_the_canary(site):
    """The walk sees it where it may be seen, so that it would see it where it may not."""
    pages = {
        "search:index": "/search/",
        "feeds:dossier": "/feed.atom",
        "exports:positions": "/positions.csv",
        "exports:dossier": "dossier.zip",
        "api:table": "/positions?size=1000",
        "members:index": "/members/",
        "issues:index": "/issues/",
    }
    found = " ".join(_found(site, "owner", at=pages.__contains__))
    assert [page for page in pages.values() if page not in found] == []
