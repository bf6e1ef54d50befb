"""All that the reader page shows: one text, or two side by side, or what could stand beside."""

from dataclasses import dataclass
from typing import Any

from astana.models import Article, Rendition
from astana.models.roles import Act, may
from astana.pages.articles.beside import SharedIssue, candidates_beside, shared_issues
from astana.pages.shared.reader_form import ReaderForm, texts_of
from astana.pages.shared.reading import Reading, reading_of


@dataclass(frozen=True)
class Candidate:
    """An article that could stand beside, with the query string that puts it there."""

    article: Article
    query: str


@dataclass(frozen=True)
class ReaderDesk:
    """What lies before the reader; `reading` is None where no text may be read.

    `candidates` are the articles to choose from while the reader looks for a second one. `by_hash`
    are texts that the dossier knows and that are not stored here.
    """

    reading: Reading | None
    beside: Article | None
    beside_reading: Reading | None
    shared: list[SharedIssue]
    candidates: list[Candidate]
    by_hash: tuple[Rendition, ...]
    is_member: bool
    has_full_text: bool


def reader_desk(form: ReaderForm, *, user: Any) -> ReaderDesk:
    """Return what an address asks for, in a number of queries that does not grow."""
    article, beside = form.article, form.beside_article
    reading = beside_reading = None
    if form.text:
        reading = reading_of(form.text, user=user, position_key=form.position_key)
    if beside and (text := next(iter(texts_of(beside, user=user).current), None)):
        beside_reading = reading_of(text, user=user, position_key=form.position_key, prefix="b-")
    is_member = may(user, Act.READ_TEXTS, article.dossier)
    candidates = []
    if form.is_choosing:
        candidates = [
            Candidate(one, form.query(beside=one.slug))
            for one in candidates_beside(article, user=user)
        ]
    return ReaderDesk(
        reading=reading,
        beside=beside,
        beside_reading=beside_reading,
        shared=shared_issues(reading, beside_reading) if reading and beside_reading else [],
        candidates=candidates,
        by_hash=form.texts.by_hash,
        is_member=is_member,
        has_full_text=any(text.kind == Rendition.Kind.FULL for text in form.texts.current),
    )
