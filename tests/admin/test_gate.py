"""Data entry lets nobody do what the site would refuse, and overwrites nobody."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from astana.models import (
    Actor,
    Article,
    Assignment,
    Dossier,
    Evidence,
    Issue,
    Link,
    Membership,
    Position,
    SavedComparison,
)
from tests.admin.conftest import admin_url
from tests.admin.forms import errors_of, send

pytestmark = pytest.mark.django_db

CANARY = "Zanzibar"


@pytest.fixture
def staff(a_member):
    """Return a builder of staff with all of Django's rights and one role in one dossier."""

    def build(name: str, *, role: str, **values) -> Client:
        user = a_member(name, role=role, **values)
        user.is_staff = True
        user.save()
        user.user_permissions.set(Permission.objects.all())
        client = Client()
        client.force_login(user)
        client.user = user
        return client

    return build


def _draft(a_position, user, **values) -> Position:
    values = {"status": "draft", "coder": user, "coded_at": timezone.now()} | values
    return a_position(**values)


def _search(client, field: str, model: str = "position") -> str:
    values = {"app_label": "astana", "model_name": model, "field_name": field, "term": ""}
    return client.get(f"{reverse('admin:autocomplete')}?{urlencode(values)}").content.decode()


def test_a_private_dossier_is_not_there_for_others(staff, a_dossier, a_position, an_actor):
    hidden = a_dossier("hidden", visibility="members", title=CANARY)
    a_position(dossier=hidden, actor="canary", summary=CANARY)
    Actor.objects.filter(dossier=hidden).update(name=CANARY)
    client = staff("owner", role="owner")
    for model in (Position, Actor, Dossier, Issue):
        assert CANARY not in client.get(admin_url(model, "changelist")).content.decode()
        of = {"pk": hidden.pk} if model is Dossier else {"dossier": hidden}
        pk = model.objects.filter(**of).first().pk
        for page in ("change", "delete", "history"):
            response = client.get(admin_url(model, page, pk))
            unknown = client.get(admin_url(model, page, 10**9))
            assert response.status_code == unknown.status_code != 200
    for field in ("actor", "issue", "dossier"):
        assert CANARY not in _search(client, field)
    page = client.get(admin_url(Position, "changelist")).content.decode()
    assert "hidden" not in page.split('id="changelist-filter"')[-1]


def test_drafts_of_others_are_not_there_for_a_coder(staff, a_position, a_member):
    mine_too = staff("coder", role="coder")
    other = _draft(a_position, a_member("another", role="coder"), summary=CANARY, condition=CANARY)
    assert other.key not in mine_too.get(admin_url(Position, "changelist")).content.decode()
    assert mine_too.get(admin_url(Position, "change", other.pk)).status_code == 302


def test_a_running_round_hides_others_work_from_superusers_too(
    desk, superuser, a_position, a_member, a_rendition
):
    coder = a_member("coder", role="coder")
    article = a_rendition().article
    for user in (coder, superuser):
        assignment = Assignment.objects.create(
            dossier=article.dossier,
            article=article,
            coder=user,
            assigned_by=superuser,
            is_independent=True,
        )
    assignment = Assignment.objects.get(coder=coder)
    hidden = _draft(
        a_position,
        coder,
        assignment=assignment,
        rendition=a_rendition(kind="excerpt"),
        quote="Russia supports",
    )
    assert desk.get(admin_url(Position, "change", hidden.pk)).status_code == 302
    assert hidden.key not in desk.get(admin_url(Position, "changelist")).content.decode()
    passage = hidden.evidence.get()
    assert desk.get(admin_url(Evidence, "change", passage.pk)).status_code == 302


def test_a_coder_changes_own_drafts_and_nothing_that_is_published(staff, a_position):
    client = staff("coder", role="coder")
    mine = _draft(a_position, client.user)
    published = a_position()
    address = admin_url(Position, "change", mine.pk)
    assert send(client, address, summary="Better.").status_code == 302
    mine.refresh_from_db()
    assert mine.summary == "Better."
    assert client.post(admin_url(Position, "change", published.pk), {}).status_code == 403
    assert (
        client.post(admin_url(Position, "delete", published.pk), {"post": "yes"}).status_code == 403
    )
    assert client.post(admin_url(Actor, "change", published.actor_id), {}).status_code == 403


def test_a_coder_links_only_what_both_ends_are_the_coder_s_to_change(staff, a_position):
    client = staff("coder", role="coder")
    mine, other = (_draft(a_position, client.user) for _number in range(2))
    published = a_position()
    address = admin_url(Position, "change", mine.pk)
    row = {"links__TOTAL_FORMS": 1, "links__0__kind": "repeats"}
    response = send(client, address, **row, links__0__to=published)
    assert f"You may not change {published.key}" in errors_of(response)
    assert not Link.objects.exists()
    assert send(client, address, **row, links__0__to=other).status_code == 302
    assert Link.objects.get().to == other
    Link.objects.update(to=published)
    response = send(client, address, links__0__DELETE="on")
    assert f"You may not change {published.key}" in errors_of(response)
    assert Link.objects.get().to == published
    # What is not touched hinders no other change.
    assert send(client, address, summary="Better.").status_code == 302


def test_a_coder_deletes_nothing_of_others_by_the_list_either(staff, a_position, an_actor):
    client = staff("coder", role="coder")
    position = a_position()
    data = {"action": "delete_selected", "_selected_action": [position.pk], "post": "yes"}
    assert client.post(admin_url(Position, "changelist"), data).status_code in (200, 403)
    assert Position.objects.filter(pk=position.pk).exists()


def test_a_role_in_one_dossier_is_none_in_another(staff, a_dossier, a_source):
    client = staff("reviewer", role="reviewer")
    other = a_dossier("other")
    Membership.objects.create(dossier=other, user=client.user, role="reader")
    response = client.post(
        admin_url(Issue, "add"),
        {
            "dossier": other.pk,
            "title": "New",
            "slug": "new",
            "question": "?",
            "kind": "preference",
            "order": "0",
            "revision": "1",
            "stances-TOTAL_FORMS": "0",
            "stances-INITIAL_FORMS": "0",
        },
    )
    assert response.status_code == 200
    assert not Issue.objects.filter(slug="new").exists()


def test_a_coder_adds_articles_but_no_issues(staff):
    client = staff("coder", role="coder")
    assert client.get(admin_url(Article, "add")).status_code == 200
    assert client.get(admin_url(Issue, "add")).status_code == 403


def test_nobody_publishes_their_own_coding(staff, a_position):
    client = staff("reviewer", role="reviewer")
    position = _draft(a_position, client.user, status="submitted")
    address = admin_url(Position, "change", position.pk)
    message = errors_of(send(client, address, status="published", summary="Kept in the form."))
    assert "A second person has to decide" in message
    position.refresh_from_db()
    assert (position.status, position.summary != "Kept in the form.") == ("submitted", True)
    Dossier.objects.update(own_publishing=True)
    assert send(client, address, status="published").status_code == 302
    position.refresh_from_db()
    assert (position.status, position.reviewer) == ("published", client.user)


def test_a_superuser_is_held_to_the_rules_too(desk, superuser, a_position):
    position = _draft(a_position, superuser, status="submitted")
    address = admin_url(Position, "change", position.pk)
    assert "A second person" in errors_of(send(desk, address, status="published"))


def test_the_status_changes_by_steps_of_the_work_flow_alone(desk, a_position):
    position = a_position(status="published")
    address = admin_url(Position, "change", position.pk)
    assert "cannot go from its present status" in errors_of(send(desk, address, status="draft"))
    response = send(desk, address, status="rejected", reason="Not said.")
    assert response.status_code == 302
    position.refresh_from_db()
    assert (position.status, position.reason) == ("rejected", "Not said.")


def test_a_coder_does_not_publish(staff, a_position):
    client = staff("coder", role="coder")
    position = _draft(a_position, client.user)
    address = admin_url(Position, "change", position.pk)
    assert send(client, address, status="published").status_code == 200
    position.refresh_from_db()
    assert position.status == "draft"
    assert send(client, address, status="submitted").status_code == 302


def test_members_are_for_owners_and_one_owner_stays(staff, a_dossier, a_member):
    client = staff("reviewer", role="reviewer")
    dossier = a_dossier()
    assert client.post(admin_url(Dossier, "change", dossier.pk), {}).status_code == 403
    owner = staff("owner", role="owner")
    address = admin_url(Dossier, "change", dossier.pk)
    page = owner.get(address)
    [formset] = [one.formset for one in page.context["inline_admin_formsets"]]
    number = next(
        index for index, form in enumerate(formset.forms) if form.initial["role"] == "owner"
    )
    prefix = formset.prefix
    message = errors_of(send(owner, address, **{f"{prefix}__{number}__role": "reader"}))
    assert "needs an owner" in message
    assert Membership.objects.filter(dossier=dossier, role="owner").exists()


def test_saved_comparisons_of_others_are_not_there(staff, a_dossier, a_member):
    SavedComparison.objects.create(
        dossier=a_dossier(), user=a_member("another"), title=CANARY, query="actor=russia"
    )
    client = staff("owner", role="owner")
    assert CANARY not in client.get(admin_url(SavedComparison, "changelist")).content.decode()


def test_a_stale_form_is_refused_with_both_versions_and_nothing_typed_is_lost(desk, an_actor):
    actor = an_actor("russia", name="Russia")
    address = admin_url(Actor, "change", actor.pk)
    opened = desk.get(address).context["adminform"].form["revision"].value()
    actor.name = "Russian Federation"
    actor.save()
    response = send(desk, address, revision=opened, name="Russland")
    html = response.content.decode()
    assert "changed since you opened it" in errors_of(response)
    assert '<td dir="auto">Russian Federation</td><td dir="auto">Russland</td>' in html
    assert 'value="Russland"' in html
    actor.refresh_from_db()
    assert actor.name == "Russian Federation"
    form = response.context["adminform"].form
    again = send(desk, address, revision=form["revision"].value(), name="Russland")
    assert again.status_code == 302
    actor.refresh_from_db()
    assert actor.name == "Russland"


def test_a_stale_part_of_a_form_is_refused_too(desk, an_issue):
    issue = an_issue()
    address = admin_url(Issue, "change", issue.pk)
    stance = issue.stances.first()
    old = stance.revision
    stance.label = "Agrees"
    stance.save()
    response = send(desk, address, stances__0__revision=old, stances__0__label="Says yes")
    html = response.content.decode()
    assert response.status_code == 200
    assert '<td dir="auto">Agrees</td><td dir="auto">Says yes</td>' in html


def test_a_stale_dossier_is_refused(desk, a_dossier):
    dossier = a_dossier(title="Talks")
    address = admin_url(Dossier, "change", dossier.pk)
    assert send(desk, address, title="The talks").status_code == 302
    message = errors_of(send(desk, address, revision=1, title="Talks of old"))
    assert "changed since you opened it" in message
    dossier.refresh_from_db()
    assert (dossier.title, dossier.revision) == ("The talks", 2)


def test_the_history_of_a_record_is_on_the_site(desk, an_actor):
    actor = an_actor()
    response = desk.get(admin_url(Actor, "history", actor.pk))
    assert response["Location"] == reverse(
        "history:detail", args=["talks", "actor", f"~{actor.pk}"]
    )
    assert desk.get(response["Location"]).status_code == 200
