"""What agents search for and fetch: issues, positions, articles and actors of public dossiers."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser

from astana.exchange.position_rows import COLUMNS, position_rows
from astana.models import Actor, Article, Dossier, Issue, Position, SearchEntry
from astana.models.found import actors_of, articles_of, issues_of
from astana.models.matches import Asked, Matches
from astana.models.texts import texts_of
from astana.models.wanted import Wanted
from astana.pages.agents.asking import MOST_ROWS, Asker
from astana.pages.agents.rows import position_row
from astana.search.terms import terms_of
from astana.web.api.offered import Refused

_KINDS = ("issue", "position", "article", "actor")
_MOST_TERMS = 12
# As many of a kind can be paged through.
_MOST_PAGED = 2_000
# So many characters of a text are sent.
_LONGEST = 20_000


def search(asker: Asker, *, query: str, dossier: str = "") -> dict[str, Any]:
    """Return what has all the words, the best of each kind first."""
    anybody, terms = AnonymousUser(), terms_of(query)
    if not 0 < len(terms) <= _MOST_TERMS:
        raise Refused([f"Search for 1 to {_MOST_TERMS} words."])
    public = dict(Dossier.objects.visible_to(anybody).values_list("pk", "slug"))
    entries = SearchEntry.objects.visible_to(anybody)
    within = [asker.dossier(dossier).slug] if dossier else []
    asked = Asked(public, kind=[], dossier=within, source=[], language=[])
    matches = Matches(asked, entries=entries, wanted=Wanted(terms, entries), user=anybody)
    start = int(asker.place[0]) if asker.place else 0
    end, before, results = start + MOST_ROWS, 0, []
    for kind in _KINDS:
        number = min(matches.look(kind).number, _MOST_PAGED)
        shown = slice(max(0, start - before), max(0, min(number, end - before)))
        if shown.start < shown.stop:
            results += _told(kind, matches.best(kind, shown), site=asker.site)
        before += number
    return {"results": results, "next": asker.next([end] if before > end else None)}


def fetch(asker: Asker, *, id: str) -> dict[str, Any]:
    """Return one thing that was found, with its text; raises Refused if there is none such."""
    kind, _colon, rest = id.partition(":")
    slug, _slash, name = rest.partition("/")
    models = {"issue": Issue, "position": Position, "article": Article, "actor": Actor}
    if kind not in models:
        raise Refused(["An id is one that search gave, such as issue:some-dossier/some-issue."])
    key = "key" if kind == "position" else "slug"
    visible = models[kind].objects.visible_to(AnonymousUser()).of(asker.dossier(slug))
    found = visible.filter(**{key: name}).values_list("pk", flat=True).first()
    if found is None:
        raise Refused([f"The dossier has no published {kind} “{name}”."])
    [told] = _told(kind, [found], site=asker.site, is_whole=True)
    own = ("id", "title", "text", "url")
    metadata = {name: value for name, value in told.items() if name not in own}
    return {name: told[name] for name in own} | {"metadata": metadata}


def _told(kind: str, pks: list[int], *, site: str, is_whole: bool = False) -> list[dict[str, Any]]:
    """Return records of a kind in this order, with the text of each, short or `is_whole`."""
    told: dict[int, dict[str, Any]] = _TELLERS[kind](pks, site, is_whole)
    return [told[pk] for pk in pks if pk in told]


def _known(kind: str, record: Any, name: str, title: str, text: str, site: str) -> dict[str, Any]:
    return {
        "id": f"{kind}:{record.dossier.slug}/{name}",
        "kind": kind,
        "title": title,
        "text": text,
        "url": f"{site}{record.get_absolute_url()}",
    }


def _positions(pks: list[int], site: str, _is_whole: bool) -> dict[int, dict[str, Any]]:
    anybody, told = AnonymousUser(), {}
    shown = Position.objects.visible_to(anybody).filter(pk__in=pks)
    by_key = {(one.dossier_id, one.key): one.pk for one in shown.only("pk", "key", "dossier_id")}
    dossiers = Dossier.objects.in_bulk({dossier for dossier, _key in by_key})
    for dossier in dossiers.values():
        rows = position_rows(shown.of(dossier), dossier=dossier, user=anybody, site=site)
        for values in rows:
            row = position_row(dict(zip(COLUMNS, values, strict=True)), dossier, site=site)
            pk = by_key[dossier.pk, row["position"]]
            about = f"{row['actor_name']} on {row['issue_title']}: {row['stance']}"
            told[pk] = {
                **row,
                "id": f"position:{dossier.slug}/{row['position']}",
                "title": f"{about} (said {row['said']}, {row['voice']})",
                "text": row["summary"],
            }
    return told


def _issues(pks: list[int], site: str, _is_whole: bool) -> dict[int, dict[str, Any]]:
    told = {}
    for one in issues_of(pks, AnonymousUser()):
        stances = "; ".join(stance.label for stance in one.stances.all())
        text = f"{one.question} Stances: {stances}. {one.description}".strip()
        told[one.pk] = _known("issue", one, one.slug, one.title, text, site)
    return told


def _actors(pks: list[int], site: str, _is_whole: bool) -> dict[int, dict[str, Any]]:
    told = {}
    for one in actors_of(pks, AnonymousUser()):
        names = ", ".join(name.name for name in one.names.all())
        text = f"{one.get_kind_display()}. {f'Also called {names}. ' if names else ''}"
        told[one.pk] = _known("actor", one, one.slug, one.name, text + one.description, site)
    return told


def _articles(pks: list[int], site: str, is_whole: bool) -> dict[int, dict[str, Any]]:
    """Return articles; the text is what the public may read of it, nothing where that is none."""
    told = {}
    for one in articles_of(pks, AnonymousUser()):
        text = ""
        if is_whole:
            texts = texts_of(one, user=AnonymousUser()).current
            text = texts[0].text[:_LONGEST] if texts else ""
        title = f"{one.title} ({one.source.name}, {one.published.isoformat()})"
        told[one.pk] = _known("article", one, one.slug, title, text, site) | {
            "source": [one.source.name],
            "published": one.published,
        }
    return told


_TELLERS: dict[str, Callable[[list[int], str, bool], dict[int, dict[str, Any]]]] = {
    "issue": _issues,
    "position": _positions,
    "article": _articles,
    "actor": _actors,
}
