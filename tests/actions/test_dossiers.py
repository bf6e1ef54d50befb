"""A dossier begins closed, and of two who change it at once the second is told."""

import pytest
from django.core.exceptions import PermissionDenied

from astana.actions import dossiers
from astana.models import Dossier, Membership
from astana.models.revised import StaleRecord

pytestmark = pytest.mark.django_db


def test_who_begins_a_dossier_owns_it_alone(django_user_model):
    user = django_user_model.objects.create_user("olga")
    dossier = dossiers.begin(title="Talks", by=user)
    assert dossier.visibility == "members"
    assert list(Membership.objects.values_list("user", "role")) == [(user.pk, "owner")]


def test_a_short_name_does_not_tell_of_another_dossier(django_user_model):
    user = django_user_model.objects.create_user("olga")
    Dossier.objects.create(slug="talks", title="Somebody's")
    first, second = (dossiers.begin(title="Talks", by=user).slug for _ in range(2))
    assert first != second
    assert all(slug.startswith("talks-") and len(slug) == 11 for slug in (first, second))


@pytest.mark.parametrize("title", ["Переговоры", "—", "x" * 200])
def test_any_title_makes_an_address(django_user_model, title):
    user = django_user_model.objects.create_user("olga")
    assert dossiers.begin(title=title, by=user).get_absolute_url()


def test_nobody_begins_more_dossiers_than_one_person_may_own(django_user_model, settings):
    settings.DOSSIERS_PER_PERSON = 2
    olga, nina = map(django_user_model.objects.create_user, ("olga", "nina"))
    first, _second = (dossiers.begin(title="Talks", by=olga) for _ in range(2))
    with pytest.raises(dossiers.TooMany, match="You already own 2 dossiers"):
        dossiers.begin(title="Talks", by=olga)
    assert Dossier.objects.count() == 2
    dossiers.begin(title="Talks", by=nina)
    Membership.objects.filter(dossier=first, user=olga).update(role="reviewer")
    assert dossiers.begin(title="Talks", by=olga)


def test_site_admins_own_any_number_of_dossiers(django_user_model, settings):
    settings.DOSSIERS_PER_PERSON = 0
    admin = django_user_model.objects.create_superuser("ada")
    assert dossiers.begin(title="Talks", by=admin)


def test_the_second_of_two_changes_is_refused(a_dossier, a_member):
    owner = a_member("olga", role="owner")
    first, second = a_dossier(), Dossier.objects.get()
    dossiers.change(dossier=first, values={"title": "The first"}, by=owner)
    with pytest.raises(StaleRecord):
        dossiers.change(dossier=second, values={"title": "The second"}, by=owner)
    assert Dossier.objects.get().title == "The first"


def test_a_change_is_kept_and_raises_the_version(a_dossier, a_member):
    owner, dossier = a_member("olga", role="owner"), a_dossier()
    changed = dossiers.change(dossier=dossier, values={"visibility": "members"}, by=owner)
    stored = Dossier.objects.get()
    assert stored.version > dossier.version
    assert stored.revision == changed.revision == dossier.revision + 1
    assert [row.visibility for row in stored.history.all()] == ["members", "public"]


def test_a_reviewer_does_not_open_a_dossier(a_dossier, a_member):
    with pytest.raises(PermissionDenied):
        dossiers.change(
            dossier=a_dossier(), values={"visibility": "public"}, by=a_member(role="reviewer")
        )
