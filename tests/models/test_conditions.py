"""What a row may be is judged here as the database judges it."""

from datetime import date

import pytest
from django.db.models import (
    BooleanField,
    CharField,
    CheckConstraint,
    DateField,
    Field,
    Q,
    TextField,
)
from hypothesis import given, settings
from hypothesis import strategies as some

from astana.models import Issue, Position, Stance
from astana.models.conditions import holds

pytestmark = pytest.mark.django_db

CONDITIONS = [
    (model, one.condition)
    for model in (Issue, Position, Stance)
    for one in model._meta.constraints
    if isinstance(one, CheckConstraint)
]


@settings(max_examples=60)
@given(some.data())
def test_a_row_that_is_impossible_here_is_so_for_the_database(data):
    model, condition = data.draw(some.sampled_from(CONDITIONS))
    row = model()
    for name in sorted(condition.referenced_base_fields):
        field = model._meta.get_field(name)
        setattr(row, field.attname, data.draw(some.sampled_from(_values(field))))
    names = condition.referenced_base_fields
    values = {name: getattr(row, model._meta.get_field(name).attname) for name in names}
    there = row._get_field_expression_map(meta=model._meta)
    assert (holds(condition, values) is not False) == Q(condition).check(there)


def _values(field: Field) -> list[object]:
    if isinstance(field, BooleanField):
        return [None, True, False]
    if isinstance(field, DateField):
        return [None, date(2017, 1, 23), date(2017, 1, 24)]
    if isinstance(field, CharField | TextField):
        return [None, "", "unknown", *(value for value, _label in field.choices or ())]
    return [None, -2, 0, 1]
