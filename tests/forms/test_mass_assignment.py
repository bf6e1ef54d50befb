"""Whatever is sent beside the fields of a form changes nothing, for every form of the site."""

import re
from datetime import datetime

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from tests.a_filled_form import Form, post
from tests.a_watched_site import Site
from tests.as_a_new_process import forget
from tests.unrendered import unrendered

pytestmark = pytest.mark.django_db

# What differs from one sending to the next, whatever is sent.
FLEETING = {"django_session", "astana_cache", "usersessions_usersession", "django_migrations"}
# What a worker is asked to do has a random key; the upload that it is about says the same.
FLEETING |= {"django_tasks_database_dbtaskresult"}
RANDOM = re.compile(r"token|password|secret|session|key_hash|last_login")
_MOMENT = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
# The short name of a new dossier ends at random, so that it tells nobody which others there are.
_SHORT_NAME = re.compile(r"^words-[a-z0-9]{5}$")
# How many sendings of forms have to write something, as it is no test where all are refused.
WRITTEN = {"outsider": 5, "coder": 15, "owner": 44}


def _everything_else() -> dict[str, str]:
    """Return a value for each field of each model: what somebody might try to write as well."""
    found = {}
    for model in apps.get_app_config("astana").get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey):
                last = field.related_model._default_manager.order_by("-pk").first()
                value = str(last.pk) if last else "1"
            elif isinstance(field, models.BooleanField):
                value = "on"
            elif field.choices:
                value = str(list(field.choices)[-1][0])
            elif isinstance(field, models.DateField):
                value = "2001-01-01"
            elif isinstance(field, (models.CharField, models.TextField)):
                value = "overposted"
            else:
                value = "77"
            found[field.name] = found[field.attname] = value
    highest = {"status": "published", "role": "owner", "visibility": "public", "rights": "public"}
    return found | highest


class Tables:
    """The rows of each table; keys and moments that are new are not told apart."""

    def __init__(self) -> None:
        highest = {
            model: model._default_manager.aggregate(most=models.Max("pk"))["most"] or 0
            for model in apps.get_models()
            if isinstance(model._meta.pk, models.AutoField)
        }
        # What was read of each table the first time, as it was and as it is compared.
        self._first: dict[str, tuple[list[tuple], list[str]]] = {}
        self._limits: dict[tuple[str, str], int] = {}
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                named = field.related_model if field.remote_field else None
                # The history of a record has the key of the record in a field of its own.
                named = model if field.primary_key else named
                if field.name == "id" and not field.primary_key:
                    named = model.instance_type
                if named in highest:
                    self._limits[model._meta.db_table, field.column] = highest[named]

    def now(self) -> dict[str, list[str]]:
        """Return the rows that each table holds now."""
        found = {}
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                if table in FLEETING or "search" in table or table.startswith("sqlite_"):
                    continue
                cursor.execute(f'SELECT * FROM "{table}"')
                columns = [one[0] for one in cursor.description]
                rows = cursor.fetchall()
                first, found[table] = self._first.get(table, ([], []))
                if rows != first:
                    found[table] = sorted(
                        repr([self._plain(table, *pair) for pair in zip(columns, row, strict=True)])
                        for row in rows
                    )
                self._first.setdefault(table, (rows, found[table]))
        return found

    def _plain(self, table: str, column: str, value):
        if RANDOM.search(column) or (isinstance(value, str) and _SHORT_NAME.match(value)):
            return "random"
        if isinstance(value, datetime) or (isinstance(value, str) and _MOMENT.match(value)):
            return "moment"
        if isinstance(value, int) and value > self._limits.get((table, column), value):
            return "new"
        return value


def _after(site: Site, role: str, action: str, data: dict, tables: Tables) -> tuple[int, dict]:
    """Return how a form is answered and what the tables hold then; all is taken back."""
    forget()
    with transaction.atomic(), unrendered():
        response = post(site.client(role), action, data)
        found = tables.now()
        transaction.set_rollback(True)
    return response.status_code, found


def _kinds(seen: list[tuple[str, Form]]) -> list[Form]:
    """Return the forms that write, each kind once."""
    found: dict[tuple, Form] = {}
    for _page, form in seen:
        if form.method == "post":
            # The same form of another record is the same view with the same fields.
            buttons = tuple(name for _action, name, _value in form.buttons)
            found.setdefault((form.view, frozenset(form.names), buttons), form)
    return list(found.values())


@pytest.mark.parametrize("role", WRITTEN)
def test_no_form_takes_more_than_its_fields(site, seen, role):
    tables, more, tried, written, wrong = Tables(), _everything_else(), 0, 0, []
    before = tables.now()
    for form in _kinds(seen(role)):
        for action, data in form.sent():
            status, plain = _after(site, role, action, data, tables)
            overposted = {name: value for name, value in more.items() if name not in form.names}
            again, laden = _after(site, role, action, data | overposted, tables)
            tried += 1
            written += plain != before
            changed = [table for table in plain if plain[table] != laden.get(table)]
            if status != again or changed:
                wrong.append(f"{action}: {status}, {again}: {', '.join(changed)}")
    assert wrong == [], "\n" + "\n".join(wrong)
    assert tables.now() == before
    # What these roles can do, they did: the forms were filled in well enough to be taken.
    assert tried > 5
    assert written >= WRITTEN[role]
