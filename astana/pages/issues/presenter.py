"""The list of issues: who was heard on each, and how far apart the answers lie."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import django_tables2
from django.db.models import OuterRef, QuerySet, Value
from django.http import HttpRequest
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from astana.comparison.spread import spread_marks
from astana.models import Dossier, Issue, Position
from astana.models.counts import Counts, counts_of, heard_in
from astana.models.ends import ends_of
from astana.models.kept import kept
from astana.models.positions.shown import headline_details
from astana.pages.issues.forms import IssueFilter
from astana.web.listing import Listing, values_of
from astana.web.table import LongTable, number_column, number_of, ranked_by


def counted(issues: QuerySet) -> QuerySet:
    """Return the issues with how many positions were taken on each, and by how many actors."""
    positions = Position.objects.filter(issue=OuterRef("pk"), public=Value(True))
    return issues.select_related("dossier").annotate(
        positions_taken=number_of(positions), actors_heard=number_of(positions, of="actor")
    )


class IssueTable(LongTable):
    """The issues with who was heard on each, and how far apart the headlines lie as of a day."""

    ROW_HEADER = "issue"
    CAPTION = _("Issues")

    issue = django_tables2.Column(
        verbose_name=_("Issue"), empty_values=(), order_by=("title", "slug")
    )
    group = django_tables2.Column(verbose_name=_("Group"), order_by=("group", "order", "slug"))
    kind = django_tables2.Column(verbose_name=_("Kind"), order_by=("kind", "order", "slug"))
    actors = number_column("actors_heard", "positions_taken", label=_("Actors heard"))
    positions = number_column("positions_taken", "actors_heard", label=_("Positions"))
    spread = django_tables2.Column(verbose_name=_("Spread"), empty_values=(), orderable=False)

    class Meta(LongTable.Meta):
        pass

    def __init__(
        self, issues: QuerySet, *, counts: Counts, dossier: Dossier, **kwargs: Any
    ) -> None:
        super().__init__(issues, ranked=self.by_number, **kwargs)
        self.counts, self.dossier, self.issues = counts, dossier, issues
        self.heard = heard_in(dossier)
        self.home = reverse("issues:index", args=[dossier.slug])
        self.spreads: dict[int, SafeString] = {}

    def load(self, issues: QuerySet) -> Iterable[Issue]:
        """Return the issues of a page with how much was heard on each."""
        for issue in issues:
            issue.positions_taken = self.heard.positions_on_issue[issue.pk]
            issue.actors_heard = self.heard.actors_on_issue[issue.pk]
            yield issue

    def by_number(self, name: str) -> list[int] | None:
        """Return the primary keys in the order of a column that counts."""
        numbers = (self.heard.positions_on_issue, self.heard.actors_on_issue)
        return ranked_by(name, ("positions", "actors"), numbers, self.issues)

    def turn_to(self, request: HttpRequest) -> list[str]:
        """Sort and page as asked, and draw the headlines on the issues of the page."""
        problems = super().turn_to(request)
        issues = [row.record.pk for row in self.paginated_rows]
        as_of = self.counts.day()
        self.spreads = kept(
            self.dossier,
            "spreads",
            (as_of, *issues),
            lambda: _spreads(issues, actors=list(self.counts.actors), as_of=as_of),
        )
        return problems

    def render_issue(self, record: Issue) -> SafeString:
        """Return the title with a link, and the question."""
        return format_html(
            '<a href="{}{}/">{}</a> <span class="small muted question"><bdi>{}</bdi></span>',
            self.home,
            record.slug,
            record.title,
            record.question,
        )

    def render_kind(self, record: Issue) -> str:
        """Return whether it asks what should be, or what is."""
        return record.get_kind_display()

    def render_spread(self, record: Issue) -> SafeString | str:
        """Return a picture of where the headlines lie, or that nobody was heard."""
        return self.spreads.get(record.pk) or _("No stated position")


def _spreads(pks: list[int], *, actors: list[int], as_of: date) -> dict[int, SafeString]:
    """Return a picture of where the headlines on each issue lie; none where nobody was heard."""
    held: dict[str, list[dict[str, Any]]] = defaultdict(list)
    rows = headline_details(actors=actors, issues=pks, as_of=as_of).values()
    for row in sorted(rows, key=lambda row: (row["value"] is None, row["value"] or 0)):
        held[row["issue_slug"]].append(row)
    drawn = {}
    for issue in Issue.objects.filter(pk__in=pks).order_by().with_ends():
        if rows := held[issue.slug]:
            numbers = Counter(row["label"] for row in rows)
            labels = "; ".join(f"{label} ({number})" for label, number in numbers.items())
            words = _("Stances reported: %(labels)s") % {"labels": labels}
            marks = spread_marks(row["value"] for row in rows)
            drawn[issue.pk] = get_template("issues/_spread.html").render(
                {"marks": marks, "words": words, "ends": ends_of(issue)}
            )
    return drawn


COLUMNS: dict[str, Any] = {
    "issue": "slug",
    "title": "title",
    "question": "question",
    "kind": "kind",
    "group": "group",
    "order": "order",
    "description": "description",
    "examples": "examples",
    "counter_examples": "counter_examples",
    "stances": lambda issue: [stance.slug for stance in issue.stances.all()],
    "labels": lambda issue: [stance.label for stance in issue.stances.all()],
    "values": lambda issue: [
        None if stance.value is None else float(stance.value) for stance in issue.stances.all()
    ],
    "positions": "positions_taken",
    "actors": "actors_heard",
}
LIST = Listing(
    noun="issues",
    title=_("Issues"),
    model=Issue,
    filters=IssueFilter,
    table=lambda filters: IssueTable(
        counted(filters.shown),
        found=filters.found,
        counts=counts_of(filters.dossier),
        dossier=filters.dossier,
    ),
    columns=COLUMNS,
    order=("order", "slug"),
    rows=lambda shown, filters, site: values_of(
        counted(shown).with_stances().order_by(*LIST.order), COLUMNS
    ),
)
