"""A name shows itself as it is stored, wherever it is entered: no sign in it turns others round."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from astana.exchange.tables import TABLES
from astana.models import Actor, Dossier, Issue, Position, SavedComparison, Source
from astana.models.name_field import NameField
from astana.pages.desk.codings.forms import CodingForm

pytestmark = pytest.mark.django_db

TURNED = "Gaz\u202eette"
TOLD = "It contains a direction mark (U+202E) at character 4, RIGHT-TO-LEFT OVERRIDE. Delete it."


def test_the_names_of_the_tables_are_the_names_of_the_models():
    for table in TABLES:
        fields = {one.name for one in table.model._meta.fields if isinstance(one, NameField)}
        assert fields == {one.name for one in table.columns if one.kind == "name"}, table.name
    for model in (Dossier, SavedComparison):
        assert isinstance(model._meta.get_field("title"), NameField)


def test_no_form_takes_a_name_that_turns_others_round(client, a_member, an_actor):
    an_actor()
    owner = a_member("olga", role="owner")
    owner.is_staff = owner.is_superuser = True
    owner.save()
    client.force_login(owner)
    of_names = {"names-TOTAL_FORMS": "1", "names-INITIAL_FORMS": "0", "names-0-language": "ru"}
    of_affiliations = {f"affiliations-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
    actor = {"name": "Ankara", "kind": "state"} | of_names | of_affiliations
    article = {"new_source_kind": "other", "title": "Talks", "published": "2017-01-23"}
    article |= {"language": "en", "coverage": "full", "rights": "members", "text": "Words."}
    at_setup = {"parties": "index", "codebook": "codebook"}
    setup = {name: reverse(f"setup:{at_setup[name]}", args=["talks"]) for name in at_setup}
    new_actor = reverse("setup:new", args=["talks", "actors"])
    admin = {f"names-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
    admin |= {"dossier": str(Dossier.objects.get().pk), "slug": "a", "name": TURNED}
    table = f"dossier,slug,name,kind\ntalks,a,{TURNED},state\n".encode()
    for address, data in (
        (new_actor, actor | {"name": TURNED}),
        (new_actor, actor | {"names-0-name": TURNED}),
        (setup["parties"], {"names": f"Ankara\n{TURNED}", "kind": "state"}),
        (
            setup["codebook"],
            {"do": "template", "template": "for-against", "title": TURNED, "question": "What?"},
        ),
        (
            reverse("articles:new", args=["talks"]),
            article | {"do": "save", "new_source": TURNED},
        ),
        (reverse("dossiers:new"), {"title": TURNED}),
        (reverse("admin:astana_actor_add"), admin | {"kind": "state"}),
        (
            reverse("admin:astana_actor_import"),
            {"format": "0", "import_file": SimpleUploadedFile("table.csv", table)},
        ),
    ):
        assert TOLD in client.post(address, data).content.decode(), address
    form = CodingForm(
        {"new_actor": TURNED, "new_speaker": TURNED, "new_attributed_by": TURNED},
        instance=Position(dossier=Dossier.objects.get()),
        user=owner,
    )
    for name in form.data:
        assert form.errors[name] == [TOLD]
    counts = [model.objects.count() for model in (Actor, Dossier, Issue, Source)]
    assert counts == [1, 1, 0, 0]
