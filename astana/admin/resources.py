"""The tables of data entry as files: what their columns are."""

from typing import Any

from django.utils import timezone
from import_export import fields

from astana.admin.rows import RecordResource, Table, named
from astana.models import Actor, Article, Document, Event, Issue, Position, Source, Stance
from astana.models.roles import Act


class SourceResource(RecordResource):
    """Sources as a table."""

    class Meta(Table):
        model = Source
        fields = ("dossier", "slug", "name", "kind", "country", "language", "homepage")
        export_order = fields


class ActorResource(RecordResource):
    """Actors as a table."""

    part_of = named("part_of", Actor)

    class Meta(Table):
        model = Actor
        fields = ("dossier", "slug", "name", "kind", "part_of", "description", "wikidata")
        export_order = fields


class IssueResource(RecordResource):
    """Issues as a table; their stances are entered with each."""

    adding = Act.REVIEW
    event = named("event", Event)

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
            "description",
            "examples",
            "counter_examples",
        )
        export_order = fields


class ArticleResource(RecordResource):
    """Articles as a table, without their texts."""

    source = named("source", Source)

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
        export_order = fields


class PositionResource(RecordResource):
    """Positions as a table; new ones are drafts, and a status is never loaded."""

    actor = named("actor", Actor)
    issue = named("issue", Issue)
    stance = named("stance", Stance)
    attributed_by = named("attributed_by", Actor)
    speaker = named("speaker", Actor)
    event = named("event", Event)
    document = named("document", Document)
    status = fields.Field(attribute="status", column_name="status", readonly=True)

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
        )
        export_order = fields

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        """Let a new position be a draft of the person who loads it."""
        super().after_import_row(row, row_result, **kwargs)
        position = row_result.instance
        if row_result.is_new():
            position.coder, position.coded_at = self.user, timezone.now()
