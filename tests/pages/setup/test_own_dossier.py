"""From an empty dossier to the first published cell, on the site alone: docs/own-dossier.md."""

import re

import pytest

from astana.models import Dossier, Position, User

pytestmark = pytest.mark.django_db

MOST_INTERACTIONS = 30
TEXT = "The port stays open, the council said.\n\nThe harbour union did not speak."


class Journey:
    """A browser that counts: each link, each button and each field that is filled in is one."""

    def __init__(self, client) -> None:
        self.client, self.html, self.url, self.count = client, "", "", 0

    def open(self, url: str) -> None:
        answer = self.client.get(url, follow=True)
        assert answer.status_code == 200, url
        self.html = answer.content.decode()
        self.url = answer.redirect_chain[-1][0] if answer.redirect_chain else url

    def click(self, href: str) -> None:
        """Follow the link whose address ends so; it has to be on the page."""
        [link, *_others] = re.findall(rf'href="([^"]*{re.escape(href)})"', self.html)
        self.count += 1
        self.open(link)

    def send(self, *, to: str = "", hidden: dict | None = None, button: str = "", **typed) -> None:
        """Fill in fields, all of which have to be on the page, and press the button."""
        for name in typed:
            assert re.search(rf'name="{name}"', self.html), name
        self.count += len(typed) + 1
        do = {"do": button} if button else {}
        answer = self.client.post(to or self.url, typed | do | (hidden or {}), follow=True)
        assert answer.status_code == 200, answer.content.decode()
        self.html = answer.content.decode()
        self.url = answer.redirect_chain[-1][0] if answer.redirect_chain else self.url


def test_an_empty_dossier_has_its_first_cell_in_thirty_interactions_without_the_admin(client):
    client.force_login(User.objects.create_user("owner"))
    way = Journey(client)
    way.open("/dossiers/new/")
    # 1. Begin: nothing but a title.
    way.send(title="The port")
    dossier = Dossier.objects.get()
    way.count = 0
    # 2. The empty dossier leads to its set-up, which asks for the parties.
    way.click("/setup/")
    way.send(names="Council\nHarbour union", kind="organization")
    # 3. A question by a template.
    way.click("/setup/codebook/")
    title, question = "Closing the port", "Should the port be closed?"
    way.send(button="template", template="for-against", title=title, question=question)
    # 4. An article of a new source.
    way.click("/articles/new/")
    way.send(button="read", text=TEXT)
    said = {"language": "en", "coverage": "full", "rights": "members", "text": TEXT}
    about = {"title": "Council: no", "new_source": "Gazette", "published": "2026-03-01"}
    way.send(button="save", hidden=said, **about)
    # 5. A passage is chosen in the text, and coded.
    way.count += 1
    way.open(f"{way.url}?start=0&end=37")
    passage = dict(re.findall(r'name="(rendition|start|end)" value="(\d+)"', way.html))
    coded = {"actor": "Council", "issue": "closing-the-port", "stance": "against"}
    given = passage | {"voice": "reported-speech", "said": "2026-03-01"}
    way.client.get(f"{way.url}&issue=closing-the-port")
    way.count += len(coded) + 1 + 1  # The day is typed as well.
    answer = way.client.post(way.url.partition("?")[0], given | coded | {"do": "submit"})
    assert answer.status_code == 302, answer.content.decode()
    # 6. Alone in the dossier, the owner lets reviewers publish their own codings.
    way.open(dossier.get_absolute_url())
    way.click("/settings/")
    revision = re.search(r'name="revision" value="(\d+)"', way.html)[1]
    kept = {"title": "The port", "visibility": "members", "revision": revision}
    way.send(hidden=kept, own_publishing="on")
    way.click("/review/")
    position = Position.objects.get()
    decided = {"decision": "publish", "revision": str(position.revision)}
    way.send(to=f"/dossiers/{dossier.slug}/review/{position.key}/", hidden=decided)
    position.refresh_from_db()
    assert position.status == "published"
    # 7. The cell stands in the comparison.
    way.click("/compare/")
    [cell] = re.findall(r"<td[^>]*>(?:(?!</td>).)*Against.*?</td>", way.html, re.DOTALL)
    assert "1 Mar 2026" in cell
    assert way.count <= MOST_INTERACTIONS


def test_a_coder_of_a_dossier_without_issues_is_told_whom_to_ask(client, a_member, a_rendition):
    rendition = a_rendition()
    url = f"/dossiers/talks/articles/{rendition.article.slug}/code/?start=0&end=9"
    client.force_login(a_member("bob", role="coder"))
    html = client.get(url).content.decode()
    assert "no issue yet" in html
    assert "/setup/" not in html
    client.force_login(a_member("carol", role="reviewer"))
    assert "/setup/codebook/" in client.get(url).content.decode()
