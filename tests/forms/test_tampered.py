"""Whatever is sent in a field of a form is taken, refused or not found, on every form."""

import re
from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial

import pytest
from django.db import transaction

from astana.models import Dossier, Rendition, Stance
from tests.a_filled_form import Form, post
from tests.as_a_new_process import forget
from tests.unrendered import unrendered

pytestmark = pytest.mark.django_db

# So many tests share the forms, so that several processes can take them.
PARTS = 4
# Numbers that are none or that no column holds, the last day there is, and a null byte.
HTMX = {"HX-Request": "true"}
NASTY = ("-1", "9" * 30, "²", "9999-12-31", "x\x00'[]{}")


def _tampered(form: Form, others: list[str]) -> Iterator[tuple[dict[str, list[str]], bool]]:
    """Yield what is sent, with each field in turn left out, and then nasty.

    And whether it may be shown again: what is left out is in no field that is.

    Of the rows of a form one stands for all. `others` are the numbers of records of another
    dossier, which a field that names a record by its number may have.
    """
    _action, data = form.sent()[0]
    # Of a list of rows those that are there: a new one with words for a number is refused anyway.
    for name in form.names:
        if name.endswith("-TOTAL_FORMS") and data[initial := name.replace("TOTAL", "INITIAL")] != [
            "0"
        ]:
            data[name] = data[initial]
    names = {re.sub(r"\d+", "0", name): name for name in sorted(form.names, reverse=True)}
    for place, name in enumerate(sorted(set(names.values()) - {"", "csrfmiddlewaretoken"})):
        # A page that is asked for with one parameter less is asked for elsewhere.
        if form.method == "post":
            left = {other: value for other, value in data.items() if other != name}
            yield left, name.endswith("_FORMS")
        # One of them for each field, in turn: all of them would take minutes, and find no more.
        nasty = NASTY[place % len(NASTY)]
        for value in (nasty, *(others if name.endswith("id") else ())):
            yield data | {name: [value]}, True


@pytest.mark.parametrize("part", range(PARTS))
def test_no_field_of_a_form_breaks_a_page(site, forms, part):
    elsewhere = Dossier.objects.get(slug="elsewhere")
    others = [str(kind.objects.of(elsewhere).first().pk) for kind in (Stance, Rendition)]
    client, broken, tried = site.client("owner"), [], 0
    for form in forms[part::PARTS]:
        # Of what a form only asks for, a slice is enough: the frame is the same for all.
        ask = partial(client.get, headers=HTMX)
        send = partial(post, client) if form.method == "post" else ask
        for data, is_shown in _tampered(form, others):
            with transaction.atomic(), nullcontext() if is_shown else unrendered():
                forget()
                tried += 1
                if send(form.action, data).status_code >= 500:
                    broken.append((form.method, form.action, data))
                transaction.set_rollback(True)
    assert broken == []
    assert tried > 500 / PARTS / 2
