"""A dossier in which every word that people write is a script."""

from django.db import models
from django.db.models.functions import Concat, Substr

from astana.models import (
    Actor,
    ActorName,
    Affiliation,
    Article,
    Challenge,
    Comment,
    Document,
    Dossier,
    Event,
    Evidence,
    Issue,
    Merge,
    Position,
    Rendition,
    SavedComparison,
    Source,
    Stance,
    User,
)
from tests.a_watched_site import Site

# It breaks out of an attribute, an element, a script and a comment, wherever it stands raw.
HOLE = "'\"-->]]></script><script>hole(1)</script><b onmouseover=hole(2)>"
WITHIN = "<script>hole(3)</script>"
WRITTEN = (
    Dossier, Source, Article, Actor, ActorName, Affiliation, Issue, Stance, Event, Document,
    Position, Comment, Challenge, SavedComparison, Merge, User,
)  # fmt: skip
# Texts that are no words of people: addresses, dates, hashes and names in addresses.
NOT_WORDS = {
    "said", "sha256", "token", "token_sha256", "password", "username", "email", "query",
    "language", "kept", "other", "noun", "timezone", "foreign_id",
}  # fmt: skip


def words_of(model: type[models.Model]) -> list[models.Field]:
    """Return the fields of a model in which people write what they like."""
    return [
        field
        for field in model._meta.fields
        if isinstance(field, (models.CharField, models.TextField))
        and not isinstance(field, (models.SlugField, models.URLField, models.EmailField))
        and not field.choices
        and field.name not in NOT_WORDS
        and (field.max_length or 999) >= len(WITHIN) + 12
    ]


def a_hostile_site(visibility: str, *, slug: str = "talks") -> Site:
    """Return a site in whose dossier a script stands in every text, and in every passage."""
    site = Site(visibility, slug=slug)
    for model in WRITTEN:
        for field in words_of(model):
            payload = HOLE if (field.max_length or 999) >= len(HOLE) + 12 else WITHIN
            # Some names are there once only: they keep what tells them apart.
            words = Concat(models.Value(payload), Substr(field.name, 1, 11))
            rows = _of(site, model)
            # An objection has an answer once it is answered.
            rows = rows.exclude(status="open") if field.name == "answer" else rows
            rows.update(**{field.name: words})
    for number, text in enumerate(Rendition.objects.of(site.dossier).exclude(text="")):
        start = text.text[: len(WITHIN)]
        Rendition.objects.filter(pk=text.pk).update(text=WITHIN + text.text.removeprefix(start))
        Evidence.objects.create(
            position=Position.objects.get(dossier=site.dossier, key="p0"),
            rendition=text,
            number=70 + number,
            start=0,
            end=len(WITHIN),
            exact=WITHIN,
            paragraph=1,
        )
    return site


def _of(site: Site, model: type[models.Model]) -> models.QuerySet:
    rows = model._default_manager.all()
    if model is Dossier:
        return rows.filter(pk=site.dossier.pk)
    if model is User:
        return rows.filter(pk__in=[person.pk for person in site.people.values()])
    return rows.filter(**{getattr(model, "DOSSIER", "dossier"): site.dossier})
