"""How we know of a position, in words: the same wherever it is shown."""

from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from astana.models import Position
from astana.models.positions.listed import Listed

_HOW = {
    Position.Voice.DIRECT_QUOTE: gettext_lazy("quoted"),
    Position.Voice.REPORTED_SPEECH: gettext_lazy("reported"),
    Position.Voice.DOCUMENT: gettext_lazy("in a document"),
    Position.Voice.ACT: gettext_lazy("by an act"),
    Position.Voice.CHARACTERISED: gettext_lazy("characterised by the source"),
}

_FLAGS = {
    "is_disputed": gettext_lazy("disputed"),
    "is_contested": gettext_lazy("contested"),
    "has_source_error": gettext_lazy("source error"),
}


def how_words(voice: str, *, by: str = "", speaker: str = "", authority: str = "") -> str:
    """Return how we know, in a word or two.

    `by` is the actor that a claim is attributed by, `speaker` who said so for that actor.
    """
    return _how_words(voice, by, speaker, authority, get_language())


@lru_cache(maxsize=1024)
def _how_words(voice: str, by: str, speaker: str, authority: str, language: str | None) -> str:
    if voice != Position.Voice.ATTRIBUTED:
        return str(_HOW[voice])
    names = {"name": by, "speaker": speaker}
    if authority == Position.Authority.FOR_ACTOR:
        if speaker:
            # Translators: a person who says so for another actor, such as its own ministry.
            return _("said for it by %(speaker)s, for %(name)s") % names
        # Translators: an actor with authority to speak, such as its own spokesman.
        return _("said for it by %(name)s") % names
    if speaker:
        # Translators: a person, and the actor they speak for, who say so of somebody else.
        return _("attributed by %(speaker)s, for %(name)s") % names
    return _("attributed by %(name)s") % names


def voice_words(voice: str, *, by: str = "", speaker: str = "", authority: str = "") -> str:
    """Return the name of a first-hand voice, and of any other `how_words`, for tables and facts."""
    if voice in Position.FIRST_HAND:
        return str(Position.Voice(voice).label)
    return how_words(voice, by=by, speaker=speaker, authority=authority)


def voice_of(position: Position | Listed) -> SafeString:
    """Return `voice_words` of a position, with each name in an element of its own."""
    by, speaker = (
        f"<bdi>{escape(one.name)}</bdi>" if one else ""
        for one in (position.attributed_by, None if position.first_hand else position.speaker)
    )
    return mark_safe(
        voice_words(position.voice, by=by, speaker=speaker, authority=position.authority)
    )


def how_known(position: Position | Listed) -> SafeString:
    """Return how we know of a position, with a flag for what is to be known of it.

    It is flagged where it is second-hand, and where it is marked as disputed, contested or an error
    of its source.
    """
    flags = [
        words
        for name, words in _FLAGS.items()
        # They are marked only where that is to be said.
        if getattr(position, name, False)
    ]
    flag = "" if position.first_hand else ' class="flag"'
    marks = "".join([f'<span class="flag">{escape(str(words))}</span>' for words in flags])
    return mark_safe(f'<span class="meta"><span{flag}>{voice_of(position)}</span>{marks}</span>')
