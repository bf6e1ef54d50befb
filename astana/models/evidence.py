"""The passages that a position rests on, or that dispute it."""

from typing import Any, Self

from django.db import models, transaction
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from astana.models.dossier import Dossier
from astana.models.position import Position
from astana.models.record import Record, RecordQuerySet
from astana.models.rendition import Rendition, readable_by
from astana.models.user import Reader


class Health(models.TextChoices):
    """Whether the words are still where they were found."""

    INTACT = "intact", _("intact")
    RESET = "reset", _("intact in another setting")
    MOVED = "moved", _("moved")
    AMBIGUOUS = "ambiguous", _("ambiguous")
    LOST = "lost", _("lost")


class EvidenceQuerySet(RecordQuerySet):
    """Evidence of published positions in renditions that one may read."""

    def visible_to(self, user: Reader) -> Self:
        """Return the evidence whose position and whose words this user may read."""
        return (
            super()
            .visible_to(user)
            .filter(readable_by(user, path="rendition__"), position__public=Value(True))
        )

    def at_desk_of(self, user: Reader, *, dossier: Dossier | None = None) -> Self:
        """Return the evidence, of positions in any state, that a user may read at the desk.

        Without a dossier: at the desks of all.
        """
        positions = Position.objects.at_desk_of(user, dossier=dossier).order_by().values("pk")
        return self.filter(readable_by(user, path="rendition__"), position__in=positions)


class AnchorQuerySet(RecordQuerySet):
    """Further anchors of evidence in renditions that one may read."""

    def visible_to(self, user: Reader) -> Self:
        """Return the anchors whose position and whose words this user may read."""
        return (
            super()
            .visible_to(user)
            .filter(readable_by(user, path="rendition__"), evidence__position__public=Value(True))
        )


_HAS_PLACE = Q(start__isnull=False, end__isnull=False, end__gt=F("start"), start__gte=0)
_HAS_NO_PLACE = Q(start__isnull=True, end__isnull=True)


class Evidence(Record):
    """A passage of a rendition that supports or disputes a position.

    `start` and `end` are offsets in Unicode code points, `end` exclusive, so that
    `rendition.text[start:end] == exact` while it has a place; of evidence that is intact in
    another setting these are the words of now. A passage that is ambiguous or lost in its rendition
    has no offsets. Where the words are not stored here, `exact` is empty and `sha256` (of the words
    in UTF-8) stands for them.
    """

    DOSSIER = "position__dossier"
    SEEN = Q(position__published_at__isnull=False)

    class Role(models.TextChoices):
        """What the passage does to the position."""

        SUPPORTS = "supports", _("supports")
        DISPUTES = "disputes", _("disputes")

    position = models.ForeignKey(
        Position, on_delete=models.CASCADE, related_name="evidence", verbose_name=_("position")
    )
    number = models.PositiveSmallIntegerField(
        _("number"), default=1, help_text=_("Its place among the passages of the position.")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.SUPPORTS)
    rendition = models.ForeignKey(
        Rendition, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("rendition")
    )
    paragraph = models.PositiveIntegerField(
        _("paragraph"), null=True, blank=True, help_text=_("Counted from 1.")
    )
    start = models.PositiveIntegerField(_("start"), null=True, blank=True)
    end = models.PositiveIntegerField(_("end"), null=True, blank=True)
    exact = models.TextField(_("exact words"))
    prefix = models.CharField(_("words before"), max_length=64, blank=True)
    suffix = models.CharField(_("words after"), max_length=64, blank=True)
    sha256 = models.CharField(_("hash of the words"), max_length=64, blank=True, editable=False)
    health = models.CharField(
        _("health"), max_length=10, choices=Health, default=Health.INTACT, editable=False
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["position", "number"]
        verbose_name = _("passage of evidence")
        verbose_name_plural = _("evidence")
        # What rests on each text is counted from this alone.
        indexes = [models.Index(fields=["rendition", "position"], name="evidence_in_text")]
        constraints = [
            models.UniqueConstraint(
                fields=["position", "number"],
                name="evidence_number_once",
                violation_error_message=_("The position has a passage with this number."),
            ),
            models.CheckConstraint(
                condition=(_HAS_PLACE & Q(health__in=["intact", "reset", "moved"]))
                | (_HAS_NO_PLACE & Q(health__in=["ambiguous", "lost"])),
                name="evidence_place_fits_health",
                violation_error_message=_("The passage ends before it starts."),
            ),
            models.CheckConstraint(
                condition=~Q(exact="") | ~Q(sha256=""), name="evidence_has_words"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["supports", "disputes"]), name="evidence_role_known"
            ),
        ]

    @property
    def is_seen(self) -> bool | None:
        """Whether readers see the position, where the action at work has just written it."""
        is_known = self._state.adding and self.position.is_of_this_action
        return self.position.is_seen if is_known else None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the passage; a published position that rests on one more has been edited."""
        if not self._state.adding or self.position.status != Position.Status.PUBLISHED:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.position.note_edit()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the passage; a published position that rests on one less has been edited."""
        with transaction.atomic():
            gone = super().delete(*args, **kwargs)
            self.position.note_edit()
            return gone

    def __str__(self) -> str:
        return f"{self.position.key} {self.number}"


class Anchor(Record):
    """Where the same passage is in another rendition of the article (a stand-off anchor).

    The rendition may be known by its hash only; then `exact` is empty, and `sha256` (of the words
    in UTF-8) with the offsets (code points, `end` exclusive) is all that travels.
    """

    DOSSIER = "evidence__position__dossier"
    SEEN = Q(evidence__position__published_at__isnull=False)

    evidence = models.ForeignKey(
        Evidence, on_delete=models.CASCADE, related_name="anchors", verbose_name=_("evidence")
    )
    rendition = models.ForeignKey(
        Rendition, on_delete=models.CASCADE, related_name="anchors", verbose_name=_("rendition")
    )
    paragraph = models.PositiveIntegerField(_("paragraph"), null=True, blank=True)
    start = models.PositiveIntegerField(_("start"), null=True, blank=True)
    end = models.PositiveIntegerField(_("end"), null=True, blank=True)
    sha256 = models.CharField(_("hash of the words"), max_length=64)
    exact = models.TextField(_("exact words"), blank=True)
    prefix = models.CharField(_("words before"), max_length=64, blank=True)
    suffix = models.CharField(_("words after"), max_length=64, blank=True)
    health = models.CharField(
        _("health"), max_length=10, choices=Health, default=Health.INTACT, editable=False
    )

    objects = AnchorQuerySet.as_manager()

    class Meta:
        ordering = ["evidence", "rendition"]
        verbose_name = _("further anchor")
        verbose_name_plural = _("further anchors")
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "rendition"],
                name="anchor_once",
                violation_error_message=_("The passage is already anchored in this rendition."),
            ),
            models.CheckConstraint(
                condition=(_HAS_PLACE & Q(health__in=["intact", "reset", "moved"]))
                | (_HAS_NO_PLACE & Q(health__in=["ambiguous", "lost"])),
                name="anchor_place_fits_health",
                violation_error_message=_("The passage ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence} in {self.rendition}"
