"""The coders of a package into the database: as pseudonyms, with the articles that they coded."""

from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from astana.exchange.cells import Row
from astana.exchange.problems import BrokenPackage, Problem
from astana.models import Assignment, Coder, Dossier, Evidence, Position
from astana.models.positions.decided import decided_by

_BATCH = 1_000
# How the history of an assignment says that a file changed it.
_BY_FILE = "file"
Made = dict[tuple, Any]


def load_coders(rows: Sequence[Row], dossier: Dossier) -> tuple[Made, int, int]:
    """Return the coders by their key, and how many are new and changed.

    The account that an owner has matched one with stays.
    """
    there = {one.slug: one for one in Coder.objects.filter(dossier=dossier)}
    new = [Coder(dossier=dossier, **row.values) for row in rows if row.values["slug"] not in there]
    changed = 0
    for row in rows:
        known = there.get(row.values["slug"])
        if known and known.name != row.values["name"]:
            known.name = row.values["name"]
            known.save()
            changed += 1
    if new:
        bulk_create_with_history(new, Coder, batch_size=_BATCH)
    made = {(slug,): one for slug, one in there.items()}
    # Not all databases give the keys of rows that are made in one go.
    made |= {(one.slug,): one for one in Coder.objects.filter(dossier=dossier)}
    return made, len(new), changed


def complete_coder(
    values: dict[str, Any], position: Position | None, coder: Coder | None, *, line: int
) -> None:
    """Let a position of another pseudonym be one of the account that it was matched with.

    Raises BrokenPackage where that account has decided on the position.
    """
    is_theirs = position and position.coder_id and not position.pseudonym_id
    if coder is None or is_theirs:
        # Who coded what is here stays: where a package does not say it, and where it says another.
        del values["pseudonym_id"]
    elif position is None or position.pseudonym_id != coder.pk:
        is_reviewer = position and coder.user_id and position.reviewer_id == coder.user_id
        if is_reviewer and decided_by(coder.user, Position.objects.filter(pk=position.pk)).exists():
            message = (
                f"The account matched with {coder.name} has decided on {position.key}. "
                "Nobody decides on what they coded: say first that the coder is nobody's account."
            )
            raise BrokenPackage([Problem("positions.csv", message, line, "coder")])
        coded_at = timezone.now() if coder.user_id else None
        values |= {"coder_id": coder.user_id, "coded_at": coded_at, "assignment_id": None}


def load_assignments(
    rows: Sequence[Row], dossier: Dossier, *, articles: Made, coders: Made
) -> tuple[int, int]:
    """Write which coder has coded which article; return how many are new and changed.

    One that was finished, reopened or changed here since a file last said how it stands stays so.
    Raises BrokenPackage where the account of a coder is to code an article too.
    """
    known = {
        (one.article_id, one.pseudonym_id): one
        for one in Assignment.objects.filter(dossier=dossier, pseudonym__isnull=False)
    }
    taken = set(Assignment.objects.filter(dossier=dossier).values_list("article", "coder"))
    as_of_files: dict[int, tuple[bool, bool]] | None = None
    problems, new, changed = [], [], 0
    for row in rows:
        article = articles[(row.values["article"],)]
        coder = coders[(row.values["coder"],)]
        one = known.get((article.pk, coder.pk))
        is_independent, is_finished = row.values["independent"], row.values["finished"]
        if one is None and coder.user_id and (article.pk, coder.user_id) in taken:
            message = (
                f"The account matched with {coder.name} is to code {article.slug} too. "
                "Nobody codes an article twice: say first that the coder is nobody's account."
            )
            problems.append(Problem("assignments.csv", message, row.line, "coder"))
        elif one is None:
            taken.add((article.pk, coder.user_id))
            new.append(
                Assignment(
                    dossier=dossier,
                    article=article,
                    coder_id=coder.user_id,
                    pseudonym=coder,
                    is_independent=is_independent,
                    finished_at=timezone.now() if is_finished else None,
                )
            )
        elif one.settled_at is None and _how(one) != (is_independent, is_finished):
            if as_of_files is None:
                as_of_files = _as_files_said(dossier)
            if as_of_files.get(one.pk) != _how(one):
                continue
            one.is_independent = is_independent
            one.finished_at = (one.finished_at or timezone.now()) if is_finished else None
            one._change_reason = _BY_FILE
            one.save()
            changed += 1
    if problems:
        raise BrokenPackage(problems)
    if new:
        bulk_create_with_history(new, Assignment, batch_size=_BATCH)
    return len(new), changed


def _how(one: Any) -> tuple[bool, bool]:
    return one.is_independent, bool(one.finished_at)


def _as_files_said(dossier: Dossier) -> dict[int, tuple[bool, bool]]:
    """Return how assignments of pseudonyms stood when a file last made or changed them."""
    by_file = Q(history_type="+") | Q(history_change_reason=_BY_FILE)
    rows = Assignment.history.filter(by_file, dossier=dossier, pseudonym__isnull=False)
    return {row.id: _how(row) for row in rows.order_by("history_id")}


def put_under_assignments(dossier: Dossier) -> None:
    """Let what pseudonyms coded belong to their assignments on the articles that it rests on."""
    article = Evidence.objects.filter(position=OuterRef("pk")).order_by("number")
    found = (
        Position.objects.filter(dossier=dossier, pseudonym__isnull=False, assignment=None)
        .order_by()
        .values_list("pk", "pseudonym", Subquery(article.values("rendition__article")[:1]))
    )
    assignments = Assignment.objects.filter(dossier=dossier, pseudonym__isnull=False)
    known = {(one.article_id, one.pseudonym_id): one.pk for one in assignments}
    by_assignment: dict[int, list[int]] = {}
    for position, pseudonym, of in found:
        if (of, pseudonym) in known:
            by_assignment.setdefault(known[of, pseudonym], []).append(position)
    for assignment, positions in by_assignment.items():
        for start in range(0, len(positions), _BATCH):
            some = QuerySet(Position).filter(pk__in=positions[start : start + _BATCH])
            some.update(assignment=assignment)
