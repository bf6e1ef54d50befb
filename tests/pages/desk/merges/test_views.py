"""Merging and splitting on the site: what is shown first, what follows, and old addresses."""

import pytest
from django.urls import reverse

from astana.actions.assign import assign
from astana.models import Actor, Issue, Merge, Position
from astana.pages.desk.merges import views
from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(a_member, client):
    user = a_member("reviewer", role="reviewer")
    client.force_login(user)
    return user


def _new(**query) -> str:
    return reverse("merges:new", args=["talks"], query=query)


def test_what_would_move_is_shown_before_anything_is_done(client, a_position, reviewer):
    a_position(actor="russia")
    a_position(actor="rossiya")
    address = _new(do="merge", noun="actor", kept="russia", other="rossiya")
    html = client.get(address).content.decode()
    assert "<dt>Positions</dt><dd>1 follows</dd>" in html
    assert Actor.objects.filter(slug="rossiya").exists()
    assert client.post(address).status_code == 302
    assert not Actor.objects.filter(slug="rossiya").exists()


def test_old_addresses_of_actors_and_issues_lead_on(client, a_position, an_issue, reviewer):
    a_position(actor="russia", issue="cease-fire")
    a_position(actor="rossiya", issue="truce")
    client.post(_new(do="merge", noun="actor", kept="russia", other="rossiya"))
    stances = {
        f"stance-{stance.pk}": an_issue("cease-fire").stances.get(slug=stance.slug).pk
        for stance in an_issue("truce").stances.all()
    }
    response = client.post(
        _new(do="merge", noun="issue", kept="cease-fire", other="truce"), stances
    )
    assert response.status_code == 302
    client.logout()
    for noun, old, new in (("actor", "rossiya", "russia"), ("issue", "truce", "cease-fire")):
        response = client.get(reverse(f"{noun}s:detail", args=["talks", old]))
        assert response["Location"] == reverse(f"{noun}s:detail", args=["talks", new])
    compare = reverse("compare:matrix", args=["talks"])
    response = client.get(f"{compare}?actor=rossiya&issue=truce&open=rossiya.truce")
    assert response["Location"] == (
        f"{compare}?actor=russia&issue=cease-fire&open=russia.cease-fire"
    )
    assert client.get(response["Location"]).status_code == 200


def test_a_merge_in_a_private_dossier_is_not_told_to_strangers(
    client, a_position, a_dossier, reviewer
):
    a_position(actor="russia")
    a_position(actor="rossiya")
    client.post(_new(do="merge", noun="actor", kept="russia", other="rossiya"))
    dossier = a_dossier()
    dossier.visibility = "members"
    dossier.save()
    client.logout()
    assert client.get(reverse("actors:detail", args=["talks", "rossiya"])).status_code == 404


def test_a_merge_is_undone_on_the_list(client, a_position, reviewer):
    a_position(actor="russia")
    a_position(actor="rossiya")
    client.post(_new(do="merge", noun="actor", kept="russia", other="rossiya"))
    merge = Merge.objects.get()
    undo = reverse("merges:undo", args=["talks", merge.pk])
    html = client.post(undo, follow=True).content.decode()
    assert "Undone. What it had moved is back in its place." in html
    assert Position.objects.filter(actor__slug="rossiya").count() == 1
    assert undo not in html


def test_what_was_merged_is_called_by_its_name(client, a_position, reviewer):
    for slug, name in (("actor", "Россия"), ("actor-2", "РФ"), ("actor-3", "РФ")):
        a_position(actor=slug)
        actor = Actor.objects.get(slug=slug)
        actor.name = name
        actor.save()
    client.post(_new(do="merge", noun="actor", kept="actor-2", other="actor-3"))
    client.post(_new(do="merge", noun="actor", kept="actor", other="actor-2"))
    page = words_of(client.get(reverse("merges:index", args=["talks"])))
    assert "The actor РФ was merged into Россия." in page
    # Where the names are the same, the short names tell one from the other.
    assert "The actor actor-3 was merged into actor-2." in page


def test_a_list_of_merges_that_is_cut_says_so(client, a_dossier, reviewer, monkeypatch):
    monkeypatch.setattr(views, "MOST_SHOWN", 1)
    for name, says_so in (("one", False), ("two", True)):
        Merge.objects.create(
            dossier=a_dossier(), kind="merge", noun="actor", kept="russia", other=name, by=reviewer
        )
        page = client.get(reverse("merges:index", args=["talks"])).content.decode()
        assert ("Only the newest 1 are shown." in page) == says_so
    assert "two" in page
    assert "<bdi>one</bdi>" not in page


def test_a_refused_undo_says_why(client, a_position, an_actor, reviewer):
    a_position(actor="russia")
    moved = a_position(actor="rossiya")
    client.post(_new(do="merge", noun="actor", kept="russia", other="rossiya"))
    moved.refresh_from_db()
    moved.actor = an_actor("iran")
    moved.save()
    undo = reverse("merges:undo", args=["talks", Merge.objects.get().pk])
    assert moved.key in client.post(undo, follow=True).content.decode()
    assert Merge.objects.get().undone_at is None


def test_an_unknown_name_is_named(client, an_actor, reviewer):
    an_actor("russia")
    response = client.get(_new(do="merge", noun="actor", kept="rusia", other="russia"))
    assert response.status_code == 400
    assert "“rusia” is unknown" in response.content.decode()


def test_an_actor_is_split_by_what_is_chosen(client, a_position, reviewer):
    mine, stays = a_position(actor="russia"), a_position(actor="russia")
    address = _new(do="split", noun="actor", kept="russia")
    assert mine.key in client.get(address).content.decode()
    row = f"position.{mine.pk}.actor"
    response = client.post(address, {"name": "Soviet Union", "slug": "", "rows": [row]})
    assert response.status_code == 302
    assert Position.objects.get(actor__slug="soviet-union") == mine
    assert Position.objects.get(actor__slug="russia") == stays


def test_a_split_makes_no_second_one_of_a_name(client, a_position, an_actor, reviewer):
    mine = a_position(actor="russia", issue="cease-fire")
    a_position(actor="turkey", issue="truce")
    russia = an_actor("russia")
    russia.names.create(name="Soviet Union")
    for noun, kept, names in (
        ("actor", "russia", ("TURKEY", "russia")),
        ("issue", "cease-fire", ("Truce", "cease fire")),
    ):
        rows = {"rows": [f"position.{mine.pk}.{noun}"], "question": "And?"}
        for name in names:
            response = client.post(_new(do="split", noun=noun, kept=kept), rows | {"name": name})
            assert response.status_code == 422
            assert "There is already an" in words_of(response)
            assert name in response.content.decode()
    assert not Merge.objects.exists()
    # Its own further name is what it may be split by.
    rows = {"rows": [f"position.{mine.pk}.actor"], "name": "Soviet Union"}
    assert client.post(_new(do="split", noun="actor", kept="russia"), rows).status_code == 302


def test_a_row_of_another_actor_cannot_be_taken(client, a_position, reviewer):
    a_position(actor="russia")
    foreign = f"position.{a_position(actor='turkey').pk}.actor"
    response = client.post(
        _new(do="split", noun="actor", kept="russia"), {"name": "New", "rows": [foreign]}
    )
    assert response.status_code == 422
    assert not Merge.objects.exists()


def test_an_issue_is_split_with_its_stances(client, a_position, reviewer):
    moved = a_position(issue="cease-fire", stance="opposes")
    a_position(issue="cease-fire")
    data = {"name": "Truce", "question": "And?", "rows": [f"position.{moved.pk}.issue"]}
    client.post(_new(do="split", noun="issue", kept="cease-fire"), data)
    assert Issue.objects.get(slug="truce").positions.get().stance.slug == "opposes"


def test_a_split_issue_is_not_called_like_a_page(client, a_position, reviewer):
    row = f"position.{a_position(issue='cease-fire').pk}.issue"
    address = _new(do="split", noun="issue", kept="cease-fire")
    data = {"name": "Truce", "slug": "new", "question": "And?", "rows": [row]}
    response = client.post(address, data)
    assert response.status_code == 422
    assert "A page has the address “new”" in response.content.decode()
    assert not Issue.objects.filter(slug="new").exists()


def test_who_does_not_review_merges_nothing(client, a_position, a_member):
    a_position(actor="russia")
    a_position(actor="rossiya")
    client.force_login(a_member("coder", role="coder"))
    address = _new(do="merge", noun="actor", kept="russia", other="rossiya")
    assert client.post(address).status_code == 403
    assert Actor.objects.filter(slug="rossiya").exists()


@pytest.fixture
def hidden(a_position, a_member, a_rendition, reviewer, an_issue):
    """What another coder has coded in a running round in which the reviewer codes too."""
    article, coder = a_rendition().article, a_member("coder", role="coder")
    theirs, _own = assign(
        dossier=article.dossier,
        articles=[article],
        coders=[coder, reviewer],
        is_independent=True,
        by=a_member("owner", role="owner"),
    )
    an_issue("truce")
    coded = {"coder": coder, "coded_at": theirs.created_at, "assignment": theirs}
    return a_position(
        actor="rossiya", issue="cease-fire", status="draft", summary="Zanzibar", **coded
    )


@pytest.mark.parametrize(
    ("noun", "kept", "other"), [("actor", "russia", "rossiya"), ("issue", "truce", "cease-fire")]
)
def test_what_a_round_hides_is_neither_counted_nor_offered(
    client, an_actor, hidden, noun, kept, other
):
    an_actor("russia")
    page = client.get(_new(do="merge", noun=noun, kept=kept, other=other)).content.decode()
    assert "Merge</button>" in page
    assert "follow" not in page.split("<dl")[-1].split("</dl>")[0]
    page = client.get(_new(do="split", noun=noun, kept=other)).content.decode()
    assert "Split</button>" in page
    assert "Zanzibar" not in page
    assert hidden.key not in page


def test_what_forbids_a_merge_is_not_named_where_a_round_hides_it(client, an_actor, hidden):
    an_actor("russia")
    Position.objects.update(voice="attributed", attributed_by=an_actor("russia"))
    page = client.get(
        _new(do="merge", noun="actor", kept="russia", other="rossiya")
    ).content.decode()
    assert "These cannot be merged" in page
    assert hidden.key not in page


def test_why_a_merge_is_refused_is_said_once(client, an_actor, an_issue, reviewer):
    an_issue("cease-fire")
    an_issue("shots", kind="fact")
    page = words_of(client.get(_new(do="merge", noun="issue", kept="cease-fire", other="shots")))
    assert "the other is a disputed fact." in page
    assert page.count("annot be merged") == 1
    an_actor("russia")
    answer = client.post(_new(do="merge", noun="actor", kept="russia", other="russia"))
    assert answer.status_code == 422
    assert answer.content.decode().count("Choose two different ones.") == 1


def test_a_split_says_what_is_missing_and_what_is_gone(client, a_position, reviewer):
    a_position(actor="russia", issue="cease-fire")
    address = _new(do="split", noun="issue", kept="cease-fire")
    page = client.post(address, {"rows": "position.999999.issue"}).content.decode()
    assert "Write the name of the new one." in page
    assert "Write the question of the new issue." in page
    assert "is no longer there" in page
