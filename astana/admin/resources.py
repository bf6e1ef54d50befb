"""The tables of data entry as files: what their columns are, and who may load what."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets

from astana.actions.history import may_change
from astana.actions.workflow import next_key
from astana.admin.gate import in_reach
from astana.models import Actor, Article, Document, Dossier, Event, Issue, Position, Source, Stance
from astana.models.record import Record
from astana.models.roles import Act, dossiers_where, may
from astana.words.differences import differences

# In longer values the difference is shown as a whole.
_LONGEST_DIFFERENCE = 2_000


class Difference(resources.Diff):
    """A row before and after, with what was taken out and put in; no style stands in the page."""

    def as_html(self) -> list[SafeString]:
        """Return the marked values of the row."""
        before = [""] * len(self.right) if self.new else self.left
        return [_marked(str(old), str(new)) for old, new in zip(before, self.right, strict=True)]


def _marked(old: str, new: str) -> SafeString:
    if old == new:
        return format_html("{}", new)
    if not old or not new or len(old) + len(new) > _LONGEST_DIFFERENCE:
        taken = format_html("<del>{}</del>", old) if old else ""
        return format_html("{}{}", taken, format_html("<ins>{}</ins>", new) if new else "")
    tags = {"same": "{}", "out": "<del>{}</del>", "in": "<ins>{}</ins>"}
    parts = [(format_html(tags[kind], text),) for kind, text in differences(old, new)]
    return format_html_join("", "{}", parts)


class DossierWidget(widgets.ForeignKeyWidget):
    """A dossier by its short name; only those in which the person codes are known."""

    user: Any = None

    def __init__(self) -> None:
        super().__init__(Dossier, "slug")

    def get_queryset(self, value: Any, row: dict[str, Any], *args: Any, **kwargs: Any) -> QuerySet:
        """Return the dossiers that can be named."""
        return dossiers_where(self.user, Act.CODE)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the dossier, or say that it is not known."""
        try:
            return super().clean(value, row, **kwargs)
        except Dossier.DoesNotExist as error:
            message = _("There is no dossier “%(name)s” that you work on.")
            raise ValueError(message % {"name": value}) from error


class NamedWidget(widgets.ForeignKeyWidget):
    """A record of the row's own dossier by its short name; only those in reach are known."""

    user: Any = None

    def __init__(self, model: type[Record]) -> None:
        super().__init__(model, "slug")

    def get_queryset(self, value: Any, row: dict[str, Any], *args: Any, **kwargs: Any) -> QuerySet:
        """Return the records that can be named."""
        found = in_reach(self.model.objects.all(), user=self.user)
        found = found.filter(**{f"{self.model.DOSSIER}__slug": row.get("dossier")})
        return found.filter(issue__slug=row.get("issue")) if self.model is Stance else found

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the record, or say what the dossier does not have."""
        try:
            return super().clean(value, row, **kwargs)
        except self.model.DoesNotExist as error:
            message = _("The dossier has no %(noun)s “%(name)s”.")
            named = {"noun": self.model._meta.verbose_name, "name": value}
            raise ValueError(message % named) from error


def _named(column: str, model: type[Record]) -> fields.Field:
    return fields.Field(attribute=column, column_name=column, widget=NamedWidget(model))


class RecordResource(resources.ModelResource):
    """A table of records, known by dossier and short name; each row is saved as by hand."""

    adding = Act.CODE
    dossier = fields.Field(attribute="dossier", column_name="dossier", widget=DossierWidget())

    def __init__(self, *, user: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user = user
        for field in self.fields.values():
            if isinstance(field.widget, DossierWidget | NamedWidget):
                field.widget.user = user

    def get_queryset(self) -> QuerySet:
        """Return the records that a row may change: those in reach."""
        return in_reach(super().get_queryset(), user=self.user)

    @classmethod
    def get_diff_class(cls) -> type[Difference]:
        """Return how differences are shown."""
        return Difference

    def before_save_instance(self, instance: Model, row: Any, **kwargs: Any) -> None:
        """Refuse what the person may not add or change in this dossier."""
        is_new = instance.pk is None
        may_save = (
            may(self.user, self.adding, instance.dossier)
            if is_new
            else may_change(instance, user=self.user)
        )
        if not may_save:
            raise ValidationError(_("Your role in this dossier does not allow that."))


class _Table:
    skip_unchanged = True
    report_skipped = True
    use_bulk = False
    use_transactions = True
    clean_model_instances = True
    import_id_fields = ("dossier", "slug")


class SourceResource(RecordResource):
    """Sources as a table."""

    class Meta(_Table):
        model = Source
        fields = ("dossier", "slug", "name", "kind", "country", "language", "homepage")
        export_order = fields


class ActorResource(RecordResource):
    """Actors as a table."""

    part_of = _named("part_of", Actor)

    class Meta(_Table):
        model = Actor
        fields = ("dossier", "slug", "name", "kind", "part_of", "description", "wikidata")
        export_order = fields


class IssueResource(RecordResource):
    """Issues as a table; their stances are entered with each."""

    adding = Act.REVIEW
    event = _named("event", Event)

    class Meta(_Table):
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

    source = _named("source", Source)

    class Meta(_Table):
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

    actor = _named("actor", Actor)
    issue = _named("issue", Issue)
    stance = _named("stance", Stance)
    attributed_by = _named("attributed_by", Actor)
    speaker = _named("speaker", Actor)
    event = _named("event", Event)
    document = _named("document", Document)
    status = fields.Field(attribute="status", column_name="status", readonly=True)

    class Meta(_Table):
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

    def before_save_instance(self, instance: Position, row: Any, **kwargs: Any) -> None:
        """Let a new position be a draft of the person who loads it."""
        super().before_save_instance(instance, row, **kwargs)
        if instance.pk is None:
            instance.coder, instance.coded_at = self.user, timezone.now()
            instance.key = instance.key or next_key(instance.dossier)
