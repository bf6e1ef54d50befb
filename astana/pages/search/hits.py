"""The records that a search found, each with the words that were looked for marked in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Left
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from astana.evidence.paragraphs import paragraph_at
from astana.models import Actor, Article, Evidence, Issue, Position, Rendition
from astana.search.excerpt import LOOKED_THROUGH, Piece, excerpt, marked, places
from astana.search.terms import Term

_MOST_NAMES = 3


@dataclass(frozen=True)
class Hit:
    """A record that was found; `words` are its fields by name, marked.

    `excerpt` is a part of its text around what was found, or empty, `url` leads there.
    """

    record: Any
    words: dict[str, SafeString]
    excerpt: str = ""
    url: str = ""
    paragraph: int | None = None


def hits_of(kind: str, records: list[int], *, terms: Sequence[Term], user: Any) -> list[Hit]:
    """Return the records (primary keys) of a kind that a user may see, in the order given."""
    fetch, hit = _KINDS[kind]
    found = {record.pk: record for record in fetch(records, user)}
    return [hit(found[pk], terms) for pk in records if pk in found]


def _actors(pks: list[int], user: Any) -> QuerySet:
    actors = Actor.objects.visible_to(user).filter(pk__in=pks)
    return actors.select_related("dossier", "part_of").prefetch_related("names")


def _actor(actor: Actor, terms: Sequence[Term]) -> Hit:
    aliases = [name.name for name in actor.names.all() if places(name.name, terms)]
    names = format_html_join(
        SafeString(", "),
        "<bdi>{}</bdi>",
        ((_html(marked(name, terms)),) for name in dict.fromkeys(aliases[:_MOST_NAMES])),
    )
    return Hit(actor, {"title": _mark(actor.name, terms), "names": names})


def _issues(pks: list[int], user: Any) -> QuerySet:
    issues = Issue.objects.visible_to(user).filter(pk__in=pks)
    return issues.select_related("dossier").prefetch_related("stances")


def _issue(issue: Issue, terms: Sequence[Term]) -> Hit:
    labels = [stance.label for stance in issue.stances.all() if places(stance.label, terms)]
    stances = format_html_join(
        SafeString(" · "), "{}", ((_html(marked(label, terms)),) for label in labels[:_MOST_NAMES])
    )
    words = {"title": issue.title, "question": issue.question}
    return Hit(
        issue,
        {name: _mark(text, terms) for name, text in words.items()} | {"stances": stances},
        _excerpt(issue.description, terms)[0],
    )


def _articles(pks: list[int], user: Any) -> list[Article]:
    """Return the articles with `texts`: the newest of each kind and language one may read."""
    articles = Article.objects.visible_to(user).filter(pk__in=pks)
    found = list(articles.select_related("dossier", "source"))
    renditions = Rendition.objects.visible_to(user).with_text().filter(article__in=pks)
    rows = renditions.order_by("version").values_list(
        "article_id", "kind", "language", "pk", "paragraphs", Left("text", LOOKED_THROUGH)
    )
    newest = {row[:3]: row[3:] for row in rows}
    for article in found:
        article.texts = [text for key, text in sorted(newest.items()) if key[0] == article.pk]
    return found


def _article(article: Article, terms: Sequence[Term]) -> Hit:
    words = {
        "title": _mark(article.title, terms),
        "byline": _mark(article.byline, terms),
        "source": _mark(article.source.name, terms),
    }
    for rendition, paragraphs, text in article.texts:
        part, place = _excerpt(text, terms)
        if place is not None:
            number = paragraph_at(paragraphs, place)
            url = f"{article.get_absolute_url()}?rendition={rendition}"
            return Hit(article, words, part, f"{url}#p{number}" if number else url, number)
    return Hit(article, words)


def _positions(pks: list[int], user: Any) -> QuerySet:
    disputes = Evidence.objects.filter(position=OuterRef("pk"), role=Evidence.Role.DISPUTES)
    return (
        Position.objects.visible_to(user)
        .filter(pk__in=pks)
        .select_related("dossier", "actor", "issue", "stance", "attributed_by", "speaker")
        .annotate(is_disputed=Exists(disputes))
    )


def _position(position: Position, terms: Sequence[Term]) -> Hit:
    words = {
        "actor": position.actor.name,
        "issue": position.issue.title,
        "title": position.summary,
        "condition": position.condition,
        "speaker": position.speaker.name if position.speaker else "",
    }
    return Hit(
        position,
        {name: _mark(text, terms) for name, text in words.items()},
        _excerpt(position.note, terms)[0],
    )


def _mark(text: str, terms: Sequence[Term]) -> SafeString:
    return _html(marked(text, terms))


def _excerpt(text: str, terms: Sequence[Term]) -> tuple[SafeString, int | None]:
    """Return the part of a text with what was found, marked, and where that begins."""
    part = excerpt(text, terms)
    if part is None:
        return SafeString(""), None
    before = "… " if part.is_cut_before else ""
    after = " …" if part.is_cut_after else ""
    return format_html("{}{}{}", before, _html(part.pieces), after), part.found


def _html(pieces: Sequence[Piece]) -> SafeString:
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", piece.text) if piece.is_found else piece.text,)
            for piece in pieces
        ),
    )


_KINDS: dict[str, tuple[Callable[[list[int], Any], Any], Callable[[Any, Sequence[Term]], Hit]]] = {
    "actor": (_actors, _actor),
    "issue": (_issues, _issue),
    "article": (_articles, _article),
    "position": (_positions, _position),
}
