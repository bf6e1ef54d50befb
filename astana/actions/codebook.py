"""The codebook of a dossier: its issues with their stances."""

from collections.abc import Sequence

from astana.models import Issue, Stance, User
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
