"""Setting up a dossier on the site: whoever reviews adds, edits, finds and removes all of it."""

import pytest
from django.urls import reverse

from astana.models import Actor, Article, Event, Issue, Membership, Source, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client, a_member):
    client.force_login(a_member("carol", role="reviewer"))
    return client


def at(what: str, *parts: str) -> str:
    return reverse(f"setup:{what}", args=["talks", *parts])


def filled(page, **changes: str) -> dict[str, str]:
    """Return what a browser would send of the page's forms, with changes."""
    editing = page.context["editing"]
    forms = [editing.form]
    for _rows, formset in editing.rows:
        forms += [formset.management_form, *formset]
    values = {form.add_prefix(name): form[name].value() for form in forms for name in form.fields}
    sent = {name: v for name, v in values.items() if v is not None and v is not False and v != ""}
    return sent | {name.replace("__", "-"): value for name, value in changes.items()}


def send(client, url: str, **changes: str):
    return client.post(url, filled(client.get(url), **changes))


def test_an_actor_is_entered_with_its_names_and_affiliations(reviewer, an_actor):
    an_actor("russia")
    answer = send(
        reviewer, at("new", "actors"), name="Sergei Lavrov", kind="person", names__0__name="Лавров",
        names__0__language="ru", affiliations__0__body="Russia", affiliations__0__role="minister",
        affiliations__0__start="2004-03-09", then="stay",
    )  # fmt: skip
    assert answer["Location"] == (edit := at("edit", "actors", "sergei-lavrov"))
    actor = Actor.objects.get(slug="sergei-lavrov")
    assert [str(name) for name in actor.names.all()] == ["Лавров"]
    [affiliation] = actor.affiliations.all()
    assert str(affiliation) == "Sergei Lavrov, minister (Russia, 2004-03-09/)"
    # A row that nobody has touched is not written anew; one that is ticked goes.
    assert send(reviewer, edit, names__0__DELETE="on").status_code == 302
    assert not actor.names.exists()
    affiliation.refresh_from_db()
    assert affiliation.revision == 1


def test_an_event_has_its_participants_and_a_document_its_signatories(reviewer, an_actor):
    an_actor("russia")
    an_actor("turkey")
    new = at("new", "events")
    rows = {"participations__0__actor": "Russia", "participations__0__role": "sponsor"}
    assert send(reviewer, new, name="First round", start="2017-01-23", **rows).status_code == 302
    event = Event.objects.get()
    assert event.end == event.start
    assert [str(one) for one in event.participations.all()] == ["Russia: sponsor"]
    rows = {"signatures__0__actor": "turkey", "signatures__0__status": "signed"}
    new = at("new", "documents")
    answer = send(reviewer, new, title="Statement", date="2017-01-24", event=str(event.pk), **rows)
    assert answer.status_code == 302
    document = event.documents.get()
    assert [str(one) for one in document.signatures.all()] == ["Turkey: signed"]
    # Its clauses are gone through on the page for that, which is one click away.
    html = reviewer.get(at("edit", "documents", document.slug)).content.decode()
    assert reverse("looked_for:document", args=["talks", document.slug]) in html


def test_a_name_that_is_there_in_another_spelling_is_offered_before_another_is_made(
    reviewer, an_actor, a_source
):
    an_actor("turkey", name="Türkiye")
    a_source("gazette", name="The Gazette")
    new = at("new", "actors")
    for changes in ({"name": "turkiye"}, {"name": "Ankara", "names__0__name": "TÜRKIYE"}):
        language = "tr" if "names__0__name" in changes else ""
        page = send(reviewer, new, kind="state", names__0__language=language, **changes)
        assert page.status_code == 422
        assert at("edit", "actors", "turkey") in page.content.decode()
    assert Actor.objects.count() == 1
    again = filled(page, is_another="on")
    assert reviewer.post(new, again).status_code == 302
    assert Actor.objects.count() == 2
    page = send(reviewer, at("new", "sources"), name="the gazette")
    assert page.status_code == 422
    assert Source.objects.count() == 1


def test_who_saves_what_somebody_else_has_changed_sees_both_versions(reviewer, an_actor, a_dossier):
    event = Event.objects.create(
        dossier=a_dossier(), slug="round", name="Round", start="2017-01-23", end="2017-01-24"
    )
    part = event.participations.create(actor=an_actor("russia"), role="host")
    url = at("edit", "events", "round")
    mine = filled(reviewer.get(url), name="Mine", participations__0__role="party")
    event.name = "Theirs"
    event.save()
    part.role = "observer"
    part.save()
    page = reviewer.post(url, mine)
    assert page.status_code == 422
    html = page.content.decode()
    assert "Theirs" in html
    assert "Mine" in html
    assert "observer" in html
    event.refresh_from_db()
    assert event.name == "Theirs"
    # Sent once more, it is saved on top.
    assert reviewer.post(url, filled(page)).status_code == 302
    event.refresh_from_db()
    assert (event.name, event.participations.get().role) == ("Mine", "party")


def test_what_something_uses_is_not_removed_and_it_is_said_what_uses_it(
    reviewer, a_position, a_rendition, an_issue
):
    a_position(actor="russia", attributed_by=None)
    for kind, record, uses in (
        ("actors", "russia", "Positions: 1"),
        ("issues", "cease-fire", "Positions: 1"),
        ("sources", a_rendition().article.source.slug, "Articles: 1"),
    ):
        page = reviewer.post(at("remove", kind, record), {"revision": "1"})
        assert page.status_code == 422
        assert uses in page.content.decode()
    an_issue("borders")
    # What nothing uses goes with its parts, if it is still what was looked at.
    Issue.objects.filter(slug="borders").update(title="Frontiers")
    url = at("remove", "issues", "borders")
    assert reviewer.post(url, {"revision": "1"}).status_code == 422
    assert reviewer.post(url, {"revision": "2"}).status_code == 302
    assert [one.slug for one in Issue.objects.all()] == ["cease-fire"]


def test_an_article_with_passages_is_not_removed_and_one_without_goes_with_its_text(
    reviewer, a_rendition, a_position
):
    a_position(rendition=a_rendition(), quote="Russia supports")
    a_rendition(article="unread")
    used, free = (at("remove", "articles", one) for one in ("gazette-2017-01-25", "unread"))
    assert reviewer.post(used, {"revision": "1"}).status_code == 422
    assert reviewer.post(free, {"revision": "1"}).status_code == 302
    assert [one.slug for one in Article.objects.all()] == ["gazette-2017-01-25"]


def test_nothing_of_another_dossier_can_be_named(reviewer, a_dossier, an_actor, a_source):
    elsewhere = a_dossier("elsewhere", visibility="members")
    foreign = an_actor("atlantis", dossier=elsewhere)
    source = a_source("herald", dossier=elsewhere)
    an_actor("russia")
    assert reviewer.get(at("edit", "actors", "atlantis")).status_code == 404
    assert reviewer.get(f"/dossiers/{elsewhere.slug}/setup/").status_code == 404
    page = send(reviewer, at("edit", "actors", "russia"), part_of="Atlantis")
    assert page.status_code == 422
    assert "No actor is called" in page.content.decode()
    ours = a_source("gazette")
    article = Article.objects.create(
        dossier=a_dossier(), slug="one", title="One", source=ours, published="2017-01-25"
    )
    page = send(reviewer, at("edit", "articles", "one"), source=str(source.pk))
    assert page.status_code == 422
    # A row that names a record of others is none of the form's.
    name = foreign.names.create(name="Atlantide", language="fr")
    rows = {"names__INITIAL_FORMS": "1", "names__0__id": str(name.pk), "names__0__revision": "1"}
    rows |= {"names__0__name": "Ours", "names__0__language": "fr"}
    assert send(reviewer, at("edit", "actors", "russia"), **rows).status_code == 422
    name.refresh_from_db()
    article.refresh_from_db()
    assert (name.name, article.source) == ("Atlantide", ours)


def test_a_role_in_the_dossier_decides_and_no_right_of_staff(client, a_dossier, a_member):
    a_dossier()
    staff = User.objects.create_user("staff", is_staff=True)
    client.force_login(staff)
    assert client.get(at("index")).status_code == 404
    Membership.objects.create(dossier=a_dossier(), user=staff, role="coder")
    client.force_login(User.objects.get(username="staff"))
    assert client.post(at("new", "actors"), {"name": "X", "kind": "state"}).status_code == 403


def test_parties_are_added_by_their_names_all_or_none(reviewer, an_actor):
    an_actor("turkey", name="Türkiye")
    url = at("index")
    page = reviewer.post(url, {"names": "Russia\nturkiye", "kind": "state"})
    assert page.status_code == 422
    assert Actor.objects.count() == 1
    names = {"names": "Russia\n\n Iran \nrussia", "kind": "state"}
    assert reviewer.post(url, names).status_code == 302
    assert {one.slug for one in Actor.objects.all()} == {"turkey", "russia", "iran"}


def test_issues_are_moved_by_buttons_and_found_by_their_words(reviewer, an_issue):
    for order, slug in enumerate(("borders", "aid", "truce")):
        an_issue(slug, order=order)
    for way, wanted in (
        ("up", ["borders", "truce", "aid"]),
        ("down", ["borders", "aid", "truce"]),
        # By drag: over so many places.
        ("-2", ["truce", "borders", "aid"]),
        ("2", ["borders", "aid", "truce"]),
        ("sideways", ["borders", "aid", "truce"]),
    ):
        page = reviewer.post(at("move", "truce"), {"way": way}, follow=True).content.decode()
        assert f"number {wanted.index('truce') + 1} now" in page
        assert list(Issue.objects.values_list("slug", flat=True)) == wanted
    html = reviewer.get(at("records", "issues"), {"q": "TRUCE"}).content.decode()
    assert "record-truce" in html
    assert "record-aid" not in html
    assert reverse("issues:edit", args=["talks", "truce"]) in html


def test_a_coder_of_a_dossier_without_issues_is_told_whom_to_ask(client, a_member, a_rendition):
    rendition = a_rendition()
    url = f"/dossiers/talks/articles/{rendition.article.slug}/code/?start=0&end=9"
    client.force_login(a_member("bob", role="coder"))
    html = client.get(url).content.decode()
    assert "no issue yet" in html
    assert "/setup/" not in html
    client.force_login(a_member("carol", role="reviewer"))
    assert "/setup/codebook/" in client.get(url).content.decode()
