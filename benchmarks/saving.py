"""The cost of saving a coding, from the request to the redirect; it is deleted afterwards."""

import io
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.utils.crypto import get_random_string

NAME = "saving a coding"
CODER = "coder-of-the-benchmark"


class Saving:
    """A coder who is signed in, and saves one coding after the other as its form sends it."""

    def __init__(self, size: int) -> None:
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.contrib.sessions.backends.db import SessionStore

        from astana.models import Dossier, Membership, Rendition, User

        self.application = WSGIHandler()
        dossier = Dossier.objects.get(slug=f"generated-{size}")
        self.coder, _ = User.objects.get_or_create(username=CODER)
        Membership.objects.get_or_create(dossier=dossier, user=self.coder, role="coder")
        session = SessionStore()
        session[SESSION_KEY] = str(self.coder.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = self.coder.get_session_auth_hash()
        session.create()
        self.session = session.session_key
        article = f"article-{size // 20}"
        self.address = f"/dossiers/{dossier.slug}/articles/{article}/code/"
        text = Rendition.objects.get(article__dossier=dossier, article__slug=article)
        start, end = text.paragraphs[0]
        self.sent = {
            "rendition": text.pk,
            "start": start,
            "end": end,
            "actor": "Altania",
            "issue": "issue-0",
            "stance": "stance-0",
            "voice": "reported-speech",
            "said": "2017-01-25",
            "do": "save",
        }

    def __call__(self, address: str) -> bytes:
        """Save a coding, and return nothing: the answer is a redirect."""
        token = get_random_string(32)
        body = urlencode(self.sent | {"csrfmiddlewaretoken": token}).encode()
        answered: list[Any] = []
        cookies = {settings.SESSION_COOKIE_NAME: self.session, settings.CSRF_COOKIE_NAME: token}
        response = self.application(
            {
                "REQUEST_METHOD": "POST",
                "SCRIPT_NAME": "",
                "PATH_INFO": address,
                "QUERY_STRING": "",
                "SERVER_NAME": "bench.example",
                "SERVER_PORT": "443",
                "SERVER_PROTOCOL": "HTTP/1.1",
                "CONTENT_TYPE": "application/x-www-form-urlencoded",
                "CONTENT_LENGTH": str(len(body)),
                "HTTP_REFERER": "https://bench.example/",
                "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()),
                "wsgi.url_scheme": "https",
                "wsgi.input": io.BytesIO(body),
                "wsgi.errors": io.StringIO(),
            },
            lambda status, headers: answered.append(status),
        )
        said = b"".join(response)
        response.close()
        if answered != ["302 Found"]:
            raise SystemExit(f"{address} answered {answered[0]} to a coding: {said[:2_000]!r}")
        return b""

    def undo(self) -> None:
        """Delete what was saved, so that every save meets the same dossier."""
        from astana.models import Evidence, Position

        saved = Position.objects.filter(coder=self.coder).order_by()
        Evidence.objects.filter(position__in=saved.values("pk"))._raw_delete("default")
        saved._raw_delete("default")

    def leave(self) -> None:
        """Delete the coder, with the history of what was saved."""
        from astana.models import Evidence, Membership, Position, User

        saved = Position.history.filter(coder=self.coder).values_list("id", flat=True)
        Evidence.history.filter(position_id__in=[*saved]).delete()
        Position.history.filter(coder=self.coder).delete()
        Membership.objects.filter(user=self.coder)._raw_delete("default")
        User.objects.filter(pk=self.coder.pk).delete()
