"""What a word in the form that is compared may hold."""

import unicodedata


def is_word(word: str) -> bool:
    """Return whether it has letters, digits and signs that are letters alone (Hindi vowels)."""
    return bool(word) and all(unicodedata.category(letter)[0] in "LNM" for letter in word)
