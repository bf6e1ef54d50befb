"""How we know of a position, wherever a page shows one."""

from django import template

from astana.models.voice_words import how_known, voice_of

register = template.Library()
register.filter("voice_of", voice_of)
register.filter("how_known", how_known)
