"""The tables of what belongs to a record: names, affiliations, stances, participants and so on."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from astana.actions.history import may_change
from astana.admin.rows import RecordResource, Table
from astana.models import (
    ActorName,
    Affiliation,
    Assignment,
    Dossier,
    Examined,
    Link,
    LookedFor,
    Participation,
    Position,
    Signature,
    Stance,
)
from astana.models.issue import ENTRY
from astana.models.roles import Act


class ActorNameResource(RecordResource):
    """Further names of actors as a table."""

    adding = Act.REVIEW

    class Meta(Table):
        model = ActorName
        fields = import_id_fields = ("dossier", "actor", "language", "name")


class AffiliationResource(RecordResource):
    """Who belonged to which body as a table."""

    adding = Act.REVIEW

    class Meta(Table):
        model = Affiliation
        import_id_fields = ("dossier", "person", "body", "role", "start")
        fields = (*import_id_fields, "end")


class StanceResource(RecordResource):
    """The answers of issues as a table."""

    adding = Act.REVIEW

    class Meta(Table):
        model = Stance
        import_id_fields = ("dossier", "issue", "slug")
        fields = (*import_id_fields, "label", "value", "order", *ENTRY)


class ParticipationResource(RecordResource):
    """Who took part in events as a table."""

    adding = Act.REVIEW

    class Meta(Table):
        model = Participation
        fields = import_id_fields = ("dossier", "event", "actor", "role")


class SignatureResource(RecordResource):
    """Who signed documents as a table."""

    adding = Act.REVIEW

    class Meta(Table):
        model = Signature
        import_id_fields = ("dossier", "document", "actor")
        fields = (*import_id_fields, "status")


class ExaminedResource(RecordResource):
    """For which issues documents were gone through as a table."""

    adding = Act.CODE

    class Meta(Table):
        model = Examined
        fields = import_id_fields = ("dossier", "document", "issue")


class LookedForResource(RecordResource):
    """On which issues articles were read for all that they say as a table."""

    adding = Act.CODE

    class Meta(Table):
        model = LookedFor
        fields = import_id_fields = ("dossier", "article", "issue")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.in_rounds: dict[int, bool] = {}

    def validate_instance(self, instance: LookedFor, *args: Any, **kwargs: Any) -> None:
        """Refuse what would tell the coders of a running round what the others do."""
        super().validate_instance(instance, *args, **kwargs)
        pk = instance.article_id
        if pk not in self.in_rounds:
            self.in_rounds[pk] = Assignment.objects.filter(article=pk).running().exists()
        if self.in_rounds[pk]:
            message = _(
                "This article is being coded independently. Record this when all coders have "
                "finished."
            )
            raise ValidationError({"article": message})


class LinkResource(RecordResource):
    """What positions are to one another as a table."""

    class Meta(Table):
        model = Link
        fields = import_id_fields = ("dossier", "position", "kind", "to")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # The renderings of the rows before: by each the fuller one, and the line.
        self.fuller: dict[int, tuple[Position, int]] = {}

    def may_add(self, instance: Link, dossier: Dossier) -> bool:
        """Return whether the person may change both positions."""
        return may_change(instance, user=self.user)

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> Any:
        """Check a row."""
        self.line = self.line_of(kwargs["row_number"])
        return super().import_row(row, instance_loader, **kwargs)

    def validate_instance(self, instance: Link, *args: Any, **kwargs: Any) -> None:
        """Refuse renderings that, with those of the rows before, lead to no fullest one."""
        super().validate_instance(instance, *args, **kwargs)
        if instance.kind != Link.Kind.SAME_UTTERANCE:
            return
        if other := self.fuller.get(instance.position_id):
            # Translators: key is that of a position, such as p093; line is a number.
            message = _("It is already the same utterance as %(key)s, in line %(line)s.")
            told = {"key": other[0].key, "line": other[1]}
            raise ValidationError({"position": message % told})
        if other := self.fuller.get(instance.to_id):
            message = _(
                # Translators: key is that of a position, such as p093; line is a number.
                "It is itself the same utterance as %(key)s, in line %(line)s. Name that one."
            )
            raise ValidationError({"to": message % {"key": other[0].key, "line": other[1]}})
        for fuller, line in self.fuller.values():
            if fuller.pk == instance.position_id:
                message = _("Others are the same utterance as this one, in line %(line)s.")
                raise ValidationError({"position": message % {"line": line}})
        self.fuller[instance.position_id] = (instance.to, self.line)

    def prepare(self) -> None:
        """Remember what the positions were."""
        for link in self.staged.new:
            self.staged.rests_on += [link.position, link.to]

    def look_again(self) -> None:
        """Raise IntegrityError where a link that was made meanwhile leads on from one of these."""
        dossiers = {link.dossier_pk() for link in self.staged.new}
        same = Link.objects.filter(kind=Link.Kind.SAME_UTTERANCE, position__dossier__in=dossiers)
        if same.filter(to__links__kind=Link.Kind.SAME_UTTERANCE).exists():
            raise IntegrityError("A fuller rendering is another's rendering.")
