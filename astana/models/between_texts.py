"""Two documents: which came before, who signed them, and what was said between them."""

from collections import defaultdict
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from astana.comparison.documents import TextComparison, compare_texts
from astana.models import Actor, Document, Evidence, Examined, Issue, Position, Signature

_NEWEST = ("-latest", "-earliest", "-id")


def previous_text(document: Document, others: list[Document]) -> Document | None:
    """Return the newest earlier document with the same signatories, or None; one query.

    `others` are in the order of their dates.
    """
    before = [
        other for other in others if (other.date, other.slug) < (document.date, document.slug)
    ]
    texts = [*before, document]
    return previous_texts(texts, signed_by(texts))[document.pk]


def previous_texts(
    documents: list[Document], signed: dict[int, set[int]]
) -> dict[int, Document | None]:
    """Return for each document the newest earlier one with the same signatories, or None.

    The documents are in the order of their dates.
    """
    newest: dict[frozenset[int], Document] = {}
    found: dict[int, Document | None] = {}
    for document in documents:
        names = frozenset(signed[document.pk])
        found[document.pk] = newest.get(names) if names else None
        newest[names] = document
    return found


def signed_by(documents: list[Document]) -> dict[int, set[int]]:
    """Return by document the actors (primary keys) that signed it; one query."""
    signed: dict[int, set[int]] = {document.pk: set() for document in documents}
    for pk, actor in Signature.objects.filter(
        document__in=documents, status=Signature.Status.SIGNED
    ).values_list("document", "actor"):
        signed[pk].add(actor)
    return signed


def signatories_of(
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


def examined_for(*documents: Document) -> dict[int, list[Issue]]:
    """Return by document the issues for which it was gone through, in order; one query."""
    found: dict[int, list[Issue]] = {document.pk: [] for document in documents}
    for row in (
        Examined.objects.filter(document__in=documents)
        .select_related("issue")
        .order_by("issue__order", "issue__slug")
    ):
        found[row.document_id].append(row.issue)
    return found


def provided_by(texts: list[Document], visible: QuerySet) -> list[Position]:
    """Return for each text, issue and stance the provision recorded first; one query.

    A provision is a position of each signatory; here each counts once, so that the number of rows
    is bounded by that of the stances. `visible` are the positions that one may read.
    """
    provisions = visible.provisions().filter(document__in=texts).order_by()
    first = provisions.values("document", "issue", "stance").annotate(first=Min("pk"))
    return list(
        visible.filter(pk__in=first.values("first"))
        .select_related("actor", "issue", "stance__issue", "speaker", "event")
        .order_by("issue__order", "issue__slug", "stance__order", "pk")
    )


def is_speaking(position: Position) -> bool:
    """Return whether a text speaks by a provision, and does not leave the matter out."""
    return position.stance.value is not None or position.issue.is_nominal


def compared(
    earlier: Document, later: Document, provisions: list[Position], examined: dict[int, list[Issue]]
) -> TextComparison:
    """Return what became of each issue from the earlier to the later text; no query.

    `provisions` and `examined` may be those of further documents too.
    """
    before, after = (
        [position for position in provisions if position.document_id == text.pk]
        for text in (earlier, later)
    )
    issues = {position.issue.slug: position.issue for position in (*before, *after)}
    searched = [{issue.slug for issue in examined[text.pk]} for text in (earlier, later)]
    return compare_texts(
        [position.statement() for position in before],
        [position.statement() for position in after],
        issues=dict.fromkeys([*issues, *sorted(searched[0] | searched[1])]),
        examined=(searched[0], searched[1]),
        nominal={slug for slug, issue in issues.items() if issue.is_nominal},
    )


def had_before(document: Document, issues: list[Issue], visible: QuerySet) -> dict[int, Document]:
    """Return by issue the newest earlier text of the dossier that speaks on it; one query.

    It is what the omission of a document is relative to. Issues that no earlier text speaks on are
    left out.
    """
    earlier = (
        visible.provisions()
        .filter(issue__in=issues, document__date__lt=document.date, stance__value__isnull=False)
        .order_by("document__date", "document__slug")
        .values_list("issue", "document")
        .distinct()
    )
    newest = dict(earlier)
    texts = Document.objects.select_related("dossier").in_bulk(newest.values())
    return {issue: texts[pk] for issue, pk in newest.items()}


def said_between(
    earlier: Document, later: Document, issues: list[Issue], visible: QuerySet, *, most: int
) -> dict[int, list[Position]]:
    """Return by issue what was said after one text, by the day of the other or about it; one query.

    That one moved away from the earlier text is only known where somebody says so: each position
    keeps its voice. Provisions of the two texts are left out. `visible` are the
    positions that one may read; of an issue come the newest `most`.
    """
    between, about = Q(latest__gt=earlier.date, latest__lte=later.date), Q(document=later)
    if later.event_id:
        about |= Q(event=later.event_id)
    found: dict[int, list[Position]] = {issue.pk: [] for issue in issues}
    for position in (
        visible.filter(between | about, issue__in=issues)
        .exclude(pk__in=visible.provisions().filter(document__in=[earlier, later]).values("pk"))
        .annotate(place=Window(RowNumber(), partition_by="issue", order_by=_NEWEST))
        .filter(place__lte=most)
        .select_related("actor", "stance__issue", "attributed_by", "speaker")
        .newest_first()
    ):
        found[position.issue_id].append(position)
    return found


def facts_on_the_same_passages(
    said: dict[int, list[Position]], visible: QuerySet, *, user: Any, most: int
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
            :most
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
