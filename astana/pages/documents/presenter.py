"""A document with who put their name to it, what it provides, and what became of that."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from astana.comparison.documents import Provision, TextComparison, compare_texts
from astana.models import Actor, Document, Dossier, Issue, Position, Signature, Stance
from astana.models.between_texts import (
    facts_on_the_same_passages,
    said_between,
    signatories_of,
)
from astana.models.positions.fetched import in_words

MOST_PROVISIONS = 2000
# So many positions that tell how it came about are shown of an issue, and as many facts in all.
MOST_SAID = 200
_GROUPS = {
    "dropped": (
        _("Dropped"),
        _(
            "The earlier text takes a stance; the later one is recorded as leaving it out, or no "
            "provision of it is recorded. Leaving out is not rejecting, and is never a neutral "
            "stance."
        ),
    ),
    "changed": (_("Changed"), _("Both texts take a stance, but not the same one.")),
    "added": (_("New"), _("Only the later text takes a stance.")),
    "kept": (_("Kept"), _("Both texts take the same stance.")),
    "unspoken": (
        _("In neither"),
        _("At least one text is recorded as leaving this out, and neither takes a stance."),
    ),
}


@dataclass(frozen=True)
class DocumentDetail:
    """Signatures by status, and provisions by issue: one position for each signatory."""

    signatures: list[tuple[str, str, list[Signature]]]
    provisions: list[tuple[Issue, list[Position]]]

    @property
    def signed(self) -> int:
        """How many signed."""
        return sum(len(names) for status, _, names in self.signatures if status == "signed")


@dataclass(frozen=True)
class Fate:
    """What became of an issue from the earlier to the later text.

    Each side holds the stances with the position that a text takes them by; none means that no
    provision is recorded. `said` are the positions taken on it between the two texts or about the
    later one; `related` are disputed facts that rest on the same passages as those.
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

    `groups` are those that hold something, each with its name, its heading and what it means.
    """

    earlier: Document
    later: Document
    compared: TextComparison
    groups: list[tuple[str, str, str, list[Fate]]]
    signed_both: list[Actor]
    signed_earlier: list[Actor]
    signed_later: list[Actor]
    is_cut: bool


def document_detail(document: Document, *, dossier: Dossier, user: Any) -> DocumentDetail:
    """Return who signed and what was agreed; three queries."""
    found = document.signatures.select_related("actor").order_by("actor__sort_name")
    by_status: dict[str, list[Signature]] = {}
    for signature in found:
        by_status.setdefault(signature.status, []).append(signature)
    positions = in_words(
        Position.objects.visible_to(user).of(dossier).filter(document=document)
    ).order_by("issue__order", "issue__slug", "actor__sort_name", "stance__order", "key")
    return DocumentDetail(
        signatures=[
            (status.value, str(status.label), by_status[status.value])
            for status in Signature.Status
            if status.value in by_status
        ],
        provisions=[
            (issue, list(part)) for issue, part in groupby(positions, key=lambda p: p.issue)
        ],
    )


def compare_documents(
    one: Document, other: Document, *, dossier: Dossier, user: Any
) -> TextsCompared:
    """Return two documents issue by issue, from the earlier to the later; at most six queries."""
    earlier, later = sorted((one, other), key=lambda text: (text.date, text.slug))
    visible = Position.objects.visible_to(user).of(dossier)
    provisions = list(
        visible.filter(document__in=[earlier, later], voice=Position.Voice.DOCUMENT)
        .select_related("actor", "issue", "stance")
        .order_by("issue__order", "issue__slug", "stance__order", "pk")[: MOST_PROVISIONS + 1]
    )
    shown = provisions[:MOST_PROVISIONS]
    issues = {position.issue.slug: position.issue for position in shown}
    found = compare_texts(
        [position.statement() for position in shown if position.document_id == earlier.pk],
        [position.statement() for position in shown if position.document_id == later.pk],
        issues=issues,
    )
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
        for position in reversed(shown)
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
    return TextsCompared(
        earlier=earlier,
        later=later,
        compared=found,
        groups=[
            (name, str(heading), str(meaning), fates(getattr(found, name)))
            for name, (heading, meaning) in _GROUPS.items()
            if getattr(found, name)
        ],
        signed_both=both,
        signed_earlier=only_earlier,
        signed_later=only_later,
        is_cut=len(provisions) > len(shown),
    )
