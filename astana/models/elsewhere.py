"""What a record was called where it came from, and what or who suggested a coding."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# What is a tool and no person, by how its name begins, such as `model x 2.1` or `the rule 7`.
_TOOLS = frozenset({"rule", "model", "tool", "program", "software", "script"})
# How files for readers call all others.
SOMEBODY = "somebody"


class FromElsewhere(models.Model):
    """A record that may have come out of another tool, which calls it by an identifier."""

    foreign_id = models.CharField(
        _("foreign identifier"),
        max_length=200,
        blank=True,
        default="",
        editable=False,
        help_text=_("Its identifier in the file that it came from, such as dna:a:statement:17."),
    )

    class Meta:
        abstract = True


def suggested_for_readers(by: str) -> str:
    """Return what suggested a coding, if its words begin by saying that it is a tool.

    Who else did may be a person, whom nobody has asked: that is for members.
    """
    words = by.split()
    is_tool = any(word.strip(":;,.").lower() in _TOOLS for word in words[:2])
    return by if is_tool or not by else SOMEBODY


class Suggested(models.Model):
    """A coding that something or somebody may have suggested before a person decided on it."""

    class Suggestion(models.TextChoices):
        """What became of the suggestion."""

        ACCEPTED = "accepted", pgettext_lazy("a suggestion", "accepted")
        CHANGED = "changed", pgettext_lazy("a suggestion", "changed")

    suggested_by = models.CharField(
        _("suggested by"),
        max_length=200,
        blank=True,
        default="",
        editable=False,
        help_text=_("The rule or model that suggested it, with its version, or the person."),
    )
    suggestion = models.CharField(
        _("suggestion"), max_length=8, choices=Suggestion, blank=True, default="", editable=False
    )

    class Meta:
        abstract = True

    @property
    def suggested_by_tool(self) -> str:
        """What suggested it, for readers: empty where it may be a person."""
        by = suggested_for_readers(self.suggested_by)
        return "" if by == SOMEBODY else by


def foreign_id_once(noun: str) -> models.UniqueConstraint:
    """Return the constraint by which a dossier has a record of another tool once."""
    return models.UniqueConstraint(
        fields=["dossier", "foreign_id"],
        condition=~Q(foreign_id=""),
        name=f"{noun}_foreign_id_once",
        violation_error_message=_("The dossier has a record with this foreign identifier."),
    )


SUGGESTION_OF_SOMETHING = models.CheckConstraint(
    condition=Q(suggestion="") | (Q(suggestion__in=["accepted", "changed"]) & ~Q(suggested_by="")),
    name="position_suggestion_of_something",
    violation_error_message=_("Say who or what suggested it, or leave the suggestion empty."),
)
