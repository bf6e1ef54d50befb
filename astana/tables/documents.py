"""A document with who put their name to it, and what it provides."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from astana.models import Document, Dossier, Issue, Position, Signature
from astana.tables.positions import in_words


@dataclass(frozen=True)
class DocumentDetail:
    """Signatures by status, and provisions by issue: one position for each signatory."""

    signatures: list[tuple[str, str, list[Signature]]]
    provisions: list[tuple[Issue, list[Position]]]

    @property
    def signed(self) -> int:
        """How many signed."""
        return sum(len(names) for status, _, names in self.signatures if status == "signed")


def document_detail(document: Document, *, dossier: Dossier, user: Any) -> DocumentDetail:
    """Return who signed and what was agreed; three queries."""
    found = document.signatures.select_related("actor").order_by("actor__sort_name")
    by_status: dict[str, list[Signature]] = {}
    for signature in found:
        by_status.setdefault(signature.status, []).append(signature)
    positions = in_words(
        Position.objects.visible_to(user).of(dossier).filter(document=document)
    ).order_by("issue__order", "issue__slug", "actor__sort_name", "stance__order", "key")
    return DocumentDetail(
        signatures=[
            (status.value, str(status.label), by_status[status.value])
            for status in Signature.Status
            if status.value in by_status
        ],
        provisions=[
            (issue, list(part)) for issue, part in groupby(positions, key=lambda p: p.issue)
        ],
    )
