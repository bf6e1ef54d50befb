"""The documents of a dossier, each beside the earlier text with the same signatories."""

from dataclasses import dataclass
from typing import Any

from astana.comparison.documents import TextComparison
from astana.models import Document, Dossier, Position
from astana.models.between_texts import (
    compared,
    examined_for,
    is_speaking,
    previous_texts,
    provided_by,
    signed_by,
)


@dataclass(frozen=True)
class Text:
    """A document with how many signed it and the number of issues that it has provisions on.

    `before` is the newest earlier text with the same signatories, and `compared` what became of
    it; None where there is none.
    """

    document: Document
    signed: int
    provides: int
    before: Document | None
    compared: TextComparison | None


def texts_of(
    shown: list[Document], *, every: list[Document], dossier: Dossier, user: Any
) -> list[Text]:
    """Return documents with what each left out of the text before it; three queries.

    `every` are all documents of the dossier in the order of their dates.
    """
    signed = signed_by(every)
    before = previous_texts(every, signed)
    asked = list(
        {text.pk: text for one in shown for text in (one, before[one.pk]) if text}.values()
    )
    provisions = provided_by(asked, Position.objects.visible_to(user).of(dossier))
    examined = examined_for(*asked)
    texts = []
    for one in shown:
        earlier = before[one.pk]
        own = {
            position.issue_id
            for position in provisions
            if position.document_id == one.pk and is_speaking(position)
        }
        texts.append(
            Text(
                document=one,
                signed=len(signed[one.pk]),
                provides=len(own),
                before=earlier,
                compared=compared(earlier, one, provisions, examined) if earlier else None,
            )
        )
    return texts
