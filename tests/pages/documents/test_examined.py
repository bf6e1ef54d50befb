"""What a document lacks is a finding only where somebody looked; an omission names its text."""

import pytest
from django.core.management import call_command

from astana.models import Dossier
from tests.exchange.packages import SEEDS
from tests.pages.documents.fates import fates
from tests.pages.rows import section_of, words_of

pytestmark = pytest.mark.django_db
BASE = "/dossiers/talks/documents/"


def test_an_omission_names_the_text_that_it_is_relative_to(client, a_text, provides):
    provides(a_text("old", 1), "prisoners", "supports")
    provides(a_text("new", 20), "prisoners", "declines")
    response = client.get(f"{BASE}new/")
    assert "“New” (20 Jan 2017) leaves out what “Old” (1 Jan 2017) had" in words_of(response)
    omitted = section_of(response, "What it is recorded as leaving out")
    assert omitted.startswith("Prisoners Leaves out what Old (1 Jan 2017) had. Russia Declines")
    assert "provisions are recorded on 0 of the issues" in words_of(response)


def test_an_omission_is_relative_to_the_newest_earlier_text_that_had_it(client, a_text, provides):
    provides(a_text("first", 1), "prisoners", "supports")
    provides(a_text("second", 2), "prisoners", "neither")
    provides(a_text("third", 3), "prisoners", "declines")
    provides(a_text("shown", 4), "prisoners", "declines")
    provides(a_text("later", 5), "prisoners", "supports")
    omitted = section_of(client.get(f"{BASE}shown/"), "What it is recorded as leaving out")
    assert "Leaves out what Second (2 Jan 2017) had." in omitted


def test_an_omission_that_no_earlier_text_is_known_for_says_so(client, a_text, provides):
    provides(a_text("new", 20), "prisoners", "declines")
    omitted = section_of(client.get(f"{BASE}new/"), "What it is recorded as leaving out")
    assert "No earlier document of this dossier is recorded as having it." in omitted


def test_what_was_examined_without_a_find_is_said_to_be(client, a_text, provides, examine):
    provides(a_text("old", 1), "prisoners", "supports")
    examine(a_text("new", 20), "prisoners")
    (dropped,) = fates(client.get(f"{BASE}new/"))["dropped"]
    assert "20 Jan 2017 examined, no provision found" in dropped


def test_what_was_not_examined_counts_on_no_side(client, a_text, provides, examine):
    """Of four issues: one in both texts, one in each alone where the other was not examined.

    The fourth was examined in both, and neither has it.
    """
    old, new = a_text("old", 1), a_text("new", 20)
    for text in (old, new):
        provides(text, "truce")
        examine(text, "elections")
    provides(old, "prisoners")
    provides(new, "borders")
    response = client.get(f"{BASE}new/")
    found = fates(response)
    assert {group: len(all_) for group, all_ in found.items()} == {"kept": 1, "unexamined": 2}
    borders, prisoners = sorted(found["unexamined"])
    assert "1 Jan 2017 not examined for this issue 20 Jan 2017 Supports" in borders
    assert "1 Jan 2017 Supports 20 Jan 2017 not examined for this issue" in prisoners
    words = words_of(response)
    assert "0 dropped, 0 changed, 0 new, 1 kept" in words
    assert "2 further issues are not compared" in words
    assert (
        "Examined, of 4 issues: 1 in the text of 1 Jan 2017, 1 in the text of 20 Jan 2017, 1 in "
        "both. On 1 issue for which both were examined, neither has a provision."
    ) in words


def test_a_document_says_for_which_issues_it_was_examined(
    client, a_text, provides, examine, an_issue
):
    text = a_text("text")
    an_issue("elections")
    words = section_of(client.get(f"{BASE}text/"), "What it provides")
    assert "Not examined clause by clause for any issue" in words
    provides(text, "truce")
    examine(text, "truce", "borders")
    words = section_of(client.get(f"{BASE}text/"), "What it provides")
    assert "Examined, clause by clause, for 2 of 3 issues: Borders (no provision found), Truce" in (
        words.replace(" ,", ",")
    )
    assert "Not examined for the others" in words
    examine(text, "elections")
    words = section_of(client.get(f"{BASE}text/"), "What it provides")
    assert "for 3 of 3 issues" in words
    assert "Not examined" not in words


def test_without_a_code_book_nothing_is_said_of_examining(client, a_text):
    a_text("text")
    assert "xamined" not in words_of(client.get(f"{BASE}text/"))


def test_signing_is_about_a_document_and_no_provision_of_it(client, a_text, provides, a_position):
    old, new = a_text("old", 1), a_text("new", 20)
    for text in (old, new):
        provides(text, "truce")
    signed = {"document": new, "said": "2017-01-20", "summary": "Russia signs the text."}
    a_position(issue="communique", voice="act", **signed)
    response = client.get(f"{BASE}new/")
    assert "Russia signs the text." not in section_of(response, "What it provides")
    assert "Russia signs the text." in section_of(response, "Said or done about it")
    assert "provisions are recorded on 1 of the issues" in words_of(response)
    assert {group: len(all_) for group, all_ in fates(response).items()} == {"kept": 1}
    assert "Communique" not in fates(response)["kept"][0]


def test_an_answer_without_an_order_is_a_provision(client, a_text, provides, an_issue):
    which = an_issue("which-capital", scale="nominal")
    which.stances.update(value=None)
    for name, day in (("old", 1), ("new", 20)):
        provides(a_text(name, day), "which-capital", "supports" if day == 1 else "declines")
    response = client.get(f"{BASE}new/")
    assert list(fates(response)) == ["changed"]
    assert "Which capital" in section_of(response, "What it provides")


def test_many_signatories_do_not_cut_a_comparison(client, a_text, provides):
    for name, day in (("old", 1), ("new", 20)):
        for actor in ("russia", "turkey", "iran"):
            provides(a_text(name, day), "truce", actor=actor)
    (kept,) = fates(client.get(f"{BASE}new/"))["kept"]
    assert kept == "Truce 1 Jan 2017 Supports 20 Jan 2017 Supports"


def test_the_demonstration_tells_only_of_clauses_that_were_looked_at(client):
    """Between Moscow and Astana: a clause on a secular state is in the first and left out later.

    That is recorded in both texts (p049 to p051 and p052 to p054), so it is told without examining.
    Signing the statement in Astana (p069 to p071) and the memorandum (p130 to p132) is an act.
    """
    call_command("load_dossier", SEEDS, verbosity=0)
    dossier = Dossier.objects.get(slug="syria-astana-2017")
    texts = {text.slug: text for text in dossier.documents.all()}
    moscow, astana = texts["moscow-statement-2016"], texts["astana-statement-2017-01"]
    response = client.get(f"{astana.get_absolute_url()}?with={moscow.slug}")
    omitted = section_of(response, "What it is recorded as leaving out")
    assert f"Leaves out what {moscow.title} (20 Dec 2016) had." in omitted
    looked_at = {
        text.pk: set(text.examined.values_list("issue__title", flat=True))
        | set(text.positions.filter(voice="document").values_list("issue__title", flat=True))
        for text in (moscow, astana)
    }
    both = looked_at[moscow.pk] & looked_at[astana.pk]
    found = fates(response)
    for group, all_ in found.items():
        for words in all_:
            told = any(words.startswith(f"{title} ") for title in both)
            assert told == (group != "unexamined"), words


def test_between_moscow_and_astana_only_what_both_were_looked_at_for_counts(client):
    """Both have a clause on territorial integrity; the secular state is in Moscow's alone.

    Both were examined for these two issues. Moscow's has two more (Iran and Russia as guarantors)
    and Astana's four (monitoring, groups outside the truce, armed groups in Geneva, a political
    solution): for none of these six was the other text examined, so they are neither dropped nor
    new. That the three signed is no provision.
    """
    call_command("load_dossier", SEEDS, verbosity=0)
    url = "/dossiers/syria-astana-2017/documents/astana-statement-2017-01/"
    response = client.get(f"{url}?with=moscow-statement-2016")
    words = words_of(response)
    assert "1 dropped, 0 changed, 0 new, 1 kept" in words
    assert "6 further issues are not compared" in words
    assert {group: len(all_) for group, all_ in fates(response).items()} == {
        "dropped": 1,
        "kept": 1,
        "unexamined": 6,
    }
    assert "Standing behind the Astana statement" in section_of(response, "Said or done about it")
    assert "Standing behind" not in section_of(response, "What it provides")
