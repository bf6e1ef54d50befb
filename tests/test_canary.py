"""A word planted in everything private is in no answer to whoever may not see it."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from io import BytesIO
from itertools import chain
from zipfile import ZipFile, is_zipfile

import pytest
from django.contrib.auth.models import Permission
from django.http import QueryDict

from astana.actions import additions
from astana.actions.assign import assign
from astana.actions.coding import NewActor, NewDocument, NewEvent, NewIssue, NewStance
from astana.actions.comments import add
from astana.actions.notices import notify
from astana.models import (
    Actor,
    ActorName,
    Article,
    Challenge,
    Comment,
    Document,
    Dossier,
    Event,
    Evidence,
    Invitation,
    Issue,
    Membership,
    Notice,
    Position,
    Rendition,
    SavedComparison,
    Stance,
    User,
)
from astana.web.api.offered import TABLES
from tests.a_desk import NOW
from tests.a_watched_site import Site, addresses
from tests.asked import asked

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
    _add_inside(site)
    Invitation.objects.filter(**of).update(email=f"{BAIT}.{CANARY}@example.org")
    SavedComparison.objects.update(title=PRIVATE, note=PRIVATE)
    _only_for_members(site)
    for user in User.objects.all():
        user.email = f"{user.username}.{CANARY}@example.org"
        user.save()


def _add_inside(site: Site) -> None:
    """Let there be what coders added, which nothing public names."""
    named = {"slug": "inside", "public": False}
    of = {"dossier": site.dossier} | named
    Event.objects.create(name=PRIVATE, place=PRIVATE, start=NOW.date(), end=NOW.date(), **of)
    Document.objects.create(title=PRIVATE, date=NOW.date(), **of)
    issue = Issue.objects.create(title=PRIVATE, question=PRIVATE, **of)
    for one in (issue, Issue.objects.of(site.dossier).get(slug="issue-0")):
        Stance.objects.create(issue=one, label=PRIVATE, **named)


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


def _code(site: Site) -> list[str]:
    """Let a coder plant the canary in a running round; return addresses that ask for it."""
    site.people["fellow"] = fellow = User.objects.create_user("fellow")
    Membership.objects.create(dossier=site.dossier, user=fellow, role="coder")
    first = Position.objects.of(site.dossier).get(key="p0")
    article = Article.objects.create(
        dossier=site.dossier, slug="in-round", title="In a round", published=first.earliest,
        source=Article.objects.of(site.dossier).first().source,
    )  # fmt: skip
    text = "They met in the morning."
    rendition = Rendition.objects.create(
        article=article, kind="synopsis", rights="public", text=text, characters=len(text),
        sha256=sha256(text.encode()).hexdigest(), paragraphs=[[0, len(text)]],
    )  # fmt: skip
    coders = [site.people["coder"], site.people["reviewer"], fellow]
    assign(
        dossier=site.dossier, articles=[article], coders=coders, is_independent=True,
        by=site.people["owner"],
    )  # fmt: skip
    mine = article.assignments.get(coder=fellow)
    actor = additions.add(NewActor(PRIVATE, "party"), within=site.dossier, by=fellow, under=mine.pk)
    name = ActorName.objects.create(actor=actor, name=PRIVATE, language="fr")
    day = first.earliest
    issue, stance, event, document = (
        additions.add(new, within=within, by=fellow, under=mine.pk)
        for new, within in (
            (NewIssue(PRIVATE, PRIVATE), site.dossier),
            (NewStance(PRIVATE), first.issue),
            (NewEvent(PRIVATE, day, day), site.dossier),
            (NewDocument(PRIVATE, day), site.dossier),
        )
    )
    made = [
        Position.objects.create(
            dossier=site.dossier, key=f"{CANARY}-{status}", status=status, actor=actor,
            speaker=actor, issue=first.issue, stance=stance, event=event, document=document,
            said=first.said,
            voice=first.voice, summary=PRIVATE, condition=PRIVATE, note=PRIVATE, coder=fellow,
            coded_at=NOW, assignment=mine,
        )
        for status in ("draft", "submitted")
    ]  # fmt: skip
    passages = [
        Evidence.objects.create(
            position=one, rendition=rendition, exact="They", start=0, end=4, paragraph=1
        )
        for one in made
    ]
    gone = made[0].pk
    made[0].delete()
    for name_of, user in (("coder", coders[0]), ("reviewer", coders[1])):
        Comment.objects.create(dossier=site.dossier, article=article, author=user, text=name_of)
    about = [{"article": article}, {"position": made[1]}]
    comments = [add(by=fellow, text=PRIVATE, **one) for one in about]
    # Nobody can have asked about what never was published.
    for kind in set(Notice.Kind) - {Notice.Kind.ANSWERED}:
        notify(coders, kind, dossier=site.dossier, by=fellow, position=made[1])
    site.shared["article"] = article.slug
    pks = {
        "position": [gone, made[1].pk],
        "evidence": [passages[1].pk],
        "actor": [actor.pk],
        "actorname": [name.pk],
        "issue": [issue.pk],
        "stance": [stance.pk],
        "event": [event.pk],
        "document": [document.pk],
        "comment": [one.pk for one in comments],
    }
    home = f"/dossiers/{site.dossier.slug}"
    noted = [f"{home}/history/{noun}/{pk}/" for noun, found in pks.items() for pk in found]
    of_admin = [
        f"/admin/astana/{noun}/{pk}/{page}/"
        for noun, found in pks.items()
        for pk in found
        for page in ("change", "delete", "history")
    ]
    lists = [f"/admin/astana/{noun}/?q={BAIT}" for noun in ("position", "actor", "comment")]
    offers = f"{home}/articles/in-round/code/?rendition={rendition.pk}&start=0&end=4"
    # What its last parameter begins, an actor is offered for.
    questions = [f"{offers}&offers=actor&actor={BAIT[:4]}", f"{offers}&issue={first.issue.slug}"]
    questions += [f"{home}/history/?noun={noun}" for noun in ("actor", "issue", "stance", "event")]
    return [*noted, *of_admin, *lists, *questions]


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


# The lists of the admin ask the same of both; what a reviewer may do there is more.
@pytest.mark.parametrize(("role", "at"), [("coder", _on_the_site), ("reviewer", _everywhere)])
def test_nothing_of_a_running_round_is_told_to_the_others_who_code_in_it(role, at):
    site = Site("public")
    questions = _code(site)
    _make_staff(site.people[role])
    assert _found(site, role, more=questions, at=at) == []
    on_the_site = [url for url in questions if "/admin/" not in url]
    unseen = [url for url in on_the_site if CANARY not in _words(site.client("owner").get(url))]
    assert unseen == [], "whoever takes no part finds it"


def test_nothing_from_inside_is_told_to_whoever_has_left():
    site = Site("public")
    _hide(site)
    notify(
        [site.people["coder"]], Notice.Kind.COMMENTED, dossier=site.dossier, by=None,
        comment=Comment.objects.filter(position__key="p0").first(),
    )  # fmt: skip
    Membership.objects.filter(user=site.people["coder"]).delete()
    own = f"/comparisons/{site.dossier.slug}-the-coder/"
    assert _found(site, "coder", but=(own, "/comparisons/")) == []


def test_staff_without_a_role_are_told_nothing_from_inside():
    site = Site("public")
    _hide(site)
    _make_staff(site.people["outsider"])
    own = f"/comparisons/{site.dossier.slug}-the-outsider/"
    # On the site they are outsiders like others, who are walked above.
    # Accounts belong to the site and to no dossier: whoever may see them is up to Django's rights.
    mine = ("/comparisons/", "/admin/astana/savedcomparison/")
    but = (own, *mine, "/admin/astana/user/")
    assert _found(site, "outsider", but=but, at=_in_admin) == []


def test_a_member_does_find_the_canary():
    """The walk sees it where it may be seen, so that it would see it where it may not."""
    site = Site("members")
    _close(site)
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
