"""The floor: the least cost of a page of fifty rows here (one raw query, a small template)."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from astana.urls import urlpatterns as pages_of_the_site

_QUERY = """
    SELECT position.key, position.summary, position.said, actor.name
    FROM astana_position AS position
    JOIN astana_actor AS actor ON actor.id = position.actor_id
    JOIN astana_dossier AS dossier ON dossier.id = position.dossier_id
    WHERE dossier.slug = %s AND position.public = %s
    ORDER BY position.latest DESC, position.earliest DESC, position.id DESC
    LIMIT 50
"""
_TEMPLATE = """<!doctype html><title>Floor</title><table>{% for row in rows %}<tr>
<th>{{ row.0 }}</th><td>{{ row.1 }}</td><td>{{ row.2 }}</td><td>{{ row.3 }}</td></tr>
{% endfor %}</table>"""


def floor(request: HttpRequest, dossier: str) -> HttpResponse:
    """Answer with the fifty newest positions of a dossier, as simply as Django can."""
    with connection.cursor() as cursor:
        cursor.execute(_QUERY, [dossier, True])
        rows = cursor.fetchall()
    return HttpResponse(_template.render({"rows": rows}, request))


_template = engines["django"].from_string(_TEMPLATE)
urlpatterns = [path("floor/<slug:dossier>/", floor), *pages_of_the_site]
