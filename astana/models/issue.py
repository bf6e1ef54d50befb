"""A neutral question, and the answers that can be given to it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from astana.comparison.scale import drawn_as
from astana.models.dossier import Dossier
from astana.models.elsewhere import FromElsewhere, foreign_id_once
from astana.models.event import Event
from astana.models.in_passing import InPassing, InPassingQuerySet, proposed_is_not_public
from astana.models.name_field import NameField
from astana.models.of_dossier import its_dossier
from astana.models.record import Reader

# What the codebook says of an issue or a stance, by the names of the fields.
ENTRY = ("description", "examples", "counter_examples")
# The values of yes and no.
_YES_NO = (1, -1)


def entry_of(record: models.Model) -> list[tuple[str, str]]:
    """Return what the codebook says of an issue or a stance, each with its heading."""
    fields = [(record._meta.get_field(name), getattr(record, name)) for name in ENTRY]
    return [(capfirst(field.verbose_name), text) for field, text in fields if text]


class IssueQuerySet(InPassingQuerySet):
    """Issues of dossiers."""

    def asking(self, *, kind: str = "", group: str = "") -> Self:
        """Return the issues of a kind and a group; empty is any."""
        found = self.filter(kind=kind) if kind else self
        return found.filter(group=group) if group else found

    def with_ends(self) -> Self:
        """Return the issues with the values and labels of the stances at both ends of the scale."""
        on_scale = Stance.objects.filter(issue=OuterRef("pk"), value__isnull=False, public=True)
        low, high = (on_scale.order_by(*way)[:1] for way in (("value", "pk"), ("-value", "pk")))
        return self.annotate(
            low_value=Subquery(low.values("value")), low_label=Subquery(low.values("label")),
            high_value=Subquery(high.values("value")), high_label=Subquery(high.values("label")),
        )  # fmt: skip

    def with_stances(self) -> Self:
        """Return the issues with those of their stances that readers see; one query more."""
        return self.prefetch_related(Prefetch("stances", Stance.objects.filter(public=True)))

    def groups(self) -> list[str]:
        """Return the groups of the issues, in the order in which they first come."""
        return list(dict.fromkeys(group for group in self.values_list("group", flat=True) if group))


class Issue(FromElsewhere, InPassing):
    """A neutral question with a codebook entry and its answers.

    `scale` says what the answers are to one another. A fact may be asked of one `event`, or
    separately of each event that a position names (`per_event`): then every event has a cell.
    """

    class Kind(models.TextChoices):
        """What sort of question it is; facts never enter an agreement score."""

        PREFERENCE = "preference", _("what should be")
        FACT = "fact", _("a disputed fact")

    class Scale(models.TextChoices):
        """What the answers are to one another."""

        ORDERED = "ordered", _("ordered")
        YES_NO = "yes-no", _("yes or no")
        NOMINAL = "nominal", _("nominal")

    dossier = its_dossier("issues")
    slug = models.SlugField(_("short name"), max_length=80)
    title = NameField(_("title"), max_length=200)
    question = models.CharField(_("question"), max_length=300)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PREFERENCE)
    scale = models.CharField(
        _("scale"),
        max_length=8,
        choices=Scale,
        default=Scale.ORDERED,
        help_text=_(
            "Ordered: the answers lie between two ends. Yes or no: asserts (1) or denies (-1). "
            "Nominal: the answers have no order, such as who or which one."
        ),
    )
    event = models.ForeignKey(
        Event,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="issues",
        verbose_name=_("event"),
        help_text=_("The event that the question is about, if it is a fact about one event."),
    )
    per_event = models.BooleanField(
        _("asked of each event"),
        default=False,
        help_text=_("Each event that a position names has its own answer."),
    )
    group = NameField(_("group"), max_length=80, blank=True)
    order = models.PositiveIntegerField(_("order"), default=0)
    description = models.TextField(
        _("definition"),
        max_length=10_000,
        blank=True,
        help_text=_("The codebook entry: what the issue covers."),
    )
    examples = models.TextField(_("examples"), max_length=10_000, blank=True)
    counter_examples = models.TextField(_("counter-examples"), max_length=10_000, blank=True)

    CALLED = "title"

    # The values that its answers are about to have, where a form changes both; None: the stored.
    values_to_be: list[Decimal | None] | None = None

    SHOWS = ("event",)
    NAMED_AS = ("issue",)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["order", "slug"]
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        indexes = [models.Index(fields=["dossier", "order", "slug"], name="issue_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "slug"],
                name="issue_slug_once",
                violation_error_message=_("The dossier has an issue with this short name."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["preference", "fact"]), name="issue_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(scale__in=["ordered", "yes-no", "nominal"]), name="issue_scale_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="fact") | Q(event__isnull=True, per_event=False),
                name="issue_of_an_event_is_a_fact",
                violation_error_message=_(
                    "Only a disputed fact can be asked of events. Choose that kind, or no event."
                ),
            ),
            models.CheckConstraint(
                condition=Q(event__isnull=True) | Q(per_event=False),
                name="issue_of_one_event_or_each",
                violation_error_message=_(
                    "Choose the event that it is about, or ask it of each event; not both."
                ),
            ),
            proposed_is_not_public("issue"),
            foreign_id_once("issue"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("issues:detail", args=[self.dossier.slug, self.slug])

    @property
    def entry(self) -> list[tuple[str, str]]:
        """What the codebook says of it, each with its heading."""
        return entry_of(self)

    @property
    def is_nominal(self) -> bool:
        """Whether the answers have no order, so that none has a place on a scale."""
        return self.scale == self.Scale.NOMINAL

    def clean(self) -> None:
        """Refuse an event of another dossier, and what the stored answers do not allow."""
        errors: dict[str, Any] = {}
        if self.event_id and self.event.dossier_id != self.dossier_id:
            errors["event"] = _("Choose an event of the same dossier.")
        if self.scale != self.Scale.ORDERED:
            values = self.values_to_be
            if values is None:
                values = list(self.stances.values_list("value", flat=True)) if self.pk else []
            if self.is_nominal and any(value is not None for value in values):
                errors["scale"] = _(
                    "Its answers have values, but the answers to a nominal issue have no order. "
                    "Empty the values first."
                )
            elif self.scale == self.Scale.YES_NO and not {*_YES_NO, None}.issuperset(values):
                errors["scale"] = _(
                    "An answer has a value between yes (1) and no (-1). Change or empty that "
                    "value first."
                )
        asks_each = self.pk and self.per_event
        if asks_each and (nameless := self.positions.filter(event=None).first()):
            errors["per_event"] = _(
                "Position %(key)s names no event. First say which event each position is about."
            ) % {"key": nameless.key}
        if errors:
            raise ValidationError(errors)


def in_groups(issues: Iterable[Issue]) -> dict[str, list[Issue]]:
    """Return issues under their groups, in the order in which the groups come."""
    groups: dict[str, list[Issue]] = {}
    for issue in issues:
        groups.setdefault(issue.group, []).append(issue)
    return groups


class StanceQuerySet(InPassingQuerySet):
    """Stances of issues; who does not see the issue sees none of them."""

    def visible_to(self, user: Reader) -> Self:
        """Return the public stances of public issues of the dossiers this user may see."""
        return super().visible_to(user).filter(issue__public=True)

    def for_readers(self, dossier: Dossier) -> Self:
        """Return the stances of a dossier that all who may read it see."""
        return super().for_readers(dossier).filter(issue__public=True)

    def at_desk_of(self, user: Reader, *, dossier: Dossier | None = None) -> Self:
        """Return the stances that a user may see at the desk, of issues seen there."""
        issues = Issue.objects.at_desk_of(user, dossier=dossier).order_by()
        found = super().at_desk_of(user, dossier=dossier)
        return found.filter(issue__in=issues.values("pk"))

    def answering(self, issue: "Issue", *, user: Reader, dossier: Dossier) -> Self:
        """Return those that a user may see at the desk of an issue that the user sees there."""
        return super().at_desk_of(user, dossier=dossier).filter(issue=issue)


class Stance(InPassing):
    """One answer to an issue, with its place on the scale or none."""

    DOSSIER = "issue__dossier"
    CALLED = "label"

    issue = models.ForeignKey(
        Issue, on_delete=models.CASCADE, related_name="stances", verbose_name=_("issue")
    )
    slug = models.SlugField(_("short name"), max_length=80)
    label = NameField(_("label"), max_length=120)
    value = models.DecimalField(
        _("value"),
        max_digits=3,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("From -1 to 1. Empty if it is off the scale, such as “declines to answer”."),
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    description = models.TextField(
        _("definition"),
        max_length=10_000,
        blank=True,
        help_text=_("The codebook entry: what the stance covers."),
    )
    examples = models.TextField(_("examples"), max_length=10_000, blank=True)
    counter_examples = models.TextField(_("counter-examples"), max_length=10_000, blank=True)

    NAMED_AS = ("stance",)

    objects = StanceQuerySet.as_manager()

    class Meta:
        ordering = ["issue", "order", "slug"]
        verbose_name = _("stance")
        verbose_name_plural = _("stances")
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "slug"],
                name="stance_slug_once",
                violation_error_message=_("The issue has a stance with this short name."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=-1, value__lte=1),
                name="stance_value_on_scale",
                violation_error_message=_(
                    "The value must be between -1 and 1. Leave it empty for a stance off the scale."
                ),
            ),
            proposed_is_not_public("stance"),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Refuse a value that the scale of the issue does not know."""
        if self.value is None or not self.issue_id:
            return
        if self.issue.is_nominal:
            message = _("The issue is nominal: its answers have no order. Leave the value empty.")
            raise ValidationError({"value": message})
        if self.issue.scale == Issue.Scale.YES_NO and self.value not in _YES_NO:
            message = _("The issue asks yes or no: write 1 or -1, or leave the value empty.")
            raise ValidationError({"value": message})

    @property
    def entry(self) -> list[tuple[str, str]]:
        """What the codebook says of it, each with its heading."""
        return entry_of(self)

    def copied(self, **values: Any) -> "Stance":
        """Return a new stance that says the same, but for these values; it is not saved."""
        same = ("slug", "label", "value", "order", *ENTRY)
        return Stance(**{name: getattr(self, name) for name in same} | values)

    @property
    def step(self) -> str:
        """The step of the scale that it is drawn as, also the class of its mark.

        The issue has to be loaded where there is no value: answers of a nominal one have signs.
        """
        is_nominal = self.value is None and self.issue.is_nominal
        return drawn_as(self.value, place=self.order, is_nominal=is_nominal)
