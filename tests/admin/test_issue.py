"""Stances keep to their issue and to the scale."""

from astana.models import Issue, Stance
from tests.admin.conftest import admin_url
from tests.admin.forms import errors_of, send


def test_an_issue_is_entered_with_its_stances(desk, a_dossier):
    response = send(
        desk,
        admin_url(Issue, "add"),
        dossier=a_dossier(),
        title="Truce",
        slug="truce",
        question="Should there be a truce?",
        **{
            "stances-TOTAL_FORMS": 1,
            "stances-0-label": "Yes",
            "stances-0-slug": "yes",
            "stances-0-value": "1",
            "stances-0-order": "0",
            "stances-0-description": "Guns fall silent",
            "stances-0-examples": "No shot is fired",
            "stances-0-counter_examples": "A pause of an hour",
        },
    )
    assert response.status_code == 302, errors_of(response)
    stance = Stance.objects.get()
    assert stance.label == "Yes"
    entry = (stance.description, stance.examples, stance.counter_examples)
    assert entry == ("Guns fall silent", "No shot is fired", "A pause of an hour")


def test_an_issue_is_not_called_like_a_page(desk, an_issue):
    response = send(desk, admin_url(Issue, "change", an_issue().pk), slug="new")
    assert "A page has the address “new”. Choose another name." in errors_of(response)


def test_a_value_off_the_scale_is_refused(desk, an_issue):
    stance = an_issue().stances.get(slug="supports")
    response = send(desk, admin_url(Stance, "change", stance.pk), value="1.5")
    assert "The value must be between -1 and 1." in errors_of(response)


def test_a_stance_stays_with_its_issue(desk, an_issue, a_position):
    stance = a_position().stance
    address = admin_url(Stance, "change", stance.pk)
    renamed = {"label": "Backs it", "renames": "Backs it"}
    response = send(desk, address, issue=an_issue("truce"), **renamed)
    assert response.status_code == 302, errors_of(response)
    changed = Stance.objects.get(pk=stance.pk)
    assert (changed.label, changed.issue_id) == ("Backs it", stance.issue_id)


def test_a_stance_keeps_its_short_name_to_itself(desk, an_issue):
    stance = an_issue().stances.get(slug="supports")
    response = send(desk, admin_url(Stance, "change", stance.pk), slug="opposes")
    assert "The issue has a stance with this short name." in errors_of(response)


def test_a_stance_that_positions_take_is_not_deleted_with_its_row(desk, a_position):
    issue = a_position().issue
    number = [stance.slug for stance in issue.stances.all()].index("supports")
    address = admin_url(Issue, "change", issue.pk)
    response = send(desk, address, **{f"stances-{number}-DELETE": "on"})
    assert "would require deleting the following protected related objects" in errors_of(response)
    assert issue.stances.count() == 4


def test_a_row_that_names_a_stance_of_another_issue_is_refused(desk, an_issue):
    issue, other = an_issue(), an_issue("border")
    address = admin_url(Issue, "change", issue.pk)
    response = send(desk, address, **{"stances-0-id": other.stances.first().pk})
    assert "The stored rows have changed." in errors_of(response)
    own = issue.stances.order_by("order").first()
    response = send(desk, address, **{"stances-1-id": own.pk, "stances-0-id": own.pk})
    assert "The stored rows have changed." in errors_of(response)
