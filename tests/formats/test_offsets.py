"""Places in UTF-16 units and in code points, against a slow and obvious second way."""

from hypothesis import given
from hypothesis import strategies as st

from astana.formats.offsets import Units


def slowly(text: str, units: int) -> int | None:
    try:
        return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le"))
    except UnicodeDecodeError:
        return None


@given(st.text(st.sampled_from("a\r\né😀𝒜ع"), max_size=12))
def test_each_place_is_the_one_of_a_text_cut_in_utf_16(text):
    units = Units(text)
    length = len(text.encode("utf-16-le")) // 2
    assert [units.points(at) for at in range(length + 1)] == [
        slowly(text, at) for at in range(length + 1)
    ]
    assert units.points(length + 1) is units.points(-1) is None
    for at in range(len(text) + 1):
        assert units.points(units.units(at)) == at
