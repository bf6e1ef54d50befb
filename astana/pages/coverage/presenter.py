"""Sources by issues: what was reported, what was looked for, and where the dossier is blind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from astana.comparison.coverage import Coverage, Read, coverage
from astana.models import Dossier, Issue, Source
from astana.models.counts import counts_of
from astana.models.coverage import reported_in

# More columns would be no table any more: a group of issues has to be chosen.
MOST_ISSUES = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source has on one issue; `kind` is reported, looked-for, not-looked-for or none."""

    kind: str
    number: int
    words: str


@dataclass(frozen=True)
class Row:
    """One source: what of it was read, and a cell for each issue."""

    source: Source
    read: Coverage
    cells: list[Cell]


@dataclass(frozen=True)
class Blind:
    """The page: its issues and rows, and how much the dossier cannot know.

    `unsearched` counts the issues for which no article was read; `hidden` the issues that did not
    fit.
    """

    issues: Sequence[Issue]
    rows: list[Row]
    read: Coverage
    unsearched: int
    hidden: int


def blind_spots(dossier: Dossier, sources: Page, *, issues: Sequence[Issue], as_of: date) -> Blind:
    """Return the coverage of a page of sources on issues as of a day; three queries at most."""
    articles = counts_of(dossier).read
    reported = reported_in(dossier, as_of=as_of)
    shown = issues[:MOST_ISSUES]
    by_source: dict[int, list[Read]] = {source.pk: [] for source in sources}
    for article in articles:
        if article.source in by_source:
            by_source[article.source].append(article)
    rows = [
        Row(
            source,
            coverage(by_source[source.pk], as_of=as_of),
            [
                _cell(
                    reported.get((source.pk, issue.pk), 0),
                    coverage(by_source[source.pk], as_of=as_of, issue=issue.pk),
                )
                for issue in shown
            ],
        )
        for source in sources
    ]
    searched = {issue for one in articles if one.published <= as_of for issue in one.looked_for}
    return Blind(
        issues=shown,
        rows=rows,
        read=coverage(articles, as_of=as_of),
        unsearched=sum(issue.pk not in searched for issue in issues),
        hidden=len(issues) - len(shown),
    )


def _cell(reported: int, read: Coverage) -> Cell:
    if reported:
        told = ngettext("%(n)s position reported", "%(n)s positions reported", reported)
        return Cell("reported", reported, told % {"n": reported})
    if read.looked_for:
        # Translators: of so many articles of a source.
        told = _("looked for in %(looked)s of %(n)s, nothing found")
        values = {"looked": read.looked_for, "n": read.articles}
        return Cell("looked-for", read.looked_for, told % values)
    if read.articles:
        return Cell("not-looked-for", 0, _("nothing found, not looked for"))
    return Cell("none", 0, _("no article by then"))
