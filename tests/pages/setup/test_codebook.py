"""A codebook is begun by a template, from a table or from another dossier, all or nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from astana.exchange.codebook_table import EXAMPLE
from astana.models import Issue
from astana.models.codebook import TEMPLATES

pytestmark = pytest.mark.django_db

URL = "/dossiers/talks/setup/codebook/"


@pytest.fixture
def reviewer(client, a_member):
    client.force_login(a_member("carol", role="reviewer"))
    return client


def told(page) -> str:
    assert page.status_code == 422
    assert not Issue.objects.filter(dossier__slug="talks").exists()
    return page.content.decode()


def test_each_template_makes_an_issue_that_its_form_takes(reviewer):
    for one in TEMPLATES:
        sent = {"do": "template", "template": one.name, "title": one.name, "question": "What?"}
        assert reviewer.post(URL, sent).status_code == 302
        issue = Issue.objects.get(title=one.name)
        assert issue.stances.count() == len(one.stances)
        issue.full_clean()
    assert list(Issue.objects.values_list("title", flat=True)) == [one.name for one in TEMPLATES]
    assert reviewer.post(URL, sent).status_code == 422


def test_a_table_is_taken_with_its_groups_and_values(reviewer):
    file = SimpleUploadedFile("book.csv", b"\xef\xbb\xbf" + EXAMPLE.replace(",", ";").encode())
    assert reviewer.post(URL, {"do": "file", "file": file}).status_code == 302
    issue = Issue.objects.get()
    assert (issue.group, issue.description) == ("Security", "Of all fronts")
    assert [one.value for one in issue.stances.order_by("order")] == [1, -1, None]


def test_the_line_that_tells_spreadsheets_what_separates_columns_is_none_of_a_table(reviewer):
    told_of = reviewer.post(URL, {"do": "file", "table": "sep=;\nissue;question;stance\nA;;B\n"})
    assert "Line 3: " in told(told_of)
    table = "sep=;\r\n" + EXAMPLE.replace(",", ";")
    assert reviewer.post(URL, {"do": "file", "table": table}).status_code == 302


def test_all_that_is_wrong_with_a_table_is_said_with_its_lines(reviewer):
    table = (
        "issue,question,stance,value\nAid,Who pays?,All,2\nAid,,all,\n"
        "Oil,,One,\nBorders,Which?,One,\nBorders,,,\n"
    )
    html = told(reviewer.post(URL, {"do": "file", "table": table}))
    for line in (2, 3, 4, 5, 6):
        assert f"Line {line}: " in html
    # What was pasted is still there.
    assert "Who pays?,All,2" in html
    for words, says in (
        ({"table": "a,b\n1,2\n"}, "Missing: issue, question, stance"),
        ({"file": SimpleUploadedFile("a.csv", "é".encode("latin-1"))}, "not in UTF-8"),
        ({"table": "  "}, "Either choose a file or paste a table."),
        ({"table": "issue,question,stance,kind\nA,B,C,x\nA,,D,\n"}, "one of preference, fact"),
        # Cut at the comma, the sentence would say something else.
        ({"table": "issue,question,stance,definition\nA,B,C,D, not E\n"}, "Line 2: It has more"),
        ({"table": "issue,question,stance\nA,B,=C1\nA,,D\n"}, "Line 2: This is a formula."),
        ({"table": "issue,question,stance\n" + "A,B,C\n" * 3_000}, "at most 2000 rows"),
    ):
        assert says in told(reviewer.post(URL, {"do": "file"} | words))


def test_a_codebook_is_copied_from_a_dossier_that_one_may_read_and_no_other(
    reviewer, a_dossier, an_issue
):
    public = a_dossier("public")
    hidden = a_dossier("hidden", visibility="members")
    an_issue("aid", dossier=public, kind="fact", group="Costs")
    an_issue("secret", dossier=hidden)
    assert "Hidden" not in told(reviewer.post(URL, {"do": "copy", "of": "hidden"}))
    assert reviewer.post(URL, {"do": "copy", "of": "public"}).status_code == 302
    issue = Issue.objects.get(dossier__slug="talks")
    assert (issue.title, issue.kind, issue.group) == ("Aid", "fact", "Costs")
    assert issue.stances.count() == 4
    # What is here already is not taken twice.
    assert reviewer.post(URL, {"do": "copy", "of": "public"}).status_code == 422


def test_a_coder_begins_no_codebook(client, a_member):
    client.force_login(a_member("bob", role="coder"))
    sent = {"do": "template", "template": "yes-no", "title": "Aid", "question": "What?"}
    assert client.post(URL, sent).status_code == 403
    assert client.get(reverse("setup:codebook", args=["talks"])).status_code == 403
