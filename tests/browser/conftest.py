"""A real Chromium before the demonstration dossier, which is loaded once: these tests only read."""

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from hashlib import sha256
from io import StringIO
from itertools import chain

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from astana.models import (
    Challenge,
    Dossier,
    Invitation,
    Membership,
    Position,
    Pupil,
    SavedComparison,
    User,
)
from astana.models.record import remember
from tests.a_class import a_class
from tests.a_database import copied_to_a_file
from tests.a_large_dossier import a_keeper, a_large_dossier

# Playwright's sync interface runs an event loop in the thread of the tests, in which Django would
# refuse to ask the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# The first is the same Chromium without a window, which is quicker.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page lives for a moment: what would make its scripts quick in the long run only costs, and
    # so does looking for what is no longer used, again and again and in several threads.
    "--js-flags=--no-turbofan --no-maglev --single-threaded-gc"
    " --min-semi-space-size=64 --max-semi-space-size=64",
]
# A page of a word, of the site: what is stored for the site can be forgotten from there.
NEARLY_NOTHING = "/robots.txt"
MISSING = (
    "There is no Chromium here. Debian: apt-get install chromium-headless-shell fonts-noto-core; "
    "elsewhere: .venv/bin/playwright install chromium; or name one: "
    "CHROMIUM=/path/to/chromium make browser"
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        except Error as error:
            pytest.exit(f"{MISSING}\n{error.message}", returncode=1)
        yield browser
        browser.close()


def _decide_on_codings_of_the_keeper(dossier: Dossier, *, by: User) -> None:
    """Let one coding of the keeper stand in another stance, and one go for the first's."""
    keeper = a_keeper()
    codings = Position.objects.filter(dossier=dossier, key__in=["p1", "rejected-0"])
    codings.update(coder=keeper, coded_at=timezone.now())
    stands, goes = codings.order_by("key")
    remember([stands], by=keeper)
    other = stands.issue.stances.exclude(pk=stands.stance_id).first()
    decided = {"reviewer": by, "reviewed_at": timezone.now(), "reason": "The passage says it."}
    Position.objects.filter(pk=stands.pk).update(stance=other, **decided)
    Position.objects.filter(pk=goes.pk).update(settled_by=stands, **decided)


@pytest.fixture(scope="session")
def site(request, django_test_environment, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """Serve the demonstration dossier; `editor` is the site's admin.

    `owner`, `reviewer`, `coder` and `reader` are members of the dossier in that role; `keeper`
    owns the members-only dossier `workshop`, which has something of everything.

    The database is made here: pytest-django makes one only for tests that roll back what they
    did, and these share one server and one loaded dossier. It is a file, as a real one is: one in
    memory has a single connection for all threads of the server, and two that use it at once can
    wait for each other for ever.
    """
    with django_db_blocker.unblock():
        file = tmp_path_factory.mktemp("site") / "astana.sqlite3"
        copied_to_a_file(request.config.cache.mkdir("database"), file)
        made = setup_databases(verbosity=0, interactive=False, keepdb=True)
        call_command("load_dossier", "seeds/syria-astana-2017", stdout=StringIO())
        editor = User.objects.create_superuser("editor", "editor@example.org", "secret-word-7")
        a_large_dossier("workshop", size=3, visibility="members")
        withdrawn = Position.objects.get(dossier__slug="workshop", key="rejected-1")
        Position.objects.filter(pk=withdrawn.pk).update(published_at=timezone.now())
        _decide_on_codings_of_the_keeper(withdrawn.dossier, by=editor)
        Challenge.objects.create(
            dossier=withdrawn.dossier,
            position=withdrawn,
            text="Nobody says so.",
            status="upheld",
            answer="So it is.",
            answered_by=editor,
            answered_at=timezone.now(),
        )
        for token, query in (("demonstration", "actor=russia&actor=turkey"), ("gone", "actor=x")):
            SavedComparison.objects.create(
                dossier=Dossier.objects.get(slug="syria-astana-2017"),
                user=editor,
                title="What the sponsors hold",
                note="Two of the three.",
                query=query,
                visibility="link",
                token=token,
            )
        group = a_class(Dossier.objects.get(slug="syria-astana-2017"), user=editor, code="DEMQCLSS")
        for number, guesses in enumerate(({"A": "russia", "B": "usa"}, {"A": "turkey"}, {})):
            Pupil.objects.create(group=group, token=str(number), guesses=guesses)
        for role in Membership.Role.values:
            user = User.objects.create_user(role, f"{role}@example.org", "secret-word-7")
            Membership.objects.create(
                dossier=Dossier.objects.get(slug="syria-astana-2017"), user=user, role=role
            )
        for token, accepted_at in (("demonstration", None), ("used", timezone.now())):
            Invitation.objects.create(
                dossier=Dossier.objects.get(slug="syria-astana-2017"),
                email="new@example.org",
                role="coder",
                invited_by=User.objects.get(username="owner"),
                token_sha256=sha256(token.encode()).hexdigest(),
                accepted_at=accepted_at,
            )
        # Tests write past the pages, and then look at once.
        settings.CACHE_SECONDS = 0
        served = [*settings.STATICFILES_DIRS, AXE_FILE_PATH.parent]
        with override_settings(STATICFILES_DIRS=served):
            server = LiveServer("localhost")
            # The first page of all imports what makes pages: a busy browser would tire.
            assert Client().get("/").status_code == 200
            yield server.url
            server.stop()
        teardown_databases(made, verbosity=0, keepdb=True)


@pytest.fixture(scope="session")
def sessions(site, django_db_blocker) -> dict[str, str]:
    """Return, by user name, the key of a session in which that user is signed in."""
    keys = {}
    with django_db_blocker.unblock():
        for user in User.objects.all():
            client = Client()
            client.force_login(user)
            keys[user.username] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return keys


@pytest.fixture(scope="session")
def kept(browser) -> Iterator[dict[tuple, list[Page]]]:
    """Return what holds the tabs that tests are done with, by what they are like."""
    pages: dict[tuple, list[Page]] = defaultdict(list)
    yield pages
    for page in chain(*pages.values()):
        page.context.close()


def _is_as_new(page: Page, site: str, *, leave: bool) -> bool:
    """Forget what was stored in a tab, and return whether the next test can have it."""
    if page.context.pages != [page] or not page.url.startswith(site):
        return False
    try:
        page.context.clear_cookies()
        if leave:
            # What a page saves as one leaves it is no longer anybody's.
            page.goto(site + NEARLY_NOTHING)
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
    except Error:
        return False
    return True


@pytest.fixture
def visit(browser, site, sessions, kept) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page; what a page complains about fails the test.

    Without `policy` the browser does not heed the site's Content Security Policy. A tab goes on to
    the next test, with nothing stored and nobody signed in: it has read the style sheets and
    scripts of the site already. A test that changes the browser asks for one of its `own`.
    """
    opened: list[tuple[tuple | None, Page, bool]] = []
    complaints: list[str] = []

    def _complain(text: str) -> None:
        # A refused page is an answer; the tests that ask for one look at it. And htmx logs every
        # request that a newer one replaced.
        expected = (
            "the server responded with a status of 4",
            "htmx:afterRequest",
            "htmx:sendAbort",
        )
        if not any(words in text for words in expected):
            complaints.append(text)

    def _hear(said: ConsoleMessage) -> None:
        if said.type == "error":
            _complain(said.text)

    def _fail(error: Error) -> None:
        _complain(error.message)

    def open_page(
        path: str,
        *,
        width: int = 1440,
        height: int = 900,
        dark: bool = False,
        scripts: bool = True,
        signed_in: bool | str = False,
        own: bool = False,
        policy: bool = True,
    ) -> Page:
        kind = None if own else (scripts, policy)
        if kept[kind]:
            page = kept[kind].pop()
            page.set_viewport_size({"width": width, "height": height})
            scheme = "dark" if dark else "light"
            page.emulate_media(media="null", color_scheme=scheme, forced_colors="none")
            page.mouse.move(0, 0)
        else:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if dark else "light",
                java_script_enabled=scripts,
                reduced_motion="reduce",
                locale="en-GB",
                bypass_csp=not policy,
            )
            context.set_default_timeout(10_000)
            page = context.new_page()
        if signed_in:
            name = settings.SESSION_COOKIE_NAME
            key = sessions["editor" if signed_in is True else signed_in]
            page.context.add_cookies([{"name": name, "value": key, "url": site}])
        opened.append((kind, page, bool(signed_in)))
        page.on("console", _hear)
        page.on("pageerror", _fail)
        page.goto(site + path)
        return page

    yield open_page
    for kind, page, leave in opened:
        page.remove_listener("console", _hear)
        page.remove_listener("pageerror", _fail)
        if kind and _is_as_new(page, site, leave=leave):
            kept[kind].append(page)
        else:
            page.context.close()
    assert complaints == []
