"""A document with who put their name to it, what it provides, and what became of that."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from astana.comparison.documents import Provision, TextComparison
from astana.models import Actor, Document, Dossier, Issue, Position, Signature, Stance
from astana.models.between_texts import (
    compared,
    examined_for,
    facts_on_the_same_passages,
    had_before,
    is_speaking,
    provided_by,
    said_between,
    signatories_of,
)
from astana.models.positions.fetched import in_words
from astana.models.said_words import day_words

# So many positions that tell how it came about are shown of an issue, and as many facts in all.
MOST_SAID = 200
# Translators: `earlier` and `later` are titles of documents, each with its day beside it.
_GROUPS = {
    "dropped": (
        _("Dropped"),
        _(
            "“%(later)s” (%(later_day)s) leaves out what “%(earlier)s” (%(earlier_day)s) had: it "
            "is recorded as leaving it out, or was examined for it and has no provision. Leaving "
            "out is not rejecting, and is never a neutral stance."
        ),
    ),
    "changed": (_("Changed"), _("Both texts take a stance, but not the same one.")),
    "added": (
        _("New"),
        _("Only the later text takes a stance; the earlier one was examined for it, or leaves it."),
    ),
    "kept": (_("Kept"), _("Both texts take the same stance.")),
    "unspoken": (
        _("In neither"),
        _("At least one text is recorded as leaving this out, and neither takes a stance."),
    ),
    "unexamined": (
        _("Not examined"),
        _(
            "One of the texts was not gone through for this issue, so nothing is said of what "
            "became of it. These issues count on no side."
        ),
    ),
}

# Positions by issue, in the order of the issues.
ByIssue = list[tuple[Issue, list[Position]]]


@dataclass(frozen=True)
class ExaminedFor:
    """For which issues of the code book a document was gone through.

    Each comes with whether a provision on it is recorded; `of` is the number of all issues.
    """

    issues: list[tuple[Issue, bool]]
    of: int


@dataclass(frozen=True)
class DocumentDetail:
    """Signatures by status, and what a document provides: one position for each signatory.

    `left_out` are the issues that it is recorded as leaving out, each with the earlier text that
    had it, or None. `about` is what was said or done about the document.
    """

    signatures: list[tuple[str, str, list[Signature]]]
    provisions: ByIssue
    left_out: list[tuple[Issue, list[Position], Document | None]]
    about: ByIssue
    examined: ExaminedFor

    @property
    def signed(self) -> int:
        """How many signed."""
        return sum(len(names) for status, _, names in self.signatures if status == "signed")


@dataclass(frozen=True)
class Fate:
    """What became of an issue from the earlier to the later text.

    Each side holds the stances with the position that a text takes them by; none means that no
    provision was found, or that nobody looked. `said` are the positions taken on it between the
    two texts or about the later one; `related` are disputed facts that rest on the same passages.
    """

    issue: Issue
    earlier: list[tuple[Stance, str]]
    later: list[tuple[Stance, str]]
    said: list[Position]
    related: list[tuple[Issue, list[Position]]]
    most_said: int
    is_cut: bool


@dataclass(frozen=True)
class TextsCompared:
    """Two documents from the earlier to the later, issue by issue.

    `groups` are those that hold something, each with its name, its heading and what it means. Of
    the `issues` of the code book the earlier text was examined for `examined_earlier`, the later
    one for `examined_later`, and `examined_both` are the same.
    """

    earlier: Document
    later: Document
    compared: TextComparison
    groups: list[tuple[str, str, str, list[Fate]]]
    signed_both: list[Actor]
    signed_earlier: list[Actor]
    signed_later: list[Actor]
    examined_earlier: int
    examined_later: int
    examined_both: int
    issues: int


def document_detail(document: Document, *, dossier: Dossier, user: Any) -> DocumentDetail:
    """Return who signed, what was agreed and what was examined; at most seven queries."""
    found = document.signatures.select_related("actor").order_by("actor__sort_name")
    by_status: dict[str, list[Signature]] = {}
    for signature in found:
        by_status.setdefault(signature.status, []).append(signature)
    visible = Position.objects.visible_to(user).of(dossier)
    positions = in_words(visible.filter(document=document)).order_by(
        "issue__order", "issue__slug", "actor__sort_name", "stance__order", "key"
    )
    recorded = _by_issue(one for one in positions if one.is_provision)
    speaks = [issue for issue, part in recorded if any(is_speaking(one) for one in part)]
    silent = [issue for issue, _part in recorded if issue not in speaks]
    had = had_before(document, silent, visible) if silent else {}
    examined = examined_for(document)[document.pk]
    return DocumentDetail(
        signatures=[
            (status.value, str(status.label), by_status[status.value])
            for status in Signature.Status
            if status.value in by_status
        ],
        provisions=[(issue, part) for issue, part in recorded if issue in speaks],
        left_out=[(issue, part, had.get(issue.pk)) for issue, part in recorded if issue in silent],
        about=_by_issue(one for one in positions if not one.is_provision),
        examined=ExaminedFor([(issue, issue in speaks) for issue in examined], _issues(dossier)),
    )


def _by_issue(positions: Iterable[Position]) -> ByIssue:
    return [(issue, list(part)) for issue, part in groupby(positions, key=lambda one: one.issue)]


def _issues(dossier: Dossier) -> int:
    return Issue.objects.for_readers(dossier).count()


def compare_documents(
    one: Document, other: Document, *, dossier: Dossier, user: Any
) -> TextsCompared:
    """Return two documents issue by issue, from the earlier to the later; at most eight queries."""
    earlier, later = sorted((one, other), key=lambda text: (text.date, text.slug))
    visible = Position.objects.visible_to(user).of(dossier)
    shown = provided_by([earlier, later], visible)
    examined = examined_for(earlier, later)
    searched = [{issue.slug for issue in examined[text.pk]} for text in (earlier, later)]
    issues = {position.issue.slug: position.issue for position in shown}
    found = compared(earlier, later, shown, examined)
    moved = [issues[provision.issue] for provision in (*found.dropped, *found.changed)]
    said = said_between(earlier, later, moved, visible, most=MOST_SAID + 1) if moved else {}
    related = (
        facts_on_the_same_passages(said, visible, user=user, most=MOST_SAID)
        if any(said.values())
        else {}
    )
    stances = {
        (position.document_id, position.issue.slug, position.stance.slug): (
            position.stance,
            position.key,
        )
        for position in shown
    }

    def fates(provisions: tuple[Provision, ...]) -> list[Fate]:
        return [
            Fate(
                issue=issues[provision.issue],
                earlier=[stances[earlier.pk, provision.issue, one] for one in provision.earlier],
                later=[stances[later.pk, provision.issue, one] for one in provision.later],
                said=said.get(issues[provision.issue].pk, [])[:MOST_SAID],
                most_said=MOST_SAID,
                is_cut=len(said.get(issues[provision.issue].pk, [])) > MOST_SAID,
                related=related.get(issues[provision.issue].pk, []),
            )
            for provision in provisions
        ]

    both, only_earlier, only_later = signatories_of(earlier, later)
    texts = {
        "earlier": earlier,
        "earlier_day": day_words(earlier.date),
        "later": later,
        "later_day": day_words(later.date),
    }
    return TextsCompared(
        earlier=earlier,
        later=later,
        compared=found,
        groups=[
            (name, str(heading), str(meaning) % texts, fates(getattr(found, name)))
            for name, (heading, meaning) in _GROUPS.items()
            if getattr(found, name)
        ],
        signed_both=both,
        signed_earlier=only_earlier,
        signed_later=only_later,
        examined_earlier=len(searched[0]),
        examined_later=len(searched[1]),
        examined_both=len(searched[0] & searched[1]),
        issues=_issues(dossier),
    )
