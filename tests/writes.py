"""Every write of the project by its name, ready to be made in the scene of a race."""

from collections.abc import Callable
from datetime import date
from functools import partial
from importlib import import_module

from django.db.models import F
from django.utils import timezone

from astana.actions import codebook, mend, set_up
from astana.actions.coding import NewActor
from astana.evidence.anchor import passage_of
from astana.models import (
    Actor,
    Assignment,
    Issue,
    Membership,
    Notice,
    Position,
    Source,
    Stance,
    User,
)
from tests.a_race import TEXT, Scene

# Parts of other actions, which hold the dossier for them, and what only reads.
PARTS = {"additions.add", "code.assignment_on", "journal.both_now", "notices.notify"}
PARTS |= {"doubts.doubts_about", "set_up.refuse_where_used"}
PARTS |= {"merge.preview_actors", "merge.preview_issues"}


def _does(name: str, /, **given: Callable[[Scene], object]) -> Callable[[Scene], Callable]:
    """Return a write of an action; what it is given is read before, as a page reads it."""
    module, function = name.split(".")
    action = getattr(import_module(f"astana.actions.{module}"), function)

    def ready(scene: Scene) -> Callable[[], object]:
        values = {key: read(scene) for key, read in given.items()}
        return lambda: action(**values)

    return ready


def _row(name: str) -> Callable[[Scene], object]:
    return lambda scene: scene.read(getattr(scene, name))


def _by(name: str) -> Callable[[Scene], User]:
    return lambda scene: scene.user(name)


def _just(value: object) -> Callable[[Scene], object]:
    return lambda scene: value


def _write_issue(scene: Scene) -> Callable[[], object]:
    issue = scene.read(scene.issues[0])
    stances = list(issue.stances.all())
    issue.title = "A truce"
    new = Stance(label="Perhaps", value=0)
    by = scene.user("reviewer")
    return lambda: codebook.write_issue(issue=issue, stances=[*stances, new], by=by)


def _member(scene: Scene, name: str = "member") -> Membership:
    return Membership.objects.get(dossier=scene.dossier, user=scene.people[name])


def _save(scene: Scene) -> Callable[[], object]:
    position = scene.read(scene.submitted)
    position.note = "Saved."
    return position.save


def _save_dossier(scene: Scene) -> Callable[[], object]:
    dossier = scene.read(scene.dossier)
    dossier.licence = "CC0-1.0"
    return dossier.save


def _save_comparison(scene: Scene) -> Callable[[], object]:
    saved = scene.read(scene.saved)
    saved.title = "Still mine"
    return lambda: saved.save(update_fields=["title"])


def _create(scene: Scene) -> Callable[[], object]:
    return lambda: Actor.objects.bulk_create(
        Actor(dossier=scene.dossier, slug=f"new-{n}", name=f"New {n}", kind="state")
        for n in range(2)
    )


_passage = _just(passage_of(TEXT, 10, 16))

WRITES: dict[str, Callable[[Scene], Callable[[], object]]] = {
    "add_article.add_article": _does(
        "add_article.add_article",
        dossier=_row("dossier"),
        source=lambda scene: scene.source,
        title=_just("A new article"),
        published=_just(date(2017, 1, 26)),
        text=_just(TEXT),
        by=_by("coder"),
    ),
    "assign.assign": _does(
        "assign.assign",
        dossier=_row("dossier"),
        articles=lambda scene: [scene.article],
        coders=lambda scene: [scene.user("coder"), scene.user("other")],
        is_independent=_just(False),
        by=_by("reviewer"),
    ),
    "assign.finish": _does("assign.finish", assignment=_row("open"), by=_by("coder")),
    "assign.reopen": _does("assign.reopen", assignment=_row("open"), by=_by("reviewer")),
    "assign.remove": _does("assign.remove", assignment=_row("open"), by=_by("reviewer")),
    "attach_text.attach_text": _does(
        "attach_text.attach_text",
        article=_row("article"),
        text=_just(f"At last. {TEXT}"),
        by=_by("coder"),
    ),
    "challenges.challenge": _does(
        "challenges.challenge",
        position=_row("published"),
        kind=_just("misread"),
        text=_just("It does not say so."),
        by=_by("member"),
    ),
    "challenges.answer": _does(
        "challenges.answer",
        challenge=_row("challenge"),
        status=_just("upheld"),
        text=_just("True."),
        withdraw=_just(True),
        by=_by("reviewer"),
    ),
    "classes.open_class": _does(
        "classes.open_class", dossier=_row("dossier"), blind=_just("a-token"), by=_by("coder")
    ),
    "send guesses": _does(
        "classes.send_guesses", group=_row("group"), token=_just("1"), guesses=_just({"A": "iran"})
    ),
    "classes.end_class": _does("classes.end_class", group=_row("group"), by=_by("owner")),
    "code.code_position": _does(
        "code.code_position",
        rendition=_row("text"),
        passage=_passage,
        coding=lambda scene: scene.coding(actor=NewActor(name="Qatar", kind="state")),
        is_submitted=_just(True),
        by=_by("coder"),
    ),
    "code.code_positions": _does(
        "code.code_positions",
        rendition=_row("text"),
        passage=_passage,
        codings=lambda scene: [scene.coding(), scene.coding(speaker=NewActor("Ada", "person"))],
        is_submitted=_just(True),
        by=_by("coder"),
    ),
    "code.change_position": _does(
        "code.change_position",
        position=_row("submitted"),
        coding=lambda scene: scene.coding(),
        by=_by("reviewer"),
    ),
    "code.add_passage": _does(
        "code.add_passage",
        position=_row("submitted"),
        rendition=lambda scene: scene.text,
        passage=_passage,
        by=_by("reviewer"),
    ),
    "code.remove_passage": _does(
        "code.remove_passage", evidence=_row("first_passage"), by=_by("reviewer")
    ),
    "codebook.write_issue": _write_issue,
    "codebook.add_issues": lambda scene: partial(
        codebook.add_issues,
        dossier=scene.read(scene.dossier),
        entries=[
            (Issue(title="Oil", question="Who pays?"), [Stance(label="All"), Stance(label="None")])
        ],
        by=scene.user("reviewer"),
    ),
    "unfinished.keep": _does(
        "unfinished.keep",
        of=lambda scene: scene.text,
        passage=_passage,
        form=lambda scene: f"form-{scene.number}",
        typed=_just({"summary": ["A word."]}),
        by=_by("coder"),
    ),
    "unfinished.let_go": _does(
        "unfinished.let_go",
        dossier=_row("dossier"),
        form=_just("another-form"),
        by=_by("coder"),
    ),
    "comments.add": _does(
        "comments.add", position=_row("submitted"), text=_just("A word."), by=_by("owner")
    ),
    "comments.resolve": _does("comments.resolve", comment=_row("comment"), by=_by("coder")),
    "comments.reopen": _does("comments.reopen", comment=_row("resolved"), by=_by("coder")),
    "dossiers.begin": _does("dossiers.begin", title=_just("Another"), by=_by("reviewer")),
    "dossiers.change": _does(
        "dossiers.change",
        dossier=_row("dossier"),
        values=_just({"title": "A race, renamed"}),
        by=_by("owner"),
    ),
    "history.revert": _does(
        "history.revert", change=lambda scene: scene.change, by=_by("reviewer")
    ),
    "history.bring_back": _does(
        "history.bring_back",
        model=_just(Source),
        pk=lambda scene: scene.gone_pk,
        by=_by("reviewer"),
    ),
    "coders.match": _does(
        "coders.match", coder=_row("pseudonym"), user=_by("other"), by=_by("owner")
    ),
    "members.invite": _does(
        "members.invite",
        dossier=_row("dossier"),
        email=_just("guest@example.org"),
        role=_just("reader"),
        by=_by("owner"),
    ),
    "members.accept": _does("members.accept", invitation=_row("invitation"), by=_by("guest")),
    "members.withdraw": _does("members.withdraw", invitation=_row("invitation"), by=_by("owner")),
    "members.change_role": _does(
        "members.change_role", membership=_member, role=_just("coder"), by=_by("owner")
    ),
    "members.remove": _does("members.remove", membership=_member, by=_by("owner")),
    "members.hand_over": _does("members.hand_over", membership=_member, by=_by("heir")),
    "mend.place_passage": _does(
        "mend.place_passage",
        passage=_row("first_passage"),
        start=_just(0),
        revision=_just(1),
        by=_by("reviewer"),
    ),
    "mend.place_passages": _does(
        "mend.place_passages",
        dossier=_row("dossier"),
        placings=lambda scene: [mend.Placing(scene.first_passage, start=0, end=8, revision=1)],
        by=_by("reviewer"),
    ),
    "link.link": _does(
        "link.link",
        position=_row("draft"),
        kind=_just("same-utterance"),
        to=_row("submitted"),
        by=_by("reviewer"),
    ),
    "link.unlink": _does("link.unlink", link=_row("linked"), by=_by("reviewer")),
    "look.record_looked_for": _does(
        "look.record_looked_for",
        of=_row("article"),
        issues=lambda scene: [scene.read(scene.issues[0])],
        before=_just(set()),
        by=_by("coder"),
    ),
    "merge.merge_actors": _does(
        "merge.merge_actors",
        kept=_row("russia"),
        other=lambda scene: scene.read(scene.turkey),
        by=_by("reviewer"),
    ),
    "merge.merge_issues": _does(
        "merge.merge_issues",
        kept=_row("first_issue"),
        other=lambda scene: scene.read(scene.issues[1]),
        stances=lambda scene: {stance.pk: None for stance in scene.stances[2:4]},
        by=_by("reviewer"),
    ),
    "set_up.write": lambda scene: partial(
        set_up.write,
        record=Actor(dossier=scene.dossier, name="Oman", kind="state"),
        by=scene.user("reviewer"),
    ),
    "set_up.add_actors": _does(
        "set_up.add_actors",
        dossier=_row("dossier"),
        names=_just(["Egypt", "Jordan"]),
        kind=_just("state"),
        by=_by("reviewer"),
    ),
    "set_up.remove": _does(
        "set_up.remove", record=lambda scene: scene.read(scene.issues[2]), by=_by("reviewer")
    ),
    "set_up.move": _does(
        "set_up.move", issue=_row("first_issue"), steps=_just(1), by=_by("reviewer")
    ),
    "merge.merge_named": _does(
        "merge.merge_named", kept=_row("kept_event"), other=_row("proposal"), by=_by("reviewer")
    ),
    "proposals.accept": _does("proposals.accept", proposal=_row("proposal"), by=_by("reviewer")),
    "proposals.merge": _does(
        "proposals.merge", proposal=_row("proposal"), into=_row("kept_event"), by=_by("owner")
    ),
    "settle.accept": _does(
        "settle.accept",
        coding=_row("first_coding"),
        others=lambda scene: [scene.read(scene.codings[1])],
        by=_by("reviewer"),
    ),
    "settle.accept_alike": _does(
        "settle.accept_alike",
        units=lambda scene: [[scene.read(row) for row in scene.codings]],
        by=_by("reviewer"),
    ),
    "settle.merge": _does(
        "settle.merge",
        coding=_row("first_coding"),
        others=lambda scene: [scene.read(scene.codings[1])],
        by=_by("reviewer"),
    ),
    "settle.write": _does(
        "settle.write",
        coding=_row("first_coding"),
        others=lambda scene: [scene.read(scene.codings[1])],
        values=_just({"summary": "The curator says."}),
        by=_by("reviewer"),
    ),
    "settle.reject": _does(
        "settle.reject",
        codings=lambda scene: [scene.read(row) for row in scene.codings],
        reason=_just("No."),
        by=_by("reviewer"),
    ),
    "settle.settle": _does("settle.settle", article=_row("round"), by=_by("reviewer")),
    "split.split_actor": _does(
        "split.split_actor",
        actor=_row("russia"),
        name=_just("Soviet Union"),
        slug=_just(""),
        rows=lambda scene: [("position", scene.published.pk, "actor")],
        by=_by("reviewer"),
    ),
    "split.split_issue": _does(
        "split.split_issue",
        issue=_row("first_issue"),
        title=_just("Another truce"),
        slug=_just(""),
        question=_just("What of it?"),
        positions=lambda scene: [scene.published.pk],
        by=_by("reviewer"),
    ),
    "undo.undo": _does("undo.undo", merge=_row("merged"), by=_by("owner")),
    "workflow.submit": _does("workflow.submit", position=_row("draft"), by=_by("coder")),
    "workflow.take_back": _does("workflow.take_back", position=_row("submitted"), by=_by("coder")),
    "workflow.publish": _does("workflow.publish", position=_row("submitted"), by=_by("reviewer")),
    "workflow.reject": _does(
        "workflow.reject", position=_row("submitted"), reason=_just("No."), by=_by("owner")
    ),
    "workflow.delete_draft": _does(
        "workflow.delete_draft", position=_row("draft"), by=_by("coder")
    ),
    # What no action does: each by itself, and of many at once.
    "save": _save,
    "save the dossier": _save_dossier,
    "save a comparison": _save_comparison,
    "update": lambda scene: (
        lambda: Position.objects.filter(dossier=scene.dossier).update(note="Updated.")
    ),
    "update assignments": lambda scene: (
        lambda: Assignment.objects.filter(dossier=scene.dossier).update(
            is_independent=F("is_independent")
        )
    ),
    "delete": lambda scene: scene.read(scene.submitted).delete,
    "delete many": lambda scene: Actor.objects.filter(dossier=scene.dossier, slug="iran").delete,
    "create many": _create,
    "read notices": lambda scene: (
        lambda: Notice.objects.filter(user=scene.people["coder"]).update(read_at=timezone.now())
    ),
}

# What no record of the dossier tells of leaves its numbers as they are.
QUIET = ("assign.", "comments.", "members.", "coders.", "dossiers.begin", "undo.", "settle.settle")
QUIET += (
    "classes.",
    "send guesses",
    "unfinished.",
    "save a comparison",
    "update assignments",
    "read notices",
)
# Nor do readers see anything of these: of drafts, and of what only drafts name.
DRAFTS = {"code.add_passage", "code.change_position", "code.code_position", "code.code_positions"}
DRAFTS |= {"link.link", "link.unlink", "merge.merge_named", "proposals.accept", "proposals.merge"}
DRAFTS |= {"save", "delete", "settle.reject", "workflow.submit", "workflow.take_back"}
DRAFTS |= {"workflow.delete_draft", "workflow.reject"}
