"""Classes: pupils join with a code and without a name, the teacher sees how many guessed whom."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from astana.models import Class, Pupil, User
from astana.models.reading_class import (
    CODE_LENGTH,
    LETTERS,
    MOST_OF_ONE_TEACHER,
    MOST_PUPILS,
    new_code,
)
from astana.pages.classes.joining import MOST_WRONG_CODES
from astana.pages.shared.blind import blind_set
from tests.a_class import a_class, a_token
from tests.pages.rows import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher(db):
    return User.objects.create_user("teacher")


@pytest.fixture
def group(a_dossier, a_position, a_rendition, teacher):
    """A class that reads two actors on one issue."""
    a_position(actor="russia", rendition=a_rendition(), quote="Russia supports")
    a_position(actor="turkey", stance="opposes", summary="Ankara refuses.")
    return a_class(a_dossier(), user=teacher)


def _letters(group) -> dict[str, str]:
    """Return the letter of each actor, by short name."""
    blind = blind_set(group.blind, dossier=group.dossier, user=AnonymousUser())
    return {actor.slug: letter for letter, actor in blind.letters.items()}


def _send(client, group, **guesses: str):
    data = {f"guess-{letter}": slug for letter, slug in guesses.items()}
    return client.post(f"/class/{group.code}/", data, follow=True)


def _as_teacher(client, group, query: str = ""):
    client.force_login(group.user)
    return client.get(f"/classes/{group.code}/{query}")


# Codes.


def test_a_code_has_letters_that_nobody_mistakes_and_is_no_word():
    assert not set("AEIOUL0123456789") & set(LETTERS)
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {CODE_LENGTH}


@pytest.mark.parametrize("change", [str, str.lower, lambda code: f" {code[:4]}-{code[4:]} "])
def test_a_code_leads_to_its_class_however_it_is_typed(client, group, change):
    answer = client.get("/class/", {"code": change(group.code)})
    assert (answer.status_code, answer["Location"]) == (302, f"/class/{group.code}/")


def test_a_wrong_code_says_what_to_do_and_keeps_what_was_typed(client, group):
    answer = client.get("/class/", {"code": "BCDFGHJX"})
    assert answer.status_code == 404
    assert "There is no class with this code." in words_of(answer)
    assert 'value="BCDFGHJX"' in answer.content.decode()
    assert client.get("/class/BCDFGHJX/").status_code == 404


def test_an_expired_code_says_so(client, group):
    Class.objects.filter(pk=group.pk).update(expires_at=timezone.now())
    answer = client.get(f"/class/{group.code}/")
    assert answer.status_code == 410
    assert "has expired" in words_of(answer)
    assert _send(client, group).status_code == 410
    assert _as_teacher(client, group).status_code == 404


def test_who_tries_codes_is_stopped_even_before_a_right_one(client, group):
    for number in range(MOST_WRONG_CODES):
        assert client.get(f"/class/WRONG{number}/").status_code == 404
    answer = client.get(f"/class/{group.code}/")
    assert answer.status_code == 429
    assert "Try again in an hour" in words_of(answer)
    elsewhere = client.get(f"/class/{group.code}/", REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 200


def test_a_right_code_takes_no_try(client, group):
    for _ in range(MOST_WRONG_CODES + 1):
        answer = client.get("/class/", {"code": group.code})
    assert answer.status_code == 302


# Pupils.


def test_a_pupil_reads_without_names_and_guesses_from_a_list(client, group):
    page = client.get(f"/class/{group.code}/")
    html = re.sub(r"(?s)<select.*?</select>", "", page.content.decode())
    assert not re.search("Russia|Turk|Ankara|Talks", html)
    lists = re.findall(r"(?s)<select.*?</select>", page.content.decode())
    assert len(lists) == 2
    assert '<option value="russia">Russia</option>' in lists[0]


def test_a_pupil_is_a_random_number_and_the_guesses(client, group):
    answer = _send(client, group, A="russia", B="")
    assert "Your guesses are with your teacher." in words_of(answer)
    pupil = Pupil.objects.get()
    assert pupil.guesses == {"A": "russia"}
    assert re.fullmatch("[0-9a-f]{32}", pupil.token)
    kept = {field.name for field in Pupil._meta.get_fields()}
    assert kept == {"id", "group", "token", "guesses"}
    assert "sessionid" not in client.cookies


def test_the_number_is_for_the_pages_of_the_class_and_gone_with_it(client, group):
    page = client.get(f"/class/{group.code}/")
    assert page["Cache-Control"] == "private, no-store"
    cookie = page.cookies["class_token"]
    assert cookie["path"] == f"/class/{group.code}/"
    assert cookie["httponly"]
    assert 0 < cookie["max-age"] <= 8 * 3600


def test_sending_again_changes_what_was_sent(client, group):
    client.get(f"/class/{group.code}/")
    _send(client, group, A="russia")
    page = _send(client, group, A="turkey")
    assert [pupil.guesses for pupil in Pupil.objects.all()] == [{"A": "turkey"}]
    assert '<option value="turkey" selected>' in page.content.decode()


def test_a_number_of_one_class_is_none_of_another(client, group, teacher):
    other = a_class(group.dossier, user=teacher)
    client.cookies["class_token"] = client.get(f"/class/{group.code}/").cookies["class_token"].value
    _send(client, other, A="russia")
    _send(client, group, A="russia")
    assert len(set(Pupil.objects.values_list("token", flat=True))) == 2


def test_who_is_not_in_the_list_is_refused_and_the_rest_kept(client, group):
    answer = _send(client, group, A="atlantis", B="russia")
    assert answer.status_code == 422
    assert "“atlantis” is not in the list." in words_of(answer)
    assert '<option value="russia" selected>' in answer.content.decode()
    assert not Pupil.objects.exists()


def test_a_class_of_500_has_room_for_200(client, group):
    Pupil.objects.bulk_create(
        Pupil(group=group, token=str(number)) for number in range(MOST_PUPILS - 1)
    )
    assert _send(Client(), group, A="russia").status_code == 200
    answer = _send(client, group, A="russia")
    assert answer.status_code == 422
    assert f"room for {MOST_PUPILS} pupils" in words_of(answer)
    assert '<option value="russia" selected>' in answer.content.decode()
    assert Pupil.objects.count() == MOST_PUPILS
    assert "The class is full." in words_of(_as_teacher(client, group))


def test_what_is_gone_since_is_said(client, group):
    Class.objects.filter(pk=group.pk).update(blind="nonsense")
    answer = client.get(f"/class/{group.code}/")
    assert answer.status_code == 410
    assert "What this class was reading no longer exists." in words_of(answer)
    assert "What this class was reading no longer exists." in words_of(_as_teacher(client, group))


def test_a_dossier_that_is_made_private_closes_its_classes(client, group, a_dossier):
    dossier = a_dossier()
    dossier.visibility = "members"
    dossier.save()
    assert client.get(f"/class/{group.code}/").status_code == 410


# The teacher.


def test_a_teacher_opens_a_class_for_a_blind_reading(client, a_dossier, a_position, teacher):
    a_position()
    client.force_login(teacher)
    html = client.get(f"/dossiers/talks/blind/?set={a_token(a_dossier())}").content.decode()
    address = re.search(r'href="(/classes/new/\?set=[^"]+)"', html)[1]
    assert client.get(address).status_code == 200
    assert not Class.objects.exists()
    answer = client.post(address)
    group = Class.objects.get()
    assert answer["Location"] == f"/classes/{group.code}/"
    assert group.user == teacher
    assert str(group) in words_of(client.get("/classes/"))


@pytest.mark.parametrize("token", ["nonsense", "x" * 9000])
def test_a_set_that_is_none_opens_nothing(client, teacher, token):
    client.force_login(teacher)
    assert client.post(f"/classes/new/?set={token}").status_code == 400
    assert client.post("/classes/new/").status_code == 422
    assert not Class.objects.exists()


def test_a_dossier_for_members_is_read_by_no_class(client, a_dossier, a_member, a_position):
    dossier = a_dossier(visibility="members")
    a_position()
    member = a_member(dossier=dossier)
    client.force_login(member)
    token = a_token(dossier, user=member)
    assert "Read it with a class" not in words_of(client.get(f"/dossiers/talks/blind/?set={token}"))
    answer = client.post(f"/classes/new/?set={token}")
    assert answer.status_code == 422
    assert "can only read public dossiers" in words_of(answer)
    assert not Class.objects.exists()


def test_a_teacher_has_so_many_classes_at_once_and_expired_ones_do_not_count(client, group):
    for _ in range(MOST_OF_ONE_TEACHER - 1):
        a_class(group.dossier, user=group.user)
    client.force_login(group.user)
    address = f"/classes/new/?set={a_token(group.dossier)}"
    answer = client.post(address)
    assert answer.status_code == 422
    assert "End one first." in words_of(answer)
    Class.objects.filter(pk=group.pk).update(expires_at=timezone.now() - timedelta(hours=1))
    assert client.post(address).status_code == 302
    assert not Class.objects.filter(pk=group.pk).exists()


def test_the_picture_says_how_many_guessed_whom(client, group):
    letters = _letters(group)
    for guess in ("russia", "russia", "turkey", ""):
        _send(Client(), group, **{letters["russia"]: guess})
    page = _as_teacher(client, group)
    words = words_of(page)
    assert "4 pupils have sent guesses." in words
    assert f"Guesses for {letters['russia']} Guess Pupils Russia 2 Turkey 1 No guess 1" in words
    assert re.findall(r'class="part" width="(\d+)"', page.content.decode()).count("50") == 1


def test_who_is_right_is_shown_when_the_teacher_asks(client, group):
    letters = _letters(group)
    _send(Client(), group, **{letters["russia"]: "russia", letters["turkey"]: "russia"})
    hidden = words_of(_as_teacher(client, group))
    assert "recognised" not in hidden
    assert "Turkey" not in hidden
    shown = words_of(_as_teacher(client, group, "?names=1"))
    assert "1 of 1 recognised it." in shown
    assert "0 of 1 recognised it." in shown
    assert f"Guesses for {letters['russia']} Guess Pupils Russia right 1" in shown


def test_a_class_is_for_its_teacher_alone(client, group):
    client.force_login(User.objects.create_user("another"))
    for address in (f"/classes/{group.code}/", f"/classes/{group.code}/end/"):
        assert client.get(address).status_code == 404
    assert client.post(f"/classes/{group.code}/end/").status_code == 404
    assert Class.objects.filter(pk=group.pk).exists()
    assert "You have 0 open classes." in words_of(client.get("/classes/"))


def test_a_class_that_ends_goes_with_all_that_was_guessed(client, group):
    _send(Client(), group, A="russia")
    client.force_login(group.user)
    assert client.get(f"/classes/{group.code}/end/").status_code == 200
    assert Class.objects.exists()
    assert client.post(f"/classes/{group.code}/end/")["Location"] == "/classes/"
    assert "The class has ended, and its guesses are deleted." in words_of(client.get("/classes/"))
    gone = client.get(f"/classes/{group.code}/")
    assert gone.status_code == 404
    assert "No class of yours with this code is open. It may have ended or expired" in words_of(
        gone
    )
    assert not Class.objects.exists()
    assert not Pupil.objects.exists()
    assert client.get(f"/class/{group.code}/").status_code == 404


def test_expired_classes_are_deleted_by_a_command(group, teacher, capsys):
    kept = a_class(group.dossier, user=teacher)
    Class.objects.filter(pk=group.pk).update(expires_at=timezone.now())
    Pupil.objects.create(group=group, token="1")
    call_command("delete_expired_classes")
    assert "Expired classes deleted: 1." in capsys.readouterr().out
    assert list(Class.objects.all()) == [kept]
    assert not Pupil.objects.exists()


def test_a_full_class_costs_no_more_queries_than_an_empty_one(client, group):
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    client.force_login(group.user)
    addresses = (f"/classes/{group.code}/", f"/class/{group.code}/")
    for address in addresses:
        client.get(address)
    empty = [queries(address) for address in addresses]
    Pupil.objects.bulk_create(
        Pupil(group=group, token=str(n), guesses={"A": "russia"}) for n in range(MOST_PUPILS)
    )
    assert [queries(address) for address in addresses] == empty
