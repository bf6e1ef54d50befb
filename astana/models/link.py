"""How one position is linked to another."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from astana.models.position import Position
from astana.models.record import Record, RecordQuerySet


def apart_words(link: "Link") -> str:
    """Return what to say where two renderings would be of different actors or issues."""
    return _(
        # Translators: both are keys of positions, such as p093.
        "%(key)s is linked as the same utterance as %(other)s, and one utterance is by one actor "
        "on one issue. Remove that link first."
    ) % {"key": link.position.key, "other": link.to.key}


class LinkQuerySet(RecordQuerySet):
    """Links between positions."""

    def visible_to(self, user: Any) -> "LinkQuerySet":
        """Return the links whose two positions are published in dossiers this user may see."""
        return super().visible_to(user).filter(position__public=True, to__public=True)

    def apart(self) -> Self:
        """Return the links of renderings that are not of one actor on one issue."""
        same = {"position__actor": F("to__actor"), "position__issue": F("to__issue")}
        return self.filter(kind="same-utterance").exclude(**same)

    def refuse_apart(self, position: Position) -> None:
        """Raise ValidationError where a rendering says something of another actor or issue.

        One query.
        """
        of_it = self.filter(Q(position=position) | Q(to=position), kind="same-utterance")
        for link in of_it.select_related("position", "to"):
            other = link.to if link.position_id == position.pk else link.position
            for name in ("actor_id", "issue_id"):
                if getattr(other, name) != getattr(position, name):
                    message = apart_words(link)
                    raise ValidationError({name.removesuffix("_id"): message})


class Link(Record):
    """A position is linked to another one of the dossier.

    Of two renderings of the same utterance, `to` is the fuller one, which the coder chose to stand
    in cells for both.
    """

    DOSSIER = "position__dossier"
    SEEN = Q(position__published_at__isnull=False, to__published_at__isnull=False)

    class Kind(models.TextChoices):
        """What the position is to the other one."""

        SAME_UTTERANCE = "same-utterance", _("same utterance as")
        REASON_FOR = "reason-for", _("reason for")
        ANSWERS = "answers", _("answers")
        REPEATS = "repeats", _("repeats")

    position = models.ForeignKey(
        Position, on_delete=models.CASCADE, related_name="links", verbose_name=_("position")
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    to = models.ForeignKey(
        Position, on_delete=models.CASCADE, related_name="linked_from", verbose_name=_("to")
    )

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["position", "kind", "to"]
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(
                fields=["position", "kind", "to"],
                name="link_once",
                violation_error_message=_("The two positions are already linked in this way."),
            ),
            models.UniqueConstraint(
                fields=["position"],
                condition=Q(kind="same-utterance"),
                name="link_one_fuller_rendering",
                violation_error_message=_(
                    "The position is already the same utterance as another one."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(position=F("to")),
                name="link_of_two",
                violation_error_message=_("A position cannot be linked to itself. Choose another."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["same-utterance", "reason-for", "answers", "repeats"]),
                name="link_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position.key}: {self.get_kind_display()} {self.to.key}"

    @property
    def is_for_readers(self) -> bool:
        """Whether readers see both positions."""
        return self.position.is_for_readers and self.to.is_for_readers

    def clean(self) -> None:
        """Refuse what belongs to another dossier, and renderings that lead to one another."""
        if not self.position_id or not self.to_id:
            return
        if self.position.dossier_id != self.to.dossier_id:
            raise ValidationError({"to": _("Choose a position of the same dossier.")})
        if self.position_id == self.to_id:
            return
        self._refuse_across_rounds()
        if self.kind == self.Kind.SAME_UTTERANCE:
            self._refuse_no_rendering()

    def _refuse_across_rounds(self) -> None:
        """Refuse to let what a running round hides be named beside what it does not hide."""
        under = {self.position.assignment_id, self.to.assignment_id}
        assignments = Position._meta.get_field("assignment").related_model.objects
        if len(under) > 1 and assignments.running().filter(pk__in=under - {None}).exists():
            message = _(
                "One of the two is being coded independently. Link them when the round is over."
            )
            raise ValidationError({"to": message})

    def _refuse_no_rendering(self) -> None:
        """Refuse what is no rendering of the same, or would not lead to one fuller rendering."""
        if (self.position.actor_id, self.position.issue_id) != (self.to.actor_id, self.to.issue_id):
            message = _(
                "One utterance is by one actor on one issue. Choose a position of that actor on "
                "that issue."
            )
            raise ValidationError({"to": message})
        same = type(self)._base_manager.filter(kind=self.Kind.SAME_UTTERANCE).exclude(pk=self.pk)
        if own := same.filter(position=self.position_id).select_related("to").first():
            message = _(
                # Translators: the key of a position, such as p093.
                "It is already linked as the same utterance as %(key)s. Remove that link first, "
                "or choose another kind."
            )
            raise ValidationError({"kind": message % {"key": own.to.key}})
        # A fuller rendering is nobody's rendering, so that none leads to another in a circle.
        if fuller := same.filter(position=self.to_id).select_related("to").first():
            # Translators: the key of a position, such as p093.
            message = _("It is itself linked as the same utterance as %(key)s. Choose that one.")
            raise ValidationError({"to": message % {"key": fuller.to.key}})
        if same.filter(to=self.position_id).exists():
            message = _(
                "Other renderings of the utterance are linked to this position. Link them again."
            )
            raise ValidationError({"position": message})
