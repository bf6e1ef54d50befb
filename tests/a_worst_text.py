"""The text in which places are the hardest to keep."""

from collections.abc import Callable

from astana.evidence.paragraphs import paragraphs_of
from astana.models import Rendition

# What moves places: a leading line break, lines that end in two characters, a sign of two units.
WORST = "\n😀 They met.\r\n\r\nقالت روسيا: we back it 😀 now.\r\nNobody answered."


def a_worst_text(a_rendition: Callable[..., Rendition]) -> Rendition:
    """Return it as a full text, with its paragraphs."""
    found = a_rendition(WORST, kind="full")
    found.paragraphs = [list(pair) for pair in paragraphs_of(WORST)]
    Rendition.objects.filter(pk=found.pk).update(paragraphs=found.paragraphs)
    return found
