"""The texts of articles as a table: each row is a text, which is stored once and never changed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from astana.actions.attach_text import anchoring, refuse_unfit
from astana.admin.rows import Loader, RecordResource, Table
from astana.evidence.anchor import hash_of
from astana.evidence.paragraphs import paragraphs_of
from astana.models import Rendition
from astana.words.line_ends import plain


class TextLoader(Loader):
    """The texts of the articles that the rows name: a row is the one with its very words."""

    def __init__(self, resource: "RenditionResource", dataset: Any) -> None:
        self.versions: dict[tuple[str, ...], list[Rendition]] = {}
        super().__init__(resource, dataset)
        resource.versions = self.versions

    def add(self, record: Rendition) -> None:
        """Take a text for one of the versions of its kind and language."""
        article = record.article
        key = (article.dossier.slug, article.slug, record.kind, record.language)
        self.versions.setdefault(key, []).append(record)

    def get_instance(self, row: dict[str, Any]) -> Rendition | None:
        """Return the text that is stored, or known by its hash, with the words of a row."""
        text = row["text"]
        versions = self.versions.get(self.resource.key_of(row), [])
        there = [one for one in versions if one.text and plain(one.text) == text]
        there += [one for one in versions if not one.text and one.sha256 == hash_of(text)]
        return next(iter(there), None)


class RenditionResource(RecordResource):
    """Texts of articles as a table; another text of the same kind is a new version."""

    versions: dict[tuple[str, ...], list[Rendition]]

    class Meta(Table):
        model = Rendition
        import_id_fields = ("dossier", "article", "kind", "language")
        fields = (*import_id_fields, "rights", "text")
        instance_loader_class = TextLoader

    def filter_export(self, queryset: QuerySet, **kwargs: Any) -> QuerySet:
        """Return the newest texts of a list, with their words."""
        newest = Rendition.objects.current().with_text().order_by().values("pk")
        return queryset.defer(None).filter(pk__in=newest)

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """Refuse what is no text; its line ends are those of this site."""
        text = plain(str(row.get("text") or "").removeprefix("\ufeff"))
        try:
            refuse_unfit(text)
        except ValueError as error:
            raise ValidationError({"text": str(error)}) from error
        row["text"] = text

    def after_init_instance(self, instance: Rendition, new: bool, row: Any, **kwargs: Any) -> None:
        """Keep the words of a text that is stored as they are."""
        if instance.text:
            row["text"] = instance.text

    def import_instance(self, instance: Rendition, row: Any, **kwargs: Any) -> None:
        """Give a text its words, its number and all that is counted."""
        text = row["text"]
        if instance.pk is None:
            versions = self.versions.get(self.key_of(row), [])
            instance.version = 1 + max((one.version for one in versions), default=0)
            instance.sha256, instance.characters = hash_of(text), len(text)
        instance.paragraphs = instance.paragraphs or [list(one) for one in paragraphs_of(text)]
        super().import_instance(instance, row, **kwargs)

    def prepare(self) -> None:
        """Look for the passages of the articles in the texts that are new here."""
        staged = self.staged
        pairs = zip(staged.changed, staged.originals, strict=True)
        resolved = [one for one, original in pairs if not original.text]
        for one in [*staged.new, *resolved]:
            article = one.article
            key = (article.dossier.slug, article.slug, one.kind, one.language)
            others = [other for other in self.versions.get(key, []) if other.pk != one.pk]
            found = anchoring(one, others)
            staged.parts += found.new
            for row, before in found.changed:
                records, originals = staged.changed_parts.setdefault(type(row), ([], []))
                records.append(row)
                originals.append(before)
            staged.rests_on += [report.evidence for report in found.reports if not one.pk]
