"""A document with who put their name to it, what it provides, and what became of that."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from astana.comparison.documents import Provision, TextComparison, compare_texts
from astana.models import Actor, Document, Dossier, Evidence, Issue, Position, Signature, Stance
from astana.models.positions.fetched import in_words

MOST_PROVISIONS = 2000
_NEWEST = ("-latest", "-earliest", "-id")
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


def previous_text(document: Document, others: list[Document]) -> Document | None:
    """Return the newest earlier document with the same signatories, or None; one query.

    `others` are in the order of their dates.
    """
    before = [
        other for other in others if (other.date, other.slug) < (document.date, document.slug)
    ]
    signed: dict[int, set[int]] = defaultdict(set)
    for pk, actor in Signature.objects.filter(
        document__in=[document, *before], status=Signature.Status.SIGNED
    ).values_list("document", "actor"):
        signed[pk].add(actor)
    same = [other for other in before if signed[other.pk] == signed[document.pk] != set()]
    return same[-1] if same else None


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
    said = _said_between(earlier, later, moved, visible) if moved else {}
    related = _related(said, visible, user) if any(said.values()) else {}
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

    both, only_earlier, only_later = _signatories(earlier, later)
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


def _signatories(
    earlier: Document, later: Document
) -> tuple[list[Actor], list[Actor], list[Actor]]:
    """Return who signed both texts, the earlier one alone and the later one alone; one query."""
    signed: dict[Actor, set[int]] = defaultdict(set)
    for signature in (
        Signature.objects.filter(document__in=[earlier, later], status=Signature.Status.SIGNED)
        .select_related("actor")
        .order_by("actor__sort_name", "actor__slug")
    ):
        signed[signature.actor].add(signature.document_id)
    return (
        [actor for actor, texts in signed.items() if texts == {earlier.pk, later.pk}],
        [actor for actor, texts in signed.items() if texts == {earlier.pk}],
        [actor for actor, texts in signed.items() if texts == {later.pk}],
    )


def _said_between(
    earlier: Document, later: Document, issues: list[Issue], visible: QuerySet
) -> dict[int, list[Position]]:
    """Return by issue what was said after one text, by the day of the other or about it; one query.

    That one moved away from the earlier text is only known where somebody says so: each position
    keeps its voice. Provisions of the two texts are left out. One more than are shown of an issue
    says that there are more.
    """
    between, about = Q(latest__gt=earlier.date, latest__lte=later.date), Q(document=later)
    if later.event_id:
        about |= Q(event=later.event_id)
    found: dict[int, list[Position]] = {issue.pk: [] for issue in issues}
    for position in (
        visible.filter(between | about, issue__in=issues)
        .exclude(document__in=[earlier, later], voice=Position.Voice.DOCUMENT)
        .annotate(place=Window(RowNumber(), partition_by="issue", order_by=_NEWEST))
        .filter(place__lte=MOST_SAID + 1)
        .select_related("actor", "stance", "attributed_by", "speaker")
        .newest_first()
    ):
        found[position.issue_id].append(position)
    return found


def _related(
    said: dict[int, list[Position]], visible: QuerySet, user: Any
) -> dict[int, list[tuple[Issue, list[Position]]]]:
    """Return by issue the disputed facts that rest on the same passages as what was said on it.

    A fact is related when a passage of one of its positions overlaps a passage of one of these
    positions, in the same text. Sharing no more than an event would bring in everything that a
    meeting was about. Two queries.
    """
    of_issue = {position.pk: issue for issue, positions in said.items() for position in positions}
    passages = list(
        Evidence.objects.visible_to(user)
        .filter(position__in=of_issue, start__isnull=False)
        .values_list("position", "rendition", "start", "end")
    )
    overlapping = Evidence.objects.visible_to(user).filter(
        position__in=of_issue,
        rendition=OuterRef("rendition"),
        start__lt=OuterRef("end"),
        end__gt=OuterRef("start"),
    )
    facts = (
        Evidence.objects.filter(
            position__in=visible.filter(issue__kind=Issue.Kind.FACT).values("pk"),
            rendition__in={rendition for _pk, rendition, _start, _end in passages},
        )
        .filter(Exists(overlapping))
        .select_related(
            "position__actor",
            "position__issue",
            "position__stance",
            "position__attributed_by",
            "position__speaker",
        )
        .order_by("position__issue__order", "position__issue__slug", "-position__latest", "pk")[
            :MOST_SAID
        ]
    )
    found: dict[int, dict[Issue, dict[int, Position]]] = defaultdict(lambda: defaultdict(dict))
    for fact in facts:
        for pk, rendition, start, end in passages:
            issue = of_issue[pk]
            is_same = rendition == fact.rendition_id and start < fact.end and end > fact.start
            if is_same and fact.position.issue_id != issue:
                found[issue][fact.position.issue][fact.position_id] = fact.position
    return {
        issue: [(fact, list(positions.values())) for fact, positions in facts.items()]
        for issue, facts in found.items()
    }
