"""The documents in a row, and one with who put their name to it and what became of its text."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from astana.comparison.documents import Provision
from astana.models import Document, Dossier, Issue, Position, Signature
from astana.models.between_texts import (
    compared,
    examined_for,
    facts_on_the_same_passages,
    had_before,
    is_speaking,
    previous_texts,
    provided_by,
    said_between,
    signatories_of,
    signed_by,
)
from astana.models.positions.fetched import in_words
from astana.models.said_words import day_words

# So many positions that tell how it came about are shown of an issue, and as many facts in all.
MOST_SAID = 200
_GROUPS = {
    "dropped": (
        _("Dropped"),
        _(
            # Translators: `earlier` and `later` are titles of documents, with their days.
            "“%(later)s” (%(later_day)s) leaves out what “%(earlier)s” (%(earlier_day)s) had: it "
            "is recorded as leaving it out, or was examined for it and has no provision. Leaving "
            "something out is not rejecting it, and is never a neutral stance."
        ),
    ),
    "changed": (_("Changed"), _("Both texts take a stance, but not the same one.")),
    "added": (
        _("New"),
        _(
            "Only the later text takes a stance; the earlier one was examined for it, or is "
            "recorded as leaving it out."
        ),
    ),
    "kept": (_("Kept"), _("Both texts take the same stance.")),
    "unspoken": (
        _("In neither"),
        _("At least one text is recorded as leaving this out, and neither takes a stance."),
    ),
    "unexamined": (
        _("Not examined"),
        _(
            "One of the texts was not examined for this issue, so nothing is said about what "
            "became of it. These issues count on no side."
        ),
    ),
}

# Positions by issue, in the order of the issues.
ByIssue = list[tuple[Issue, list[Position]]]


def texts_of(
    shown: list[Document], *, every: list[Document], dossier: Dossier, user: Any
) -> list[dict[str, Any]]:
    """Return documents with what each left out of the text before it; three queries.

    `every` are all documents of the dossier in the order of their dates. Of each text comes on how
    many issues it `provides` something, and what was `compared` with the newest earlier text with
    the same signatories, if there is one.
    """
    signed = signed_by(every)
    before = previous_texts(every, signed)
    asked = list(
        {text.pk: text for one in shown for text in (one, before[one.pk]) if text}.values()
    )
    provisions = provided_by(asked, Position.objects.visible_to(user).of(dossier))
    examined = examined_for(*asked)
    texts = []
    for one in shown:
        earlier = before[one.pk]
        own = {
            position.issue_id
            for position in provisions
            if position.document_id == one.pk and is_speaking(position)
        }
        texts.append(
            {
                "document": one,
                "signed": len(signed[one.pk]),
                "provides": len(own),
                "before": earlier,
                "compared": compared(earlier, one, provisions, examined) if earlier else None,
            }
        )
    return texts


def document_detail(document: Document, *, dossier: Dossier, user: Any) -> dict[str, Any]:
    """Return who signed, what was agreed and what was examined; at most seven queries.

    What it provides is one position for each signatory. `left_out` are the issues that it is
    recorded as leaving out, each with the earlier text that had it, or None. `about` is what was
    said or done about the document. `examined` are the issues that it was gone through for, each
    with whether a provision on it is recorded, of so many `issues` of the codebook.
    """
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
    return {
        "signatures": [
            (status.value, by_status[status.value])
            for status in Signature.Status
            if status.value in by_status
        ],
        "signed": len(by_status.get(Signature.Status.SIGNED, ())),
        "provisions": [(issue, part) for issue, part in recorded if issue in speaks],
        "left_out": [
            (issue, part, had.get(issue.pk)) for issue, part in recorded if issue in silent
        ],
        "about": _by_issue(one for one in positions if not one.is_provision),
        "examined": [(issue, issue in speaks) for issue in examined],
        "issues": _issues(dossier),
    }


def _by_issue(positions: Iterable[Position]) -> ByIssue:
    return [(issue, list(part)) for issue, part in groupby(positions, key=lambda one: one.issue)]


def _issues(dossier: Dossier) -> int:
    return Issue.objects.for_readers(dossier).count()


def compare_documents(
    one: Document, other: Document, *, dossier: Dossier, user: Any
) -> dict[str, Any]:
    """Return two documents issue by issue, from the earlier to the later; at most eight queries.

    `groups` are those that hold something, each with its name, its heading and what it means. Of
    the `issues` of the codebook the earlier text was examined for `examined_earlier`, the later
    one for `examined_later`, and `examined_both` are the same.
    """
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

    def fate(provision: Provision) -> dict[str, Any]:
        """Return what became of an issue; each side holds stances with the position behind each.

        A side without any means that no provision was found, or that nobody looked. `said` are the
        positions taken on it between the two texts or about the later one; `related` are disputed
        facts that rest on the same passages.
        """
        issue = issues[provision.issue]
        between = said.get(issue.pk, [])
        return {
            "issue": issue,
            "earlier": [stances[earlier.pk, issue.slug, one] for one in provision.earlier],
            "later": [stances[later.pk, issue.slug, one] for one in provision.later],
            "said": between[:MOST_SAID],
            "most_said": MOST_SAID,
            "is_cut": len(between) > MOST_SAID,
            "related": related.get(issue.pk, []),
        }

    both, only_earlier, only_later = signatories_of(earlier, later)
    texts = {
        "earlier": earlier,
        "earlier_day": day_words(earlier.date),
        "later": later,
        "later_day": day_words(later.date),
    }
    return {
        "earlier": earlier,
        "later": later,
        "compared": found,
        "groups": [
            (name, str(heading), str(meaning) % texts, [fate(one) for one in provisions])
            for name, (heading, meaning) in _GROUPS.items()
            if (provisions := getattr(found, name))
        ],
        "signed_both": both,
        "signed_earlier": only_earlier,
        "signed_later": only_later,
        "examined_earlier": len(searched[0]),
        "examined_later": len(searched[1]),
        "examined_both": len(searched[0] & searched[1]),
        "issues": _issues(dossier),
    }
