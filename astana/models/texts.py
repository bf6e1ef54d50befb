"""The texts of an article that a user may know of, in the order in which they are shown."""

from dataclasses import dataclass
from typing import Any

from astana.models import Article, Rendition

_BY_DEFAULT = list(Rendition.Kind)


@dataclass(frozen=True)
class Texts:
    """The renditions of an article that a user may know of.

    `current` are the newest stored versions of each kind and language, in the order in which they
    are shown by default; `by_hash` are current ones whose words are not stored here; `all` has
    older versions too.
    """

    all: tuple[Rendition, ...]
    current: tuple[Rendition, ...]
    by_hash: tuple[Rendition, ...]

    def named(self, name: str) -> Rendition | None:
        """Return the rendition of a kind, or with a primary key, or None."""
        for rendition in (*self.current, *self.by_hash, *self.all):
            if name in (rendition.kind, str(rendition.pk)):
                return rendition
        return None

    def name_of(self, rendition: Rendition) -> str:
        """Return the shortest name that leads to a rendition: its kind, or its primary key."""
        return rendition.kind if self.named(rendition.kind) == rendition else str(rendition.pk)


def texts_of(article: Article, *, user: Any) -> Texts:
    """Return the texts of an article that a user may know of; one query."""
    found = sorted(
        Rendition.objects.visible_to(user).filter(article=article),
        key=lambda text: (
            _BY_DEFAULT.index(Rendition.Kind(text.kind)),
            text.language != article.language,
            text.language,
            -text.version,
        ),
    )
    current: dict[tuple[str, str], Rendition] = {}
    by_hash: dict[tuple[str, str], Rendition] = {}
    for text in found:
        newest = by_hash if text.is_known_by_hash_only else current
        newest.setdefault((text.kind, text.language), text)
    return Texts(
        all=tuple(found),
        current=tuple(current.values()),
        by_hash=tuple(text for key, text in by_hash.items() if key not in current),
    )
