"""People with accounts who go through the site by the words on its pages, and follow a guide."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client
from django.utils.text import slugify
from lxml import html

WORDS = re.compile(r"\s+")


def says(found: str, words: str) -> bool:
    """Whether words are those asked for; with `…` at the end, whether they begin so."""
    return found.startswith(words[:-1]) if words.endswith("…") else found == words


class Guide:
    """A guide, and what it names in italics that has not been pressed or seen yet."""

    def __init__(self, name: str) -> None:
        self.text = Path(f"docs/{name}").read_text()
        named = re.findall(r"(?<!\*)\*([^*]+?)\*(?!\*)", self.text)
        self.left = {WORDS.sub(" ", words) for words in named}

    def follow(self, words: str) -> None:
        """Say that something has been pressed or seen."""
        self.left -= {one for one in self.left if one.casefold() == words.casefold()}


def words_of(element, *, whole: bool = False) -> str:
    """Return the words of an element; `whole` with those that only a screen reader reads."""
    hidden = "ancestor-or-self::*[@aria-hidden='true'%s]"
    hidden %= "" if whole else " or contains(@class, 'visually-hidden')"
    shown = (text for text in element.xpath(".//text()") if not text.getparent().xpath(hidden))
    return WORDS.sub(" ", "".join(shown)).strip()


class Person:
    """A browser without scripts that counts: each link, button and field is one interaction."""

    def __init__(self, user, *guides: Guide) -> None:
        self.client, self.guides, self.name = Client(), guides, user.get_username()
        self.url, self.count = "/", 0
        self.client.force_login(user)

    def open(self, url: str) -> None:
        """Go to an address, as seen from the page that is open."""
        url = urljoin(self.url, url)
        self._show(url, self.client.get(url, follow=True))

    def press(self, words: str, *, within: str = "", status: int = 200) -> None:
        """Follow the link, or press the button, that says so; `within` words of its row."""
        self.count += 1
        found = self._find(words, within=within)
        self._follow(words)
        if found.tag == "a":
            self.open(found.get("href"))
        else:
            self._send(found, status)

    def fill(self, **typed) -> None:
        """Fill in fields by their names or ids, all of which have to be on the page."""
        for name, value in typed.items():
            self.count += 1
            [first, *others] = self._fields(name)
            if first.get("type") in ("checkbox", "radio"):
                wanted = value if isinstance(value, list) else [value]
                boxes = [(one, self._label(one)) for one in (first, *others)]
                ticked = [box for box, label in boxes if any(says(label, w) for w in wanted)]
                assert len(ticked) == len(wanted), boxes
                for one in (first, *others):
                    if one.get("type") == "radio":
                        one.attrib.pop("checked", None)
                for one in ticked:
                    one.set("checked", "")
            elif first.tag == "select":
                chosen = [one for one in first.iter("option") if words_of(one) == value]
                assert chosen, (name, value, [words_of(one) for one in first.iter("option")])
                first.value = chosen[0].get("value", value)
            else:
                first.value = value

    def way_to(self, words: str) -> str:
        """Return the address that a link leads to."""
        return urljoin(self.url, self._find(words, within="").get("href"))

    def rows_of(self, number: int) -> list[list[str]]:
        """Return the words of the cells of one table of the page, without its head."""
        table = self.page.xpath("//table")[number]
        return [
            [words_of(cell) for cell in row.xpath("./th | ./td")]
            for row in table.xpath(".//tbody/tr")
        ]

    def sees(self, *words: str) -> None:
        """Say that words are on the page, in whatever case."""
        text = words_of(self.page.body, whole=True).casefold()
        for one in words:
            assert one.casefold() in text, (one, text)
            self._follow(one)

    def _show(self, url: str, answer, status: int = 200) -> None:
        assert answer.status_code == status, (url, answer.status_code, self._problems(answer))
        for to, _status in answer.redirect_chain:
            url = urljoin(url, to)
        self.url = url
        self.page = html.fromstring(answer.content.decode())

    def _problems(self, answer) -> list[str]:
        page = html.fromstring(answer.content.decode())
        return [words_of(one) for one in page.xpath("//*[@role='alert'] | //*[@class='errorlist']")]

    def _find(self, words: str, *, within: str):
        everything = self.page.xpath("//main//a[@href] | //main//button")
        everything += self.page.xpath("//header//a[@href]")
        for one in everything:
            if not (says(words_of(one), words) or says(words_of(one, whole=True), words)):
                continue
            rows = one.xpath("ancestor::*[self::li or self::tr or self::section][1]")
            if not within or (rows and within in words_of(rows[0])):
                return one
        named = sorted({words_of(one) for one in everything})
        raise AssertionError(f"{words!r} is not on {self.url}: {named}")

    def _fields(self, name: str) -> list:
        fields = self.page.xpath(
            "//main//*[@name=$name or @id=$name][not(@type='hidden')]", name=name
        )
        named = {one.get("name") for one in self.page.xpath("//main//*[@name]")}
        assert fields, f"{name!r} is not on {self.url}: {sorted(named)}"
        return fields

    def _label(self, field) -> str:
        """Return the words beside a box, or those that name it to a screen reader."""
        if field.get("aria-label"):
            return field.get("aria-label")
        labels = field.xpath("ancestor::label | //label[@for=$id]", id=field.get("id", "-"))
        return words_of(labels[0], whole=True)

    def _send(self, button, status: int) -> None:
        if name := button.get("form"):
            [form] = self.page.xpath("//form[@id=$name]", name=name)
        else:
            form = button.xpath("ancestor::form")[0]
        elsewhere = self.page.xpath("//*[@form=$name]", name=form.get("id", "-"))
        inside = [one for one in form.iter() if not one.get("form")]
        data: dict[str, list[str]] = {}
        for one in (*inside, *elsewhere):
            for value in _values(one):
                data.setdefault(one.get("name"), []).append(value)
        if button.get("name"):
            data.setdefault(button.get("name"), []).append(button.get("value", ""))
        to = button.get("formaction") or form.get("action") or ""
        url = urljoin(self.url.partition("#")[0], to)
        method = self.client.post if form.get("method", "get") == "post" else self.client.get
        self._show(url, method(url, data, follow=True), status)

    def _follow(self, words: str) -> None:
        for guide in self.guides:
            guide.follow(words)


def _values(field) -> list[str]:
    """Return what a browser would send of one field."""
    if not isinstance(field.tag, str) or not field.get("name") or "disabled" in field.attrib:
        return []
    match field.tag, field.get("type"):
        case "input", "checkbox" | "radio":
            return [field.get("value", "on")] if "checked" in field.attrib else []
        case "input", "file" | "submit" | "button":
            return []
        case "input", _:
            return [field.get("value", "")]
        case "textarea", _:
            return [(field.value or "").removeprefix("\n")]
        case "select", _:
            chosen = field.value
            return list(chosen) if "multiple" in field.attrib else [chosen or ""]
    return []


def codes(person, sentence, actor, issue, stance, *, then="Save and submit", **more) -> None:
    """Choose a sentence, and say what it says."""
    person.press(sentence)
    person.fill(actor=actor, issue=issue)
    person.press("Show its stances")
    person.fill(stance=stance, **more)
    person.press(then)


def sends(person, way, actor, issue, stance, *, day) -> None:
    """Send at once what the form of a sentence sends: so many pages would take their time."""
    slugs = {name: slugify(name) for name in (issue, stance)}
    passage = dict(parse_qsl(urlsplit(way).query))
    said = {"actor": actor, "issue": slugs[issue], "stance": slugs[stance], "said": day}
    data = passage | said | {"voice": "reported-speech", "do": "submit"}
    assert person.client.post(urlsplit(way).path, data).status_code == 302
