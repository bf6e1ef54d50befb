"""What a word may have been meant as, if one of its letters is wrong, missing, too many or swapped.

Made of the word alone, and not looked up among known words: so nothing is learnt of words that a
reader may not see, and it costs the same however many there are.
"""

import unicodedata

# Shorter words are one letter away from too many others.
SHORTEST = 4
LONGEST = 30

# The letters of each script in the form of `normalise`, by the first word of their Unicode names.
_LETTERS = {
    "LATIN": "abcdefghijklmnopqrstuvwxyz",
    "CYRILLIC": "абвгдежзиклмнопрстуфхцчшщъыьэюяєіїјљњћџґ",
    "GREEK": "αβγδεζηθικλμνξοπρστυφχψω",
    "HEBREW": "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
    "ARABIC": "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنهوی",
}


def one_letter_off(word: str) -> frozenset[str]:
    """Return the words that are one wrong, missing, added or swapped letter away from a word.

    The word is in the form of `normalise`. Empty where it is short, long or has digits. Where a
    script has other letters than those of `_LETTERS`, letters are only left out or swapped.
    """
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return frozenset()
    letters = _LETTERS.get(unicodedata.name(word[0], "").partition(" ")[0], "")
    parted = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    left_out = {start + end[1:] for start, end in parted if end}
    swapped = {start + end[1] + end[0] + end[2:] for start, end in parted if len(end) > 1}
    other = {start + letter + end[1:] for start, end in parted if end for letter in letters}
    added = {start + letter + end for start, end in parted for letter in letters}
    return frozenset(left_out | swapped | other | added) - {word}
