"""What can be found is what is there: the search is kept in step with every write."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from astana.models import (
    Actor,
    ActorName,
    Article,
    Issue,
    Position,
    Rendition,
    SearchEntry,
    Source,
    Stance,
    User,
)
from astana.models.search import rebuild
from astana.search.index import backend
from astana.search.terms import terms_of
from astana.words.normalise import normalise
from tests.a_large_dossier import a_large_dossier

pytestmark = pytest.mark.django_db


def found(words: str, *, user: User | None = None) -> set[str]:
    """Return what has these words itself, as kind and short name or key."""
    terms = terms_of(f"{words} ")
    entries = SearchEntry.objects.visible_to(user or User(is_superuser=True))
    rows = backend().matching(entries, backend().expression(terms, [[] for _ in terms]))
    models = {"actor": Actor, "issue": Issue, "article": Article, "source": Source}
    return {
        f"{kind} {models[kind].objects.get(pk=record).slug}"
        if kind in models
        else f"{kind} {Position.objects.get(pk=record).key}"
        for kind, record in rows.values_list("kind", "record")
    }


def index() -> list[tuple]:
    """Return everything that the search holds."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT * FROM astana_searchentry JOIN astana_search_words"
                " ON astana_search_words.rowid = id ORDER BY id"
            )
        else:
            cursor.execute("SELECT * FROM astana_searchentry ORDER BY id")
        return cursor.fetchall()


def words_without_entry() -> int:
    """Return how many rows of words there are too many (SQLite keeps them in a table apart)."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM astana_search_words")
        return cursor.fetchone()[0] - SearchEntry.objects.count()


def test_what_is_created_is_found(an_actor, an_issue, a_rendition, a_position):
    an_actor("russia", name="Rossiya", description="A federation.")
    an_issue("truce", title="The truce", question="Should weapons rest?", description="Weaponry.")
    a_rendition("The envoys lunched.", article="gazette-1")
    a_position(key="p1", issue="truce", summary="Agrees to it.", condition="If snow melts.")
    assert found("rossiya federation") == {"actor russia"}
    assert found("weapons weaponry supports") == {"issue truce"}
    assert found("envoys lunched") == {"article gazette-1"}
    assert found("agrees snow") == {"position p1"}
    assert found("gazette") == {"source gazette", "article gazette-1"}


def test_what_is_changed_is_found_by_its_new_words_alone(an_actor, a_position):
    actor, position = an_actor("russia", name="Rossiya"), a_position(key="p1", summary="Agrees.")
    actor.name = "Moskva"
    actor.save()
    position.summary = "Refuses."
    position.save()
    assert found("moskva") == {"actor russia"}
    assert found("refuses") == {"position p1"}
    assert found("rossiya") == found("agrees") == set()


def test_what_is_deleted_is_not_found(an_actor, a_position, a_rendition):
    actor, position, rendition = an_actor("iran"), a_position(summary="Agrees."), a_rendition()
    position.delete()
    actor.delete()
    rendition.article.delete()
    assert found("agrees") == found("iran") == found("gazette 2017") == set()
    assert words_without_entry() == 0


def test_an_actor_is_found_by_each_of_its_names(an_actor):
    actor = an_actor("jaafari", name="Bashar al-Jaafari")
    name = ActorName.objects.create(actor=actor, name="بشار الجعفري", language="ar")
    assert found("الجعفری") == {"actor jaafari"}
    name.name = "Башар Джафари"
    name.save()
    assert found("الجعفري") == set()
    assert found("джафари") == {"actor jaafari"}
    name.delete()
    assert found("джафари") == set()
    assert found("jaafari") == {"actor jaafari"}


def test_a_part_that_moves_leaves_the_words_of_where_it_was(an_actor, an_issue, a_rendition):
    name = ActorName.objects.create(actor=an_actor("iran"), name="Persia", language="en")
    name.actor = an_actor("iraq")
    name.save()
    assert found("persia") == {"actor iraq"}
    stance = an_issue("truce").stances.get(slug="neither")
    Stance.objects.filter(pk=stance.pk).update(
        slug="undecided", label="Undecided", issue=an_issue("peace")
    )
    assert found("undecided") == {"issue peace"}


def test_changes_in_bulk_are_kept_in_step(an_actor, an_issue, a_position):
    actor = an_actor("russia")
    ActorName.objects.bulk_create(
        ActorName(actor=actor, name=name, language="en") for name in ("Muscovy", "Rus")
    )
    assert found("muscovy") == found("rus") == {"actor russia"}
    ActorName.objects.filter(name="Rus").update(name="Ruthenia")
    assert found("ruthenia") == {"actor russia"}
    names = list(ActorName.objects.all())
    for name in names:
        name.name = f"Greater {name.name}"
    ActorName.objects.bulk_update(names, ["name"])
    assert found("greater muscovy ruthenia") == {"actor russia"}
    ActorName.objects.all().delete()
    assert found("muscovy") == set()
    a_position(key="p1", summary="One agrees.")
    a_position(key="p2", summary="Two agrees.")
    Position.objects.filter(key="p1").delete()
    assert found("agrees") == {"position p2"}
    assert words_without_entry() == 0


def test_a_bulk_that_could_not_be_kept_in_step_is_refused(an_actor):
    with pytest.raises(ValueError, match="there already"):
        Actor.objects.bulk_create([Actor()], ignore_conflicts=True)


@pytest.mark.parametrize("status", ["draft", "submitted", "rejected"])
def test_only_what_is_published_is_found(a_position, status):
    position = a_position(key="p1", summary="Agrees.", status=status, reason="No.")
    assert found("agrees") == set()
    position.status = "published"
    position.save()
    assert found("agrees") == {"position p1"}
    Position.objects.update(status=status)
    assert found("agrees") == set()
    Position.objects.update(status="published")
    assert found("agrees") == {"position p1"}


def test_words_for_members_are_found_by_members_alone(a_rendition, a_member):
    a_rendition("Open words.", article="gazette-1")
    secret = a_rendition("Hidden words.", article="gazette-1", kind="full", rights="members")
    member, stranger = a_member("alice"), User.objects.create_user("charlie")
    for user in (stranger, AnonymousUser()):
        assert found("hidden", user=user) == set()
        assert found("open words", user=user) == {"article gazette-1"}
    assert found("hidden", user=member) == {"article gazette-1"}
    assert found("open hidden", user=member) == {"article gazette-1"}
    Rendition.objects.filter(pk=secret.pk).update(rights="public")
    assert found("hidden", user=stranger) == {"article gazette-1"}
    Rendition.objects.filter(pk=secret.pk).update(rights="members")
    assert found("hidden", user=stranger) == set()


def test_an_article_is_one_result_for_every_reader(a_rendition, a_member):
    a_rendition("Open words.", article="gazette-1")
    a_rendition("Hidden words.", article="gazette-1", kind="full", rights="members")
    for user in (a_member("alice"), User.objects.create_user("charlie"), User(is_superuser=True)):
        entries = SearchEntry.objects.visible_to(user)
        assert entries.filter(kind="article").count() == 1


def test_only_the_newest_version_of_a_text_is_found(a_rendition):
    a_rendition("First words.", article="gazette-1")
    a_rendition("Second words.", article="gazette-1", version=2)
    assert found("first") == set()
    assert found("second") == {"article gazette-1"}


def test_the_visibility_of_a_dossier_decides_at_once(a_dossier, an_actor, a_member):
    dossier = a_dossier("talks")
    an_actor("russia", dossier=dossier)
    member, stranger = a_member("alice", dossier=dossier), User.objects.create_user("charlie")
    assert found("russia", user=stranger) == {"actor russia"}
    dossier.visibility = "members"
    dossier.save()
    assert found("russia", user=stranger) == set()
    assert found("russia", user=member) == {"actor russia"}


def test_a_dossier_takes_its_words_with_it(a_dossier, an_issue):
    an_issue("truce", dossier=a_dossier("talks"))
    assert len(index()) == 1
    a_dossier("talks").delete()
    assert index() == []
    assert words_without_entry() == 0


def test_what_is_taken_back_was_never_found(an_actor):
    actor = an_actor("russia", name="Rossiya")
    with transaction.atomic():
        actor.name = "Moskva"
        actor.save()
        transaction.set_rollback(True)
    assert found("rossiya") == {"actor russia"}
    assert found("moskva") == set()


def test_a_very_long_text_is_searched_in_its_beginning(a_rendition):
    words = " ".join(f"w{number}" for number in range(60_000))
    a_rendition(f"Beginning {words} ending", article="gazette-1")
    assert found("beginning w1") == {"article gazette-1"}
    assert found("ending") == set()


def test_a_phrase_is_found_wherever_it_stands_in_a_text(a_rendition):
    """A tsvector of PostgreSQL knows the first 16,383 places, and 255 of one word."""
    words = " ".join(f"w{number}" for number in range(17_000))
    a_rendition(f"{words} purple giraffe green zebra", article="gazette-1")
    a_rendition("A giraffe and a purple zebra, green", article="gazette-2")
    a_rendition(f"{'the sea ' * 300} the lake and then", article="gazette-3")
    assert found('"purple giraffe"') == {"article gazette-1"}
    assert found('"giraffe green zebra" "w0 w1"') == {"article gazette-1"}
    assert found('"giraffe purple"') == set()
    assert found('"the lake"') == {"article gazette-3"}
    assert found('"the zebra"') == set()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It took 1,000 of them", "1000"),
        ("It took 1000 of them", "1,000"),
        ("They were 3 000 there", "3000"),
        ("They were 3000 there", "3 000"),
        ("They were 3\u202f000.500 or so", "3000"),
        ("One of 1,00,000", "100000"),
        ("Frau Müller sprach", "Mueller"),
        ("Frau Mueller sprach", "Müller"),
        ("Die große Straße", "Strasse"),
        ("Die grosse Strasse", "Straße"),
        ("Jørgen kam", "Joergen"),
        ("او می\u200cخواهد برود", "می خواهد"),
        ("او می خواهد برود", "می\u200cخواهد"),
        ("او میخواهد برود", "می\u200cخواهد"),
        ("Dama\u200bscus fell", "Damascus"),
        ("Damascus\u200bfell", "fell"),
        ("Dama\u00adscus fell", "Damascus"),
        ("Damascus fell", "Dama\u00adscus"),
        ("普京说他会去阿斯塔纳。", "普京"),
        ("普京说他会去阿斯塔纳。", "阿斯塔纳"),
        ("ロシアのラブロフ外相は", "ラブロフ"),
        ("นายกรัฐมนตรีไทยกล่าว", "ไทย"),
        ("राम आया", "राम"),
        ("U.S. envoys", "us"),
        ("the F-16 flew", "f16"),
    ],
)
def test_another_spelling_of_a_word_finds_it(a_rendition, text, words):
    a_rendition(text, article="gazette-1")
    assert found(words) == {"article gazette-1"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It grew by 2.5", "25"),
        ("It grew by 25", "2.5"),
        ("from 10-15 on", "1015"),
        ("on 24.12.1017", "24121017"),
        ("राम आया", "रोम"),
        ("パリで", "ハリ"),
        ("普京说", "京普"),
        ("the year 2017 300 came", "2017300"),
    ],
)
def test_what_only_looks_alike_does_not_find_a_word(a_rendition, text, words):
    a_rendition(text, article="gazette-1")
    assert found(words) == set()


def test_a_phrase_does_not_run_from_a_title_into_a_text(a_rendition):
    a_rendition("Envoys met.", article="gazette-1")
    assert found('"gazette 1"') == {"article gazette-1"}
    assert found('"1 envoys"') == set()


def test_a_word_longer_than_a_database_takes_is_found_by_its_beginning(a_rendition):
    a_rendition("met " + "ж" * 20_000 + " there", article="gazette-1")
    terms = terms_of("ж" * 150)
    rows = backend().matching(SearchEntry.objects.all(), backend().expression(terms, [[]]))
    assert rows.count() == 1
    assert found("met there") == {"article gazette-1"}


def test_one_edit_writes_one_entry_however_large_the_dossier(django_assert_max_num_queries):
    a_large_dossier("talks", size=30)
    actor = Actor.objects.get(slug="actor-0")
    before = dict.fromkeys(index())
    actor.name = "Moskva"
    with django_assert_max_num_queries(12):
        actor.save()
    changed = [row for row in index() if row not in before]
    assert len(changed) == 1


def test_rebuilding_changes_nothing_that_was_in_step(a_rendition):
    dossier = a_large_dossier("talks", size=5)
    a_rendition("Hidden.", dossier=dossier, kind="full", rights="members")
    before = index()
    *_, (done, number) = rebuild(dossier)
    assert done == number > 0
    assert index() == before


def test_rebuilding_mends_what_was_written_past_the_models():
    dossier = a_large_dossier("talks", size=5)
    before = index()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE astana_actor SET name = 'Moskva' WHERE slug = 'actor-0'")
        cursor.execute("DELETE FROM astana_searchentry WHERE kind = 'issue'")
        cursor.execute(
            "INSERT INTO astana_searchentry (id, dossier_id, kind, record, audience, language)"
            " VALUES (999999990, %s, 'actor', 99999999, 'all', '')",
            [dossier.pk],
        )
    list(rebuild(dossier))
    assert found("moskva") == {"actor actor-0"}
    assert len(index()) == len(before)
    assert words_without_entry() == 0


LETTERS = "aZ9 -'’.éßıİœђЁйъŁ٣كيىةأءـَگ‌אמ中あ한½²ǅΣς"


@settings(
    max_examples=80 if connection.vendor == "sqlite" else 40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(summary=st.text(LETTERS, max_size=40))
def test_a_record_is_found_by_each_of_its_words_whatever_the_script(a_position, summary):
    position = a_position(summary=summary)
    for word in normalise(summary).split():
        assert f"position {position.key}" in found(word)
    position.delete()
