"""On which issues something was looked for: in an article, and in a document."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from astana.models.article import Article
from astana.models.document import Document
from astana.models.issue import Issue
from astana.models.record import Record, RecordQuerySet


class LookedFor(Record):
    """An article was read for all that it says on an issue, so that its silence is a finding.

    Coding an article against the whole codebook is one row for each issue that the book had then:
    an issue that is added later was not looked for.
    """

    DOSSIER = "article__dossier"

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="looked_for", verbose_name=_("article")
    )
    issue = models.ForeignKey(
        Issue, on_delete=models.CASCADE, related_name="looked_for", verbose_name=_("issue")
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["article", "issue"]
        verbose_name = _("issue looked for")
        verbose_name_plural = _("issues looked for")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "issue"],
                name="looked_for_once",
                violation_error_message=_(
                    "The article is already recorded as read for this issue."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.issue}"

    def clean(self) -> None:
        """Refuse an issue of another dossier."""
        if self.article_id and self.issue_id and self.article.dossier_id != self.issue.dossier_id:
            raise ValidationError({"issue": _("Choose one of the same dossier.")})


class Examined(Record):
    """A document was gone through, clause by clause, for an issue.

    Only then is the lack of a provision on it a finding.
    """

    DOSSIER = "document__dossier"
    SEEN = models.Q(document__public=True)

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="examined", verbose_name=_("document")
    )
    issue = models.ForeignKey(
        Issue, on_delete=models.CASCADE, related_name="examined", verbose_name=_("issue")
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["document", "issue"]
        verbose_name = _("issue examined")
        verbose_name_plural = _("issues examined")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "issue"],
                name="examined_once",
                violation_error_message=_(
                    "The document is already recorded as examined for this issue."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.issue}"

    def clean(self) -> None:
        """Refuse an issue of another dossier."""
        if self.document_id and self.issue_id and self.document.dossier_id != self.issue.dossier_id:
            raise ValidationError({"issue": _("Choose one of the same dossier.")})
