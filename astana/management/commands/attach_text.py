"""Attach the full text of an article and print the health of each passage in it."""

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from rapidfuzz import process

from astana.actions.attach_text import LONGEST_TEXT, Outcome, PassageReport, Report, attach_text
from astana.models import Article, Dossier, Health, Rendition

_OUTCOMES = {
    Outcome.RESOLVED: "The dossier knew this text by its hash; it now has the words.",
    Outcome.ADDED: "The dossier did not know this text; it is stored as a new version.",
    Outcome.UNCHANGED: "This text is already stored. Nothing changed.",
}


class Command(BaseCommand):
    """Attach the full text of an article."""

    help = (
        "Store the full text of an article, for members only unless you choose otherwise, and "
        "print where each passage of its evidence is in it."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("article", help="short name of the article")
        parser.add_argument("file", type=Path, help="file with the text in UTF-8")
        parser.add_argument(
            "--dossier", help="short name of the dossier, if several have such an article"
        )
        parser.add_argument(
            "--rights",
            choices=Rendition.Rights.values,
            default=Rendition.Rights.MEMBERS.value,
            help="who may read the text (default: members)",
        )

    def handle(
        self, *, article: str, file: Path, dossier: str | None, rights: str, **options: object
    ) -> None:
        """Attach the text and print the report."""
        piece = _article(article, dossier)
        try:
            report = attach_text(article=piece, text=_read(file), rights=rights)
        except ValueError as error:
            raise CommandError(f"{file}: {error}") from error
        for line in _lines(report):
            self.stdout.write(line)


def _article(slug: str, dossier: str | None) -> Article:
    articles = Article.objects.select_related("dossier").order_by("dossier__slug")
    if dossier is not None:
        if not Dossier.objects.filter(slug=dossier).exists():
            near = _near(dossier, Dossier.objects.values_list("slug", flat=True))
            raise CommandError(f"There is no dossier “{dossier}”.{near}")
        articles = articles.filter(dossier__slug=dossier)
    found = list(articles.filter(slug=slug))
    if not found:
        where = f"in the dossier “{dossier}”" if dossier is not None else "in any dossier"
        near = _near(slug, articles.values_list("slug", flat=True))
        raise CommandError(f"There is no article “{slug}” {where}.{near}")
    if len(found) > 1:
        names = ", ".join(article.dossier.slug for article in found)
        raise CommandError(
            f"Several dossiers have an article “{slug}”: {names}. Choose one with --dossier."
        )
    return found[0]


def _near(slug: str, slugs: Iterable[str]) -> str:
    """Return a question that names the short names most similar to one, if any are."""
    near = process.extract(slug, set(slugs), limit=5, score_cutoff=60)
    return f" Did you mean {' or '.join(name for name, *_ in near)}?" if near else ""


def _read(file: Path) -> str:
    try:
        # A code point has at most four bytes.
        if file.stat().st_size > 4 * LONGEST_TEXT + 4:
            raise CommandError(f"{file} is larger than a text of {LONGEST_TEXT:,} characters.")
        return file.read_bytes().decode()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(
            f"{file} is not UTF-8: the byte at position {error.start} "
            f"(0x{error.object[error.start]:02x}) does not fit. Save the file as UTF-8."
        ) from error


def _lines(report: Report) -> list[str]:
    """Return the report for people: what became of the text, then of each passage, then counts."""
    rendition = report.rendition
    lines = [
        _OUTCOMES[report.outcome],
        f"{rendition}: {rendition.characters} characters, {len(rendition.paragraphs)} paragraphs, "
        f"to be read by {rendition.get_rights_display()}.",
    ]
    if report.is_tidied:
        lines.append("Windows line ends or a byte order mark were removed.")
    if report.outcome == Outcome.UNCHANGED:
        return lines
    anchored = [passage for passage in report.passages if passage.is_anchored]
    lines += [_line(passage) for passage in anchored]
    counts = Counter(passage.finding.health for passage in anchored)
    lines.append(
        f"{len(anchored)} passages: "
        + ", ".join(f"{counts[health]} {label}" for health, label in Health.choices)
        + "."
    )
    if others := len(report.passages) - len(anchored):
        lines.append(f"{others} more rest on another rendition; their words are not in this text.")
    return lines


def _line(passage: PassageReport) -> str:
    """Return position, passage, paragraph, health, the old and the new place, and notes."""
    evidence, finding = passage.evidence, passage.finding
    old = f"{passage.old[0]}-{passage.old[1]}" if passage.old else "by its words"
    if finding.start is None:
        new, where = "nowhere", f"(paragraph {evidence.paragraph or '-'})"
    else:
        new, where = f"{finding.start}-{finding.end}", f"paragraph {passage.paragraph or '-'}"
    label = str(Health(finding.health).label)
    parts = [evidence.position.key, f"passage {evidence.number}", where, label]
    parts.append(f"{old} -> {new}")
    if finding.health == Health.AMBIGUOUS:
        parts.append(
            "its words occur once, among other words"
            if finding.candidates == 1
            else f"its words occur in {finding.candidates} places"
        )
    if finding.hint:
        hint = finding.hint
        parts.append(f"most similar: {hint.start}-{hint.end} ({hint.likeness} %)")
    if not finding.is_complete:
        parts.append("the text is too long to look everywhere for words known by their hash")
    return "  ".join(parts)
