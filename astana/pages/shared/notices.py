"""Notices in whole sentences, each with the way to what it is about."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from astana.models import Dossier, Notice, Position
from astana.pages.shared.outcomes import outcomes_of

Kind = Notice.Kind

# A sentence for each kind. Who did it, and the title or summary of what it is about, are put in.
SENTENCES = {
    Kind.SUBMITTED: gettext_lazy("{by} submitted a position: “{what}”"),
    Kind.PUBLISHED: gettext_lazy("{by} published your position: “{what}”"),
    Kind.REJECTED: gettext_lazy("{by} rejected your position: “{what}”"),
    Kind.COMMENTED: gettext_lazy("{by} commented on “{what}”"),
    Kind.ASSIGNED: gettext_lazy("{by} assigned an article to you: “{what}”"),
    Kind.FINISHED: gettext_lazy("“{what}” is coded: {by} marked its last assignment as finished."),
    Kind.SETTLED: gettext_lazy("{by} settled the codings of “{what}”"),
    Kind.CHALLENGED: gettext_lazy("A reader objects to a position: “{what}”"),
    Kind.ANSWERED: gettext_lazy("{by} answered your objection to “{what}”"),
    Kind.ROLE: gettext_lazy("{by} changed your role in “{what}”"),
}


_DECISIONS = (Kind.PUBLISHED, Kind.REJECTED)
_DECIDED = (Position.Status.PUBLISHED, Position.Status.REJECTED)


def notices_of(user: Any, *, dossier: Dossier | None = None) -> QuerySet:
    """Return the notices of a user, unread ones first, with all that is told of them."""
    found = Notice.objects.visible_to(user)
    if dossier:
        found = found.filter(dossier=dossier)
    found = found.select_related("dossier", "by", "position", "article", "comment", "challenge")
    return found.order_by(F("read_at").asc(nulls_first=True), "-created_at", "-id")


def notice_row(notice: Notice, *, outcome: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a notice from `notices_of` in words; no query.

    `words` are those of a reason, a comment or an answer. Of a decision on the user's own coding,
    `outcome` has the difference and the passage.
    """
    is_settled = notice.kind == Kind.SETTLED
    return {
        "notice": notice,
        "sentence": _sentence(notice),
        "words": _words(notice),
        "href": notice.get_absolute_url(),
        "outcome": outcome,
        "more_href": reverse("outcomes:index", args=[notice.dossier.slug]) if is_settled else "",
    }


def notice_rows(notices: Iterable[Notice], *, user: Any) -> list[dict[str, Any]]:
    """Return notices in words, decisions with what they changed of the user's codings.

    As many queries for one decision as for many, none where there is none.
    """
    held = list(notices)
    decided = {
        one.position_id: one.position for one in held if one.kind in _DECISIONS and one.position
    }
    for notice in held:
        if notice.position_id in decided:
            decided[notice.position_id].dossier = notice.dossier
    mine = [one for one in decided.values() if one.coder_id == user.pk and one.status in _DECIDED]
    outcomes = {one["mine"].pk: one for one in outcomes_of(mine, user=user)}
    return [
        notice_row(one, outcome=outcomes.get(one.position_id) if one.kind in _DECISIONS else None)
        for one in held
    ]


def _sentence(notice: Notice) -> SafeString:
    what = notice.dossier.title
    if notice.article:
        what = notice.article.title
    elif notice.position:
        # What became of a position that is not published any more is not for its readers.
        is_hidden = notice.kind == Kind.ANSWERED and not notice.position.public
        what = notice.position.key if is_hidden else notice.position.summary
    by = format_html("<b><bdi>{}</bdi></b>", notice.by or _("Somebody"))
    return format_html(
        str(SENTENCES[Kind(notice.kind)]), by=by, what=format_html("<bdi>{}</bdi>", what)
    )


def _words(notice: Notice) -> str:
    if notice.kind == Kind.REJECTED and notice.position:
        return notice.position.reason
    if notice.comment:
        return notice.comment.text
    if notice.kind == Kind.ANSWERED and notice.challenge:
        return notice.challenge.answer
    return ""
