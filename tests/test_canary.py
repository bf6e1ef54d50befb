"""A word planted in everything private is in no answer to whoever may not see it."""

from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest

from astana.models import (
    Actor,
    Article,
    Challenge,
    Comment,
    Dossier,
    Evidence,
    Invitation,
    Issue,
    Membership,
    Position,
    Rendition,
    SavedComparison,
    User,
)
from tests.a_watched_site import Site, addresses

pytestmark = pytest.mark.django_db

# Whoever asks says the bait, which stands beside the canary in every text.
CANARY, BAIT = "kanarienvogel", "lockstoff"
PRIVATE = f"{BAIT} {CANARY}"
QUERIES = [
    f"q={BAIT}",
    "status=draft",
    "status=submitted&status=rejected",
    "sort=-said&per_page=200",
    "actor=actor-0&issue=issue-0&open=actor-0.issue-0&choose=actors",
    "rendition=2",
    "recorded_as_of=2099-01-01&as_of=2099-01-01",
    "title=1&of=position&name=p0",
]
HTMX = {"HX-Request": "true"}


def _close(site: Site) -> None:
    """Plant the canary in everything of a dossier, which is for its members only."""
    of = {"dossier": site.dossier}
    Dossier.objects.filter(pk=site.dossier.pk).update(title=PRIVATE, description=PRIVATE)
    Actor.objects.filter(**of).update(name=PRIVATE, description=PRIVATE)
    Issue.objects.filter(**of).update(title=PRIVATE, question=PRIVATE)
    Article.objects.filter(**of).update(title=PRIVATE)
    Position.objects.filter(**of).update(summary=PRIVATE, condition=PRIVATE, note=PRIVATE)


def _hide(site: Site) -> None:
    """Plant the canary in what nobody outside may see of a dossier that is public."""
    of = {"dossier": site.dossier}
    inside = Position.objects.filter(**of).exclude(status="published")
    assert set(inside.values_list("status", flat=True)) == {"draft", "submitted", "rejected"}
    inside.update(summary=PRIVATE, condition=PRIVATE, note=PRIVATE)
    inside.filter(status="rejected").update(reason=PRIVATE)
    Comment.objects.filter(**of).update(text=PRIVATE)
    Challenge.objects.filter(status="open", **of).update(text=PRIVATE)
    Invitation.objects.filter(**of).update(email=f"{BAIT}.{CANARY}@example.org")
    SavedComparison.objects.update(title=PRIVATE, note=PRIVATE)
    _only_for_members(site)
    for user in User.objects.all():
        user.email = f"{user.username}.{CANARY}@example.org"
        user.save()


def _only_for_members(site: Site) -> None:
    """Give the first article a full text for members, and a published position that rests on it."""
    article = Article.objects.of(site.dossier).get(slug="article-0")
    text = f"They said that {PRIVATE} was no plan at all."
    full = Rendition.objects.create(
        article=article,
        kind="full",
        rights="members",
        text=text,
        language="fr",
        sha256=sha256(text.encode()).hexdigest(),
        characters=len(text),
        paragraphs=[[0, len(text)]],
    )
    for key in ("p0", "p1"):
        position = Position.objects.of(site.dossier).get(key=key)
        start = text.index(PRIVATE)
        Evidence.objects.create(
            position=position,
            number=90,
            rendition=full,
            exact=PRIVATE,
            start=start,
            end=start + len(PRIVATE),
            paragraph=1,
        )


def _words(response) -> str:
    """Return all that an answer says: its head, its body, and the files in it."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    parts = [str(dict(response.items())), body.decode(errors="replace")]
    if is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as packed:
            parts += [packed.read(name).decode(errors="replace") for name in packed.namelist()]
    return " ".join(parts).lower()


def _answers(site: Site, role: str):
    """Yield what each address answers a person, whole and as a slice, to each question."""
    # Whoever has an account is asked for the most telling question alone: each costs a walk.
    queries = QUERIES if role == "anonymous" else QUERIES[:1]
    for address in addresses():
        if address.row.get is None:
            continue
        if address.name.startswith(("account", "mfa_", "social", "openid", "usersessions")):
            continue
        url = site.url(address, role)
        asked = [url, *(f"{url}?{query}" for query in queries)]
        if address.name.startswith("admin:"):
            asked = [url]
        if address.name.startswith("exports:") and "suffix" in address.parts:
            asked += [url.replace(".csv", suffix) for suffix in (".json", ".xlsx")]
        for one in asked:
            for headers in ({}, HTMX) if one == url or BAIT in one else ({},):
                yield one, headers, site.client(role).get(one, headers=headers)


def _found(site: Site, role: str, *, but: tuple[str, ...] = ()) -> list[str]:
    found = []
    for url, headers, response in _answers(site, role):
        if CANARY in _words(response) and not url.startswith(but or ("//",)):
            found.append(f"{url} {headers} ({response.status_code})")
    return found


@pytest.mark.parametrize("role", ["anonymous", "outsider"])
def test_nothing_of_a_private_dossier_is_told_to_outsiders(role):
    site = Site("members")
    _close(site)
    assert _found(site, role, but=("/invitations/",)) == []


@pytest.mark.parametrize("role", ["anonymous", "outsider", "reader"])
def test_nothing_from_inside_a_public_dossier_is_told(role):
    site = Site("public")
    _hide(site)
    if role == "reader":
        Evidence.objects.filter(number=90).delete()
        Rendition.objects.filter(language="fr").delete()
    own = f"/comparisons/{site.dossier.slug}-the-{role}/"
    assert _found(site, role, but=(own, "/comparisons/")) == []


def test_nothing_from_inside_is_told_to_whoever_has_left():
    site = Site("public")
    _hide(site)
    Membership.objects.filter(user=site.people["coder"]).delete()
    assert _found(site, "coder", but=("/comparisons/",)) == []


def test_a_member_does_find_the_canary():
    """The walk sees it where it may be seen, so that it would see it where it may not."""
    site = Site("members")
    _close(site)
    found = " ".join(_found(site, "owner"))
    for page in (
        "/search/",
        "/feed.atom",
        "/positions.csv",
        "dossier.zip",
        "/members/",
        "/issues/",
    ):
        assert page in found
