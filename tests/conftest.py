"""Builders with defaults: a test names only what its rule needs."""

import gc
import itertools
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.test import override_settings

from astana.models import (
    Actor,
    Article,
    Dossier,
    Evidence,
    Issue,
    Membership,
    Position,
    Rendition,
    Source,
    Stance,
    User,
)
from astana.web.frame import Desk
from tests.a_database import copied_from_a_template
from tests.as_a_new_process import forget
from tests.room_on_the_stack import with_room

# A busy machine is no failure: times are measured in benchmarks/, never in a test.
# A run tries fifty cases of each rule, and the next one others; a server is asked for fewer.
is_on_server = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
hypothesis.settings.register_profile(
    "astana", deadline=None, max_examples=25 if is_on_server else 50
)
hypothesis.settings.load_profile("astana")

# Looking for circles of what is no longer used costs time: what the imports made stays anyway, and
# the rest is looked through less often.
gc.collect()
gc.freeze()
gc.set_threshold(100_000, 50, 100)

_numbers = itertools.count(1)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Any:
    """Run a test as pytest does, above a frame with room for what it calls."""
    runner = item.config.pluginmanager.get_plugin("runner")
    return with_room(runner.pytest_runtest_protocol, item, nextitem)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, beside which another process does the rest.

    Otherwise tests that commit come last but for those without a database, and who has the longest
    of them is waited for.
    """
    items.sort(key=lambda item: item.get_closest_marker("longest") is None)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request, django_db_modify_db_settings_parallel_suffix, django_db_blocker
):
    """Begin with a copy of a migrated database, rather than migrate one in every process."""
    with django_db_blocker.unblock():
        copied = copied_from_a_template(request.config.cache.mkdir("database"))
        copied.__enter__()
    yield
    copied.__exit__(None, None, None)


@pytest.fixture
def a_dossier(db: None) -> Callable[..., Dossier]:
    """Return a builder of dossiers: the same slug gives the same dossier."""

    def build(slug: str = "talks", **values) -> Dossier:
        values = {"title": slug.title(), "visibility": "public"} | values
        return Dossier.objects.get_or_create(slug=slug, defaults=values)[0]

    return build


@pytest.fixture
def an_actor(a_dossier) -> Callable[..., Actor]:
    """Return a builder of actors by short name."""

    def build(slug: str = "russia", *, dossier: Dossier | None = None, **values) -> Actor:
        values = {"name": slug.replace("-", " ").title(), "kind": "state"} | values
        return Actor.objects.get_or_create(
            dossier=dossier or a_dossier(), slug=slug, defaults=values
        )[0]

    return build


@pytest.fixture
def an_issue(a_dossier) -> Callable[..., Issue]:
    """Return a builder of issues with stances `supports` 1, `neither` 0, `opposes` -1, `silent`."""

    def build(slug: str = "cease-fire", *, dossier: Dossier | None = None, **values) -> Issue:
        title = slug.replace("-", " ").capitalize()
        values = {"title": title, "question": f"What about the {slug}?"} | values
        issue, is_new = Issue.objects.get_or_create(
            dossier=dossier or a_dossier(), slug=slug, defaults=values
        )
        if is_new:
            scale = {"supports": 1, "neither": 0, "opposes": -1, "declines": None}
            Stance.objects.bulk_create(
                Stance(issue=issue, slug=name, label=name.capitalize(), value=value, order=order)
                for order, (name, value) in enumerate(scale.items())
            )
        return issue

    return build


@pytest.fixture
def a_source(a_dossier) -> Callable[..., Source]:
    """Return a builder of sources by short name."""

    def build(slug: str = "gazette", *, dossier: Dossier | None = None, **values) -> Source:
        return Source.objects.get_or_create(
            dossier=dossier or a_dossier(), slug=slug, defaults={"name": slug.title()} | values
        )[0]

    return build


@pytest.fixture
def a_rendition(a_dossier, a_source) -> Callable[..., Rendition]:
    """Return a builder of public synopses: paragraphs are separated by a blank line."""

    def build(
        text: str = "They met. Russia supports the cease-fire.\n\nOthers did not speak.",
        *,
        article: str = "gazette-2017-01-25",
        dossier: Dossier | None = None,
        source: str = "gazette",
        **values,
    ) -> Rendition:
        dossier = dossier or a_dossier()
        piece, _ = Article.objects.get_or_create(
            dossier=dossier,
            slug=article,
            defaults={
                "source": a_source(source, dossier=dossier),
                "title": article.replace("-", " ").title(),
                "published": date(2017, 1, 25),
            },
        )
        paragraphs, start = [], 0
        for paragraph in text.split("\n\n"):
            paragraphs.append([start, start + len(paragraph)])
            start += len(paragraph) + 2
        values = {"kind": "synopsis", "rights": "public"} | values
        return Rendition.objects.create(
            article=piece,
            text=text,
            sha256=sha256(text.encode()).hexdigest(),
            characters=len(text),
            paragraphs=paragraphs,
            **values,
        )

    return build


@pytest.fixture
def a_position(a_dossier, an_actor, an_issue) -> Callable[..., Position]:
    """Return a builder of published positions; `quote` adds evidence from `rendition`."""

    def build(
        *,
        actor: str = "russia",
        issue: str = "cease-fire",
        stance: str = "supports",
        said: str = "2017-01-24",
        voice: str = "reported-speech",
        attributed_by: str | None = None,
        dossier: Dossier | None = None,
        rendition: Rendition | None = None,
        quote: str = "",
        **values,
    ) -> Position:
        dossier = dossier or a_dossier()
        question = an_issue(issue, dossier=dossier)
        position = Position.objects.create(
            dossier=dossier,
            actor=an_actor(actor, dossier=dossier),
            issue=question,
            stance=question.stances.get(slug=stance),
            said=said,
            voice=voice,
            attributed_by=an_actor(attributed_by, dossier=dossier) if attributed_by else None,
            **{
                "key": f"p{next(_numbers):03}",
                "summary": f"{actor} {stance} {issue}.",
                "status": "published",
            }
            | values,
        )
        if quote:
            start = rendition.text.index(quote)
            Evidence.objects.create(
                position=position,
                rendition=rendition,
                start=start,
                end=start + len(quote),
                exact=quote,
                paragraph=next(
                    number
                    for number, (first, last) in enumerate(rendition.paragraphs, 1)
                    if first <= start < last
                ),
            )
        return position

    return build


@pytest.fixture
def a_member(a_dossier) -> Callable[..., User]:
    """Return a builder of users who are members of the dossier."""

    def build(name: str = "alice", *, role: str = "reader", dossier: Dossier | None = None) -> User:
        user = User.objects.create_user(name, f"{name}@example.org", "secret-word-7")
        Membership.objects.create(dossier=dossier or a_dossier(), user=user, role=role)
        return user

    return build


@pytest.fixture
def uncounted(monkeypatch):
    """Count no unread notices: of the frame around a page this takes longer than all the rest.

    For the walks through many pages which look for words; a number has none.
    """
    monkeypatch.setattr(Desk, "unread", 0)


@pytest.fixture(autouse=True)
def _empty_cache():
    """Start every test with nothing cached: a rolled back dossier leaves its counts behind."""
    forget()


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords(django_test_environment):
    """Hash passwords quickly: a slow hash is there for attackers, and tests make many users.

    For the whole run: a hash of another kind is renewed as its user signs in, which ends the
    sessions that the user has elsewhere.
    """
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    with override_settings(PASSWORD_HASHERS=quick):
        yield
