"""A word planted in everything private of a dossier, and another one by which it is asked for."""

from hashlib import sha256

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
from tests.a_desk import NOW
from tests.a_watched_site import Site

# Whoever asks says the bait, which stands beside the canary in every text.
CANARY, BAIT = "kanarienvogel", "lockstoff"
PRIVATE = f"{BAIT} {CANARY}"


def close(site: Site) -> None:
    """Plant the canary in everything of a dossier, which is for its members only."""
    of = {"dossier": site.dossier}
    Dossier.objects.filter(pk=site.dossier.pk).update(title=PRIVATE, description=PRIVATE)
    Actor.objects.filter(**of).update(name=PRIVATE, description=PRIVATE)
    Issue.objects.filter(**of).update(title=PRIVATE, question=PRIVATE)
    Article.objects.filter(**of).update(title=PRIVATE)
    Position.objects.filter(**of).update(summary=PRIVATE, condition=PRIVATE, note=PRIVATE)


def hide(site: Site) -> None:
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


def code(site: Site) -> list[str]:
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
