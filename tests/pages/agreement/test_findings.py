"""The page of agreement begins with what can be said, what cannot, and who is not in it."""

import re

import pytest

from tests.pages.agreement.test_views import URL, four, said_on  # noqa: F401

pytestmark = pytest.mark.django_db


def test_it_begins_with_who_agrees_most_and_least_and_what_is_unknown(
    client,
    four,  # noqa: F811
    a_position,
):
    """Iran and Syria both oppose aid and the border; on aid Russia and Turkey support it.

    Iran and Syria 2 of 2 issues, Russia and Turkey 1.5 of 2; Iran with Russia 0 + 0 of 2, Turkey
    0 + 0.5 of 2, and so Syria: the least are Russia with both. Turkey is heard on a third issue in
    two voices, as is Russia: of the three issues on which both are heard two count.
    """
    a_position(actor="iran", issue="border", stance="opposes")
    for issue in ("aid", "border"):
        a_position(actor="syria", issue=issue, stance="opposes")
    for actor in ("russia", "turkey"):
        for stance in ("supports", "opposes"):
            a_position(actor=actor, issue="return", stance=stance)
    response = client.get(URL)
    words = said_on(response)
    assert (
        "Agreement is highest between Iran and Syria (1.00 on 2 of the 2 issues on which both are "
        "heard, which is few). Agreement is lowest between Iran and Russia (0.00 on 2 of the 2 "
        "issues on which both are heard, which is few); Syria and Russia (0.00 on 2 of the 2"
        in words
    )
    assert "What is not known could change who agrees most and least." in words
    html = response.content.decode()
    link = re.search(r'<a href="([^"]+)"[^>]*><bdi>Iran</bdi> and <bdi>Syria</bdi></a>', html)
    assert link[1] == "?pair=iran.syria#pair"
    two = said_on(client.get(f"{URL}?actor=russia&actor=turkey"))
    assert (
        "Only one pair shares enough issues to be compared: Russia and Turkey "
        "(0.75 on 2 of the 3 issues on which both are heard, which is few)." in two
    )
    three = said_on(client.get(f"{URL}?least=3&actor=russia&actor=turkey&actor=iran"))
    assert "No pair shares 3 issues, so it cannot be said who agrees most." in three
    assert (
        "3 pairs of 3 have no figure: 3 share fewer than 3 issues. That is silence "
        "in these sources, not disagreement." in three
    )
    first_hand = said_on(client.get(f"{URL}?least=3&actor=russia&actor=turkey&first_hand=1"))
    assert "Second-hand positions are left out, as requested. That is not" in first_hand
    assert "silence in these sources" not in first_hand
    statements = said_on(client.get(f"{URL}?measure=conflict"))
    assert re.search(r"Conflict is highest between [^.]* \(\d\.\d\d on \d issues\)", statements)


def test_ties_are_named_and_the_rest_of_them_counted(client, a_position):
    for actor in ("russia", "turkey", "iran", "syria"):
        for issue in ("aid", "border"):
            a_position(actor=actor, issue=issue)
    words = said_on(client.get(URL))
    assert "All 6 pairs that share enough issues have the same figure: Iran and Russia (1" in words
    assert "; and 3 more pairs with the same figure." in words


def test_who_is_left_out_is_named_before_the_table_with_the_reason(
    client,
    four,  # noqa: F811
    an_actor,
    a_position,
):
    for number in range(9):
        person = an_actor(f"person-{number}", kind="person")
        a_position(actor="russia", issue="aid", speaker=person)
    top = said_on(client.get(URL)).partition("What the figures")[0]
    assert "a single stance on fewer than 2 issues. Iran (1 issue), Usa (0 issues)" in top
    assert "9 persons are left out." in top
    assert "Person 7 and 1 more: Person 8" in top
    chosen = client.get(f"{URL}?actor=russia&actor=turkey&actor=iran")
    top = said_on(chosen).partition("What the figures")[0]
    assert "10 more actors of this dossier are not chosen." in top
    assert "What a person says" not in top
    spoken = said_on(client.get(f"{URL}?actor=russia&actor=person-0&least=1"))
    assert (
        "What a person says for an actor counts for both, which alone makes them agree." in spoken
    )
    assert "Usa" in top
    assert "Not on the map" not in top
    both = client.get(f"{URL}?actor=russia&actor=turkey")
    assert "Iran" in said_on(both).partition("What the figures")[0]


def test_a_sheet_of_paper_says_the_issues_the_method_and_the_sources(
    client, a_position, a_rendition
):
    for actor, source in (("russia", "gazette"), ("turkey", "herald")):
        rendition = a_rendition("It supports it.", article=f"{source}-1", source=source)
        for issue in ("aid", "border"):
            a_position(
                actor=actor, issue=issue, rendition=rendition, quote="supports",
                said="2017-01-10",
            )  # fmt: skip
    for measure in ("agreement", "congruence"):
        words = said_on(client.get(f"{URL}?measure={measure}"))
        assert "Issues Aid; Border" in words
        assert "Sources Gazette; Herald" in words
        assert "http://testserver/dossiers/talks/agreement/" in words
    none_yet = said_on(client.get(f"{URL}?as_of=2017-01-09"))
    assert "Sources Gazette" not in none_yet
