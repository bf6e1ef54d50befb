"""Record for which issues an article was read, or a document gone through clause by clause."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from astana.actions.workflow import WrongStep
from astana.models import Article, Assignment, Document, Examined, Issue, LookedFor, User
from astana.models.of_dossier import holding
from astana.models.roles import Act, require


class LookedAtMeanwhile(Exception):
    """Somebody else has recorded something else since it was read; nothing was written."""


@holding
def record_looked_for(
    *, of: Article | Document, issues: Iterable[Issue], before: set[int], by: User
) -> int:
    """Let an article, or a document, be searched for exactly these issues; return how many changed.

    `before` are the primary keys of the issues that were shown as searched for. Raises
    LookedAtMeanwhile where they are others by now, and WrongStep while an independent round on the
    article runs: it would tell its coders what the others do.
    """
    require(by, Act.CODE, of.dossier)
    model, owner = (LookedFor, "article") if isinstance(of, Article) else (Examined, "document")
    if isinstance(of, Article) and Assignment.objects.filter(article=of).running().exists():
        raise WrongStep(
            _(
                "This article is being coded independently. Record this when all coders have "
                "finished."
            )
        )
    rows = model.objects.filter(**{owner: of})
    if set(rows.values_list("issue", flat=True)) != before:
        raise LookedAtMeanwhile
    wanted = {issue.pk: issue for issue in issues}
    gone = rows.exclude(issue__in=wanted)
    number = gone.count() + len(wanted.keys() - before)
    gone.delete()
    new = [model(**{owner: of}, issue=issue) for pk, issue in wanted.items() if pk not in before]
    for one in new:
        one.full_clean()
    model.objects.bulk_create(new)
    return number
