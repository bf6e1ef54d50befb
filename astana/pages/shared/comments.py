"""The comments on a position or an article, as those who work on it see them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from astana.models import Article, Comment, Position
from astana.models.roles import Act, may


@dataclass(frozen=True)
class Comments:
    """What was said about one thing, and where one adds to it."""

    shown: list[Comment]
    href: str

    @property
    def open(self) -> int:
        """How many are not resolved."""
        return sum(comment.resolved_at is None for comment in self.shown)


def comments_on(about: Position | Article, *, user: Any) -> Comments | None:
    """Return the comments on a position or an article, None for mere readers; one query."""
    dossier = about.dossier
    if not may(user, Act.CODE, dossier):
        return None
    if isinstance(about, Position):
        found = Comment.objects.visible_to(user, dossier=dossier).filter(position=about)
        href = reverse("comments:of_position", args=[dossier.slug, about.key])
    else:
        found = Comment.objects.visible_to(user, dossier=dossier).filter(article=about)
        href = reverse("comments:of_article", args=[dossier.slug, about.slug])
    return Comments(list(found.select_related("author", "resolved_by")), href)
