"""Writing the issues of a dossier and their stances."""

import pytest
from django.urls import reverse

from astana.exchange.check import check
from astana.exchange.dump import dump
from astana.exchange.load import load
from astana.models import Issue, Membership, Stance, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client, a_member):
    client.force_login(a_member("carol", role="reviewer"))
    return client


def filled(page, **changes) -> dict[str, str]:
    """Return what a browser would send of the page's forms, with changes."""
    forms = [page.context["form"], page.context["rows"].management_form, *page.context["rows"]]
    values = {form.add_prefix(name): form[name].value() for form in forms for name in form.fields}
    sent = {name: value for name, value in values.items() if value is not None and value != ""}
    sent = {name: value for name, value in sent.items() if value is not False}
    return sent | {name.replace("__", "-"): value for name, value in changes.items()}


def test_an_issue_is_written_with_its_stances_in_their_order(reviewer, a_dossier):
    url = reverse("issues:new", args=[a_dossier().slug])
    sent = filled(
        reviewer.get(url),
        title="New",
        question="Who pays?",
        stances__0__label="The sponsors",
        stances__0__value="1",
        stances__2__label="Nobody says",
        stances__1__label="The parties",
        stances__1__value="-1",
    )
    assert reviewer.post(url, sent).status_code == 302
    issue = Issue.objects.get()
    # Its address is not that of the page for a new one.
    assert issue.slug == "new-2"
    stances = issue.stances.order_by("order").values_list("slug", "value")
    assert list(stances) == [("the-sponsors", 1), ("the-parties", -1), ("nobody-says", None)]


def test_what_the_codebook_says_of_a_stance_is_written_shown_and_taken_along(
    reviewer, a_dossier, a_member
):
    url = reverse("issues:new", args=[a_dossier().slug])
    good = {"title": "Costs", "question": "Who pays?"}
    good |= {"stances__0__label": "All", "stances__1__label": "None"}
    entry = {"description": "Every party.", "examples": "We all pay.", "counter_examples": "Most."}
    sent = good | {f"stances__0__{name}": text for name, text in entry.items()}
    assert reviewer.post(url, filled(reviewer.get(url), **sent)).status_code == 302
    stance = Stance.objects.get(slug="all")
    assert {name: getattr(stance, name) for name in entry} == entry
    page = reviewer.get(stance.issue.get_absolute_url()).content.decode()
    for heading, text in (("Definition", "Every party."), ("Counter-examples", "Most.")):
        assert f'<b>{heading}:</b> <span dir="auto">{text}</span>' in page
    # A package has the columns that are used, and brings back what is in them.
    files = dump("talks")
    head = "issue,slug,label,value,order,description,examples,counter_examples"
    assert files["stances.csv"].decode().splitlines()[0] == head
    Stance.objects.update(examples="", description="Another.")
    assert load(check(files)).tables["stances"].changed == 2
    assert {name: getattr(Stance.objects.get(slug="all"), name) for name in entry} == entry
    Stance.objects.update(description="", examples="", counter_examples="")
    assert dump("talks")["stances.csv"].decode().startswith("issue,slug,label,value,order\n")
    # It goes along where an issue is copied or split, and comes with a table.
    load(check(files))
    there = reverse("setup:codebook", args=[a_dossier("copy").slug])
    Membership.objects.create(dossier=a_dossier("copy"), user=User.objects.get(), role="reviewer")
    assert reviewer.post(there, {"do": "copy", "of": "talks"}).status_code == 302
    table = (
        "issue,question,stance,stance_definition,stance_examples\n"
        "Aid,Who?,One,Of one.,Like this.\nAid,,Two,,\n"
    )
    assert reviewer.post(there, {"do": "file", "table": table}).status_code == 302
    says = Stance.objects.filter(issue__dossier__slug="copy").exclude(description="")
    told = says.order_by("slug").values_list("slug", "description", "examples", "counter_examples")
    assert list(told) == [("all", *entry.values()), ("one", "Of one.", "Like this.", "")]


@pytest.mark.parametrize(
    "changes",
    [
        {"stances__1__label": ""},
        {"stances__1__label": "yes"},
        {"stances__1__value": "2"},
        {"question": ""},
    ],
    ids=["one stance", "twice the same", "off the scale", "no question"],
)
def test_what_does_not_fit_is_said_and_changes_nothing(reviewer, a_dossier, changes):
    url = reverse("issues:new", args=[a_dossier().slug])
    good = {"title": "Costs", "question": "Who pays?"}
    good |= {"stances__0__label": "Yes", "stances__1__label": "No"}
    answer = reviewer.post(url, filled(reviewer.get(url), **(good | changes)))
    assert answer.status_code == 422
    assert not Issue.objects.exists()


def test_a_title_in_other_letters_has_an_address_too(reviewer, a_dossier):
    url = reverse("issues:new", args=[a_dossier().slug])
    sent = filled(
        reviewer.get(url),
        title="وقف إطلاق النار",
        question="؟",
        stances__0__label="نعم",
        stances__1__label="لا",
    )
    assert reviewer.post(url, sent).status_code == 302
    assert Issue.objects.get().slug == "issue"
    assert set(Stance.objects.values_list("slug", flat=True)) == {"stance", "stance-2"}


def test_a_stance_that_positions_take_is_not_deleted(reviewer, a_position):
    issue = a_position(stance="supports").issue
    url = reverse("issues:edit", args=[issue.dossier.slug, issue.slug])
    page = reviewer.get(url)
    answer = reviewer.post(url, filled(page, title="Other", stances__0__DELETE="on"))
    assert answer.status_code == 422
    assert "Some positions take a stance" in answer.content.decode()
    stored = Issue.objects.get()
    assert (stored.title, stored.stances.count()) == (issue.title, 4)
    answer = reviewer.post(url, filled(page, stances__3__DELETE="on"), follow=True)
    assert f"Saved: {issue.title}." in answer.content.decode()
    assert Issue.objects.get().stances.count() == 3


def test_the_second_of_two_editors_is_refused_with_both_versions(reviewer, an_issue):
    issue = an_issue()
    url = reverse("issues:edit", args=[issue.dossier.slug, issue.slug])
    page = reviewer.get(url)
    assert reviewer.post(url, filled(page, question="Theirs?")).status_code == 302
    answer = reviewer.post(url, filled(page, question="Mine?"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Theirs?" in text
    assert "Mine?" in text
    assert Issue.objects.get().question == "Theirs?"


def test_a_stance_changed_meanwhile_is_not_overwritten(reviewer, an_issue):
    issue = an_issue()
    url = reverse("issues:edit", args=[issue.dossier.slug, issue.slug])
    page = reviewer.get(url)
    issue.stances.filter(slug="supports").update(label="Theirs")
    answer = reviewer.post(url, filled(page, stances__0__label="Mine"))
    assert answer.status_code == 422
    assert issue.stances.get(slug="supports").label == "Theirs"


def test_rows_that_are_sent_as_new_ones_break_nothing(reviewer, an_issue):
    issue = an_issue()
    url = reverse("issues:edit", args=[issue.dossier.slug, issue.slug])
    data = filled(reviewer.get(url)) | {"stances-INITIAL_FORMS": "2"}
    assert reviewer.post(url, data).status_code in (302, 422)


@pytest.mark.parametrize("role", ["reader", "coder"])
def test_coders_do_not_write_the_codebook(client, a_member, an_issue, role):
    issue = an_issue()
    client.force_login(a_member(role=role))
    for url in (
        reverse("issues:new", args=[issue.dossier.slug]),
        reverse("issues:edit", args=[issue.dossier.slug, issue.slug]),
    ):
        assert client.get(url).status_code == 403
        assert client.post(url, {}).status_code == 403


def test_a_row_that_names_a_stance_of_another_issue_is_refused(client, a_member, an_issue):
    issue, other = an_issue(), an_issue("border")
    client.force_login(a_member(role="reviewer"))
    page = client.get(issue.get_absolute_url() + "edit/")
    rows = page.context["rows"]
    data = {
        f.html_name: f.value() for one in (page.context["form"], rows.management_form) for f in one
    }
    data |= {field.html_name: field.value() for row in rows.initial_forms for field in row}
    data = {name: "" if value is None else value for name, value in data.items()}
    data |= {"stances-TOTAL_FORMS": 4, "stances-0-id": other.stances.first().pk, "title": "New"}
    answer = client.post(issue.get_absolute_url() + "edit/", data)
    assert answer.status_code == 422
    assert "The stored rows have changed." in answer.content.decode()
    issue.refresh_from_db()
    assert issue.title != "New"


def test_the_scale_changes_together_with_the_values_of_the_answers(reviewer, an_issue):
    issue = an_issue()
    url = reverse("issues:edit", args=[issue.dossier.slug, issue.slug])
    nominal = filled(reviewer.get(url), scale="nominal")
    answer = reviewer.post(url, nominal)
    assert answer.status_code == 422
    assert "no order" in answer.content.decode()
    emptied = nominal | {f"stances-{n}-value": "" for n in range(4)}
    assert reviewer.post(url, emptied).status_code == 302
    assert Issue.objects.get().scale == "nominal"
    yes_no = filled(
        reviewer.get(url), scale="yes-no", stances__0__value="1", stances__1__value="-1"
    )
    assert reviewer.post(url, yes_no).status_code == 302
    assert Issue.objects.get().scale == "yes-no"


def test_stances_are_moved_by_their_places(reviewer, an_issue):
    issue = an_issue("aid")
    page = reviewer.get(url := reverse("issues:edit", args=[issue.dossier.slug, "aid"]))
    sent = filled(page, stances__0__ORDER="3", stances__4__label="Later", stances__4__value="0.5")
    assert reviewer.post(url, sent).status_code == 302
    order = list(issue.stances.order_by("order").values_list("slug", flat=True))
    assert order == ["neither", "opposes", "supports", "declines", "later"]
    page = reviewer.get(url)
    assert reviewer.post(url, filled(page, stances__4__ORDER="1")).status_code == 302
    order = list(issue.stances.order_by("order").values_list("slug", flat=True))
    assert order == ["later", "neither", "opposes", "supports", "declines"]
