"""The codebook of a dossier: its issues with their stances."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from astana.models import Dossier, Issue, Stance, User
from astana.models.of_dossier import holding
from astana.models.roles import Act, require
from astana.models.short_names import free_among, free_name


@holding
def write_issue(
    *, issue: Issue, stances: Sequence[Stance], gone: Sequence[Stance] = (), by: User
) -> Issue:
    """Save an issue, new or changed, and its stances in this order; those in `gone` are deleted.

    Raises StaleRecord where somebody else has changed one of them since it was read, and
    ProtectedError where positions take a stance that is to go.
    """
    require(by, Act.REVIEW, issue.dossier)
    if not issue.pk:
        others = Issue.objects.of(issue.dossier)
        issue.slug = free_among(others, issue.title, nothing="issue")
        issue.order = issue.order or 1 + others.count()
    issue.save()
    for stance in gone:
        stance.delete()
    taken = set(issue.stances.values_list("slug", flat=True))
    for order, stance in enumerate(stances):
        stance.issue, stance.order = issue, order
        if not stance.pk:
            stance.slug = free_name(stance.label, taken=taken, nothing="stance")
            taken.add(stance.slug)
        stance.save()
    return issue


@holding
def add_issues(
    *, dossier: Dossier, entries: Sequence[tuple[Issue, Sequence[Stance]]], by: User
) -> list[Issue]:
    """Add new issues with their stances to the end of a codebook, all or none.

    Raises ValidationError, which names the issue, for what is unfit.
    """
    require(by, Act.REVIEW, dossier)
    added = []
    for issue, stances in entries:
        issue.dossier = dossier
        issue.values_to_be = [stance.value for stance in stances]
        try:
            issue.full_clean(exclude=["slug"])
            for stance in stances:
                stance.full_clean(exclude=["issue", "slug"])
        except ValidationError as refusal:
            raise ValidationError([f"{issue}: {text}" for text in refusal.messages]) from refusal
        added.append(write_issue(issue=issue, stances=stances, by=by))
    return added
