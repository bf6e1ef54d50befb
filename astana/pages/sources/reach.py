"""One source: what it reports, what it alone reports, and what only other sources do."""

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.comparison.coverage import coverage, coverage_by_issue
from astana.comparison.reports import ACTOR, ISSUE, PAIR, Reach, reach
from astana.models import Actor, Dossier, Evidence, Issue, Position, Source
from astana.models.coverage import reported_by, reported_in
from astana.models.coverage_words import looked_for_words
from astana.models.positions.fetched import marked
from astana.pages.shared.coverage import MOST_PLACES, Cell, cell_of
from astana.pages.shared.passages import passages_of
from astana.pages.sources.forms import SourceForm
from astana.web.addresses import by_source_hrefs, source_href, source_hrefs
from astana.web.filters import Chip
from astana.web.paging import page_of

MOST_PAIRS = 100
MOST_OF_ISSUE = 12
_NOWHERE = Cell("nowhere", 0, "")


def reach_of(source: Source, *, dossier: Dossier, form: SourceForm, user: Any) -> dict[str, Any]:
    """Return the reach of a source as the form asks for it; three queries.

    Numbers of places are of those that any source reports on. The picture is `issues` by `parties`,
    with `totals` for each issue; `hidden` counts the issues and the parties that did not fit.
    `alone` are the first of the pairs of `alone_places` (primary keys). Of the issues on which only
    others report, `searched` were looked for in articles of this source.
    """
    chosen, own = form.cleaned_data, source.pk
    as_of = chosen["as_of"]
    every = {issue.pk: issue for issue in form.issues.asking(group=chosen["group"])}
    reported = [
        one
        for one in reported_in(dossier, as_of=as_of, first_hand=chosen["first_hand"])
        if ISSUE(one) in every
    ]
    by_issue = reach(reported, by=ISSUE)
    by_actor = reach(reported, by=ACTOR)
    by_pair = reach(reported, by=PAIR)
    articles = [one for one in form.counts.read if one.source == own]
    read = coverage(articles, as_of=as_of)
    read_for = coverage_by_issue(articles, as_of=as_of, issues=by_issue.numbers)
    issues = [issue for pk, issue in every.items() if pk in by_issue.numbers]
    of_actors = Actor.objects.visible_to(user).of(dossier).filter(pk__in=by_actor.numbers)
    actors = sorted(
        of_actors,
        key=lambda one: (
            -by_actor.number(own, one.pk),
            -by_actor.others(own, one.pk),
            one.sort_name,
        ),
    )

    here = source_hrefs(dossier, source.slug, **form.state)
    others = by_source_hrefs(dossier, as_of=as_of)

    def cell(found: Reach[Any], place: Any, *, issue: Issue | None, href: str) -> Cell:
        number, looked = found.number(own, place), read_for[issue.pk] if issue else read
        among = found.others(own, place)
        how = {"is_issue": issue is not None, "first_hand": chosen["first_hand"]}
        return cell_of(number, among, looked, href=href, **how)

    def of_issue(issue: Issue) -> Cell:
        href = here(issue=issue.slug) if by_issue.number(own, issue.pk) else ""
        return cell(by_issue, issue.pk, issue=issue, href=href)

    def of_actor(actor: Actor) -> Cell:
        href = here(actor=actor.slug) if by_actor.number(own, actor.pk) else ""
        return cell(by_actor, actor.pk, issue=None, href=href)

    def of_pair(actor: Actor, issue: Issue) -> Cell:
        pair = (actor.pk, issue.pk)
        if pair not in by_pair.numbers:
            return _NOWHERE
        is_here = by_pair.number(own, pair) > 0
        href = (
            here(actor=actor.slug, issue=issue.slug) if is_here else others(actor.slug, issue.slug)
        )
        return cell(by_pair, pair, issue=issue, href=href)

    @cache
    def sources(number: int) -> str:
        return ngettext("%(n)s source", "%(n)s sources", number) % {"n": number}

    @cache
    def positions(number: int) -> str:
        return ngettext("%(n)s position", "%(n)s positions", number) % {"n": number}

    def pair_of(pair: tuple[int, int], href: Callable[..., str], words: str) -> dict[str, Any]:
        actor, issue = known[pair[0]], every[pair[1]]
        href_of_pair = href(actor=actor.slug, issue=issue.slug)
        return {"actor": actor, "issue": issue, "words": words, "href": href_of_pair}

    known = {actor.pk: actor for actor in actors}
    alone = by_pair.alone(own)
    elsewhere = by_pair.elsewhere(own)
    columns, rows = issues[:MOST_PLACES], actors[:MOST_PLACES]
    elsewhere_on: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pair in elsewhere:
        elsewhere_on[pair[1]].append(pair)
    left_out = [
        {
            "issue": issue,
            # Nothing was found of anybody on it.
            "is_all": not by_issue.number(own, issue.pk),
            "pairs": [
                pair_of(pair, others, sources(by_pair.others(own, pair)))
                for pair in missed[:MOST_OF_ISSUE]
            ],
            "more": max(0, len(missed) - MOST_OF_ISSUE),
            "looked_for": looked_for_words(read_for[issue.pk])
            if read_for[issue.pk].looked_for
            else "",
        }
        for issue in columns
        if (missed := elsewhere_on.get(issue.pk))
    ]
    return {
        "read": read,
        "positions": sum(by_issue.number(own, pk) for pk in by_issue.numbers),
        "issues": columns,
        "totals": [of_issue(one) for one in columns],
        "parties": [
            (actor, [of_actor(actor), *(of_pair(actor, issue) for issue in columns)])
            for actor in rows
        ],
        "hidden": (len(issues) - len(columns), len(actors) - len(rows)),
        "on_issues": (len(by_issue.here(own)), len(issues)),
        "of_actors": (len(by_actor.here(own)), len(actors)),
        "alone": [
            pair_of(pair, here, positions(by_pair.number(own, pair))) for pair in alone[:MOST_PAIRS]
        ],
        "alone_places": set(alone),
        "alone_href": here(alone="1"),
        "searched": [one for one in left_out if one["looked_for"]],
        "unsearched": [one for one in left_out if not one["looked_for"]],
        "left_out_total": len(elsewhere),
    }


def listed(
    source: Source,
    *,
    alone: set[tuple[int, int]],
    dossier: Dossier,
    form: SourceForm,
    request: HttpRequest,
) -> dict[str, Any]:
    """Return what the source reports, newest first, narrowed as asked; four queries.

    `alone` are the actors and issues (primary keys) on which no other source reports. `chips` are
    what narrows it, `problems` why it is not.
    """
    chosen = form.cleaned_data
    reported = reported_by(
        source,
        Position.objects.visible_to(request.user).of(dossier),
        as_of=chosen["as_of"],
        first_hand=chosen["first_hand"],
    )
    if chosen["group"]:
        reported = reported.filter(issue__group=chosen["group"])
    for name in ("actor", "issue"):
        if chosen[name]:
            reported = reported.filter(**{name: chosen[name]})
    rows = reported.newest_first().values_list("pk", "actor_id", "issue_id")
    if chosen["alone"]:
        rows = [row for row in rows if row[1:] in alone]
    shown, problems = page_of(rows, request)
    own = Q(evidence__rendition__article__source=source, evidence__role=Evidence.Role.SUPPORTS)
    # Of those on the page alone: passages would be counted of all before it is cut out of them.
    on_page = Position.objects.filter(pk__in=[pk for pk, _actor, _issue in shown])
    positions = list(
        marked(on_page.newest_first())
        .select_related("actor", "issue", "stance__issue", "speaker", "attributed_by")
        .annotate(own=Count("evidence", filter=own))
    )
    passages = passages_of(
        positions,
        dossier=dossier,
        user=request.user,
        evidence=Evidence.objects.visible_to(request.user).filter(
            rendition__article__source=source, role=Evidence.Role.SUPPORTS
        ),
    )
    return {
        "shown": shown,
        "reports": [
            {
                "position": one,
                "passages": passages[one.pk],
                "has_hidden_passages": one.own > len(passages[one.pk]),
            }
            for one in positions
        ],
        "chips": _chips(source, dossier, form),
        "problems": problems,
    }


def _chips(source: Source, dossier: Dossier, form: SourceForm) -> list[Chip]:
    chosen = form.cleaned_data
    given = {name: chosen[name].slug for name in ("actor", "issue") if chosen[name]}
    words = {name: str(chosen[name]) for name in given}
    if chosen["alone"]:
        given["alone"], words["alone"] = "1", ""
    kinds = {"actor": _("Actor"), "issue": _("Issue"), "alone": _("By no other source read here")}

    def without(name: str) -> str:
        rest = {other: value for other, value in given.items() if other != name}
        return source_href(dossier, source.slug, **form.state, **rest)

    return [Chip(kinds[name], words[name], without(name)) for name in given]
