"""What is sent twice, as by a double click, is done once, whatever form of the site it is."""

from collections import Counter

import pytest
from django.apps import apps
from django.db import transaction

from tests.as_a_new_process import forget
from tests.unrendered import unrendered

pytestmark = pytest.mark.django_db


def _rows() -> Counter:
    """Return how many rows each of our tables has, histories included."""
    models = apps.get_app_config("astana").get_models()
    return Counter({model._meta.model_name: model._base_manager.count() for model in models})


def test_whatever_form_of_the_site_is_sent_twice_is_done_once(site, forms):
    twice, done = [], 0
    for form in forms:
        for address, data in form.sent() if form.method == "post" else ():
            client = site.client("owner")
            with transaction.atomic(), unrendered():
                forget()
                first = client.post(address, data)
                if first.status_code == 302:
                    once, done = _rows(), done + 1
                    second = client.post(address, data)
                    if _rows() != once or second.headers.get("Location") != first["Location"]:
                        twice.append(address)
                transaction.set_rollback(True)
    assert twice == []
    assert done > 25
