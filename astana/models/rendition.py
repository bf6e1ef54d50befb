"""One stored text of an article, versioned by the hash of its words."""

from hashlib import sha256
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from astana.models.article import Article
from astana.models.codes import LanguageField
from astana.models.dossier import Dossier, Membership
from astana.models.record import Record, RecordQuerySet
from astana.models.user import Reader


def readable_by(user: Reader, *, path: str = "") -> Q:
    """Return which words a user may read; `path` leads to the rendition and ends in `__`.

    A condition to be joined, not a list of renditions: a dossier may hold a hundred thousand.
    """
    dossier = f"{path}article__dossier__in"
    visible = Q(**{dossier: Dossier.objects.visible_to(user)})
    if user.is_superuser:
        return visible
    public = Q(**{f"{path}rights": Rendition.Rights.PUBLIC})
    if not user.is_authenticated:
        return visible & public
    mine = Membership.objects.filter(user=user).values("dossier")
    return visible & (public | Q(**{dossier: mine}))


class RenditionQuerySet(RecordQuerySet):
    """Renditions; members-only texts are visible to members alone."""

    def visible_to(self, user: Reader) -> Self:
        """Return the renditions whose words this user may read."""
        return self.filter(readable_by(user))

    def with_text(self) -> Self:
        """Return the renditions whose words are stored here, not only known by their hash."""
        return self.exclude(text="")

    def current(self) -> Self:
        """Return the newest version of each kind and language of an article."""
        same = Rendition.objects.filter(
            article=OuterRef("article"), kind=OuterRef("kind"), language=OuterRef("language")
        )
        return self.filter(version=Subquery(same.order_by("-version").values("version")[:1]))


class Rendition(Record):
    """One text of an article: full text, synopsis, translation, excerpt or database record.

    `characters` counts Unicode code points. `paragraphs` lists `[start, end]` pairs of code point
    offsets in order; paragraph n of a text is the n-th pair, counted from 1. A rendition without
    `text` is known by its hash only: whoever holds the words can attach them.
    """

    DOSSIER = "article__dossier"

    class Kind(models.TextChoices):
        """What sort of text it is; what is shown by default is the first that may be read."""

        FULL = "full", _("full text")
        SYNOPSIS = "synopsis", _("synopsis")
        TRANSLATION = "translation", _("translation")
        EXCERPT = "excerpt", _("excerpt")
        # What a database says, written out, so that nobody takes it for an article.
        RECORD = "record", _("database record")

    class Rights(models.TextChoices):
        """Who may read the words."""

        PUBLIC = "public", _("everybody")
        MEMBERS = "members", _("members of the dossier")

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="renditions", verbose_name=_("article")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    language = LanguageField(_("language"), max_length=12, default="en")
    rights = models.CharField(
        _("who may read it"), max_length=10, choices=Rights, default=Rights.MEMBERS
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    text = models.TextField(_("text"), blank=True)
    sha256 = models.CharField(_("hash"), max_length=64, editable=False)
    characters = models.PositiveIntegerField(_("characters"), editable=False)
    paragraphs = models.JSONField(_("paragraphs"), default=list, editable=False)
    created_at = models.DateTimeField(_("stored"), auto_now_add=True)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        ordering = ["article", "kind", "language", "-version"]
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "kind", "language", "sha256"],
                name="rendition_words_once",
                violation_error_message=_("This text is already stored."),
            ),
            models.UniqueConstraint(
                fields=["article", "kind", "language", "version"], name="rendition_version_once"
            ),
            models.CheckConstraint(condition=Q(characters__gt=0), name="rendition_not_empty"),
            models.CheckConstraint(
                condition=Q(rights__in=["public", "members"])
                & Q(kind__in=["full", "synopsis", "translation", "excerpt", "record"]),
                name="rendition_kind_and_rights_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article.slug}: {self.get_kind_display()} ({self.language}), {self.version}"

    def get_absolute_url(self) -> str:
        return f"{self.article.get_absolute_url()}?rendition={self.pk}"

    def clean(self) -> None:
        """Refuse to overwrite the words of a stored version."""
        if self.pk and self.text and sha256(self.text.encode()).hexdigest() != self.sha256:
            raise ValidationError(
                {"text": _("A changed text is a new version. Add a rendition instead.")}
            )

    @property
    def is_known_by_hash_only(self) -> bool:
        """Whether the words are not stored here."""
        return not self.text
