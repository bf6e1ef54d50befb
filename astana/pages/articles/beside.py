"""Two articles side by side: the issues that both speak on, and what else could stand beside."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from astana.models import Actor, Article, Issue, Rendition, Stance
from astana.pages.shared.reading import Reading

MOST_CANDIDATES = 40


@dataclass(frozen=True)
class Saying:
    """An actor's stance as one text has it, with the paragraph it stands in."""

    actor: Actor
    stance: Stance
    paragraph: int | None
    href: str


@dataclass(frozen=True)
class SharedIssue:
    """An issue that both texts speak on; `differs` where an actor has other stances in each."""

    issue: Issue
    here: list[Saying]
    beside: list[Saying]

    @property
    def differs(self) -> bool:
        """Whether an actor that both texts name has not the same stances in both."""
        here, beside = _stances(self.here), _stances(self.beside)
        return any(here[actor] != beside[actor] for actor in here.keys() & beside.keys())


def shared_issues(here: Reading, beside: Reading) -> list[SharedIssue]:
    """Return the issues that both texts speak on, in the dossier's order, without a query."""
    ours, theirs = _sayings(here), _sayings(beside)
    issues = {position.issue_id: position.issue for position in here.positions}
    shared = [issue for pk, issue in issues.items() if pk in ours and pk in theirs]
    return [
        SharedIssue(issue, ours[issue.pk], theirs[issue.pk])
        for issue in sorted(shared, key=lambda issue: (issue.order, issue.slug))
    ]


def candidates_beside(article: Article, *, user: Any) -> QuerySet[Article]:
    """Return other articles on the same issues, those with the greatest `shared_count` first."""
    readable = Rendition.objects.visible_to(user)
    issues = Issue.objects.filter(
        positions__public=True,
        positions__evidence__rendition__in=readable.filter(article=article),
    )
    public = Q(renditions__evidence__position__public=True, renditions__in=readable)
    return (
        Article.objects.visible_to(user)
        .of(article.dossier)
        .exclude(pk=article.pk)
        .filter(public, renditions__evidence__position__issue__in=issues)
        .annotate(shared_count=Count("renditions__evidence__position__issue", distinct=True))
        .select_related("source")
        .order_by("-shared_count", "-published", "slug")[:MOST_CANDIDATES]
    )


def _sayings(reading: Reading) -> dict[int, list[Saying]]:
    """Return by issue who takes which stance in a text, each once, where it is said first."""
    found: dict[int, dict[tuple[int, int], Saying]] = {}
    for row in reading.rows:
        for note in sorted(row.notes, key=lambda note: note.number):
            for entry in note.entries:
                for position in entry.positions:
                    saying = Saying(
                        position.actor,
                        position.stance,
                        row.number,
                        f"#{reading.prefix}n{note.number}",
                    )
                    of_issue = found.setdefault(position.issue_id, {})
                    of_issue.setdefault((position.actor_id, position.stance_id), saying)
    return {issue: list(sayings.values()) for issue, sayings in found.items()}


def _stances(sayings: list[Saying]) -> dict[int, set[int]]:
    stances: dict[int, set[int]] = {}
    for saying in sayings:
        stances.setdefault(saying.actor.pk, set()).add(saying.stance.pk)
    return stances
