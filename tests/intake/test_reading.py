"""A refusal has a code that is known and says what its message needs, no more and no less."""

import re
from pathlib import Path

import pytest

from astana.intake import reading
from astana.intake.reading import ORIGINS, REFUSALS, WARNINGS, Refused

SOURCE = "".join(path.read_text() for path in Path(reading.__file__).parent.glob("*.py"))


def test_a_refusal_without_what_its_message_needs_is_a_mistake():
    assert Refused("too-large", megabytes=10).params == {"megabytes": 10}
    with pytest.raises(ValueError, match="too-large"):
        Refused("too-large")
    with pytest.raises(ValueError, match="empty"):
        Refused("empty", megabytes=10)
    with pytest.raises(KeyError):
        Refused("no-such-code")


def test_every_code_is_used():
    assert set(re.findall(r'Refused\("([\w-]+)"', SOURCE)) == set(REFUSALS)
    assert all(SOURCE.count(f'"{code}"') == 2 for code in WARNINGS)
    assert all(SOURCE.count(f'"{code}"') > 1 for code in ORIGINS)
