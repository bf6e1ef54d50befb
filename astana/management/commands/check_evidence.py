"""Print the passages that are no longer where they were found."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import Truncator

from astana.evidence.anchor import Passage, stands
from astana.models import Anchor, Dossier, Evidence, Health, Position, Rendition
from astana.models.health import in_words, unwell_of


class Command(BaseCommand):
    """Look at every passage of evidence; exit with 1 if one is lost."""

    help = (
        "Check that each passage of evidence is still where it was found, and list those that "
        "moved, are ambiguous or are lost. Fails if any is lost."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for a dossier; all are checked without one."""
        parser.add_argument("slug", nargs="?", help="short name of one dossier (default: all)")

    def handle(self, *args: Any, slug: str | None, **options: Any) -> None:
        """Print what is not intact, and a count of all."""
        dossiers = Dossier.objects.filter(slug=slug) if slug else Dossier.objects.all()
        if slug and not dossiers.exists():
            raise CommandError(f"There is no dossier “{slug}”.")
        lost = 0
        for dossier in dossiers.order_by("slug"):
            lost += self._check(dossier)
        if lost:
            noun = "passage is" if lost == 1 else "passages are"
            raise CommandError(f"{lost} {noun} lost.", returncode=1)

    def _check(self, dossier: Dossier) -> int:
        counts: Counter[str] = Counter()
        for rows in unwell_of(dossier):
            path = "evidence__position__key" if rows.model is Anchor else "position__key"
            for row in in_words(rows).order_by("health", path, "pk").iterator(1000):
                counts[row.health] += 1
                self._tell(dossier, row, row.health)
        for row in _gone_astray(dossier):
            counts[Health.LOST] += 1
            self._tell(dossier, row, "lost (the stored words differ from the text)")
        total = Evidence.objects.of(dossier).count()
        found = ", ".join(f"{counts[health]} {label}" for health, label in Health.choices[1:])
        noun = "passage" if total == 1 else "passages"
        self.stdout.write(f"{dossier.slug}: {total} {noun}, {found}.")
        return counts[Health.LOST]

    def _tell(self, dossier: Dossier, row: Evidence | Anchor, health: str) -> None:
        position: Position = (row if isinstance(row, Evidence) else row.evidence).position
        rendition = row.rendition
        words = Truncator(row.exact).chars(60) or "(known by hash only)"
        self.stdout.write(
            f"{health}\t{dossier.slug}/{position.key}\t{rendition.article.slug} "
            f"{rendition.kind}.{rendition.language} {rendition.version}\t{words}"
        )


def _gone_astray(dossier: Dossier) -> list[Evidence | Anchor]:
    """Return what claims to stand in a text and does not, text by text."""
    found: list[Evidence | Anchor] = []
    for rendition in Rendition.objects.of(dossier).with_text().order_by("pk").iterator(50):
        for rows in (rendition.evidence, rendition.anchors):
            placed = in_words(rows.filter(start__isnull=False).order_by("pk"))
            found += [row for row in placed if not _stands(row, rendition.text)]
    return found


def _stands(row: Evidence | Anchor, text: str) -> bool:
    known = "" if row.exact else row.sha256
    return stands(Passage(row.start, row.end, row.exact, sha256=known), text)
