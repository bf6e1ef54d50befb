"""What a process keeps, forgotten: a rolled back dossier leaves behind what was made of it."""

from astana.models.process_cache import cache, comparisons, counted, held, pages


def forget() -> None:
    """Start as a process does in which nobody has looked at anything yet."""
    for kept in (cache, comparisons, counted, held, pages):
        kept.clear()
