"""Every write at the same moment as every other: all wait in one order, and nothing is lost.

In a round all writes start at once on the rows of one dossier, each in a thread with a connection
of its own, so that every pair meets in every round: all pairs cost no more than their writes.
"""

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from hashlib import sha256
from importlib import import_module
from inspect import getmembers, isfunction, signature
from pathlib import Path
from pkgutil import iter_modules

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections
from django.db.models import F, Model, ProtectedError, QuerySet
from django.utils import timezone

from astana import actions, models
from astana.actions import (
    classes,
    codebook,
    history,
    journal,
    look,
    members,
    mend,
    set_up,
    workflow,
)
from astana.actions.coding import Coding, NewActor
from astana.evidence.anchor import passage_of
from astana.evidence.paragraphs import paragraphs_of
from astana.models import (
    Actor,
    Article,
    Assignment,
    Challenge,
    Class,
    Comment,
    Dossier,
    Evidence,
    Invitation,
    Issue,
    Link,
    Membership,
    Merge,
    Notice,
    Position,
    Rendition,
    SavedComparison,
    SearchEntry,
    Source,
    Stance,
    User,
)
from astana.models.past import values_of
from astana.models.record import Record
from astana.models.revised import StaleRecord

# What a person is told who comes second.
REFUSALS = (
    StaleRecord,
    workflow.WrongStep,
    journal.Refused,
    history.Refused,
    look.LookedAtMeanwhile,
    members.Refused,
    classes.Refused,
    mend.CannotMend,
    set_up.Refused,
    PermissionDenied,
    ValidationError,
    ProtectedError,
)
# Parts of other actions, which hold the dossier for them, and what only reads.
PARTS = {"code.add_actor", "code.assignment_on", "journal.both_now", "notices.notify"}
PARTS |= {
    "doubts.doubts_about",
    "set_up.refuse_where_used",
    "merge.preview_actors",
    "merge.preview_issues",
}
TEXT = "They met. Russia supports the cease-fire.\n\nOthers did not speak. They met again."
PEOPLE = ("owner", "heir", "reviewer", "coder", "other", "member", "guest")


def _plain(model: type) -> QuerySet:
    """Return a set whose writes leave no trace: a scene is made in few queries."""
    return QuerySet(model)


class Scene:
    """The rows of a dossier on which all writes of a round meet."""

    def __init__(self, people: dict[str, User], number: int) -> None:
        now, self.number, self.people = timezone.now(), number, people
        self.dossier = dossier = Dossier.objects.create(
            slug=f"race-{number}", title="A race", visibility="public", own_publishing=True
        )
        roles = {
            "owner": "owner",
            "heir": "owner",
            "reviewer": "reviewer",
            "coder": "coder",
            "other": "coder",
            "member": "reader",
        }
        _plain(Membership).bulk_create(
            Membership(dossier=dossier, user=people[name], role=role)
            for name, role in roles.items()
        )
        self.russia, self.turkey, self.iran = _plain(Actor).bulk_create(
            Actor(dossier=dossier, slug=name, name=name.title(), sort_name=name, kind="state")
            for name in ("russia", "turkey", "iran")
        )
        self.issues = _plain(Issue).bulk_create(
            Issue(dossier=dossier, slug=name, title=name.title(), question=f"What about {name}?")
            for name in ("truce", "borders", "aid")
        )
        self.stances = _plain(Stance).bulk_create(
            Stance(issue=issue, slug=name, label=name.title(), value=value, order=value)
            for issue in self.issues
            for name, value in (("yes", 1), ("no", 0))
        )
        source, self.gone = _plain(Source).bulk_create(
            Source(dossier=dossier, slug=name, name=name.title()) for name in ("gazette", "gone")
        )
        self.source, self.gone_pk = source, self.gone.pk
        self.gone.delete()
        self.article, self.round = _plain(Article).bulk_create(
            Article(
                dossier=dossier,
                source=source,
                slug=name,
                title=name.title(),
                published=date(2017, 1, 25),
            )
            for name in ("first", "second")
        )
        self.text, round_text = _plain(Rendition).bulk_create(
            Rendition(
                article=article,
                kind="full",
                rights="public",
                text=TEXT,
                sha256=sha256(TEXT.encode()).hexdigest(),
                characters=len(TEXT),
                paragraphs=paragraphs_of(TEXT),
            )
            for article in (self.article, self.round)
        )
        self.open, *self.finished = _plain(Assignment).bulk_create(
            Assignment(
                dossier=dossier,
                article=article,
                coder=people[coder],
                assigned_by=people["reviewer"],
                is_independent=article == self.round,
                finished_at=now if article == self.round else None,
            )
            for article, coder in (
                (self.article, "coder"),
                (self.round, "coder"),
                (self.round, "other"),
            )
        )
        rows = [
            ("p001", "submitted", None),
            ("p002", "draft", None),
            ("p003", "published", None),
            ("p004", "submitted", self.finished[0]),
            ("p005", "submitted", self.finished[1]),
        ]
        positions = _plain(Position).bulk_create(
            Position(
                dossier=dossier,
                key=key,
                actor=self.russia,
                speaker=self.turkey,
                issue=self.issues[0],
                stance=self.stances[0],
                said="2017-01-24",
                earliest=date(2017, 1, 24),
                latest=date(2017, 1, 24),
                voice="reported-speech",
                summary=f"{key} is said.",
                status=status,
                coder=people["coder"] if key != "p005" else people["other"],
                coded_at=now,
                published_at=now if status == "published" else None,
                assignment=assignment,
            )
            for key, status, assignment in rows
        )
        self.submitted, self.draft, self.published, *self.codings = positions
        self.passages = _plain(Evidence).bulk_create(
            Evidence(
                position=position,
                number=place + 1,
                rendition=round_text if position in self.codings else self.text,
                start=start,
                end=start + 9,
                exact=TEXT[start : start + 9],
                paragraph=1,
            )
            for position in positions
            for place, start in enumerate((0, 10))
        )
        self.first_passage, self.first_issue = self.passages[4], self.issues[0]
        self.first_coding = self.codings[0]
        [self.linked] = _plain(Link).bulk_create(
            [Link(position=self.submitted, kind="repeats", to=self.published)]
        )
        [self.comment, self.resolved] = _plain(Comment).bulk_create(
            Comment(dossier=dossier, position=self.submitted, author=people["other"], text=text)
            for text in ("Really?", "Yes.")
        )
        _plain(Comment).filter(pk=self.resolved.pk).update(
            resolved_at=now, resolved_by=people["coder"]
        )
        self.challenge = Challenge(dossier=dossier, position=self.published, text="Not so.")
        self.invitation = Invitation(dossier=dossier, email="guest@example.org", role="coder")
        self.invitation.new_token()
        self.saved = SavedComparison(
            dossier=dossier, user=people["member"], title="Mine", query="actor=turkey&issue=borders"
        )
        self.group = Class(dossier=dossier, user=people["owner"], blind="a-token")
        self.merged = Merge(
            dossier=dossier,
            kind="merge",
            noun="actor",
            kept="russia",
            other="x",
            by=people["owner"],
        )
        for row in (self.challenge, self.invitation, self.saved, self.merged, self.group):
            _plain(type(row)).bulk_create([row])
        self.notices = _plain(Notice).bulk_create(
            Notice(user=people[name], dossier=dossier, kind="assigned", article=self.article)
            for name in ("coder", "coder", "other")
        )
        for description in ("A state.", "A large state."):
            self.russia.description = description
            self.russia.save()
        self.change = Actor.history.filter(id=self.russia.pk).first()

    def user(self, name: str) -> User:
        """Return somebody whose roles nobody has looked up yet."""
        return User.objects.get(pk=self.people[name].pk)

    def read(self, row: object) -> object:
        """Return a row as a page reads it before somebody writes."""
        return type(row).objects.get(pk=row.pk)

    def coding(self, **values: object) -> Coding:
        """Return what a coder fills in."""
        return Coding(
            **{
                "actor": self.russia,
                "issue": self.issues[0],
                "stance": self.stances[1],
                "voice": "reported-speech",
                "said": "2017-01-24",
                "summary": "Coded anew.",
            }
            | values
        )


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
        rendition=lambda scene: scene.text,
        passage=_passage,
        form=lambda scene: f"form-{scene.number}",
        typed=_just({"summary": ["A word."]}),
        by=_by("coder"),
    ),
    "unfinished.let_go": _does(
        "unfinished.let_go",
        article=lambda scene: scene.article,
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

# What readers see nothing of leaves the version of the dossier as it is.
QUIET = ("assign.", "comments.", "members.", "dossiers.begin", "undo.", "settle.settle")
QUIET += ("classes.", "send guesses", "save a comparison", "update assignments", "read notices")


@pytest.fixture
def crowd(tmp_path: Path) -> Iterator[ThreadPoolExecutor]:
    """Return threads that write at once; on SQLite to a file, as the site does."""
    settings = connection.settings_dict
    name = settings["NAME"]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        settings["NAME"] = str(tmp_path / "race.sqlite3")
        with sqlite3.connect(settings["NAME"]) as copy:
            connection.connection.backup(copy)
    number = len(WRITES)
    with ThreadPoolExecutor(number) as pool:
        yield pool
        end = threading.Barrier(number)
        list(pool.map(lambda _: (end.wait(60), connections.close_all()), range(number)))
    settings["NAME"] = name


def _people() -> dict[str, User]:
    return {name: User.objects.create(username=name, email=f"{name}@x.org") for name in PEOPLE}


def _take_part(name: str, scene: Scene, start: threading.Barrier) -> object:
    """Read, wait for the others, write; return what was made, or what was said against it."""
    try:
        write = WRITES[name](scene)
    finally:
        start.wait(60)
    try:
        return write()
    except Exception as error:
        return error


def _lost(scene: Scene, done: dict[str, object]) -> list[str]:
    """Return what of a round's writes has left no trace."""
    lost = []
    for model in (one for one in vars(models).values() if isinstance(one, type)):
        if not issubclass(model, Record):
            continue
        for row in model.objects.of(scene.dossier):
            past = list(model.history.filter(id=row.pk).order_by("-history_id"))
            kinds = Counter(one.history_type for one in past)
            written = kinds["~"] + (kinds["+"] if kinds["-"] else 0)
            if row.revision != 1 + written:
                lost.append(f"{row!r}: revision {row.revision}, {written} writes in its history")
            if past and values_of(past[0]) != values_of(row):
                lost.append(f"{row!r} is not what its history says last")
    wrote = [name for name, made in done.items() if not isinstance(made, Exception)]
    seen = [name for name in wrote if not name.startswith(QUIET)]
    scene.dossier.refresh_from_db()
    if scene.dossier.version < 1 + len(seen):
        lost.append(f"{len(seen)} writes, but the dossier has version {scene.dossier.version}")
    for name, made in done.items():
        is_model = isinstance(made, Model) and made.pk
        past = getattr(type(made), "history", None)
        there = is_model and type(made)._base_manager.filter(pk=made.pk).exists()
        if is_model and not there and not (past and past.filter(id=made.pk).exists()):
            lost.append(f"{name} made {made!r}, which is not there")
    published = set(
        Position.objects.filter(
            dossier=scene.dossier, status="published", revision__gt=1
        ).values_list("pk", flat=True)
    )
    entries = SearchEntry.objects.filter(dossier=scene.dossier, kind="position")
    if missing := published - set(entries.values_list("record", flat=True)):
        lost.append(f"positions {missing} are not found by the search")
    return lost


@pytest.mark.django_db(transaction=True)
def test_every_write_at_once_with_every_other_neither_fails_nor_is_lost(crowd):
    people = crowd.submit(_people).result()
    failed, lost, refused = Counter(), [], Counter()
    rounds = 40 if connection.vendor == "postgresql" else 3
    for number in range(rounds):
        scene = crowd.submit(Scene, people, number).result()
        start = threading.Barrier(len(WRITES))
        taken = {name: crowd.submit(_take_part, name, scene, start) for name in WRITES}
        done = {name: one.result() for name, one in taken.items()}
        for name, made in done.items():
            if isinstance(made, REFUSALS):
                refused[name] += 1
            elif isinstance(made, Exception):
                failed[f"{name}: {type(made).__name__}: {str(made)[:300]}"] += 1
        lost += crowd.submit(_lost, scene, done).result()
    assert not failed, "\n".join(f"{number} x {what}" for what, number in failed.items())
    assert not lost, "\n".join(lost)
    never = [name for name, number in refused.items() if number == rounds > 3]
    assert not never, f"These were refused in every round, and so wrote nothing: {never}"


def test_no_write_action_is_missing_from_the_races():
    found = {
        f"{module.name}.{name}"
        for module in iter_modules(actions.__path__)
        for name, function in getmembers(
            import_module(f"{actions.__name__}.{module.name}"), isfunction
        )
        if function.__module__ == f"{actions.__name__}.{module.name}"
        if not name.startswith("_") and "by" in signature(function).parameters
    }
    assert found == PARTS | {name for name in WRITES if "." in name}
