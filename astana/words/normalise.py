"""Words as they are compared: one form for every spelling, at write time and at query time."""

import re
import unicodedata

from astana.words.decomposition import folded

# Signs that stand for an apostrophe, for the Arabic hamza or ayn, or for a soft sign in a name.
_APOSTROPHES = str.maketrans(dict.fromkeys("`´ʹʻʼʽʾʿˈ‘’‛′＇՚׳ꞌ", "'"))

# Letters that Unicode does not take apart, and forms of one letter that keyboards and languages
# write differently. Hamza is written or left out at will, so it goes; Arabic and Persian share.
_LETTERS = {
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ħ": "h",
    "ك": "ک",
    "ي": "ی",
    "ى": "ی",
    "ې": "ی",
    "ة": "ه",
    "ە": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ٱ": "ا",
    "ء": "",
    "ـ": "",  # tatweel only stretches a word
}

_POSSESSIVE = re.compile(r"(?<=\w)'s\b")
_INSIDE = re.compile(r"(?<=\w)'+(?=\w)")
_CONNECTOR = re.compile(r"[-‐‑.]")
_CONNECTED = re.compile(r"\w[-‐‑.]\w")
# From the beginning of a word and without a step back: a long word is walked through once.
_COMPOUND = re.compile(r"(?<![\w'’])[\w'’]++(?:[-‐‑.][\w'’]++)+")


class _Forms(dict[int, str]):
    """What becomes of each code point after decomposition and case folding; learnt on the way."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        category = unicodedata.category(letter)
        if letter in _LETTERS:
            form = _LETTERS[letter]
        elif letter == "'":
            form = letter
        elif category[0] == "M" or category == "Cf":
            form = ""  # combining marks, joiners and marks of direction
        elif category == "Nd":
            form = str(unicodedata.decimal(letter))
        else:
            form = letter if letter.isalnum() else " "
        self[code] = form
        return form


_FORMS = _Forms()


def normalise(text: str) -> str:
    """Return the words of a text in the form that is compared, with one space between them.

    Case, accents, vowel signs, tatweel and hamza are gone, Arabic and Persian letters are one, ё is
    е, ı is i, digits of all scripts are 0 to 9, punctuation is a space. An apostrophe inside a word
    joins (Ja'afari is jaafari), and an English genitive goes (Syria's is syria).
    """
    text = text.translate(_APOSTROPHES)
    text = folded(text).translate(_FORMS)
    if "'" in text:
        text = _INSIDE.sub("", _POSSESSIVE.sub("", text)).replace("'", " ")
    return " ".join(text.split())


def searchable(text: str) -> str:
    """Return the words of a text as they are stored: compounds can also be found as one word.

    So `ceasefire` finds `cease-fire`, and `US` finds `U.S.`.
    """
    words = normalise(text)
    if not _CONNECTED.search(text):
        return words
    compounds = (_CONNECTOR.sub("", found[0]) for found in _COMPOUND.finditer(text))
    return " ".join([words, *map(normalise, compounds)])
