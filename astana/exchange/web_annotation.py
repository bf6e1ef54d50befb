"""A position as linked data: W3C Web Annotation, and schema.org `Claim` with `Quotation`.

Passages are those that the reader may read; of a passage that he may not, its article is named and
nothing else. Sources: Web Annotation Data Model (W3C, 2017), CiTO (Peroni and Shotton, 2012) for
whether a passage supports or disputes, and schema.org for search engines.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from astana.exchange.descriptor import LICENCES
from astana.formats.web_annotation.shape import CONTEXT, bodies, target
from astana.models import Actor, Dossier, Evidence, Position

ANNOTATION = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'

# Positions on a page of a collection.
PER_PAGE = 100
_OF_PASSAGES = ("role", "exact", "prefix", "suffix", "start", "end", "paragraph")
_ACTOR_TYPES = {
    Actor.Kind.STATE: "Country",
    Actor.Kind.GOVERNMENT: "GovernmentOrganization",
    Actor.Kind.PARTY: "PoliticalParty",
    Actor.Kind.PERSON: "Person",
}


# Of one position, those that a user may read, and those that he may not.
Passages = tuple[list[Evidence], list[Evidence]]


def passages_behind(position: Position, *, user: Any) -> Passages:
    """Return the passages of a position that a user may read, and those that he may not.

    Of the latter only the article is loaded; two queries.
    """
    return _passages_of([position], user=user)[position.pk]


def _passages_of(positions: Sequence[Position], *, user: Any) -> dict[int, Passages]:
    """Return the passages of positions by primary key, with two queries for all of them."""

    def of(evidence: QuerySet) -> QuerySet:
        keys = [one.pk for one in positions]
        found = evidence.filter(position__in=keys).order_by("position", "number")
        return found.select_related("rendition__article__source")

    found: dict[int, Passages] = {one.pk: ([], []) for one in positions}
    read = list(of(Evidence.objects.visible_to(user)).defer("rendition__text"))
    hidden = of(Evidence.objects.exclude(pk__in=[one.pk for one in read]))
    named = ("role", "position", "rendition__article__slug", "rendition__article__source__name")
    for place, listed in enumerate((read, hidden.only(*named))):
        for one in listed:
            found[one.position_id][place].append(one)
    return found


def collection(positions: QuerySet, dossier: Dossier, *, site: str) -> dict[str, Any]:
    """Return what a collection of positions as Web Annotations says of itself."""
    here = site + reverse("exports:annotations", args=[dossier.slug])
    total = positions.count()
    return {
        "@context": CONTEXT,
        "id": here,
        "type": "AnnotationCollection",
        "label": dossier.title,
        "total": total,
        "first": f"{here}?page=1",
        "last": f"{here}?page={_pages(total)}",
    }


def collection_page(
    positions: QuerySet, dossier: Dossier, number: int, *, user: Any, site: str
) -> dict[str, Any] | None:
    """Return a page of the collection, counted from 1, or None if there is none.

    `positions` come from `in_full`.
    """
    here = site + reverse("exports:annotations", args=[dossier.slug])
    total = positions.count()
    start = (number - 1) * PER_PAGE
    if not 1 <= number <= _pages(total):
        return None
    shown = list(positions.order_by("key")[start : start + PER_PAGE])
    passages = _passages_of(shown, user=user)
    items = []
    for one in shown:
        one.dossier = dossier
        item = annotation(one, user=user, site=site, passages=passages[one.pk])
        items.append({name: value for name, value in item.items() if name != "@context"})
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "id": f"{here}?page={number}",
        "type": "AnnotationPage",
        "partOf": {"id": here, "label": dossier.title, "total": total},
        "startIndex": start,
        "items": items,
    }
    if number > 1:
        found["prev"] = f"{here}?page={number - 1}"
    if number < _pages(total):
        found["next"] = f"{here}?page={number + 1}"
    return found


def _pages(total: int) -> int:
    return max(1, -(-total // PER_PAGE))


def annotation(
    position: Position, *, user: Any, site: str, passages: Passages | None = None
) -> dict[str, Any]:
    """Return a position as a Web Annotation whose targets are its passages.

    `position` comes from `in_full`, with its dossier; `site` begins each address. `passages` may be
    those of `passages_behind`.
    """
    dossier = position.dossier
    here = site + position.get_absolute_url()
    read, hidden = passages or passages_behind(position, user=user)
    targets = [_passage(one, here=here, site=site, dossier=dossier) for one in read]
    targets += [
        {
            "type": "SpecificResource",
            "source": _article(one, site=site, dossier=dossier),
            one.role: here,
        }
        for one in hidden
    ]
    issue = site + reverse("issues:detail", args=[dossier.slug, position.issue.slug])
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "id": f"{here.removesuffix('/')}.jsonld",
        "type": "Annotation",
        "motivation": ["classifying", "describing"],
        "canonical": here,
        "generator": {"id": f"{site}/", "type": "Software", "name": "Astana"},
        "body": bodies(
            {name: getattr(position, name) for name in ("summary", "condition", "note")},
            answer=f"{position.issue.title}: {position.stance.label}",
            actor=site + reverse("actors:detail", args=[dossier.slug, position.actor.slug]),
            issue=issue,
        ),
        # An annotation needs a target: a position without a passage is about its issue.
        "target": targets or [issue],
    }
    if moment := position.coded_at or position.published_at:
        found["created"] = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    if position.reviewed_at:
        found["modified"] = f"{position.reviewed_at:%Y-%m-%dT%H:%M:%SZ}"
    if position.coder:
        found["creator"] = {"type": "Person", "nickname": position.coder.get_username()}
    if licence := LICENCES.get(dossier.licence):
        found["rights"] = licence[1]
    return found


def _article(evidence: Evidence, *, site: str, dossier: Dossier) -> str:
    slug = evidence.rendition.article.slug
    return site + reverse("articles:detail", args=[dossier.slug, slug])


def _passage(evidence: Evidence, *, here: str, site: str, dossier: Dossier) -> dict[str, Any]:
    article = _article(evidence, site=site, dossier=dossier)
    told = {name: getattr(evidence, name) for name in _OF_PASSAGES}
    source = f"{article}?rendition={evidence.rendition_id}"
    return target(told, source=source, language=evidence.rendition.language, position=here)


def claim(position: Position, *, user: Any, site: str) -> dict[str, Any]:
    """Return a position as a `Claim` of schema.org that appears in each supporting `Quotation`."""
    dossier = position.dossier
    here = site + position.get_absolute_url()
    read, _hidden = passages_behind(position, user=user)
    supports = [one for one in read if one.role == Evidence.Role.SUPPORTS]
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Claim",
        "@id": here,
        "url": here,
        "text": position.summary,
        "author": _agent(position.actor, dossier=dossier, site=site),
        "about": {
            "@type": "Question",
            "name": position.issue.question,
            "url": site + reverse("issues:detail", args=[dossier.slug, position.issue.slug]),
        },
        "isPartOf": {
            "@type": "Dataset",
            "name": dossier.title,
            "url": site + dossier.get_absolute_url(),
        },
        "appearance": [
            _quotation(one, position, here=here, site=site) for one in supports if one.exact
        ],
    }
    exactly = position.earliest == position.latest
    found |= {"datePublished": position.said} if exactly else {"temporalCoverage": position.said}
    if position.attributed_by:
        found["claimInterpreter"] = _agent(position.attributed_by, dossier=dossier, site=site)
    elif not position.first_hand:
        sources = sorted({one.rendition.article.source.name for one in supports})
        found["claimInterpreter"] = [{"@type": "Organization", "name": name} for name in sources]
    if len(supports) < len(read):
        found["creativeWorkStatus"] = "disputed"
    return found


def _agent(actor: Actor, *, dossier: Dossier, site: str) -> dict[str, Any]:
    found = {
        "@type": _ACTOR_TYPES.get(Actor.Kind(actor.kind), "Organization"),
        "name": actor.name,
        "url": site + reverse("actors:detail", args=[dossier.slug, actor.slug]),
    }
    if actor.wikidata:
        found["sameAs"] = f"https://www.wikidata.org/entity/{actor.wikidata}"
    return found


def _quotation(evidence: Evidence, position: Position, *, here: str, site: str) -> dict[str, Any]:
    article = evidence.rendition.article
    in_reader = _article(evidence, site=site, dossier=position.dossier)
    found: dict[str, Any] = {
        "@type": "Quotation",
        "@id": f"{here}#passage-{evidence.number}",
        "text": evidence.exact,
        "inLanguage": evidence.rendition.language,
        "isPartOf": {
            "@type": "NewsArticle",
            "headline": article.title,
            "datePublished": article.published.isoformat(),
            "publisher": {"@type": "Organization", "name": article.source.name},
            "url": article.url or in_reader,
        },
    }
    if position.speaker:
        found["spokenByCharacter"] = _agent(position.speaker, dossier=position.dossier, site=site)
    return found


def in_script(data: dict[str, Any]) -> SafeString:
    """Return data as JSON that can stand in a `<script>`: no sign in it ends the element."""
    # Every sign of markup is escaped, which is why the text may be marked as safe.
    text = json.dumps(data, ensure_ascii=False, indent=1)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)
