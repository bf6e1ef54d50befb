"""The codebook of a dossier: its issues with their stances."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.text import slugify

from astana.models import Dossier, Issue, Stance, User
from astana.models.roles import Act, require

# Short names that are addresses of the site itself.
_TAKEN = ("new",)


@transaction.atomic
def write_issue(
    *, issue: Issue, stances: Sequence[Stance], gone: Sequence[Stance] = (), by: User
) -> Issue:
    """Save an issue, new or changed, and its stances in this order; those in `gone` are deleted.

    Raises StaleRecord where somebody else has changed one of them since it was read, and
    ProtectedError where positions take a stance that is to go.
    """
    require(by, Act.REVIEW, issue.dossier)
    if not issue.pk:
        Dossier.objects.select_for_update().get(pk=issue.dossier_id)
        others = set(issue.dossier.issues.values_list("slug", flat=True))
        issue.slug = _short_name(issue.title, taken={*others, *_TAKEN}, nothing="issue")
        issue.order = issue.order or 1 + len(others)
    issue.save()
    for stance in gone:
        stance.delete()
    taken: set[str] = {stance.slug for stance in stances if stance.pk}
    for order, stance in enumerate(stances):
        stance.issue, stance.order = issue, order
        if not stance.pk:
            stance.slug = _short_name(stance.label, taken=taken, nothing="stance")
            taken.add(stance.slug)
        stance.save()
    return issue


def _short_name(words: str, *, taken: set[str], nothing: str) -> str:
    """Return a short name from words that is not taken; `nothing` stands for foreign letters."""
    start = slugify(words)[:60].strip("-") or nothing
    name, number = start, 2
    while name in taken:
        name, number = f"{start}-{number}", number + 1
    return name
