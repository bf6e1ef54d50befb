"""A browser that asks a site of several nodes: one node directly, or the proxy."""

import ssl
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode
from uuid import uuid4

from lxml import html

from benchmarks.two_nodes import HOST, Part

# The certificate of the proxy is self-signed.
_UNPROVEN = ssl._create_unverified_context()
_PATIENCE = 40
# Typed or chosen values by field name.
Values = dict[str, str | list[str] | tuple[str, bytes]]


@dataclass
class Answer:
    """The answer; status 0 if there was none."""

    status: int
    text: str = ""
    heads: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def leads_to(self) -> str:
        """Where a form redirected to; empty if it was refused."""
        return self.heads.get("location", "") if 300 <= self.status < 400 else ""


@dataclass
class Reader:
    """A browser with its cookies and its client address."""

    proxy: Part
    address: str = "192.0.2.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, at: Part) -> Answer:
        """Open a page."""
        return self._ask("GET", path, at)

    def sign_in(self, name: str, password: str, at: Part) -> Answer:
        """Sign in."""
        return self.send("/accounts/login/", {"login": name, "password": password}, at, at)

    def send(
        self, path: str, values: Values, at: Part, to: Part, *, having: str = "", action: str = ""
    ) -> Answer:
        """Open a page on one node, and send a form of it to another.

        It is the first that has a field, or that leads somewhere; else that has what is filled in.
        """
        page = self.get(path, at)
        if page.status != 200:
            return page
        named = {having} if having else values.keys()
        for form in html.fromstring(page.text).forms:
            is_meant = form.action == action if action else named <= set(form.fields.keys())
            if form.method == "POST" and is_meant:
                break
        else:
            return Answer(0, f"No form at {path} is the one for {action or named}.")
        filled: Values = {}
        for name, value in form.form_values():
            filled[name] = value
        return self._ask("POST", form.action or path, to, filled | values)

    def _ask(self, method: str, path: str, at: Part, values: Values | None = None) -> Answer:
        is_proxy = at is self.proxy
        connection = (
            HTTPSConnection("127.0.0.1", at.port, timeout=_PATIENCE, context=_UNPROVEN)
            if is_proxy
            else HTTPConnection("127.0.0.1", at.port, timeout=_PATIENCE)
        )
        heads = {"Host": HOST, "Referer": f"https://{HOST}/"}
        if not is_proxy:
            heads |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": self.address}
        if self.cookies:
            heads["Cookie"] = "; ".join(f"{name}={one}" for name, one in self.cookies.items())
        body = None
        if values is not None:
            heads["Content-Type"], body = _body(values)
        since = time.monotonic()
        try:
            connection.request(method, path, body=body, headers=heads)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        except (OSError, HTTPException) as error:
            return Answer(0, str(error), seconds=time.monotonic() - since)
        finally:
            connection.close()
        for name, one in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookies |= {key: kept.value for key, kept in SimpleCookie(one).items()}
        # A deleted cookie comes back empty.
        self.cookies = {key: one for key, one in self.cookies.items() if one}
        found = {name.lower(): one for name, one in answer.getheaders()}
        return Answer(answer.status, text, found, time.monotonic() - since)


def _body(values: Values) -> tuple[str, bytes]:
    """Return the kind of a form and what is sent of it; a pair is a file."""
    files = {name: one for name, one in values.items() if isinstance(one, tuple)}
    if not files:
        return "application/x-www-form-urlencoded", urlencode(values, doseq=True).encode()
    mark, parts = uuid4().hex, []
    for name, one in values.items():
        file, content = one if isinstance(one, tuple) else ("", str(one).encode())
        named = f'; filename="{file}"' if file else ""
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
        parts += [head.encode(), content, b"\r\n"]
    return f"multipart/form-data; boundary={mark}", b"".join([*parts, f"--{mark}--\r\n".encode()])
