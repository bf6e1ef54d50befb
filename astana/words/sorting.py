"""The order of names: by letters, whatever their case and accents."""

import unicodedata

from astana.words.decomposition import decomposed

# A name may be longer without its accents: a Hangul syllable is three letters, ﷺ is eighteen.
LONGEST_SORT_KEY = 400


def sort_key(name: str) -> str:
    """Return a name without case and accents, so that databases order it as readers expect."""
    plain = decomposed(name.casefold())
    return "".join(one for one in plain if not unicodedata.combining(one))[:LONGEST_SORT_KEY]
