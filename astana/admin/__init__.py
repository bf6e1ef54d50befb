"""Data entry by hand: Django's admin, a file for each noun and its parts."""

from astana.admin import (  # noqa: F401  (each registers its nouns)
    actor,
    article,
    data_import,
    desk,
    document,
    dossier,
    event,
    evidence,
    issue,
    position,
    rendition,
    source,
    user,
)
