"""A script in every text runs on no page, even in a browser that heeds no policy."""

import pytest

from tests.a_hostile_site import a_hostile_site
from tests.a_watched_site import addresses

# The first is what a script of somebody else's would call.
LISTEN = "window.hole = (which) => { window.ran = which; };"
# Opens what is folded, waits until it is drawn; returns the words of the page, and what ran.
OPEN = """async () => {
    const words = document.body.innerText;
    const folded = [...document.querySelectorAll("main summary")];
    for (const one of folded.filter((one) => one.checkVisibility()).slice(0, 3)) one.click();
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    return [words, window.ran ?? null];
}"""


@pytest.fixture(scope="session")
def pages(site, sessions, django_db_blocker) -> list[str]:
    """Return the addresses of a members-only dossier that `the-owner` may read."""
    with django_db_blocker.unblock():
        hostile = a_hostile_site("members", slug="hostile")
        sessions["the-owner"] = hostile.client("owner").cookies["sessionid"].value
        read = ("seen", "reader", "coder", "reviewer", "owner")
        walked = [address for address in addresses() if address.row.get in read]
        found = [hostile.url(address, "owner") for address in walked]
        # What does not end like a page is a file.
        return [path for path in found if path.endswith("/") and not path.startswith("/admin/")]


def test_it_runs_on_no_page(visit, site, pages):
    page = visit("/", signed_in="the-owner", policy=False, own=True)
    page.add_init_script(LISTEN)
    read = 0
    for path in pages:
        answer = page.goto(site + path)
        if answer is None or not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        words, ran = page.evaluate(OPEN)
        read += "hole(1)" in words
        assert ran is None, path
    assert read > 20
