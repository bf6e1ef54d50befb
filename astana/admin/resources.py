"""The tables of data entry as files: what their columns are."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from import_export import fields

from astana.actions.code import assignment_on
from astana.actions.doubts import by_itself
from astana.actions.workflow import WrongStep
from astana.admin.passage_rows import COLUMNS, PassageReader, cell, with_passages
from astana.admin.rows import RecordResource, Table
from astana.admin.table_files import RowProblem
from astana.models import Actor, Article, Assignment, Document, Event, Issue, Position, Source
from astana.models.issue import ENTRY
from astana.models.roles import Act
from astana.models.summary import stays_behind
from astana.pages.shared.summary import stays_the_same


class SourceResource(RecordResource):
    """Sources as a table."""

    class Meta(Table):
        model = Source
        fields = ("dossier", "slug", "name", "kind", "country", "language", "homepage")


class ActorResource(RecordResource):
    """Actors as a table."""

    class Meta(Table):
        model = Actor
        fields = ("dossier", "slug", "name", "kind", "part_of", "description", "wikidata")


class IssueResource(RecordResource):
    """Issues as a table; their stances are entered with each."""

    adding = Act.REVIEW

    class Meta(Table):
        model = Issue
        fields = (
            "dossier",
            "slug",
            "title",
            "question",
            "kind",
            "scale",
            "event",
            "per_event",
            "group",
            "order",
            *ENTRY,
        )


class EventResource(RecordResource):
    """Events as a table; who took part is entered with each."""

    adding = Act.REVIEW

    class Meta(Table):
        model = Event
        fields = ("dossier", "slug", "name", "place", "start", "end", "description")


class DocumentResource(RecordResource):
    """Documents as a table; who signed is entered with each."""

    adding = Act.REVIEW

    class Meta(Table):
        model = Document
        fields = ("dossier", "slug", "title", "date", "event", "url")


class ArticleResource(RecordResource):
    """Articles as a table, without their texts."""

    class Meta(Table):
        model = Article
        fields = (
            "dossier",
            "slug",
            "source",
            "title",
            "byline",
            "published",
            "url",
            "language",
            "coverage",
        )


def _of_passage(column: str) -> fields.Field:
    return fields.Field(
        column_name=column,
        readonly=True,
        dehydrate_method=lambda position: _passage_cell(position, column),
    )


def _passage_cell(position: Position, column: str) -> Any:
    """Return what stands of the passage that the row brings, or else of the position's first."""
    new = getattr(position, "passage_of_row", None)
    passages = [new] if new else position.evidence.all()[:1] if position.pk else []
    return next((cell(passage, column) for passage in passages), "")


class PositionResource(RecordResource):
    """Positions as a table, each with a passage; new ones are drafts, and no status is loaded."""

    status = fields.Field(attribute="status", column_name="status", readonly=True)
    article, kind, language, exact, paragraph, role = map(_of_passage, COLUMNS)

    class Meta(Table):
        model = Position
        import_id_fields = ("dossier", "key")
        fields = (
            "dossier",
            "key",
            "actor",
            "issue",
            "stance",
            "said",
            "held",
            "voice",
            "certainty",
            "attributed_by",
            "authority",
            "speaker",
            "event",
            "document",
            "summary",
            "condition",
            "note",
            "status",
            *COLUMNS,
        )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.passages = PassageReader(user=self.user)
        self.assignments: dict[int, Assignment | None] = {}

    def get_queryset(self) -> QuerySet:
        """Return the positions that a row may change, with their passages."""
        return super().get_queryset().prefetch_related(with_passages())

    def filter_export(self, queryset: QuerySet, **kwargs: Any) -> QuerySet:
        """Return the positions that are removed, with their passages."""
        named = [one.name for one in Position._meta.fields if one.is_relation]
        return queryset.select_related(*named).prefetch_related(with_passages())

    def import_instance(self, instance: Position, row: Any, **kwargs: Any) -> None:
        """Give a position the values of a row, and find its passage."""
        errors: dict[str, Any] = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        try:
            if "dossier" not in errors:
                instance.passage_of_row = self.passages.read(row, instance)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def skip_row(self, instance: Position, *args: Any, **kwargs: Any) -> bool:
        """Return whether a row brings nothing new, nor a passage."""
        brings = getattr(instance, "passage_of_row", None)
        return brings is None and super().skip_row(instance, *args, **kwargs)

    def validate_instance(self, instance: Position, *args: Any, **kwargs: Any) -> None:
        """Refuse what the position cannot be; it belongs to the coder's work on the article."""
        super().validate_instance(instance, *args, **kwargs)
        passage = instance.passage_of_row
        if passage and instance.pk is None:
            article = passage.rendition.article
            if article.pk not in self.assignments:
                self.assignments[article.pk] = self._assignment(article)
            instance.assignment = self.assignments[article.pk]

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        """Let a new position be a draft of the person who loads it."""
        super().after_import_row(row, row_result, **kwargs)
        position = row_result.instance
        if row_result.is_new():
            position.coder, position.coded_at = self.user, timezone.now()
        is_staged = row_result.is_new() or row_result.is_update()
        if is_staged and position.is_by_itself:
            line = self.line_of(kwargs["row_number"])
            self.doubts.append(RowProblem(line, "attributed_by", by_itself()))
        if is_staged and position.passage_of_row:
            self.staged.parts.append(position.passage_of_row)
            # One that is published rests on one more, and has been edited.
            if position.status == Position.Status.PUBLISHED:
                position.edited_at = timezone.now()

    def doubts_of(self, instance: Position, original: Position) -> Iterator[tuple[str, str]]:
        """Yield that a summary which somebody typed does not follow what it sums up."""
        if stays_behind(instance, original):
            yield "summary", stays_the_same()

    def _assignment(self, article: Article) -> Assignment | None:
        try:
            return assignment_on(article, by=self.user)
        except WrongStep as error:
            raise ValidationError({"article": str(error)}) from error
