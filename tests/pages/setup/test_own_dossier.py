"""Four people follow docs/own-dossier.md and docs/coding.md, from nothing to readers."""

import re

import pytest

from astana.models import Position, User
from tests.a_person import Guide, Person, codes, sends, words_of
from tests.a_topic import (
    CLOSING,
    CODED,
    COURIER,
    DECLINES,
    GAZETTE,
    GAZETTE_NOW,
    NEITHER,
    NIGHTS,
    QUAI,
    SETTLED,
)

pytestmark = pytest.mark.django_db

MOST_INTERACTIONS = 30


def test_four_people_bring_a_topic_of_their_own_to_its_readers():
    guides = Guide("own-dossier.md"), Guide("coding.md")
    owner, ann, ben, reader = (
        Person(User.objects.create_user(name, f"{name}@example.org"), *guides)
        for name in ("owner", "ann", "ben", "reader")
    )
    begins(owner)
    sets_up(owner, guides[0])
    invites(owner, {ann: "coder", ben: "coder", reader: "reader"})
    adds_articles(owner, ann)
    code_independently(owner, ann, ben)
    settles(owner)
    figures_are_right(owner)
    reads_what_became_of_it(ben)
    drafts_are_decided_on(owner, ann)
    texts_change(owner, ann)
    objects_and_is_answered(owner, reader)
    assert [guide.left for guide in guides] == [set(), set()]


def begins(owner) -> None:
    """From nothing to the first published cell, alone and without the admin."""
    owner.open("/accounts/")
    owner.sees("Account")
    # 1. Begin: nothing but a title.
    owner.press("New dossier")
    owner.fill(title="The port")
    owner.press("Create the dossier")
    owner.count = 0
    # 2. The empty dossier leads to its set-up, which asks for the parties.
    owner.press("Set-up")
    owner.fill(names="Council\nHarbour union\nShipowners", kind="organisation")
    owner.press("Add these actors")
    # 3. A question by a template.
    owner.press("Begin with a template or another codebook")
    owner.fill(template="For or against", title=CLOSING, question="Is the port to close?")
    owner.press("Add the issue")
    # 4. An article of a new source.
    owner.press("Add an article")
    owner.fill(text=GAZETTE)
    owner.press("Read the text")
    owner.fill(new_source="Gazette", title="Council: no", published="2026-03-01")
    owner.press("Save the article")
    # 5. A passage is chosen in the text, and coded.
    owner.press("The port stays open, the council said.")
    owner.fill(actor="Council", issue=CLOSING)
    owner.press("Show its stances")
    owner.fill(stance="Against", said="2026-03-01")
    owner.press("Save and submit")
    # 6. Alone in the dossier, the owner lets reviewers publish their own codings.
    owner.press("Overview")
    owner.press("Settings")
    owner.sees("reviewers may publish their own codings")
    owner.fill(own_publishing="Reviewers may publish their own codings")
    owner.press("Save")
    owner.press("Review")
    owner.press("Publish")
    assert Position.objects.get().status == "published"
    # 7. The cell stands in the comparison.
    owner.press("Compare")
    [cell] = owner.page.xpath("//td[contains(., 'Against')]")
    assert "1 Mar 2026" in cell.text_content()
    assert owner.count <= MOST_INTERACTIONS


def sets_up(owner, guide) -> None:
    """Add what the first cell did not need."""
    owner.press("Review")
    owner.press("Set-up")
    owner.press("Actors")
    owner.press("Add an actor")
    owner.fill(
        **{
            "name": "Ada Lund",
            "kind": "person",
            "affiliations-0-body": "Council",
            "affiliations-0-role": "Mayor",
        }
    )
    owner.press("Save and add another")
    owner.fill(name="Chamber", kind="organisation")
    owner.press("Save and stay")
    owner.fill(**{"names-0-name": "Chambre de commerce", "names-0-language": "fr"})
    owner.press("Save")
    owner.sees("Ada Lund", "Chamber")
    owner.press("Edit", within="Harbour union")
    owner.fill(**{"names-0-name": "Syndicat du port", "names-0-language": "fr"})
    owner.press("Save")
    # The table of the guide is taken as it stands there; what nothing uses is removed again.
    owner.press("Set-up")
    owner.press("Begin with a template or another codebook")
    table = re.search(r"((?:^ {6}.+\n)+)", guide.text, re.MULTILINE)[1]
    owner.sees("A template", "Another dossier", "A table")
    owner.fill(table=re.sub(r"^ +", "", table, flags=re.MULTILINE))
    owner.press("Add these issues")
    owner.press("Begin with a template or another codebook")
    owner.fill(template="Yes, no, or not up for discussion", title=NIGHTS, question="Nights too?")
    owner.press("Add the issue")
    owner.press("Issues and their stances")
    owner.press("Up", within=NIGHTS)
    owner.press("Down", within=NIGHTS)
    owner.press("Edit", within=CLOSING)
    owner.sees("Place")
    owner.fill(description="All of it, and for good.")
    owner.press("Save")
    owner.press("Coding")
    owner.press("Set-up")
    owner.press("Issues and their stances")
    owner.press("Remove", within="Cease-fire")
    owner.press("Remove")


def invites(owner, people) -> None:
    """Ask three others in; each follows the link that is shown. What coders add is proposed."""
    for person, role in people.items():
        owner.open("/accounts/")
        owner.press("Members")
        owner.fill(email=f"{person.name}@example.org", role=role)
        owner.press("Invite")
        person.open(re.search(r"(/invitations/[\w-]+/)", words_of(owner.page.body))[1])
        person.press("Accept")
    owner.open("/accounts/")
    owner.press("Settings")
    owner.sees("What coders add while they code is a proposal")
    owner.fill(additions_are_proposed="What coders add while they code is a proposal")
    owner.press("Save")


def adds_articles(owner, ann) -> None:
    """Bring an article in each language."""
    for person, text, source, day in (
        (owner, COURIER, "Courier", "2026-03-02"),
        (ann, QUAI, "Le Quai", "2026-03-03"),
    ):
        person.press("Articles")
        person.press("Add an article")
        person.fill(text=text)
        person.press("Read the text")
        person.fill(title=f"{source}, {day}", new_source=source, published=day)
        person.press("Save the article")
        assert person.page.xpath("//p[@lang]/@lang")[0] == ("fr" if source == "Le Quai" else "en")


def code_independently(owner, ann, ben) -> None:
    """Give both articles to both coders, who code ten positions each."""
    owner.press("Review")
    owner.press("Assignments")
    owner.fill(coder=["ann…", "ben…"], is_independent="Independently of each other")
    owner.fill(article=["Courier, 2026-03-02", "Le Quai, 2026-03-03"])
    owner.press("Assign the chosen articles")
    for number, coder in enumerate((ann, ben), 2):
        for article in ("Courier, 2026-03-02", "Le Quai, 2026-03-03"):
            coder.press("Coding")
            coder.press(article)
            text = QUAI if article[0] == "L" else COURIER
            told = {sentence: coded for sentence, coded in CODED.items() if sentence in text}
            first, *others = told
            ways = {one: coder.way_to(one) for one in others}
            codes(coder, first, *told[first][:2], told[first][number])
            for sentence, way in ways.items():
                sends(coder, way, *told[sentence][:2], told[sentence][number], day=article[-10:])
            coder.press("Coding")
            coder.press("I have finished", within=article)
    ben.sees("Continue coding")
    owner.press("Independent coding")
    owner.sees("to be settled")


def settles(owner) -> None:
    """Accept what agrees; then a coding, none, and another one in place of both."""
    owner.press("Courier, 2026-03-02")
    owner.sees("3 units are coded alike")
    owner.press("Accept all that agree")
    owner.press("Hide whose codings these are")
    owner.sees("Coding A", "Coding B")
    owner.press("Show whose codings these are")
    owner.sees("1 of 2 to decide on", "Shipowners", "Write another one")
    owner.fill(chosen="ben…", reason="Neither is what it says.")
    owner.press("Accept the chosen coding")
    owner.sees("1 of 1 to decide on", "Harbour union")
    owner.fill(reason="It says nothing.")
    owner.press("Reject all")
    owner.press("Settle the round")
    owner.press("Independent coding")
    owner.press("Le Quai, 2026-03-03")
    owner.press("Accept all that agree")
    owner.press("Write another one, starting from…")
    owner.fill(stance=DECLINES, condition="While talks go on.", reason="No word, no view.")
    owner.press("Publish")
    owner.press("Settle the round")
    assert Position.objects.filter(assignment__isnull=False, public=True).count() == 8
    assert Position.objects.filter(public=True).count() == 1 + 8 + 1


def figures_are_right(owner) -> None:
    """Compare the figures with what is worked out by hand here.

    Both found all ten statements, and they differ on three: For and Neither, Neither and Declines
    (closing), No and Not up for discussion (nights). Percent agreement is 7 of 10.

    Kappa: of the 6 units on closing 4 are alike; Ann uses For 3, Against 2, Neither 1, Ben For 2,
    Against 2, Neither 1, Declines 1, so chance gives (3*2 + 2*2 + 1*1) / 36 = 11/36. Of the 4
    units on nights 3 are alike; Ann uses Yes 2, No 1, Not up 1, Ben Yes 2, Not up 2, so chance
    gives (2*2 + 1*2) / 16 = 6/16. Weighed by the units, chance is (11/6 + 6/4) / 10 = 1/3, and
    kappa (7/10 - 1/3) / (1 - 1/3) = 0.55.

    Alpha: three pairs differ. Closing: For 5, Against 4, Neither 2, Declines 1, so chance gives
    (5*4 + 5*2 + 5*1 + 4*2 + 4*1 + 2*1) / 11 = 49/11; nights: Yes 4, Not up 3, No 1, so
    (4*3 + 4*1 + 3*1) / 7 = 19/7. Alpha is 1 - 3 / (49/11 + 19/7) = 0.5815.

    With the values of the stances (For 1, Neither 0, Against -1; Yes 1, No -1; the others have
    none) 7 units are left, and one pair differs, by 1. Closing: For 5, Against 4, Neither 1, so
    chance gives (5*4*4 + 5*1*1 + 4*1*1) / 9 = 89/9; nights: Yes alone, so 0. The alpha of
    intervals is 1 - 1 / (89/9) = 0.8989.
    """
    owner.press("Agreement between coders")
    figures = {(row[0], row[1]): tuple(row[2:4]) for row in owner.rows_of(0) + owner.rows_of(1)}
    of = "Stance where coders chose the same issue"
    assert figures["Statements", "found by both, of those found by either"] == ("1.0000", "10")
    assert figures[of, "percent agreement"] == ("0.7000", "10")
    assert figures[of, "Cohen's kappa"] == ("0.5500", "10")
    assert figures[of, "Krippendorff's alpha, nominal"] == ("0.5815", "10")
    assert figures[of, "Krippendorff's alpha, interval"] == ("0.8989", "7")
    owner.press("What to discuss next")
    owner.sees("10 pairs of codings", "in 3 of them the stances differ")
    assert owner.rows_of(0) == [
        [CLOSING, "6", "2", "33 %", f"{DECLINES}, {NEITHER}"],
        [NIGHTS, "4", "1", "25 %", f"No, {SETTLED}"],
    ]
    # Each two stances stand once, so a row ends where it would say the same again.
    assert owner.rows_of(1) == [
        ["For", "2", "", "", ""],
        [NEITHER, "1", "0", "", ""],
        ["Against", "0", "0", "2", ""],
        [DECLINES, "0", "1", "0", "0"],
    ]
    assert owner.rows_of(2) == [
        ["Yes", "2", "", ""],
        ["No", "0", "0", ""],
        [SETTLED, "0", "1", "1"],
    ]


def reads_what_became_of_it(ben) -> None:
    """Read a notice, and one's own codings against what stands."""
    ben.open("/notices/")
    ben.sees("owner settled the codings of “Courier, 2026-03-02”")
    ben.press("What became of my codings")
    ben.sees(
        "10 of your codings have been decided on",
        "It says nothing.",
        "No word, no view.",
        "confirmed",
    )
    outcomes = [words_of(one).partition(": ")[2] for one in ben.page.xpath("//main//h2")]
    # Of the ten, seven were coded alike; of the others one was taken, as it was or in other words.
    assert sorted(outcomes) == ["confirmed"] * 8 + ["published", "rejected"]


def drafts_are_decided_on(owner, ann) -> None:
    """Code for several at once, hand in, and decide on many."""
    ann.press("Coding")
    ann.press("Articles")
    ann.press("Council: no")
    ann.press("Code this article")
    ann.sees("Choose whole sentences", "Code this passage", "Turn suggestions off", "+")
    ann.press("It walked out.")
    ann.press("Add the sentence before")
    ann.sees("Add the sentence after")
    ann.fill(actor="Harbour union", also="Shipowners", issue=CLOSING, said="2026-03-01")
    ann.press("Show its stances")
    ann.sees("Actor", "Issue", "Stance", "Voice", "Said", "Summary", "Speaker", "Condition")
    ann.sees("Direct quote", "Reported speech", "Document", "Act", "Attributed", "Characterised")
    ann.sees(
        "Event", "Note", "New actor", "New speaker", "Others who take it too", "New issue or stance"
    )
    ann.sees("New event", "New document")
    ann.sees("Name of a new actor who attributes it", "What the codebook says")
    ann.fill(stance="Against")
    ann.press("Save, and code this passage again")
    ann.fill(actor="", new_actor="Night watch", new_actor_kind="organisation", stance="Against")
    ann.press("Save as draft")
    ann.press("The council wants no nights…")
    ann.press("Start with an empty form")
    ann.fill(actor="Council", issue=NIGHTS)
    ann.press("Show its stances")
    ann.fill(stance="No")
    ann.press("Save as draft")
    ann.press("Coding")
    ann.press("Drafts 4")
    ann.fill(chosen=["Choose p023", "Choose p024", "Choose p025"])
    ann.press("Submit the chosen positions")
    owner.press("Review")
    owner.sees("Decide on the chosen positions together")
    owner.fill(chosen=["Choose p023", "Choose p024"])
    owner.press("Publish the chosen positions")
    owner.fill(**{"chosen": "Choose p025", "many-reason": "Nobody says so."})
    owner.press("Reject the chosen positions")
    ann.press("Coding")
    ann.sees("Settled differently")
    ann.press("Rejected…")
    ann.sees("Nobody says so.")
    ann.press("Work on it again…", within="Night watch")
    ann.press("Drafts 2")
    ann.press("Night watch on…")
    ann.press("Links")
    ann.fill(kind="An answer to the other one", key="p026")
    ann.press("Link")
    ann.press("Back")
    ann.press("Edit")
    other_tab = Person(User.objects.get(username="ann"))
    other_tab.open(ann.url)
    other_tab.fill(condition="In the day.")
    other_tab.press("Save")
    ann.fill(condition="By night.")
    ann.press("Save and submit", status=409)
    ann.sees("In the day.")
    ann.press("Save mine anyway and submit")


def texts_change(owner, ann) -> None:
    """Replace a text, and say where its passages stand now."""
    owner.press("Review")
    owner.press("Proposals 1")
    owner.sees("Proposals", "Proposal", "Night watch", "Accept", "Rename and accept")
    owner.press("Review 1")
    owner.press("Accept and publish")
    owner.press("Set-up")
    owner.press("Articles")
    owner.press("Edit", within="Council: no")
    owner.press("Its texts")
    owner.fill(text=GAZETTE_NOW)
    owner.press("Store as a new version")
    owner.press("Review")
    owner.press("Passages")
    owner.sees("Passages to check", "Intact in another setting", "Moved", "Ambiguous", "Lost")
    for _number in range(3):
        owner.press("Accept this place")
    owner.press("Choose this place")
    owner.press("Accept this passage")
    owner.sees("Every passage is where it was found.")
    ann.press("Coding")
    ann.press("Drafts 1")
    ann.sees("Delete the draft")
    ann.press("Delete…")


def objects_and_is_answered(owner, reader) -> None:
    """Object to what is published, and read the answer."""
    owner.press("Overview")
    owner.press("Settings")
    owner.fill(visibility="public")
    owner.press("Save")
    reader.open("/")
    reader.press("The port")
    reader.press("Compare")
    assert reader.page.xpath("//td[contains(., 'Against')]")
    reader.press("Positions")
    reader.press("Harbour union on “Closing the port”: Against.")
    reader.press("This passage does not say that")
    reader.fill(kind="The passage does not say that", text="It only walked out.")
    reader.press("Send to the reviewers")
    owner.press("Review")
    owner.press("Challenges 1")
    owner.press("It only walked out.")
    owner.fill(status="Decline: the position stands", text="Walking out is the answer.")
    owner.press("Answer in public")
    reader.open(reader.url)
    reader.sees("It only walked out.", "Walking out is the answer.")
