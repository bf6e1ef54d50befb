from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils.translation import override

from astana.pages.shared.figures import decimal
from astana.web.numbers import number, scale_value


@pytest.mark.parametrize(
    ("language", "point", "apart"),
    [("en", ".", "{}"), ("de", ",", "{}"), ("ar", ",", "\u2066{}\u2069")],
)
def test_a_sign_stands_before_its_number_in_every_language(language, point, apart):
    with override(language):
        assert decimal(Fraction(-1, 4), 2) == apart.format(f"−0{point}25")
        assert number(-0.12, 4) == apart.format(f"−0{point}1200")
        assert scale_value(Decimal("0.7000")) == apart.format(f"+0{point}7")
        assert scale_value(Decimal("-1.0000")) == apart.format("−1")


def test_what_is_nothing_has_no_sign():
    assert scale_value(Decimal("0.0000")) == "0"
    assert number(-0.00001, 4) == "0.0000"
    assert decimal(Fraction(-1, 1000), 2) == "0.00"
