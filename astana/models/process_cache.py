"""What each process keeps in its own memory: data derived from a dossier as of its version.

Django's default cache is shared between processes, as limits on tries must be, and asking it costs
a query where it is a table of the database. What is derived from a version is the same in every
process, so that none has to ask another for it.
"""

from django.core.cache import caches
from django.utils.connection import ConnectionProxy

cache = ConnectionProxy(caches, "process")
# Few at a time: a large comparison takes most of a megabyte. What is read is the thing itself, so
# that nobody may change it.
comparisons = ConnectionProxy(caches, "comparisons")
# The same of what was counted in dossiers, which each page asks for.
counted = ConnectionProxy(caches, "counted")
# Of what many pages ask for, the things themselves: the choices of lists, names of actors.
held = ConnectionProxy(caches, "held")
# Whole pages as anybody gets them, for those who ask after one another (astana/caching.py).
pages = ConnectionProxy(caches, "pages")
# How often a client reads: of all processes where there is a Redis, else of each for itself.
counts = ConnectionProxy(caches, "counts")
