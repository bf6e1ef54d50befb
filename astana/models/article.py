"""One published piece."""

from urllib.parse import urlsplit

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from astana.models.codes import LanguageField
from astana.models.elsewhere import FromElsewhere, foreign_id_once
from astana.models.name_field import NameField
from astana.models.of_dossier import its_dossier
from astana.models.record import Record, RecordQuerySet
from astana.models.source import Source


class Article(FromElsewhere, Record):
    """One published piece of a source; its words are in its renditions."""

    class Coverage(models.TextChoices):
        """How much of the article the coders have read."""

        FULL = "full", _("read in full")
        OPENING = "opening", _("only the opening was read")

    dossier = its_dossier("articles")
    slug = models.SlugField(_("short name"), max_length=80)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="articles", verbose_name=_("source")
    )
    title = NameField(_("title"), max_length=300)
    byline = NameField(_("byline"), max_length=200, blank=True)
    published = models.DateField(_("published on"))
    url = models.URLField(_("address"), max_length=1000, blank=True)
    language = LanguageField(_("language"), max_length=12, default="en")
    coverage = models.CharField(
        _("coverage"), max_length=10, choices=Coverage, default=Coverage.FULL
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-published", "slug"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        # The orders in which the list can be looked at.
        indexes = [
            models.Index(fields=["dossier", "-published", "slug"], name="article_newest"),
            models.Index(fields=["dossier", "title", "published", "slug"], name="article_by_title"),
            models.Index(fields=["source", "-published", "slug"], name="article_of_source"),
            models.Index(
                fields=["dossier", "language", "-published", "slug"], name="article_by_language"
            ),
            models.Index(
                fields=["dossier", "coverage", "-published", "slug"], name="article_by_coverage"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "slug"],
                name="article_slug_once",
                violation_error_message=_("The dossier has an article with this short name."),
            ),
            models.CheckConstraint(
                condition=models.Q(coverage__in=["full", "opening"]), name="article_coverage_known"
            ),
            foreign_id_once("article"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("articles:detail", args=[self.dossier.slug, self.slug])

    @property
    def original(self) -> str:
        """The article's own address; empty where none is known but a first page of its outlet."""
        place = _place(self.url)
        is_first_page = not any(place[1:]) or place == _place(self.source.homepage)
        return "" if is_first_page else self.url


def _place(url: str) -> tuple[str, str, str, str]:
    """Return where an address leads, the same however it is written; a mark on a page is no place.

    Some sites keep the path of an article behind a #.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    behind = parts.fragment.strip("/") if "/" in parts.fragment else ""
    return host, parts.path.strip("/"), parts.query, behind
