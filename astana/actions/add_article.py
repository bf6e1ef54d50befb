"""Add an article to a dossier, with its full text."""

from datetime import date

from django.core.exceptions import ValidationError

from astana.actions.attach_text import attach_text
from astana.models import Article, Dossier, Rendition, Source, User
from astana.models.of_dossier import holding
from astana.models.roles import Act, require
from astana.models.short_names import free_among


@holding
def add_article(
    *,
    dossier: Dossier,
    source: Source | None,
    title: str,
    published: date,
    text: str,
    by: User,
    new_source: str = "",
    new_source_kind: str = Source.Kind.OTHER,
    byline: str = "",
    language: str = "en",
    url: str = "",
    coverage: str = Article.Coverage.FULL,
    rights: str = Rendition.Rights.MEMBERS,
) -> Article:
    """Store an article and its full text, for members only unless `rights` says otherwise.

    A source that is None is made from the name of a new one. The short name is made of source and
    date. Raises ValidationError for what is unfit.
    """
    require(by, Act.CODE, dossier)
    if source is None:
        source = Source(
            dossier=dossier,
            slug=free_among(Source.objects.of(dossier), new_source, nothing="source"),
            name=new_source,
            kind=new_source_kind,
            language=language,
        )
        source.full_clean()
        source.save()
    article = Article(
        dossier=dossier,
        slug=free_among(
            Article.objects.of(dossier),
            f"{source.slug[:48]}-{published:%Y-%m-%d}",
            nothing="article",
        ),
        source=source,
        title=title,
        byline=byline,
        published=published,
        url=url,
        language=language,
        coverage=coverage,
    )
    article.full_clean()
    article.save()
    try:
        attach_text(article=article, text=text, by=by, rights=rights, language=language)
    except ValueError as error:
        raise ValidationError({"text": str(error)}) from error
    return article
