"""Names and stances of fifty letters, on every public page: nothing is overprinted or cut off."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from astana.models import (
    Actor,
    ActorName,
    Article,
    Document,
    Dossier,
    Event,
    Issue,
    Membership,
    Position,
    Source,
    Stance,
    User,
)
from tests.a_large_dossier import a_large_dossier
from tests.addresses import ADDRESSES
from tests.browser.paper import UPRIGHT, beyond_the_margin
from tests.browser.widths import width_of
from tests.permissions import TABLE

SLUG = "longwords"
# Fifty letters without a place to break at, and wide ones.
WORD = "Wirtschaftsgemeinschaftsvertragsverhandlungsmandat"
WIDE = "MWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMW"
assert len(WORD) == len(WIDE) == 50
NAMES = {
    Actor: ("name", WORD),
    ActorName: ("name", WIDE),
    Article: ("title", WIDE),
    Document: ("name", WORD),
    Event: ("name", WORD),
    Issue: ("title", WIDE),
    Position: ("summary", WORD),
    Source: ("name", WORD),
    Stance: ("label", WORD),
}
PAGES = sorted(
    name
    for name, values in ADDRESSES.items()
    if TABLE[name].get in ("anonymous", "seen") and "token" not in values
)
# Further states of pages: a cell that is open, a pair of actors, a text with its notes, results.
STATES = {
    "compare, a cell is open": "compare/?open=actor-0.issue-0",
    "compare, actors in rows": "compare/?transpose=1",
    "agreement of a pair": "agreement/?pair=actor-0.actor-1&least=1",
    "agreement by discourse": "agreement/?measure=subtract&pair=actor-0.actor-1",
    "timeline of an issue": "timeline/?issue=issue-0",
    "timeline of an actor": "timeline/?by=actor&actor=actor-0",
    "sources on a cell": "sources/?actor=actor-0&issue=issue-0",
    "facts": "common-ground/?show=facts",
    "search": f"/search/?q={WORD}",
    "search of an unknown word": f"/search/?q={WIDE}{WIDE}",
}

# Where two pieces of text lie upon each other by more than a hair; what is out of sight does not.
OVERPRINTED = """() => {
    const pieces = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode, holder = node.parentElement;
        if (!node.data.trim() || holder.closest(".visually-hidden, script, option, select, .skip"))
            continue;
        if (!holder.checkVisibility({checkVisibilityCSS: true, checkOpacity: true})) continue;
        if (getComputedStyle(holder).clipPath !== "none") continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) {
            // A box is as high as a line; the letters are not.
            const above = box.height * 0.25;
            if (box.width > 1) pieces.push({node, box, top: box.top + above,
                bottom: box.bottom - above, left: box.left + 1, right: box.right - 1});
        }
    }
    const isStuck = (node) => {
        for (let one = node.parentElement; one; one = one.parentElement)
            if (["sticky", "fixed"].includes(getComputedStyle(one).position)) return true;
        return false;
    };
    const hidden = (piece) => {
        // What a box cuts off is not seen.
        for (let one = piece.node.parentElement; one; one = one.parentElement) {
            const style = getComputedStyle(one);
            if (style.overflowX === "visible" && style.overflowY === "visible") continue;
            const box = one.getBoundingClientRect();
            if (piece.left >= box.right || piece.right <= box.left || piece.top >= box.bottom)
                return true;
            piece.left = Math.max(piece.left, box.left);
            piece.right = Math.min(piece.right, box.right);
        }
        return false;
    };
    pieces.sort((one, other) => one.top - other.top);
    const found = [];
    for (let n = 0; n < pieces.length; n++)
        for (let m = n + 1; m < pieces.length && pieces[m].top < pieces[n].bottom; m++) {
            const one = pieces[n], other = pieces[m];
            if (one.node === other.node) continue;
            if (one.left >= other.right || other.left >= one.right) continue;
            if (isStuck(one.node) || isStuck(other.node) || hidden(one) || hidden(other)) continue;
            if (one.left >= other.right || other.left >= one.right) continue;
            const [upper, lower] = [one, other].map(piece => piece.node.data.trim().slice(0, 40));
            const where = other.node.parentElement.outerHTML.slice(0, 100);
            found.push(`${upper} / ${lower} in ${where}`);
        }
    return found.slice(0, 5);
}"""
# Text that runs out of the window at either side.
CUT_OFF = """width => {
    const found = [];
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode, holder = node.parentElement;
        if (!node.data.trim() || holder.closest(".visually-hidden, svg, option")) continue;
        let scrolls = false;
        for (let one = holder; one; one = one.parentElement)
            scrolls ||= ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
        if (scrolls) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        // What lies wholly outside is a field that no reader is to fill in.
        if (box.width && box.right > 0 && (box.right > width + 1 || box.left < -1))
            found.push(holder.outerHTML.slice(0, 120));
    }
    return found.slice(0, 5);
}"""


@pytest.fixture(scope="session")
def wordy(site, sessions, django_db_blocker):
    """Make a members-only dossier whose names are all long words; its one reader is `wordy`."""
    with django_db_blocker.unblock():
        dossier = a_large_dossier(SLUG, size=3, visibility="members")
        for model, (field, word) in NAMES.items():
            path = getattr(model, "DOSSIER", "dossier")
            for number, record in enumerate(model.objects.filter(**{path: dossier})):
                setattr(record, field, f"{word}{number}" if model is not Position else word)
                record.save()
        Dossier.objects.filter(pk=dossier.pk).update(title=WIDE)
        user = User.objects.create_user("wordy")
        Membership.objects.create(dossier=dossier, user=user)
        client = Client()
        client.force_login(user)
        sessions["wordy"] = client.cookies[settings.SESSION_COOKIE_NAME].value
    yield
    with django_db_blocker.unblock():
        # Members-only and with a reader of its own: other tests never meet it.
        user.delete()


def _address(name: str) -> str:
    values = ADDRESSES[name]
    return reverse(name, kwargs=values | ({"dossier": SLUG} if "dossier" in values else {}))


@pytest.mark.parametrize(
    "address",
    [
        *(pytest.param(_address(name), id=name) for name in PAGES),
        *(
            pytest.param(path if path.startswith("/") else f"/dossiers/{SLUG}/{path}", id=name)
            for name, path in STATES.items()
        ),
    ],
)
def test_long_words_never_widen_a_page_nor_lie_upon_each_other(visit, wordy, address):
    page = visit(address, signed_in="wordy")
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 844})
        assert width_of(page) <= width
        assert page.evaluate(CUT_OFF, width) == []
        assert page.evaluate(OVERPRINTED) == []


@pytest.mark.parametrize("path", ["compare/", "compare/?blind=1", "common-ground/", "brief/"])
def test_long_words_are_whole_on_paper_from_the_left_and_from_the_right(visit, wordy, path):
    page = visit(f"/dossiers/{SLUG}/{path}", signed_in="wordy")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": UPRIGHT, "height": 1000})
    for direction in ("ltr", "rtl"):
        page.evaluate("to => document.documentElement.dir = to", direction)
        assert beyond_the_margin(page) == []
        assert page.evaluate(CUT_OFF, UPRIGHT) == []
        assert page.evaluate(OVERPRINTED) == []


def test_what_lies_upon_each_other_or_runs_out_is_seen(visit):
    page = visit("/method/", width=390, policy=False)
    assert page.evaluate(OVERPRINTED) == []
    page.add_style_tag(
        content="main h1 + p { position: relative; top: -3em; } main h2 { margin-left: -3em; }"
    )
    assert page.evaluate(OVERPRINTED)
    assert page.evaluate(CUT_OFF, 390)
