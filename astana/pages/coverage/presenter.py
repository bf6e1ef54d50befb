"""Sources by issues or parties: what was reported, by whom alone, and what was looked for."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page

from astana.comparison.coverage import Read, coverage, coverage_by_issue
from astana.comparison.reports import ACTOR, ISSUE, PAIR, reach
from astana.models import Actor, Issue
from astana.models.coverage import reported_in
from astana.pages.coverage.forms import AllSourcesForm
from astana.pages.shared.coverage import MOST_PLACES, cell_of
from astana.web.addresses import source_hrefs


def blind_spots(sources: Page, *, form: AllSourcesForm, user: Any) -> dict[str, Any]:
    """Return the coverage of a page of sources as the form asks for it; four queries at most.

    A row says of a source what of it was read, and on how many pairs of a party and an issue no
    other one reports (`alone`). `unsearched` counts the issues for which no article was read, and
    `is_searched` says that there are issues, with an article for each; `hidden` counts the columns
    that did not fit.
    """
    dossier = form.dossier
    chosen = form.cleaned_data
    as_of, is_issue = chosen["as_of"], chosen["by"] == "issue"
    issues = list(form.issues.asking(group=chosen["group"]))
    asked = {issue.pk for issue in issues}
    reported = [
        one
        for one in reported_in(dossier, as_of=as_of, first_hand=chosen["first_hand"])
        if ISSUE(one) in asked
    ]
    alone = reach(reported, by=PAIR).alone_by_source()
    places = reach(reported, by=ISSUE if is_issue else ACTOR)
    columns: Sequence[Issue | Actor] = issues
    if not is_issue:
        actors = Actor.objects.visible_to(user).of(dossier).filter(pk__in=places.numbers)
        columns = sorted(actors, key=lambda actor: (-places.total(actor.pk), actor.sort_name))
    by_source: dict[int, list[Read]] = {source.pk: [] for source in sources}
    articles = form.counts.read
    for article in articles:
        if article.source in by_source:
            by_source[article.source].append(article)
    rows = []
    for source in sources:
        here = source_hrefs(dossier, source.slug, **form.state)
        read = coverage(by_source[source.pk], as_of=as_of)
        read_for = (
            coverage_by_issue(by_source[source.pk], as_of=as_of, issues=asked) if is_issue else {}
        )
        cells = []
        for column in columns[:MOST_PLACES]:
            number = places.number(source.pk, column.pk)
            cells.append(
                cell_of(
                    number,
                    places.others(source.pk, column.pk),
                    read_for[column.pk] if is_issue else read,
                    href=here(**{chosen["by"]: column.slug}) if number else "",
                    is_issue=is_issue,
                    first_hand=chosen["first_hand"],
                )
            )
        rows.append(
            {
                "source": source,
                "href": here(),
                "read": read,
                "cells": cells,
                "alone": alone[source.pk],
                "alone_href": here(alone="1"),
            }
        )
    searched = {issue for one in articles if one.published <= as_of for issue in one.looked_for}
    return {
        "columns": columns[:MOST_PLACES],
        "rows": rows,
        "read": coverage(articles, as_of=as_of),
        "unsearched": len(asked - searched),
        "is_searched": bool(asked) and asked <= searched,
        "hidden": max(0, len(columns) - MOST_PLACES),
    }
