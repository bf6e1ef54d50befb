"""What a reader can cite, each as a `Citation`; `site` begins an address, `today` is the day."""

from datetime import date

from astana.exchange.citation import Citation, Report, reported
from astana.models import Article, Dossier, Evidence, Issue, Position, Rendition


def cite_dossier(dossier: Dossier, *, site: str, today: date) -> Citation:
    """Return the citation of a whole dossier."""
    return Citation(
        key=dossier.slug,
        title=dossier.title,
        container="Dossiers",
        url=site + dossier.get_absolute_url(),
        accessed=today,
        version=str(dossier.version),
    )


def cite_position(position: Position, *, site: str, today: date) -> Citation:
    """Return the citation of one position; its title says who is reported to hold what.

    It is dated by the first article that reports it. The passages' words are not looked at, so that
    a text which the reader may not open is cited too.
    """
    reports = reports_of(position)
    disputed = " (disputed)" if any(one.is_disputing for one in reports) else ""
    said = f"Said: {position.said} ({position.get_voice_display()})"
    return Citation(
        key=f"{position.dossier.slug}-{position.key}",
        title=f"{position.actor.name} on “{position.issue.title}”: {position.summary}{disputed}",
        container=position.dossier.title,
        url=site + position.get_absolute_url(),
        accessed=today,
        issued=next((one.published for one in reports if not one.is_disputing), None),
        version=str(position.dossier.version),
        note=". ".join(part for part in (said, reported(reports)) if part),
        reports=reports,
    )


def reports_of(position: Position) -> tuple[Report, ...]:
    """Return the articles that report or dispute a position, the first published first."""
    paragraphs: dict[tuple[Article, str, bool], set[int]] = {}
    for one in position.evidence.select_related("rendition__article__source"):
        kind = one.rendition.kind
        text = "" if kind == Rendition.Kind.FULL else kind
        key = (one.rendition.article, text, one.role == Evidence.Role.DISPUTES)
        of_text = paragraphs.setdefault(key, set())
        of_text |= {one.paragraph} if one.paragraph else set()
    found = [
        Report(
            outlet=article.source.name,
            title=article.title,
            published=article.published,
            paragraphs=tuple(sorted(numbers)),
            text=text,
            is_disputing=is_disputing,
        )
        for (article, text, is_disputing), numbers in paragraphs.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.published, one.outlet, one.title, one.text)))


def cite_issue(issue: Issue, *, site: str, today: date) -> Citation:
    """Return the citation of one issue."""
    return Citation(
        key=f"{issue.dossier.slug}-{issue.slug}",
        title=f"{issue.title}: {issue.question}",
        container=issue.dossier.title,
        url=site + issue.get_absolute_url(),
        accessed=today,
        version=str(issue.dossier.version),
    )


def cite_article(article: Article, *, site: str, today: date) -> Citation:
    """Return the citation of an article as its source published it; the note says where it is."""
    here = site + article.get_absolute_url()
    return Citation(
        key=article.slug,
        title=article.title,
        container=article.source.name,
        url=article.original or here,
        accessed=today,
        issued=article.published,
        author=article.byline,
        note=f"Read in “{article.dossier.title}”, {here}",
        language=article.language,
        is_article=True,
    )


def cite_comparison(
    dossier: Dossier, *, as_of: date, sentence: str, url: str, today: date
) -> Citation:
    """Return the citation of a comparison; `url` shows the same table whenever it is opened."""
    return Citation(
        key=f"{dossier.slug}-{as_of}",
        title=f"Where do the parties stand? {sentence}",
        container=dossier.title,
        url=url,
        accessed=today,
        version=str(dossier.version),
    )
