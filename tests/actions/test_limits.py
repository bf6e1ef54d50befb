"""Limits for strangers, who stay strangers."""

import pytest
from django.core.cache import cache

from astana.actions import limits
from astana.actions.limits import is_within_limit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


def test_so_often_and_no_more():
    tries = [is_within_limit("challenge", client="192.0.2.7", most=3) for _ in range(5)]
    assert tries == [True, True, True, False, False]


def test_each_client_and_each_deed_has_a_limit_of_its_own():
    assert is_within_limit("challenge", client="192.0.2.7", most=1)
    assert is_within_limit("challenge", client="192.0.2.8", most=1)
    assert is_within_limit("something-else", client="192.0.2.7", most=1)
    assert not is_within_limit("challenge", client="192.0.2.7", most=1)


def test_the_address_is_not_kept(monkeypatch):
    kept = []

    class Spied:
        def add(self, *words):
            kept.extend(map(str, words))
            return True

    monkeypatch.setattr(limits, "cache", Spied())
    is_within_limit("challenge", client="192.0.2.7", most=3)
    assert kept
    assert not any("192" in word for word in kept)


def test_the_count_ends_with_its_time():
    assert is_within_limit("challenge", client="192.0.2.7", most=1, seconds=0)
    assert is_within_limit("challenge", client="192.0.2.7", most=1, seconds=0)
