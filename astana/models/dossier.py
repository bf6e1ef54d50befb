"""A body of sources, actors and issues under study, and the people who work on it."""

import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connections, models, transaction
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from astana.models.name_field import NameField
from astana.models.of_dossier import OfDossier, OfDossierQuerySet
from astana.models.revised import Revised
from astana.models.short_names import refuse_names_of_pages
from astana.models.user import Reader


def roles_of(user: Reader) -> dict[int, str]:
    """Return the roles of a person by the key of the dossier; one query for each user object."""
    known = user.__dict__.get("_roles")
    if known is None:
        found = Membership.objects.filter(user=user.pk).order_by()
        known = user.__dict__["_roles"] = dict(found.values_list("dossier", "role"))
    return known


# The number of the line of a dossier is its own and this, which nothing else locks.
_LINES = 4_200_000_000_000


# Whether something that readers see was written, where somebody asks for it.
_seen_writes: ContextVar[list[None] | None] = ContextVar("seen_writes", default=None)


@contextmanager
def noting_seen_writes() -> Iterator[list[None]]:
    """Yield a list that is not empty once something that readers see was written inside."""
    noted: list[None] = []
    before = _seen_writes.set(noted)
    try:
        yield noted
    finally:
        _seen_writes.reset(before)


def note_seen_write() -> None:
    """Note that something is written that readers see."""
    noted = _seen_writes.get()
    if noted is not None:
        noted.append(None)


class DossierQuerySet(models.QuerySet):
    """Dossiers; reading always starts at `visible_to`."""

    def visible_to(self, user: Reader) -> Self:
        """Return the public dossiers and those this user is a member of."""
        if user.is_superuser:
            return self
        public = Q(visibility=Dossier.Visibility.PUBLIC)
        if not user.is_authenticated:
            return self.filter(public)
        return self.filter(public | Q(pk__in=list(roles_of(user))))

    def sample(self) -> "Dossier | None":
        """Return the oldest public one, or else the oldest: a later one never takes its place."""
        public_first = Case(When(visibility=Dossier.Visibility.PUBLIC, then=0), default=1)
        return self.order_by(public_first, "pk").first()

    def hold(self) -> None:
        """Hold these rows until the transaction ends.

        Whoever writes to what belongs to a dossier holds its row first, and several in the order of
        their keys: so two never wait for each other. Rows that name a dossier can still be added.
        On SQLite one transaction writes at a time anyway.
        """
        if connections[self.db].features.has_select_for_update:
            self._stand_in_line()
            held = self.order_by("pk").select_for_update(no_key=True)
            list(held.values_list("pk", flat=True))

    def touch(self, *, is_seen: bool = True) -> int:
        """Raise the number of writes, and the version where readers see something of the write."""
        self._stand_in_line()
        if is_seen:
            note_seen_write()
        rising = Dossier.RISING if is_seen else ("writes",)
        return models.QuerySet.update(self, **{name: F(name) + 1 for name in rising})

    def leap(self) -> None:
        """Raise both numbers to ones that were never given, also not to what is lost now.

        That is after a restore: by millions, so that the last digits tell people what it was.
        """
        million = 1_000_000 * (1 + secrets.randbelow(99_999))
        with transaction.atomic(using=self.db):
            self.hold()
            rising = {name: F(name) + million for name in Dossier.RISING}
            models.QuerySet.update(self, **rising)

    def _stand_in_line(self) -> None:
        """Wait until all who came before have ended their transactions.

        PostgreSQL lets who waits for a row that others change have it in no order; SQLite's writers
        stand in a line of their own (`astana/sqlite`).
        """
        connection = connections[self.db]
        if connection.vendor != "postgresql":
            return
        try:
            dossiers, values = self.order_by("pk").values("pk").query.sql_with_params()
        except EmptyResultSet:
            return
        lines = f"SELECT pg_advisory_xact_lock(%s::bigint + held.pk) FROM ({dossiers}) AS held (pk)"
        with connection.cursor() as cursor:
            cursor.execute(lines, [_LINES, *values])

    def update(self, **values: Any) -> int:
        """Change the dossiers, which are held in the order of their keys."""
        note_seen_write()
        with transaction.atomic(using=self.db):
            self.hold()
            return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete the dossiers with all that is in them, which is held with them."""
        with transaction.atomic(using=self.db):
            self.hold()
            return super().delete()

    # Not on the manager, as Django has it.
    delete.queryset_only = True


class Dossier(Revised):
    """One body of sources, actors and issues under study; all else belongs to exactly one."""

    RISING = ("version", "writes")

    class Visibility(models.TextChoices):
        """Who may know that a dossier exists."""

        PUBLIC = "public", _("public")
        MEMBERS = "members", _("members only")

    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    title = NameField(_("title"), max_length=200)
    description = models.TextField(_("description"), max_length=10_000, blank=True)
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility, default=Visibility.MEMBERS
    )
    licence = models.CharField(
        _("licence"),
        max_length=40,
        blank=True,
        help_text=_(
            "Licence of the dossier's own texts, such as CC-BY-4.0. Empty if there is none."
        ),
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="dossiers"
    )
    own_publishing = models.BooleanField(
        _("reviewers may publish their own codings"),
        default=False,
        help_text=_("Otherwise a second person must decide on each position."),
    )
    open_challenges = models.BooleanField(
        _("readers may challenge without an account"),
        default=True,
        help_text=_("Otherwise only people who are signed in may object to a position."),
    )
    additions_are_proposed = models.BooleanField(
        _("what coders add while they code is a proposal"),
        default=False,
        help_text=_(
            "Actors, issues, stances, events and documents: a reviewer accepts, merges or "
            "renames them before anything that names them is published. Otherwise they are "
            "accepted at once."
        ),
    )
    version = models.PositiveBigIntegerField(
        _("version"),
        default=1,
        editable=False,
        help_text=_("Rises with every write that readers can see."),
    )
    writes = models.PositiveBigIntegerField(
        _("writes"), default=1, db_default=1, editable=False, help_text=_("Rises with every write.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = DossierQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["version", "writes"])

    class Meta:
        ordering = ["title"]
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility__in=["public", "members"]), name="dossier_visibility_known"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("dossiers:detail", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the dossier, which is held."""
        note_seen_write()
        with transaction.atomic(savepoint=False):
            Dossier.objects.filter(pk=self.pk).hold()
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the dossier with all that is in it, which is held with it."""
        note_seen_write()
        with transaction.atomic():
            Dossier.objects.filter(pk=self.pk).hold()
            return super().delete(*args, **kwargs)

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Refuse what a field cannot hold, and a short name that is the address of a page."""
        super().clean_fields(exclude)
        refuse_names_of_pages(self, exclude=exclude)


class MembershipQuerySet(OfDossierQuerySet):
    """Memberships, read from the person or from the dossier."""

    def of_user(self, user: Reader) -> Self:
        """Return a user's own memberships, with their dossiers."""
        return self.filter(user=user).select_related("dossier").order_by("dossier__title")

    def of(self, dossier: Dossier) -> Self:
        """Return the members of a dossier, with their accounts."""
        return self.filter(dossier=dossier).select_related("user").order_by("user__username")


class Membership(OfDossier):
    """A person's part in a dossier."""

    class Role(models.TextChoices):
        """What a member may do; each role may do what the one before it may."""

        READER = "reader", _("reader")
        CODER = "coder", _("coder")
        REVIEWER = "reviewer", _("reviewer")
        OWNER = "owner", _("owner")

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, verbose_name=_("dossier"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.READER)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["dossier", "user"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "user"],
                name="membership_once",
                violation_error_message=_("This person is already a member. Change the role."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["reader", "coder", "reviewer", "owner"]),
                name="membership_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    def save(self, *args: Any, **how: Any) -> None:
        super().save(*args, **how)
        # Who is at hand learns of the new role at once.
        if Membership.user.is_cached(self):
            self.user.__dict__.pop("_roles", None)
