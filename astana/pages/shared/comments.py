"""The comments on a position or an article, as those who work on it see them."""

from typing import Any

from django.urls import reverse

from astana.models import Article, Comment, Position
from astana.models.roles import Act, may


def comments_on(about: Position | Article, *, user: Any) -> dict[str, Any] | None:
    """Return what was said about a position or an article, None for mere readers; one query.

    `open` is how many are not resolved, `href` where one adds to them.
    """
    dossier = about.dossier
    if not may(user, Act.CODE, dossier):
        return None
    if isinstance(about, Position):
        of, href = (
            {"position": about},
            reverse("comments:of_position", args=[dossier.slug, about.key]),
        )
    else:
        of, href = (
            {"article": about},
            reverse("comments:of_article", args=[dossier.slug, about.slug]),
        )
    found = Comment.objects.visible_to(user, dossier=dossier).filter(**of)
    shown = list(found.select_related("author", "resolved_by"))
    is_open = sum(comment.resolved_at is None for comment in shown)
    return {"shown": shown, "open": is_open, "href": href}
