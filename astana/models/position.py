"""An actor takes a stance on an issue: said when, in which voice, on which passages."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from astana.comparison.said import parse_said
from astana.comparison.statement import Statement
from astana.models.actor import Actor
from astana.models.as_read import AsRead
from astana.models.coder import CodedBySomebody
from astana.models.document import Document
from astana.models.elsewhere import FromElsewhere, Suggested
from astana.models.event import Event
from astana.models.held import refuse_unfit
from astana.models.issue import Issue, Stance
from astana.models.of_dossier import its_dossier
from astana.models.positions.constraints import CONSTRAINTS, INDEXES
from astana.models.positions.query_set import PositionQuerySet
from astana.models.record import Record
from astana.models.said_words import no_date, said_words
from astana.models.summary import MADE_OF, settled
from astana.models.user import an_account


class Position(AsRead, FromElsewhere, Suggested, CodedBySomebody, Record):
    """An actor's reported stance on an issue.

    `said` is an EDTF date; `earliest` and `latest` are its first and last day, both inclusive, and
    `earliest` is 1 January of the year 1 where the start is open. `first_hand` and `public` are
    computed by the database from `voice` and `status`.
    """

    class Voice(models.TextChoices):
        """How we know."""

        DIRECT_QUOTE = "direct-quote", _("direct quote")
        REPORTED_SPEECH = "reported-speech", _("reported speech")
        DOCUMENT = "document", _("document")
        ACT = "act", _("act")
        ATTRIBUTED = "attributed", _("attributed")
        CHARACTERISED = "characterised", _("characterised")

    # What it says, by the names of the fields; all else is how it came about.
    SAYS = (
        *("actor", "issue", "stance", "summary", "condition", "said", "held", "voice", "certainty"),
        *("attributed_by", "authority", "speaker", "event", "document", "note"),
    )

    class Certainty(models.TextChoices):
        """How plainly it was said."""

        STATED = "stated", _("stated")
        IMPLIED = "implied", _("implied")
        HINTED = "hinted", _("hinted")

    class Authority(models.TextChoices):
        """With what authority the one who attributes it speaks."""

        FOR_ACTOR = "for-actor", _("speaks for the actor")
        ABOUT_ACTOR = "about-actor", _("speaks about the actor")

    FIRST_HAND = (Voice.DIRECT_QUOTE, Voice.REPORTED_SPEECH, Voice.DOCUMENT, Voice.ACT)

    class Status(models.TextChoices):
        """How far the coding is in the workflow."""

        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        PUBLISHED = "published", _("published")
        REJECTED = "rejected", _("rejected")

    dossier = its_dossier("positions")
    key = models.SlugField(_("key"), max_length=40, help_text=_("Such as p004."))
    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, related_name="positions", verbose_name=_("actor")
    )
    issue = models.ForeignKey(
        Issue, on_delete=models.PROTECT, related_name="positions", verbose_name=_("issue")
    )
    stance = models.ForeignKey(
        Stance, on_delete=models.PROTECT, related_name="positions", verbose_name=_("stance")
    )
    summary = models.CharField(
        _("summary"), max_length=500, help_text=_("One neutral sentence in the coder's own words.")
    )
    condition = models.CharField(
        _("condition"), max_length=500, blank=True, help_text=_("What the stance depends on.")
    )
    said = models.CharField(
        _("said"),
        max_length=30,
        help_text=_("2017-01-09, 2017-01, 2016, 2017-01-23/2017-01-24 or ../2017-01-12"),
    )
    held = models.CharField(
        _("held"),
        max_length=30,
        blank=True,
        help_text=_("When the actor held it, if not when it was said."),
    )
    earliest = models.DateField(_("earliest day"), editable=False)
    latest = models.DateField(_("latest day"), editable=False)
    voice = models.CharField(_("voice"), max_length=16, choices=Voice)
    certainty = models.CharField(
        _("certainty"), max_length=7, choices=Certainty, default=Certainty.STATED
    )
    first_hand = models.GeneratedField(
        expression=Q(voice__in=[voice.value for voice in FIRST_HAND]),
        output_field=models.BooleanField(),
        db_persist=True,
        verbose_name=_("first-hand"),
    )
    attributed_by = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attributions",
        verbose_name=_("attributed by"),
        help_text=_("The actor who says so, if the voice is “attributed”."),
    )
    authority = models.CharField(
        _("authority"),
        max_length=11,
        choices=Authority,
        blank=True,
        help_text=_(
            "Whether the attributing actor speaks for the actor, such as its own spokesman, or"
            " about it. Empty if not known."
        ),
    )
    speaker = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="spoken_positions",
        verbose_name=_("speaker"),
        help_text=_("The person who spoke for the actor, or for the attributing actor, if named."),
    )
    event = models.ForeignKey(
        Event,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=_("event"),
        help_text=_("Where it was said or, for a fact, the event that it is about."),
    )
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=_("document"),
        help_text=_(
            "If the voice is “document”, the position is a provision of it; otherwise the "
            "position is about it."
        ),
    )
    note = models.TextField(
        _("note"), max_length=10_000, blank=True, help_text=_("For readers of the position.")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    public = models.GeneratedField(
        expression=Q(status="published"), output_field=models.BooleanField(), db_persist=True
    )
    coder = an_account("coded_positions", _("coder"))
    coded_at = models.DateTimeField(_("coded"), null=True, blank=True)
    reviewer = an_account("reviewed_positions", _("reviewer"))
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    reason = models.TextField(
        _("reason"),
        max_length=2_000,
        blank=True,
        help_text=_("Why it was rejected. The coder will see this."),
    )
    assignment = models.ForeignKey(
        "Assignment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=_("assignment"),
        help_text=_("The assignment under which it was coded."),
    )
    settled_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="settles",
        verbose_name=_("settled by"),
        help_text=_("The position that a curator put in its place."),
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    edited_at = models.DateTimeField(
        _("edited"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("When its content was last changed after it was published."),
    )

    SHOWS = ("actor", "attributed_by", "speaker", "issue", "stance", "event", "document")

    # What was withdrawn is met in what was kept of the past.
    SEEN = Q(published_at__isnull=False)

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ["-latest", "-earliest", "-id"]
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        indexes = INDEXES
        constraints = CONSTRAINTS

    def __str__(self) -> str:
        return f"{self.key}: {self.actor}, {self.stance}"

    def get_absolute_url(self) -> str:
        return reverse("positions:detail", args=[self.dossier.slug, self.key])

    @property
    def is_for_readers(self) -> bool:
        """Whether readers see the position."""
        return self.status == self.Status.PUBLISHED

    @property
    def is_seen(self) -> bool:
        """Whether readers see the position, or have seen it."""
        return self.published_at is not None

    @property
    def is_by_itself(self) -> bool:
        """Whether its actor is said to attribute it to itself, which is hardly ever right."""
        return self.attributed_by is not None and self.attributed_by == self.actor

    @property
    def is_provision(self) -> bool:
        """Whether its document provides it; otherwise it is about the document."""
        return bool(self.document_id) and self.voice == self.Voice.DOCUMENT

    @property
    def was_found(self) -> bool:
        """Whether the search may know the position as it is stored: only if it was published."""
        return not self._state.adding and bool(self.public)

    def prepare(self) -> None:
        """Work out the days that its date means, its summary, and when it was published or edited.

        One query for what is stored already, and none where only its status is decided.
        """
        days = parse_said(self.said)
        self.earliest, self.latest = days.earliest, days.latest
        told = ["summary", *(f"{name}_id" for name in MADE_OF)]
        is_decided = self.published_at is None and self.is_as_read(told)
        stored = None if self._state.adding or is_decided else self._stored()
        if stored:
            self.summary = settled(self, stored)
        if self.status == self.Status.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()
        elif self.status == self.Status.PUBLISHED and stored and self._says_else_than(stored):
            self.edited_at = timezone.now()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the position."""
        super().save(*args, **kwargs)
        # The database has worked it out again; here it is what it was when the position was read.
        self.public = self.status == self.Status.PUBLISHED
        self.forget_what_was_read()

    def note_edit(self) -> None:
        """Note that what a published position rests on was changed; it stays the same revision."""
        if self.status == self.Status.PUBLISHED:
            self.edited_at = timezone.now()
            type(self)._base_manager.filter(pk=self.pk).update(edited_at=self.edited_at)

    def _stored(self) -> Self | None:
        """Return the position as it is stored."""
        stored = type(self)._base_manager.select_related(*MADE_OF)
        return stored.filter(pk=self.pk).first()

    def _says_else_than(self, stored: Self) -> bool:
        names = [self._meta.get_field(name).attname for name in self.SAYS]
        return any(getattr(self, name) != getattr(stored, name) for name in names)

    def clean(self) -> None:
        """Refuse what belongs to another issue or dossier, and dates that are none."""
        errors: dict[str, Any] = {}
        try:
            days = parse_said(self.said)
            self.earliest, self.latest = days.earliest, days.latest
        except ValueError:
            errors["said"] = no_date()
        if self.held:
            try:
                refuse_unfit(self.held, passages=self.evidence.all() if self.pk else None)
            except ValidationError as error:
                errors["held"] = error
        if self.issue_id and self.issue.per_event and not self.event_id:
            errors["event"] = _("The issue is asked of each event. Say which event this is about.")
        if self.stance_id and self.issue_id and self.stance.issue_id != self.issue_id:
            errors["stance"] = _(
                "This stance belongs to another issue. Choose a stance on this issue."
            )
        for name in ("actor", "issue", "attributed_by", "speaker", "event", "document"):
            related = getattr(self, name) if getattr(self, f"{name}_id") else None
            if related and related.dossier_id != self.dossier_id:
                errors[name] = _("Choose one of the same dossier.")
        if errors:
            raise ValidationError(errors)
        if self.pk:
            self._meta.get_field("links").related_model.objects.refuse_apart(self)

    def statement(self) -> Statement:
        """Return the position as the core knows it.

        Actor, issue, stance, speaker and event have to be loaded; `is_disputed` and `same_as` are
        what the position was annotated with.
        """
        value = self.stance.value
        of_event = self.event if self.issue.per_event else None
        return Statement(
            id=self.pk,
            actor=self.actor.slug,
            issue=self.issue.slug,
            stance=self.stance.slug,
            value=None if value is None else float(value),
            earliest=self.earliest,
            latest=self.latest,
            is_first_hand=bool(self.first_hand),
            said=self.said,
            condition=self.condition,
            is_disputed=bool(getattr(self, "is_disputed", False)),
            event=of_event.slug if of_event else "",
            speaker=self.speaker.slug
            if self.speaker and self.first_hand and self.speaker.kind == Actor.Kind.PERSON
            else "",
            same_as=getattr(self, "same_as", None),
        )

    @property
    def spoken_by(self) -> Actor | None:
        """Who said so for the actor; who speaks of it for somebody else is no speaker of it."""
        return self.speaker if self.first_hand else None

    @property
    def said_words(self) -> str:
        """When it was said, in words no more precise than the date."""
        return said_words(self.earliest, self.latest, self.said)

    def takes_the_stance_of(self, other: Self) -> bool:
        """Return whether it says of the same actor the same answer to the same issue."""
        return (self.actor_id, self.stance_id) == (other.actor_id, other.stance_id)

    @property
    def is_confirmed(self) -> bool:
        """Whether a curator put a position in its place that takes the same stance."""
        return (
            self.status == self.Status.REJECTED
            and self.settled_by is not None
            and self.takes_the_stance_of(self.settled_by)
        )

    @property
    def outcome(self) -> str:
        """What became of it, in words: its status, or that it was confirmed."""
        return pgettext("a coding", "confirmed") if self.is_confirmed else self.get_status_display()
