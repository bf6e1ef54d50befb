"""The forms of a page as a browser would send them, with something in every field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

from django.test import Client
from django.urls import resolve

WORDS = {
    "email": "somebody.else@example.org",
    "date": "2017-01-05",
    "number": "1",
    "url": "https://news.example/talks",
    "search": "talks",
    "password": "a-Secret-of-7-words",
}


@dataclass
class Form:
    """One form: where it goes and how, its fields in their order, and the buttons that send it.

    `names` are those of all its fields; `values` are what a browser would send of them.
    `words` are the names of those in which words are typed.
    """

    action: str
    method: str
    names: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    values: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def view(self) -> str:
        """The name of the view that it goes to."""
        return resolve(urlsplit(self.action).path).view_name

    def sent(self) -> list[tuple[str, dict[str, list[str]]]]:
        """Return, for each button, the address and what is sent there."""
        found = []
        for action, name, value in self.buttons or [("", "", "")]:
            pairs = [*self.values, *([(name, value)] if name else [])]
            data: dict[str, list[str]] = {}
            for key, words in pairs:
                data.setdefault(key, []).append(words)
            found.append((action or self.action, data))
        return found


class _Forms(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms = page, {}
        self._form, self._select, self._area = None, None, None

    def handle_starttag(self, tag, attributes):
        a = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._form = a.get("id") or f"form {len(self.forms)}"
            action, method = a.get("action") or self.page, a.get("method", "get").lower()
            self.forms[self._form] = Form(action, method)
            return
        form = self.forms.get(a.get("form", self._form))
        if form is None or "disabled" in a:
            return
        name, kind = a.get("name", ""), a.get("type", "text")
        form.names.add(name)
        if tag == "textarea" or (tag == "input" and kind in ("text", "search")):
            form.words.add(name)
        if tag == "button" and kind in ("submit", "text"):
            form.buttons.append((a.get("formaction", ""), name, a.get("value", "")))
        elif tag == "select" and name:
            self._select = (form, name, [])
        elif tag == "option" and self._select:
            self._select[2].append((a.get("value", ""), "selected" in a))
        elif tag == "textarea" and name:
            self._area = (form, name, "")
        elif tag == "input" and name and kind not in ("file", "submit", "button"):
            if kind in ("checkbox", "radio"):
                known = {one for one, _words in form.values}
                if "checked" in a or (kind == "radio" and name not in known):
                    form.values = [(k, w) for k, w in form.values if kind != "radio" or k != name]
                    form.values.append((name, a.get("value", "on")))
            else:
                form.values.append((name, a.get("value") or WORDS.get(kind, "Words")))

    def handle_data(self, data):
        if self._area:
            form, name, words = self._area
            self._area = (form, name, words + data)

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select" and self._select:
            form, name, options = self._select
            chosen = [value for value, is_chosen in options if is_chosen]
            some = [value for value, _is in options if value]
            if chosen or some:
                form.values.append((name, (chosen and chosen[0]) or (some or [""])[0]))
            self._select = None
        elif tag == "textarea" and self._area:
            form, name, words = self._area
            form.values.append((name, words.strip() or "Words of it."))
            self._area = None


def forms_of(html: str, *, page: str, method: str = "post") -> list[Form]:
    """Return the forms of a page that write, each field filled in; files are left out.

    With the method `get` they are those that ask.
    """
    parser = _Forms(page)
    parser.feed(html)
    return [form for form in parser.forms.values() if form.method == method]


def post(client: Client, action: str, data: Mapping[str, object]):
    """Send a form without files as a browser does, which takes less than one with files."""
    return client.post(
        action, urlencode(data, doseq=True), content_type="application/x-www-form-urlencoded"
    )
