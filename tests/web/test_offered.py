"""What a field offers says where there is more, and never leaves out what is chosen."""

import pytest
from django.urls import reverse

from astana.models import Actor
from astana.web.offered import first_of

pytestmark = pytest.mark.django_db


def test_what_is_chosen_is_offered_too_and_what_is_cut_is_known():
    offered = first_of(["a", "b", "c"], 2, chosen=["c", "b"])
    assert (offered, offered.is_cut, offered.most) == (["c", "a", "b"], True, 2)
    offered = first_of(["a", "b"], 2, chosen=["b"])
    assert (offered, offered.is_cut) == (["a", "b"], False)


def test_a_page_that_offers_not_all_says_so_and_keeps_what_is_chosen(
    client, a_dossier, a_member, a_position
):
    a_position(actor="zambia")
    dossier = a_dossier()
    names = [f"Actor {number:03}" for number in range(500)]
    Actor.objects.bulk_create(
        Actor(dossier=dossier, slug=f"a{number}", name=name, sort_name=name.lower(), kind="state")
        for number, name in enumerate(names)
    )
    client.force_login(a_member("rita", role="reviewer"))
    for name, query in (
        ("framing:index", {"actor": "zambia"}),
        ("timeline:index", {"by": "actor", "actor": "zambia"}),
    ):
        html = client.get(reverse(name, args=["talks"], query=query)).content.decode()
        assert "Only the first 500 are offered. Any other can be named in the address" in html
        assert '<option value="zambia" selected>' in html
    html = client.get(reverse("setup:new", args=["talks", "actors"])).content.decode()
    assert "Only the first 500 are offered. Any other can be typed." in html
    Actor.objects.filter(slug="a0").delete()
    html = client.get(reverse("framing:index", args=["talks"])).content.decode()
    assert "Only the first" not in html
