"""Entering a whole article by hand: the piece, its text, and what it says."""

from hashlib import sha256

from django.urls import reverse

from astana.models import Actor, Article, Dossier, Position, Rendition
from tests.admin.conftest import admin_url
from tests.admin.forms import errors_of, send

TEXT = "They met on Monday.\r\n\r\nThe minister said: “We support the truce.” 🕊 So be it.\r\n"


def test_an_article_is_entered_from_its_text_to_a_published_position(
    desk, superuser, a_source, an_issue, an_actor
):
    source, issue = a_source(), an_issue()
    Dossier.objects.update(own_publishing=True)
    russia, minister = an_actor(), an_actor("minister", kind="person")
    stance = issue.stances.get(slug="supports")

    response = send(
        desk,
        admin_url(Article, "add"),
        dossier=source.dossier,
        source=source,
        title="A day of talks",
        published="2017-01-25",
        renditions__0__kind="full",
        renditions__0__text=TEXT,
    )
    assert response.status_code == 302, errors_of(response)
    rendition = Rendition.objects.get(article__slug="gazette-2017-01-25")
    plain = TEXT.replace("\r\n", "\n")
    assert (rendition.text, rendition.characters) == (plain, len(plain))
    assert rendition.sha256 == sha256(plain.encode()).hexdigest()
    assert [plain[start:end][:3] for start, end in rendition.paragraphs] == ["The", "The"]
    assert rendition.rights == "members"

    page = desk.get(admin_url(Article, "change", rendition.article_id)).content.decode()
    address = (
        f"{admin_url(Position, 'add')}?dossier={source.dossier_id}"
        f"&said=2017-01-25&rendition={rendition.pk}"
    )
    assert address.replace("&", "&amp;") in page
    response = send(
        desk,
        address,
        actor=russia,
        speaker=minister,
        issue=issue,
        stance=stance,
        said="2017-01-23/2017-01-24",
        voice="direct-quote",
        summary="Russia supports\r\nthe cease-fire.",
        status="published",
        evidence__0__exact='"We support  the truce."',
    )
    assert response.status_code == 302, errors_of(response)

    position = Position.objects.get()
    assert (position.key, position.summary) == ("p001", "Russia supports the cease-fire.")
    assert (position.coder, position.reviewer) == (superuser, superuser)
    assert position.coded_at
    assert position.reviewed_at
    assert position.published_at
    evidence = position.evidence.get()
    assert (evidence.number, evidence.paragraph, evidence.health) == (1, 2, "intact")
    assert evidence.exact == "“We support the truce.”"
    assert plain[evidence.start : evidence.end] == evidence.exact
    assert plain[: evidence.start].endswith(evidence.prefix)
    assert plain[evidence.end :].startswith(evidence.suffix)
    assert evidence.prefix
    assert evidence.suffix


def test_the_short_name_is_the_source_and_the_day_and_is_not_taken_twice(desk, a_source):
    source = a_source()
    for _ in range(2):
        send(
            desk,
            admin_url(Article, "add"),
            dossier=source.dossier,
            source=source,
            title="A day of talks",
            published="2017-01-25",
        )
    assert set(Article.objects.values_list("slug", flat=True)) == {
        "gazette-2017-01-25",
        "gazette-2017-01-25-2",
    }


def test_an_article_needs_a_source_of_its_dossier(desk, a_source, a_dossier):
    response = send(
        desk,
        admin_url(Article, "add"),
        dossier=a_dossier("other"),
        source=a_source(),
        title="A day of talks",
        published="2017-01-25",
    )
    assert "Choose one of the same dossier." in errors_of(response)


def test_a_stored_article_stays_in_its_dossier_and_keeps_its_short_name_to_itself(
    desk, a_rendition, a_dossier
):
    first, second = a_rendition(article="first").article, a_rendition(article="second").article
    address = admin_url(Article, "change", first.pk)
    response = send(desk, address, dossier=a_dossier("other"), title="Renamed")
    assert response.status_code == 302, errors_of(response)
    first.refresh_from_db()
    assert (first.title, first.dossier.slug) == ("Renamed", "talks")
    response = send(desk, address, slug=second.slug)
    assert "The dossier has an article with this short name." in errors_of(response)


def test_a_new_article_starts_in_the_only_dossier(desk, a_dossier):
    dossier = a_dossier()
    form = desk.get(admin_url(Article, "add")).context["adminform"].form
    assert form["dossier"].value() == dossier.pk
    a_dossier("other")
    form = desk.get(admin_url(Article, "add")).context["adminform"].form
    assert form["dossier"].value() is None


def test_the_same_name_twice_within_a_form_is_a_message(desk, a_dossier, an_actor):
    actor = an_actor()
    row = {"name": "Россия", "language": "ru"}
    values = {f"names__{number}__{field}": row[field] for number in (0, 1) for field in row}
    response = send(
        desk, admin_url(Actor, "change", actor.pk), **values, **{"names-TOTAL_FORMS": 2}
    )
    assert "Please correct the duplicate" in errors_of(response)


def test_the_admin_opens_under_its_name(desk):
    page = desk.get(reverse("admin:index")).content.decode()
    assert "Astana: data entry" in page
