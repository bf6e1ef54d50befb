"""The rows of a dossier on which all writes of a race meet, and the people who write."""

from datetime import date
from hashlib import sha256

from django.db.models import QuerySet
from django.utils import timezone

from astana.actions.coding import Coding
from astana.evidence.paragraphs import paragraphs_of
from astana.models import (
    Actor,
    Article,
    Assignment,
    Challenge,
    Class,
    Coder,
    Comment,
    Dossier,
    Event,
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
    Source,
    Stance,
    User,
)

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
        self.kept_event, self.proposal = _plain(Event).bulk_create(
            Event(
                dossier=dossier,
                slug=name,
                name=name,
                start=date(2017, 1, 23),
                end=date(2017, 1, 24),
                public=name == "talks",
                proposed=name != "talks",
            )
            for name in ("talks", "meeting")
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
        (self.pseudonym,) = _plain(Coder).bulk_create([Coder(dossier=dossier, slug="a", name="A")])
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
