"""Words as they are compared: one form for every spelling, at write time and at query time."""

import re
import unicodedata

from astana.words.decomposition import decomposed, folded

# Signs that stand for an apostrophe, for the Arabic hamza or ayn, or for a soft sign in a name.
APOSTROPHES = "'`´ʹʻʼʽʾʿˈ‘’‛′＇՚׳ꞌ"
_TO_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))

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

# Marks that are letters in their script, unlike accents and points: Indian and Thai vowels, the
# voicing of kana (か and が are two letters), consonants written below others.
_MARKS_THAT_ARE_LETTERS = re.compile(
    "VOWEL|SARA |HAN-AKAT|LENGTH MARK|VOICED SOUND MARK|CONSONANT SIGN|SUBJOINED"
)
_FIRST_ACCENT = 200  # the least combining class of what stands above or below a letter at will

# Scripts without spaces between words (Thai to Khmer, kana, Han): each letter counts as a word, so
# that a name is found inside a sentence, as a phrase.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
# The signs there that go with the letter before.
_ITS_SIGNS = (
    "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e"
    "\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f"
    "\u109a-\u109d\u17b4-\u17d3\u17dd\u3099\u309a"
)
UNSPACED_LETTER = rf"[{UNSPACED}][{_ITS_SIGNS}]*"
_UNSPACED = re.compile(UNSPACED_LETTER)

# What parts a word in two for some and not for others: a hyphen, a full stop, and without a look a
# zero-width space or non-joiner.
_JOINTS = "-‐‑.\u200b\u200c"
# Between digits a hyphen or full stop always parts: 2.5 is not 25.
_JOINT = re.compile(rf"(?<!\d)[{_JOINTS}]|[{_JOINTS}](?!\d)")
UNSEEN_JOINT = re.compile("[\u200b\u200c]")
_JOINED = re.compile(rf"\w[{_JOINTS}]")
# From the beginning of a word and without a step back: a long word is walked through once.
_COMPOUND = re.compile(rf"(?<![\w'’])[\w'’]++(?:[{_JOINTS}][\w'’]++)+")
# Letters that are also written as two: Müller and Mueller, Ångström and Aangstroem.
_AS_TWO = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe",
     "Ä": "ae", "Ö": "oe", "Ü": "ue", "Å": "aa", "Ø": "oe"}
)  # fmt: skip
_UMLAUT = re.compile(r"\b\w*?[äöüåøÄÖÜÅØ]\w*+")
_MAYBE_UMLAUT = re.compile(r"\w{5,}")
_PAIR = re.compile(r"(?<=\w)([aouAOU])[eE](?=\w)", re.ASCII)
# 1,000 and 1 000 and 1.000 and 1,00,000; one sign throughout.
NUMBER = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?P<sign>[ \u00a0\u2009\u202f,.٬])\d{3}(?:(?P=sign)\d{3})*"
    r"|\d{1,2}(?:,\d\d)+,\d{3})(?!\d)"
)


class _Forms(dict[int, str]):
    """What becomes of each code point after decomposition and case folding; learnt on the way."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        category = unicodedata.category(letter)
        if letter in _LETTERS:
            form = _LETTERS[letter]
        elif letter == "'":
            form = letter
        elif category[0] == "M":
            form = letter if _is_letter(letter) else ""
        elif category == "Cf":
            form = ""  # joiners, soft hyphens and marks of direction
        elif category == "Nd":
            form = str(unicodedata.decimal(letter))
        else:
            form = letter if letter.isalnum() else " "
        self[code] = form
        return form


_FORMS = _Forms()


def _is_letter(mark: str) -> bool:
    return unicodedata.combining(mark) < _FIRST_ACCENT and bool(
        _MARKS_THAT_ARE_LETTERS.search(unicodedata.name(mark, ""))
    )


def normalise(text: str) -> str:
    """Return the words of a text in the form that is compared, with one space between them.

    Case, accents, points, tatweel and hamza are gone, Arabic and Persian letters are one, ё is е, ı
    is i, digits of all scripts are 0 to 9, punctuation is a space. An apostrophe inside a word
    joins (Ja'afari is jaafari), and an English genitive goes (Syria's is syria). Where a script has
    no spaces each letter is a word.
    """
    text = text.translate(_TO_ONE_APOSTROPHE)
    text = folded(text).translate(_FORMS)
    if "'" in text:
        text = _INSIDE.sub("", _POSSESSIVE.sub("", text)).replace("'", " ")
    if not text.isascii():
        text = _UNSPACED.sub(r" \g<0> ", text)
    return " ".join(text.split())


def searchable(text: str) -> str:
    """Return the words of a text as they are stored: with the other forms that they are found by.

    So `ceasefire` finds `cease-fire`, `US` finds `U.S.`, `1000` finds `1,000` and `Mueller` finds
    `Müller`.
    """
    return " ".join([normalise(text), *other_forms(text)])


def other_forms(text: str) -> list[str]:
    """Return what else the words of a text are found by: each form one word, but for parts.

    Compounds as one word, words parted where a sign without a look stands, numbers without what
    groups their digits, umlauts as two letters.
    """
    forms = []
    if _JOINED.search(text):
        for compound in _COMPOUND.finditer(text):
            joined = normalise(_JOINT.sub("", compound[0]))
            forms += [word for word in joined.split() if len(word) > 1]
            if UNSEEN_JOINT.search(compound[0]):
                forms.append(normalise(UNSEEN_JOINT.sub(" ", compound[0])))
    forms += [re.sub(r"\D", "", number[0]) for number in NUMBER.finditer(text)]
    if not text.isascii():
        forms += [as_two_letters(word[0]) for word in _UMLAUT.finditer(_composed(text))]
    return [form for one in forms if (form := normalise(one))]


def as_two_letters(name: str) -> str:
    """Return a name with its umlauts written as two letters: Mueller for Müller."""
    return name if name.isascii() else _composed(name).translate(_AS_TWO)


def as_one_letter(name: str) -> str:
    """Return a name without what may stand for umlauts, Muller for Mueller; short words stay."""
    return _MAYBE_UMLAUT.sub(lambda word: _PAIR.sub(r"\1", word[0]), name)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", decomposed(text))
