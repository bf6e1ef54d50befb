"""Independent coding side by side, and the figures on it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from astana.models import (
    Article,
    Assignment,
    Dossier,
    Evidence,
    Membership,
    Notice,
    Position,
    User,
)
from astana.models.summary import automatic_summary
from tests.a_large_dossier import TEXT, a_keeper, a_large_dossier, made_once

pytestmark = pytest.mark.django_db

DAY, NOW = date(2017, 1, 1), timezone.now()
ROUND = {"dossier": "talks", "article": "article-0"}


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """Make a dossier with a round of four units, each on a passage of its own."""
    with made_once(django_db_blocker):
        a_large_dossier("talks", size=4)
        for number in range(4):
            passages = Evidence.objects.filter(position__key__in=[f"r{number}", f"s{number}"])
            start = number * 5
            passages.update(start=start, end=start + 4, exact=TEXT[start : start + 4])
        yield


@pytest.fixture
def talks(made):
    """Return the dossier as it was made."""
    return Dossier.objects.get(slug="talks")


@pytest.fixture
def curator(client, talks):
    client.force_login(a_keeper())
    return client


def test_each_unit_is_decided_on_and_the_round_closed(curator, talks):
    url = reverse("rounds:decide", kwargs=ROUND)
    page = curator.get(reverse("rounds:detail", kwargs=ROUND))
    units = page.context["units"]
    # The codings of the first and the last differ in their stance; they share their passage.
    assert [unit.agrees for unit in units] == [False, True, True, False]
    for unit in units:
        answer = curator.post(
            url,
            {"codings": " ".join(unit.keys), "chosen": unit.keys[0], "decision": "accept"},
            follow=True,
        )
        assert f"{unit.keys[0]} is published." in answer.content.decode()
    closed = curator.post(reverse("rounds:close", kwargs=ROUND), follow=True)
    assert "The round is settled." in closed.content.decode()
    # Who settles it once more tells nobody again, and is not named as who did it.
    again = curator.post(reverse("rounds:close", kwargs=ROUND))
    assert "This round is settled already." in again.content.decode()
    assert Notice.objects.filter(kind="settled").count() == 2
    assert Position.objects.filter(key__startswith="r", public=True).count() == 4
    coder = User.objects.get(username="talks-s")
    curator.force_login(coder)
    seen = curator.get(reverse("rounds:detail", kwargs=ROUND)).content.decode()
    assert "The curator put" in seen


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"decision": "accept", "codings": "r0 s0", "chosen": "r1"},
        {"decision": "accept", "codings": "p0", "chosen": "p0"},
        {"decision": "reject", "codings": "r0 s0", "reason": " "},
        {"decision": "publish", "codings": "r0", "chosen": "r0"},
    ],
)
def test_a_decision_that_does_not_fit_changes_nothing(curator, posted):
    answer = curator.post(reverse("rounds:decide", kwargs=ROUND), posted)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert (
        not Position.objects.filter(assignment__isnull=False).exclude(status="submitted").exists()
    )


def test_a_curator_is_told_how_many_codings_are_still_open_and_what_was_rejected(curator):
    close, decide = (reverse(f"rounds:{name}", kwargs=ROUND) for name in ("close", "decide"))
    assert "8 are still open" in curator.post(close).content.decode()
    rejected = {"decision": "reject", "codings": "r0 s0", "reason": "Misread."}
    page = curator.post(decide, rejected, follow=True).content.decode()
    assert "All codings of the unit are rejected." in page
    others = Position.objects.filter(key__in=["r1", "s1", "r2", "s2", "r3"])
    others.update(status="rejected", reason="Misread.")
    assert "1 is still open" in curator.post(close).content.decode()


def test_a_curator_writes_another_position(curator, talks):
    url = reverse("rounds:write", kwargs={**ROUND, "position": "r0"})
    form = curator.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    values = {name: "" if value is None else value for name, value in values.items()}
    values = {name: getattr(value, "pk", value) for name, value in values.items()}
    answer = curator.post(url, values | {"summary": "In the curator's words."}, follow=True)
    third = Position.objects.get(summary="In the curator's words.")
    assert f"{third.key} is published." in answer.content.decode()
    assert (third.public, third.coder) == (True, a_keeper())
    assert third.settles.count() == 2
    refused = curator.post(url, values)
    assert refused.status_code == 404


def test_the_summary_of_another_position_follows_its_stance(curator, talks):
    coding = Position.objects.get(dossier=talks, key="r0")
    other = coding.issue.stances.exclude(pk=coding.stance_id).first()
    url = reverse("rounds:write", kwargs={**ROUND, "position": "r0"})
    values = {
        "actor": coding.actor_id,
        "stance": other.pk,
        "voice": "reported-speech",
        "said": coding.said,
        "summary": coding.summary,
    }
    asked = curator.post(url, values)
    assert asked.status_code == 422
    assert 'name="summary_stands"' in asked.content.decode()
    made = automatic_summary(actor=coding.actor, issue=coding.issue, stance=coding.stance)
    Position.objects.filter(pk=coding.pk).update(summary=made)
    assert curator.post(url, values | {"summary": made}).status_code == 302
    third = Position.objects.get(settles__key="r0")
    assert third.summary == automatic_summary(actor=coding.actor, issue=coding.issue, stance=other)


def test_coders_see_nothing_of_each_other_before_the_round_is_settled(client, talks):
    client.force_login(User.objects.get(username="talks-r"))
    answer = client.get(reverse("rounds:detail", kwargs=ROUND))
    assert answer.status_code == 403
    assert "are not settled yet" in answer.content.decode()
    figures = client.get(reverse("coder_agreement:index", args=["talks"]))
    assert figures.context["figures"]["rounds"] == 0


def test_a_round_that_is_not_finished_is_not_shown_to_curators_either(curator):
    Assignment.objects.filter(coder__username="talks-r").update(finished_at=None)
    assert curator.get(reverse("rounds:detail", kwargs=ROUND)).status_code == 404
    assert (
        curator.get(reverse("coder_agreement:index", args=["talks"])).context["figures"]["units"]
        == 0
    )


def test_the_figures_open_to_their_units(curator, talks):
    url = reverse("coder_agreement:index", args=["talks"])
    figures = curator.get(url).context["figures"]
    shown = {(one["of"], one["measure"]): one for one in figures["coded_as"]}
    # Four units; the coders differ on the stance of two of them (numbers 0 and 3).
    assert shown_of(curator.get(url))["stance", "percent"] == ("0.5000", 4)
    # r: 0 1 2 3 and s: 1 1 2 0. p_o = 2/4, p_e = (1*1 + 1*2 + 1*1 + 1*0)/16 = 4/16: 1/3.
    assert shown["stance", "kappa"]["value"] == "0.3333"
    assert shown["actor", "percent"]["value"] == "1.0000"
    assert shown["actor", "nominal"]["value"] == ""
    opened = curator.get(url, {"of": "stance", "measure": "kappa"}).context["figures"]["opened"]
    assert [unit["agrees"] for unit in opened] == [False, False, True, True]


def test_the_figures_on_passages_open_to_the_stretches_of_text(curator, talks):
    Evidence.objects.filter(position__key="s0").update(end=2, exact=TEXT[:2])
    url = reverse("coder_agreement:index", args=["talks"])
    figures = curator.get(url, {"of": "passages", "measure": "overlap"}).context["figures"]
    # Of 16 code points that either coder marked, both marked 14.
    assert {one["measure"]: one["value"] for one in figures["finding"]}["overlap"] == "0.8750"
    first = figures["stretches"][0]
    assert (first["agrees"], first["words"], first["left_by"]) == (False, TEXT[2:4], ["talks-s"])


def shown_of(answer) -> dict[tuple[str, str], tuple[str, int]]:
    """Return each figure of the page with the number of units behind it."""
    figures = answer.context["figures"]
    return {
        (one["of"], one["measure"]): (one["value"], one["figure"].n)
        for one in [*figures["finding"], *figures["coded_as"]]
    }


def test_finding_a_statement_opens_to_who_did_not(curator, talks):
    """Of four statements s finds three: 3 of 4, though what both found agrees in each issue."""
    Position.objects.filter(key="s3").update(status="draft")
    url = reverse("coder_agreement:index", args=["talks"])
    answer = curator.get(url, {"of": "statements", "measure": "found"})
    assert shown_of(answer)["statements", "found"] == ("0.7500", 4)
    first = answer.context["figures"]["opened"][0]
    assert [coder for coder, _ in first["said"]] == ["talks-r"]
    page = answer.content.decode()
    assert "not found by <bdi>talks-s</bdi>" in page
    # What both found may differ in its stance: it is not called the same.
    assert page.count("found by all") == 3
    assert "the same</span>" not in page


def test_voice_date_and_speaker_have_figures_of_their_own(curator, talks):
    Position.objects.filter(key="s0").update(voice="direct-quote")
    Position.objects.filter(key__in=["s1", "s2"]).update(said="2017-01", earliest=date(2017, 1, 1))
    Position.objects.filter(key__in=["r1", "r2"]).update(
        said="2017-01-01/2017-01-24", earliest=date(2017, 1, 1)
    )
    speakers = talks.actors.order_by("pk")
    for number, key in enumerate(["s0", "s1", "r1"]):
        Position.objects.filter(key=key).update(speaker=speakers[number])
    figures = shown_of(curator.get(reverse("coder_agreement:index", args=["talks"])))
    assert figures["voice", "percent"] == ("0.7500", 4)
    # The same first and last day is the same date, in whatever way it is written.
    assert figures["said", "percent"] == ("1.0000", 4)
    # Naming nobody is an answer too: 2 and 3 are the same, 0 and 1 are not.
    assert figures["speaker", "percent"] == ("0.5000", 4)


def test_what_lines_up_is_marked_beside_the_figure(curator, talks):
    page = curator.get(reverse("coder_agreement:index", args=["talks"])).content.decode()
    rows = [row for row in page.split("<tr") if "also used to line up" in row]
    # Issue and actor, by three measures each.
    assert len(rows) == 6
    assert all(">Issue" in row or ">Actor" in row for row in rows)


def test_undefined_figures_say_why_in_words(curator, talks):
    url = reverse("coder_agreement:index", args=["talks"])
    page = curator.get(url).content.decode()
    assert "Undefined: only one value was used" in page
    other = talks.issues.get(slug="issue-1")
    Position.objects.filter(key="s0").update(issue=other, stance=other.stances.first())
    # Three of the four on the same issue, none of them with a value.
    talks.issues.get(slug="issue-0").stances.update(value=None)
    values = curator.get(url).context["figures"]["coded_as"]
    why = {one["measure"]: str(one["why"]) for one in values if one["of"] == "stance"}
    assert why["percent"] == ""
    unscaled = "Undefined: on no statement did two coders choose stances with a value."
    assert why["ordinal"] == why["interval"] == unscaled
    Position.objects.filter(key__in=["s1", "s2", "s3"]).update(status="draft")
    page = curator.get(url).content.decode()
    assert "Undefined: no two coders chose the same issue for a statement." in page
    assert ">undefined<" not in page


def test_a_third_coder_changes_no_figure_of_a_pair(curator, talks):
    """The third sees another issue in each passage, and a stance of another value."""
    url = reverse("coder_agreement:index", args=["talks"])
    asked = {"pair": "talks-r.talks-s"}
    before = curator.get(url, asked)
    third = User.objects.create_user("third")
    assignment = Assignment.objects.filter(dossier=talks, is_independent=True).first()
    assignment.pk, assignment.coder = None, third
    assignment.save(force_insert=True)
    issue = talks.issues.get(slug="issue-1")
    for number in range(4):
        position = Position.objects.get(key=f"r{number}")
        passage = position.evidence.get()
        position.pk, position.key, position.coder = None, f"t{number}", third
        position.assignment, position.issue = assignment, issue
        position.stance = issue.stances.order_by("value").last()
        position._state.adding = True
        position.save()
        passage.pk, passage.position, passage.end = None, position, passage.end + number
        passage._state.adding = True
        passage.save()
    after = curator.get(url, asked)
    assert shown_of(after) == shown_of(before)
    rows = {row["label"]: row["figures"] for row in curator.get(url).context["figures"]["pairs"]}
    assert list(rows) == ["talks-r, talks-s", "talks-r, third", "talks-s, third"]
    of_stance = {key: value for key, value in shown_of(before).items() if key[0] == "stance"}
    two = rows["talks-r, talks-s"]
    assert {("stance", one["measure"]): (one["value"], one["figure"].n) for one in two} == of_stance
    # The third shares passages with the others and no issue.
    assert {one["figure"].n for one in rows["talks-r, third"]} == {0}


def test_a_third_coder_takes_no_partner_from_a_pair(curator, talks):
    """r0 and s0 share two code points; a third shares the other two with r0, and its issue."""
    url = reverse("coder_agreement:index", args=["talks"])
    other = talks.issues.get(slug="issue-1")
    Position.objects.filter(key="s0").update(issue=other, stance=other.stances.first())
    Evidence.objects.filter(position__key="s0").update(start=2, exact=TEXT[2:4])
    assignment = Assignment.objects.filter(dossier=talks, is_independent=True).first()
    assignment.pk, assignment.coder = None, User.objects.create_user("third")
    assignment.save(force_insert=True)
    position = Position.objects.get(key="r0")
    passage = position.evidence.get()
    position.pk, position.key, position._state.adding = None, "t0", True
    position.coder, position.assignment = assignment.coder, assignment
    position.save()
    passage.pk, passage.position, passage._state.adding = None, position, True
    passage.end, passage.exact = 2, TEXT[:2]
    passage.save()
    # Lined up with the third, s0 stands alone; of the pair alone it is found by both.
    assert curator.get(url).context["figures"]["units"] == 5
    assert shown_of(curator.get(url, {"pair": "talks-r.talks-s"}))["statements", "found"] == (
        "1.0000",
        4,
    )


def test_figures_of_an_issue_and_of_a_pair(curator, talks):
    url = reverse("coder_agreement:index", args=["talks"])
    asked = {"issue": "issue-0", "pair": "talks-r.talks-s"}
    figures = curator.get(url, asked).context["figures"]
    assert (figures["units"], figures["issues"], figures["pairs"]) == (4, [], [])


@pytest.mark.parametrize("query", ["issue=atlantis", "pair=a.b", "measure=beta", "of=mood"])
def test_what_is_unknown_is_named(curator, talks, query):
    answer = curator.get(reverse("coder_agreement:index", args=["talks"]) + f"?{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


def test_a_reader_has_no_desk(client, talks):
    reader = User.objects.create_user("rita")
    Membership.objects.create(dossier=talks, user=reader, role="reader")
    client.force_login(reader)
    for name in ("rounds:index", "coder_agreement:index"):
        assert client.get(reverse(name, args=["talks"])).status_code == 403


def test_no_round_is_beyond_reach_however_many_there_are(curator, talks):
    first = Article.objects.get(slug="article-0")
    coders = User.objects.filter(assignments__article=first).distinct()
    articles = [
        Article(dossier=talks, slug=f"x{n}", source=first.source, title=f"T{n}", published=DAY)
        for n in range(204)
    ]
    Article.objects.bulk_create(articles)
    Assignment.objects.bulk_create(
        Assignment(
            dossier=talks,
            article=article,
            coder=coder,
            assigned_by=a_keeper(),
            is_independent=True,
            finished_at=NOW,
        )
        for article in articles
        for coder in coders
    )
    listed = curator.get(reverse("rounds:index", args=["talks"]), {"page": 9}).context["shown"]
    assert listed.paginator.count == 205
    assert len(listed) == 5
    assert curator.get(reverse("rounds:detail", args=["talks", "x0"])).status_code == 200
    assert curator.get(reverse("rounds:detail", args=["talks", "x203"])).status_code == 200
    page = curator.get(reverse("coder_agreement:index", args=["talks"])).content.decode()
    assert "205 articles that all their coders have finished" in page
